"""Questions that only a whole document can answer: summaries, counts, lists of all, mentions. Pure.

The best few passages cannot say how often a word occurs or that it never does, so such questions
are read apart and put to every passage.
"""

import re
from dataclasses import dataclass
from typing import Literal

from rag.periods import year_places
from rag.text import content_terms, detect_language, fold

WholeKind = Literal["summary", "count", "list", "mention"]
ListOf = Literal["date", "deadline", "money", "percent", "number", "year", "meeting", "body", "law"]

LONGEST_TERM = 40
"""Characters of a term that is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeQuestion:
    """What is asked of whole documents."""

    kind: WholeKind
    term: str = ""
    """What is counted or looked for; sentences with it are listed where a list names no kind."""
    of: ListOf | None = None
    """What a list holds."""
    this: bool = False
    """It says `this document`: the one the conversation or the choice of documents is about."""


_DOCUMENT = (
    r"(?:(?:这|那|该|此|本|整|上述|每)(?:一)?(?:份|篇|个|次|场|部|届)?|全部的?|所有的?)?"
    r"(?:文件|文档|文章|报告|材料|会议纪要|会议|资料库|资料|文本|通知|讲话|条文|指南|词条|札记|纪要|年报|公报)"
)
_IN_ALL = (
    rf"(?:全文|通篇|全篇|整篇|文中|文内|本文|正文|{_DOCUMENT})(?:里面?|中|内|上|当中|之中)?"
    r"(?:一共|总共|共|都)?"
)
_EN_DOCUMENT = (
    r"(?:this|that|the|these|those|all(?: of)?(?: the)?|every|any|each)"
    r"(?: (?:whole|entire|full|same|above))*"
    r"(?: (?:documents?|files?|reports?|articles?|texts?|papers?|meetings?|conferences?|library"
    r"|collection|notes?|brief|glossary|minutes))"
)
_QUOTES = "“”\"'「」『』‘’"
_SUMMARY = (
    re.compile(
        r"^(?:请|帮我|麻烦|给我)*(?:用\w{1,8}?)?(?:总结|概括|概述|归纳|综述|摘要)(?:一下|下|出)?(?P<of>.*?)"
        r"(?:的(?:主要)?(?:内容|要点|大意))?$"
    ),
    re.compile(
        r"^(?P<of>.*?)(?:主要|大致|大概|都|到底)?(?:讲|说|谈|写)了?(?:的)?(?:是)?(?:些)?(?:什么|哪些(?:内容|事))$"
    ),
    re.compile(r"^(?P<of>.*?)的(?:主要内容|要点|大意|中心思想|摘要)(?:是什么|有哪些|是哪些)?$"),
    re.compile(
        r"^(?:please |can you |could you )*(?:briefly )?(?:summari[sz]e|sum up"
        r"|give (?:me |us )?(?:an? )?(?:short |brief )?(?:summary|overview|outline) of)"
        r" (?P<of>.+)$"
    ),
    re.compile(r"^what (?:is|was|are|were) (?P<of>.+?) (?:mainly |mostly |all )?about$"),
    re.compile(r"^what (?:does|did|do) (?P<of>.+?) (?:mainly |mostly )?(?:say|cover)$"),
    re.compile(r"^what are the main points of (?P<of>.+)$"),
)
_SAYS = r"(?:提到|提及|出现|说到|谈到|讲到|用到|写到|涉及|使用)(?:了|过)?"
_COUNT = (
    re.compile(rf"{_SAYS}(?:多少|几)(?:次|回|处|遍)(?P<t>.+)$"),
    re.compile(rf"{_SAYS}(?P<t>[^，,]+?)(?:一共|总共|共)?(?:有)?(?:多少|几)(?:次|回|处|遍)$"),
    re.compile(
        rf"^(?:{_IN_ALL}[，,]?)?(?P<t>[^，,]+?)(?:这个|一)?(?:词|字|术语|说法)?(?:在{_IN_ALL})?"
        rf"(?:一共|总共|共)?(?:被)?{_SAYS}(?:多少|几)(?:次|回|处|遍)$"
    ),
    re.compile(
        r"\bhow (?:many times|often) (?:is|are|was|were|does|do|did) (?:the )?"
        r"(?:word |words |term |phrase |name )?(?P<t>.+?) (?:mentioned|appear(?:s|ed)?|occurs?|used"
        r"|named|come up|written|found)\b"
    ),
    re.compile(
        rf"\bhow (?:many times|often) (?:does|do|did) {_EN_DOCUMENT} (?:mention|use|name|say)"
        r" (?P<t>.+)$"
    ),
    re.compile(
        r"\b(?:how many|count (?:all )?(?:the )?)\s*(?:mentions|occurrences|instances) of"
        r" (?P<t>.+)$"
    ),
)
_WHICH = (
    r"(?:(?:资料库|库)(?:里面?|中|内))?(?:都)?有?(?:哪些|哪几[份篇个部]|哪一?[份篇个部])"
    r"(?:文件|文档|文章|报告|材料|资料|文本)(?:里面?|中|内)?(?:都|还|也)?"
)
_EN_WHICH = r"(?:which|what)(?: of the)? (?:documents?|files?|reports?|articles?|texts?|papers?)"
_NAMED = r"[“「『《\"][^”」』》\"]+[”」』》\"]|[^，,的谁哪几]+?"
"""A term that may stand in a text word for word: in quotation marks, or not said at length."""
_EN_NAMED = (
    r"[“\"'][^”\"]+[”\"']|(?!.*\b(?:who|that|which|what|how|why|when|where)\b)(?:\S+ ?){1,5}"
)
_MENTION = (
    re.compile(rf"^{_WHICH}{_SAYS}(?P<t>{_NAMED})$"),
    re.compile(rf"^(?P<t>{_NAMED})(?:在|被){_WHICH}(?:被)?{_SAYS}$"),
    re.compile(rf"^{_EN_WHICH} (?:mention|refer to|talk about)s? (?P<t>{_EN_NAMED})$"),
    re.compile(
        rf"^in {_EN_WHICH} (?:is|are|does|do) (?P<t>{_EN_NAMED}) (?:mentioned|appear|occur)$"
    ),
    re.compile(
        r"(?:有没有|有无|是否|是不是|可曾)(?:都)?(?:提到|提及|出现|说到|谈到|讲到|写到|涉及)(?:了|过)?(?P<t>.+)$"
    ),
    re.compile(
        r"(?:提到|提及|出现|说到|谈到|讲到|写到|涉及)(?:了|过)?(?P<t>[^，,]+?)(?:了|过)?(?:吗|没有|没)$"
    ),
    re.compile(
        r"\b(?:does|do|did) (?P<who>.{1,60}?) (?:ever |also )?(?:mention|refer to|name"
        r"|contain the words?|use the (?:words?|terms?)|talk about|say anything about) (?P<t>.+)$"
    ),
    re.compile(r"\bis there (?:any|a) (?:mention of|reference to) (?P<t>.+)$"),
    re.compile(r"^(?:is|are|was|were) (?P<t>.+?) (?:ever )?(?:mentioned|referred to|named)\b.*$"),
)
_ALL = re.compile(
    r"(?:所有|全部|一切|每一?个)的?(?P<zh>[^，,。]+?)(?:都|全部|全)?(?:列|找|摘)?(?:出来)?$"
    r"|(?:全文|通篇|整(?:份|篇)\w{0,3}|文中)(?:里面?|中|内)?(?:一共|总共|都)?(?:提到|出现|有|列出|包含)(?:了|的)?"
    r"(?:哪些|什么|几个|多少个?)(?P<zh2>[^，,。]+)$"
    r"|\b(?:all|every|each)(?: of)?(?: the)? (?P<en>[a-z][a-z '-]+?)"
    r"(?: (?:that|which|are|is|mentioned|named|given|stated|found|in|from|of|across|set)\b.*)?$"
)
_LISTS = re.compile(
    r"^(?:请|帮我|麻烦|给我|把)*"
    r"(?:列出|列举|找出|给出|汇总|整理|提取|摘出|全文|通篇|整|文中|所有|全部)|列出来|找出来"
    r"|^(?:please |can you )*"
    r"(?:list|what are|what were|give|find|show|extract|name|which are|all)\b"
)
_KINDS: tuple[tuple[ListOf, re.Pattern[str]], ...] = (
    (
        "deadline",
        re.compile(r"期限|时限|截止|最后日期|\bdeadlines?\b|\bdue dates?\b|\btime limits?\b"),
    ),
    ("date", re.compile(r"日期|时间(?!表)|\bdates?\b|\bdays\b|\btimes\b")),
    (
        "money",
        re.compile(
            r"金额|钱数|款项|价格|预算|\bamounts?\b|\bsums?\b|\bprices?\b|\bmoney\b|\bcosts?\b"
        ),
    ),
    (
        "percent",
        re.compile(r"百分比|百分数|百分率|比例|占比|\bpercentages?\b|\bpercents?\b|\bshares\b"),
    ),
    ("year", re.compile(r"年份|年度(?!\w)|\byears\b")),
    ("number", re.compile(r"数字|数据|数值|数量|\bnumbers?\b|\bfigures?\b|\bstatistics\b")),
    ("meeting", re.compile(r"会议|大会|\bmeetings?\b|\bconferences?\b")),
    (
        "body",
        re.compile(
            r"机构|单位|部门|组织|公司|企业名|\borgani[sz]ations?\b|\bagenc(?:y|ies)\b|\bbodies\b"
            r"|\binstitutions?\b|\bcompanies\b|\bministr(?:y|ies)\b"
        ),
    ),
    ("law", re.compile(r"法律|法规|文件名|条例|\blaws?\b|\bregulations?\b|\bacts\b")),
)
_SENTENCES = re.compile(
    rf"(?:{_SAYS}|包含|含有)(?P<zh>.+?)(?:的)?(?:句子|地方|段落|原文|内容|话|之处)$"
    r"|^(?:sentences?|passages?|places?|paragraphs?|lines?) (?:that |which |where )?"
    r"(?:mention(?:s|ing)?|contain(?:s|ing)?|with|about|on|name|use) (?P<en>.+)$"
)
_THIS = re.compile(
    r"全文|通篇|全篇|整篇|文中|文内|正文|(?:这|那|该|此|本|整)(?:一)?(?:份|篇|个|次|场|部)?"
    r"(?:文件|文档|文章|报告|材料|会议|文|文本|通知|讲话)"
    r"|\b(?:this|that|the (?:whole|entire|full)) "
    r"(?:document|file|report|article|text|paper|meeting|brief|glossary)\b"
)
_SCOPE_LEFT = re.compile(
    rf"{_DOCUMENT}|全文|通篇|全篇|整篇|文中|本文|全国|工作|年度|一下|内容|[的里中上在请把给它]"
    rf"|{_EN_DOCUMENT}|\b(?:documents?|files?|reports?|articles?|texts?|papers?|meetings?"
    r"|conferences?|work|national|annual|contents?|it|this|that)\b"
)
_TITLE = re.compile(r"《[^》]+》|[“\"「][^”\"」]+[”\"」]")
_TAIL = re.compile(
    r"(?:这个|这一)?(?:词|字|术语|说法|字样|一词)$"
    r"|\s*,?\s*(?:anywhere|at all|in total|altogether|ever)?"
    rf"(?: (?:in|by|of|across|at) "
    rf"(?:{_EN_DOCUMENT}|the .*|(?:19|20)[0-9]{{2}}|“[^”]*”|\"[^\"]*\"))?"
    r"\s*(?:anywhere|at all|in total|altogether)?$"
)


def read_whole(text: str) -> WholeQuestion | None:
    """What a question asks of whole documents; None where the best passages will do."""
    asked = " ".join(text.split()).rstrip("?？。.!！ ")
    folded = fold(asked)
    this = bool(_THIS.search(folded))
    if _summary(asked, folded):
        return WholeQuestion(kind="summary", this=this)
    for kind, patterns in (("count", _COUNT), ("mention", _MENTION)):
        term = _term(asked, folded, patterns)
        if term:
            return WholeQuestion(
                kind="count" if kind == "count" else "mention", term=term, this=this
            )
    return _listed(asked, folded, this)


def _summary(asked: str, folded: str) -> bool:
    """Whether nothing but a document is to be summed up: no subject within it."""
    for pattern in _SUMMARY:
        match = pattern.match(folded)
        if match:
            place = match.span("of")
            return not _subject(asked[place[0] : place[1]])
    return False


def _subject(named: str) -> list[str]:
    """Content terms of a phrase besides years, titles and words for documents."""
    places = year_places(named)
    left = _TITLE.sub(" ", fold(named))
    for place in places:
        left = left.replace(fold(named[place.start : place.end]), " ")
    left = re.sub(r"年度?", " ", left) if places else left
    return content_terms(_SCOPE_LEFT.sub(" ", left))


def _term(asked: str, folded: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    for pattern in patterns:
        match = pattern.search(folded)
        if not match or _subject(_before(match, asked)):
            continue
        start, end = match.span("t")
        term = _clean(asked[start:end])
        if 0 < len(term) <= LONGEST_TERM and content_terms(term):
            return term
    return ""


def _before(match: re.Match[str], asked: str) -> str:
    """Who is said to mention it: a document, where the whole of it is meant."""
    if "who" in match.re.groupindex and match["who"]:
        return asked[slice(*match.span("who"))]
    return asked[: match.start()]


def _clean(term: str) -> str:
    """A term without quotation marks and words around it."""
    quoted = re.search(r"[“\"「『‘'《]([^”\"」』’'》]+)[”\"」』’'》]", term)
    if quoted:
        return quoted[1].strip()
    bare = term.strip().strip(_QUOTES)
    cut = _TAIL.sub("", bare)
    return re.sub(r"^(?:the|any|an?) ", "", cut.strip(" ，,的"), flags=re.IGNORECASE)


def _listed(asked: str, folded: str, this: bool) -> WholeQuestion | None:
    match = _ALL.search(folded)
    if not match or not (this or _LISTS.search(folded)):
        return None
    group = next(name for name in ("zh", "zh2", "en") if match[name])
    named = match[group]
    sentences = _SENTENCES.search(named if group != "en" else folded[match.start("en") :])
    if sentences:
        key = "zh" if sentences["zh"] else "en"
        offset = match.start(group)
        term = _clean(asked[offset + sentences.start(key) : offset + sentences.end(key)])
        return WholeQuestion(kind="list", term=term, this=this) if term else None
    for kind, pattern in _KINDS:
        found = pattern.search(named)
        if found and not _more_is_asked(named, found):
            return WholeQuestion(kind="list", of=kind, this=this)
    return None


def _more_is_asked(named: str, kind: re.Match[str]) -> bool:
    """Whether a list is narrowed: 污染防治资金的金额 is no list of all amounts."""
    left = f"{named[: kind.start()]} {named[kind.end() :]}"
    left = re.sub(
        r"提到|出现|涉及|包含|里面?|中|文中|具体|有关|相关|mentioned|named|given", " ", left
    )
    language = detect_language(named)
    return len(content_terms(_SCOPE_LEFT.sub(" ", left))) > (0 if language == "en" else 1)
