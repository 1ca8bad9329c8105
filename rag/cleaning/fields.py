"""Lines that tell of the document: `key: value` fields, dates and bylines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.cleaning.lines import Line
from rag.text import fold

DATE = r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?:\s*日)?"
_ROC = r"(?:民国)?\s*1\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?:\s*日)?"
_TIME = (
    r"\d{1,2}[:.时]\d\d(?:[:.分]\d\d)?(?:秒|分)?"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:bst|gmt|utc|est|edt|pst|cst|et)?"
)
_WEEKDAY = (
    r"(?:\(?(?:星期|周)[一二三四五六日天]\)?"
    r"|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?)"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_ENGLISH = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?:19|20)\d\d)"
)
_ANY_DATE = rf"(?:{DATE}|{_ENGLISH}|{_ROC})"
BARE_DATE = re.compile(
    rf"(?:{_WEEKDAY}\s*)?{_ANY_DATE}(?:t?[\s,|-]*(?:at\s+)?(?:{_WEEKDAY}|{_TIME}))*"
)
DATE_IN_LINE = re.compile(_ANY_DATE)

KEYS = {
    "source": r"(?:信息|文章|稿件|新闻|内容|文字|本文)?来源|原文链接|原文地址|出处"
    "|来源于|source|original",
    "date": r"(?:发布|发表|发文|成文|更新|刊登|印发|公布|公开|生成|上版|上载|张贴|刊出|刊发|修订"
    "|张贴|归档|上传|制作"
    r"|最后更新|最后修改|最近更新|资料更新)?(?:时间|日期)|(?:更新|发布|发表|发文)于|date"
    r"|published(?: on| date)?"
    r"|(?:last )?updated(?: on)?|posted(?: on)?|(?:last )?modified(?: on)?|release date|issued",
    "author": r"作者|撰文|撰稿|记者|本报记者|通讯员|供稿|上传人|author|by|writer|written by"
    "|reporter",
    "editor": r"(?:责任|本文|网络|美术|执行|值班|新媒体|见习|网站|本版|版式|微信|助理)*(?:编辑"
    "|责编|设计)|校对|审核|审校|复核|终审|初审|复审"
    r"|一审|二审|三审|监制|总监制|策划|统筹|排版|制作|签发|editors?|edited by",
    "photo": r"摄影|摄像|图片|图片来源|图源|配图|供图|制图|photos?|picture|photograph|credit",
    "publisher": r"发布机构|发文机关|发布机关|发布单位|发布部门|制发机关|公开机构|公开主体"
    "|发布者|发文单位|发文机构|提供单位|publisher|published by",
    "organiser": r"主办(?:单位)?|承办(?:单位)?|协办(?:单位)?|主管(?:单位|部门)?|organi[sz]ers?",
    "url": r"url|网址|链接|permalink|link|本文网址|本文链接",
    "title": r"title|标题|文件名称|信息名称|文件标题|公文名称|信息标题",
    "views": r"(?:累计|累积|总)?(?:浏览|阅读|点击|访问|查看|点阅|观看|下载)(?:次数|人次|人数|量"
    "|数|率)?|已阅|人气|热度|评论|回复|回复数"
    r"|views?|hits|reads?|comments?|reading time",
    "tags": r"所属栏目|language"
    r"|site(?: name)?"
    r"|site_name|lang|description|索引号|主题分类|信息分类|体裁分类|组配分类|服务对象分类|主题词"
    r"|发文字号|发文文号|文号|公文种类|文种|有效性|时效性|效力状态"
    r"|是否有效|公开方式|公开形式|公开类型|公开时限|公开范围|公开类别|公开属性|信息索取号"
    r"|统一登记号|登记号|信息编号|文档编号|收录于合集|收录于",
    "detail": r"from|关键词|关键字|标签|分类|栏目|keywords?|tags?|tagged|filed under|categor(?:y"
    "|ies)|topics?"
    r"|资料来源|数据来源|编号|页数|格式|大小|语种|语言|生效日期|实施日期|废止日期"
    "|失效日期|合集|版次"
    "|字数|主题|内容概述|文|文字|名称|视频|图|image",
}
"""Keys of metadata lines by what they tell; `detail`: words that a text of its own uses as well."""

_ANY_KEY = "|".join(f"(?P<{name}>{words})" for name, words in KEYS.items())
FIELD = re.compile(rf"(?:^|(?<=[\s】\])|/,;·]))[\[【(]?(?:{_ANY_KEY})\s*[:|丨]\s*")
"""The start of one `key: value` on a line."""
LOOSE_KEY = re.compile(r"^([\u4e00-\u9fff])((?:[ ]{1,4}[\u4e00-\u9fff]){1,5})(?=\s*[:|丨])")
"""A key set wide, as 索 引 号."""
TABLE_KEY = re.compile(
    r"[\[【]?(?:索引号|主题分类|信息分类|体裁分类|发文机关|发布机关|发布机构|成文日期|生成日期"
    r"|发文日期|发文字号|文号|发布日期|公开日期"
    r"|主题词|有效性|时效性|信息名称|文件名称|关键词|公开方式|公文种类|语种)[\]】]?\s*[:|]?"
)
"""A key in a cell of its own; the next line is its value."""

BLOCK_FIELD = re.compile(
    r"(title|date|url|source|author|published|publisher|site|language|lang|tags?|keywords?"
    r"|description|updated)\s*:(?:\s+|$)"
)
"""A line of the `Title: … / Date: … / URL: …` block that scrapers write."""

BYLINE = re.compile(
    r"by [a-z][\w.'-]*(?: [a-z][\w.'-]*){1,3}(?:,? (?:and|&) [a-z][\w.'-]*(?: [a-z][\w.'-]*){1,2})?"
    r"(?: ?[|,/·-] ?.{0,40})?"
)
REPORTER = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}[网报社台]\s+)?[□■◎●○/()\s]*(?:本报|本刊|本网|见习|实习|特约)*(?:记者|通讯员"
    r"|撰稿人)[\s/:]*[\u4e00-\u9fff·]{2,4}"
    r"(?:[\s、/,]+(?:(?:通讯员|记者"
    r"|实习生)\s*)?[\u4e00-\u9fff·]{2,6}){0,5}(?:\s*[/／]?\s*[\u4e00-\u9fff]{0,8}报[导道])?[)\s]*"
)
_NAME_AND_MAIL = re.compile(r"(?:[A-Z][\w.'-]+ ){2,4}[|(<·]? ?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[)>]?")
_FIELD_VALUE = 60
"""A value longer than this is a sentence, and its line is no metadata."""
_NO_VALUES = {"none", "null", "n/a", "-"}


@dataclass(slots=True)
class Furniture:
    """Lines with their reasons set, and what the lines that go say of the document."""

    lines: Sequence[Line]
    found: dict[str, str] = field(default_factory=dict)

    def note(self, key: str, value: str) -> None:
        value = value.strip(" \t|丨,;/·[]【】()")
        if value and value.lower() not in _NO_VALUES:
            self.found.setdefault(key, value)


def is_metadata(line: Line) -> bool:
    """A line that is nothing but `key: value` fields, a date, or a byline."""
    if BARE_DATE.fullmatch(line.folded) or BYLINE.fullmatch(line.folded):
        return True
    if REPORTER.fullmatch(line.folded) or _NAME_AND_MAIL.fullmatch(line.text):
        return True
    fields = _fields(line)
    if not fields:
        return False
    before = line.folded[: fields[0][2]].strip(" ([【")
    if before and not BARE_DATE.fullmatch(before.strip(" |丨,·")):
        return False
    return all(_is_value(key, value) for key, value, _ in fields)


def is_weak(line: Line) -> bool:
    """Whether all its keys are such as a memo or a table may have of its own."""
    keys = {key for key, _, _ in _fields(line)}
    return keys == {"detail"}


def _is_value(key: str, value: str) -> bool:
    limit = 400 if "://" in value or key in ("tags", "title") else _FIELD_VALUE
    if len(value) > limit or "。" in value:
        return False
    return not (key == "date" and value and not DATE_IN_LINE.search(fold(value)))


def _fields(line: Line) -> list[tuple[str, str, int]]:
    """(key, value, offset) of each field on the line."""
    text, folded = line.text, line.folded
    if wide := LOOSE_KEY.match(folded):
        key = wide.group().replace(" ", "")
        text, folded = key + text[wide.end() :], key + folded[wide.end() :]
    matches = list(FIELD.finditer(folded))
    ends = [*[match.start() for match in matches[1:]], len(text)][: len(matches)]
    return [
        (match.lastgroup or "", text[match.end() : end].strip(), match.start())
        for match, end in zip(matches, ends, strict=True)
    ]


def note_fields(page: Furniture, line: Line) -> None:
    """Keep what a metadata line says."""
    if BARE_DATE.fullmatch(line.folded):
        page.note("date", line.text)
    elif BYLINE.fullmatch(line.folded):
        page.note("author", re.split("[|,/·]", line.text[3:])[0])
    fields = _fields(line)
    if fields and fields[0][2] and (date := DATE_IN_LINE.match(line.folded)):
        page.note("date", line.text[: date.end()])
    for key, value, _ in fields:
        if key != "detail":
            page.note(key, value)


def metadata_block(page: Furniture) -> None:
    """`Title: … / Date: …` lines at the very top, or the same between two `---`."""
    lines = page.lines
    fenced = len(lines) > 2 and lines[0].text == "---"
    end = index = 1 if fenced else 0
    keys = 0
    while index < len(lines) and (match := BLOCK_FIELD.match(lines[index].folded)):
        keys += 1
        page_key = {"published": "date", "site": "site", "description": "tags"}.get(
            match[1], match[1]
        )
        value = lines[index].text[match.end() :]
        end = index = index + 1
        # A title broken over two lines goes on with its site: `- Site name`.
        while index < len(lines) and re.match(r"[-|–—] ?[^。]{1,30}$", lines[index].folded):
            page.note("site", lines[index].text[1:])
            end = index = index + 1
        page.note(page_key, value)
    closed = fenced and end < len(lines) and lines[end].text == "---"
    if keys < 2 and not closed:
        page.found.clear()
        return
    for line in lines[: end + closed]:
        line.reason = "metadata"
