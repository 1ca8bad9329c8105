"""Who published a document and who wrote it: labels, signatures, datelines and bylines."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rag.metadata.dates import is_bare_date, parse_date
from rag.metadata.page import Page, without_dates
from rag.text import HAN, fold


class Credit(NamedTuple):
    """A name or a date, and where it was taken from."""

    value: str
    origin: str


_NOBODY = re.compile(
    r"(?:网络|互联网|本站|本网|本报|原创|未知|佚名|不详|无|匿名|转载|综合|整理|网络整理|来源"
    r"|internet|web|unknown|none|null|n/?a|anonymous|-+|original"
    r"|administrator|admin|user|users?\d*|root|guest|owner|author|作者|pc|lenovo|dell|hp|asus"
    r"|python-docx|openpyxl|microsoft(?: office)?(?: user| 用户)?|windows(?: user| 用户)?|用户"
    r"|libreoffice|steve canny|\W*|\d+)"
)
_ORGANISATION = re.compile(
    rf"[{HAN}A-Za-z·()（）、“”]{{2,36}}(?:部|局|厅|委|委员会|办|办公室|办公厅|院|会|公司|集团|政府|中心|处"
    r"|科|社|署|司|所|行|团|站|馆|园|学校|大学|学院|中学|小学|医院|法院|检察院|协会|学会|基金会|联合会"
    r"|总队|支队|大队|指挥部|领导小组|组委会|居委会|村委会|银行|日报|晚报|党委|党组|支部|工会)"
)
_OFFICE = re.compile(
    rf"[{HAN}]{{2,30}}(?:部|局|厅|委员会|办公室|办公厅|政府|院|署|大学|公司|中心|协会|学会|基金会|联合会|组委会)"
)
"""Names under a title must be surer than those over a date at the end."""
_ENGLISH_ORGANISATION = re.compile(
    r"(?!.*[.!?;:]$)(?=.*\b(?:ministry|department|office|council|committee|commission|bureau|agency"
    r"|authority|board|association|university|institute|society|foundation|company|ltd|inc"
    r"|government|secretariat|bank|court|service|services|union|club|trust|centre|center|school"
    r"|college|directorate|administration|federation|corporation|group|library|museum)\b)"
    r"(?:[\w'&,.()/-]+\s*){1,9}"
)
_AGENCY_ZH = re.compile(
    rf"(?:^|[(【\[\n])\s*(?P<agency>新华社|中新社|中新网|中央社|(?!本)[{HAN}]{{2,6}}(?:社|网|报))(?P<rest>[^,。\n]{{0,24}}?)"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})日(?:综合)?(?:外)?电"
)
_AGENCY_EN = re.compile(
    r"^[A-Z][\w .,/'’-]{1,48}?(?:,\s*)?(?P<date>(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} "
    r"[A-Z][a-z]{2,8}\.?(?: \d{4})?)\s*)?\((?P<agency>[A-Z][\w .&'-]{1,30})\)\s*(?:--|[-–—])",
    re.MULTILINE,
)
_PAPER_ZH = re.compile(rf"^(?!本)(?P<agency>[{HAN}]{{2,8}}[报网社台])讯\s*[(（]", re.MULTILINE)
_CAPITALS = re.compile(r"[A-Z][A-Z .,'’/-]{2,}")
_LOCAL = re.compile(r"(?:^|\n)\s*[(【\[]?本(?:报|网|台|刊|社)(?:讯|\S{0,12}\d日[讯电])")
_REPORTERS = re.compile(
    rf"(?:(?:本报|本网|本刊|本社|见习|实习|特约|首席|中央社|新华社)*(?:记者|通讯员))[:：\s]*"
    rf"(?P<names>[{HAN}·、\s]{{2,30}}?)(?=[)）】\]]|\s*(?:通讯员|摄影|报道|$))"
)
_PLACES = re.compile(
    rf"(?P<name>[{HAN}·]{{2,4}}?)(?:/)?(?P<place>[{HAN}]{{2,4}})?\d{{1,2}}日[{HAN}]{{0,2}}电"
)
_BYLINE = re.compile(
    r"by (?P<names>[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|van|von|and)){1,6})", re.IGNORECASE
)
_POST = (
    r"(?:市长|省长|县长|区长|州长|镇长|乡长|主席|主任|部长|局长|书记|院长|检察长|校长|会长|董事长"
    r"|总经理)"
)
_NAME_LINE = re.compile(rf"(?:{_POST}\s*)?(?P<name>[{HAN}](?:\s?[{HAN}·]){{1,3}})")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)


def publisher_of(page: Page, site: str | None) -> Credit | None:
    """Who put the text out; None where neither text nor page says so."""
    stated = [Credit(value, "source line") for value in page.labelled("publisher", "source")]
    stated += [Credit(page.noted.get(key, ""), "source line") for key in ("publisher", "source")]
    stated += signature_names(page)
    stated += [Credit(page.carried.get(key, ""), "page metadata") for key in ("publisher", "site")]
    stated += _agencies(page)
    stated += [Credit(page.noted.get("site", ""), "site name"), Credit(site or "", "site name")]
    stated += [Credit(line, "byline") for line in page.lines[1:2] if _is_office(line)]
    stated += [Credit(value, "organiser line") for value in page.labelled("organiser")]
    stated.append(Credit(page.noted.get("organiser", ""), "organiser line"))
    return next(_named(stated), None)


def author_of(page: Page, kind: str | None) -> Credit | None:
    """Who wrote it, a person or an office; None where nothing says so."""
    stated = [Credit(value, "byline") for value in page.labelled("author")]
    stated.append(Credit(page.noted.get("author", ""), "byline"))
    stated += [Credit(names, "dateline") for names in _reporters(page)]
    stated += [Credit(line, "byline") for line in _bylines(page)]
    if kind in {"speech", "report"}:
        stated += [Credit(name, "date under title") for name in _speakers(page)]
    stated.append(Credit(page.carried.get("author", ""), "page metadata"))
    return next(_named(stated), None)


def signature_date(page: Page) -> str | None:
    """The date that a text is signed with, on a line of its own at its end."""
    at = _signature(page)
    return parse_date(page.tail[at]) if at is not None else None


def signature_names(page: Page) -> list[Credit]:
    """The organisations over the date at the end, joint ones joined, or on its own line."""
    at = _signature(page)
    if at is None:
        return []
    names: list[str] = []
    same_line = without_dates(page.tail[at])
    above = [same_line] if same_line and is_organisation(same_line) else []
    for line in above or reversed(page.tail[max(0, at - 4) : at]):
        if not is_organisation(line):
            break
        names.insert(0, re.sub(r"\s+", "", line) if re.search(f"[{HAN}]", line) else line)
    return [Credit("、".join(names), "signature")] if names else []


def _signature(page: Page) -> int | None:
    """Where in the tail the date of the signature is: last, or before a note in brackets."""
    for at in range(len(page.tail) - 1, max(-1, len(page.tail) - 3), -1):
        line = page.tail[at]
        if is_bare_date(line):
            return at
        name = without_dates(line)
        if name != line and is_organisation(name) and is_bare_date(line[len(name) :]):
            return at
        if not re.match(r"[(（]", line):
            return None
    return None


def is_organisation(line: str) -> bool:
    """Whether a line is the name of an office, company or society, and nothing else."""
    plain = re.sub(rf"(?<=[{HAN}])\s+(?=[{HAN}])", "", line.strip())
    return bool(
        _ORGANISATION.fullmatch(fold(plain))
        or (
            len(line) <= 70 and _ENGLISH_ORGANISATION.fullmatch(line.lower()) and line[:1].isupper()
        )
    )


def _is_office(line: str) -> bool:
    return bool(_OFFICE.fullmatch(fold(line)) or (line.isascii() and is_organisation(line)))


def dateline_date(page: Page) -> str | None:
    """The date of an agency's dateline, where it has its year."""
    match = _AGENCY_EN.search(page.text[:400])
    return parse_date(match["date"] or "") if match else None


def is_news(page: Page) -> bool:
    """Whether it opens as news agencies and papers open their reports."""
    return bool(_agencies(page) or _LOCAL.search(page.text[:300]))


def _agencies(page: Page) -> list[Credit]:
    part = page.text[:400]
    if match := _AGENCY_ZH.search(fold(part)) or _PAPER_ZH.search(fold(part)):
        return [Credit(part[match.start("agency") : match.end("agency")], "dateline")]
    if (match := _AGENCY_EN.search(part)) and _CAPITALS.match(match[0]):
        return [Credit(match["agency"].strip(), "dateline")]
    return []


def _reporters(page: Page) -> Iterator[str]:
    """Names in brackets in the dateline, as in （记者张三、李四）."""
    if not is_news(page):
        return
    part = page.text[:300]
    folded = fold(part)
    found = [
        " ".join(_without_place(part[match.start("names") : match.end("names")], match))
        for match in _REPORTERS.finditer(folded)
    ]
    if found:
        yield " ".join(found)
    elif match := re.search(rf"(?:记者|通讯员)\s*(?=[{HAN}])", folded):
        # 中央社記者王小明澎湖5日電: a name of two or three characters, then the place.
        rest = re.match(rf"[{HAN}]{{4,8}}(?=\d{{1,2}}日)", folded[match.end() :])
        if rest:
            yield part[match.end() :][: _name_length(rest[0])]


def _without_place(names: str, match: re.Match[str]) -> list[str]:
    """In 记者 张三 北京报道 the last is where it was written."""
    words = names.split()
    return words[:-1] if len(words) > 1 and match.string.startswith("报道", match.end()) else words


def _name_length(name_and_place: str) -> int:
    """Places have two characters more often than three."""
    return 3 if len(name_and_place) >= 5 else 2


def _bylines(page: Page) -> Iterator[str]:
    for line in page.under_title[:4]:
        if match := _BYLINE.fullmatch(line):
            yield match["names"]
        elif match := re.fullmatch(rf"(?:文|撰文|作者)\s*[/|·]\s*([{HAN}·、 ]{{2,20}})", line):
            yield match[1]


def _speakers(page: Page) -> Iterator[str]:
    for line in page.under_title[:4]:
        match = _NAME_LINE.fullmatch(fold(line))
        if match and match["name"][0] in _SURNAMES:
            yield re.sub(r"\s+", "", line[match.start("name") : match.end("name")])


def _named(stated: list[Credit]) -> Iterator[Credit]:
    for value, origin in stated:
        name = without_dates(re.sub(r"[\r\n]+", " ", value)).strip(' \t,，;；。()（）[]【】《》“”"')
        words = len(name.split())
        is_name = 2 <= len(name) <= 60 and words <= 12 and not re.search("://|。|[:：]$", name)
        if is_name and not _NOBODY.fullmatch(fold(name)):
            yield Credit(name, origin)
