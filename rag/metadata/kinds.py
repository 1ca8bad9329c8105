"""What sort of text a document is, by its title and the form of its text."""

import re
from typing import NamedTuple

from rag.metadata.credits import is_news
from rag.metadata.events import opens_with_meeting
from rag.metadata.page import Page
from rag.text import fold


class Kind(NamedTuple):
    """A kind of `KINDS`, and where it was taken from."""

    name: str
    origin: str


_TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "interview",
        re.compile(
            r"答记者问|专访|访谈|问答$|问题解答$|^对话|q ?& ?a|\bfaqs?\b|\binterview\b"
            r"|questions and answers"
        ),
    ),
    (
        "notice",
        re.compile(
            r"(?:通知|公告|通告|公示|启事|公函|批复|决定|意见)书?$|^(?:public )?notice\b"
            r"|\bannouncement$|\bcircular\b|^announcement of\b"
        ),
    ),
    (
        "speech",
        re.compile(
            r"(?:讲话|致辞|致词|演讲|演说|讲稿|发言|贺词|献词)(?:稿|全文|摘要|摘编|要点|实录)?$"
            r"|^(?:(?:opening|closing|keynote|welcome) )?(?:remarks|speech|address)"
            r" (?:at|by|to|on)\b"
            r"|\b(?:opening|closing|keynote) (?:remarks|speech|address)\b|\bspeech$"
        ),
    ),
    (
        "law",
        re.compile(
            r"条例$|(?:管理|实施|暂行|试行|处罚|监督)(?:办法|规定|细则)$|(?:若干|暂行)规定$|实施细则$"
            r"|^中华人民共和国.{2,24}法$"
        ),
    ),
    (
        "statistics",
        re.compile(
            r"统计(?:公报|数据|月报|年报|年鉴|快报|表)|(?:同比|环比)(?:上涨|下降|增长|减少)|普查.{0,6}公报"
            r"|\bstatistic(?:s|al)\b|\bcensus\b"
        ),
    ),
    (
        "plan",
        re.compile(
            r"(?:规划|计划|方案|纲要|路线图|工作要点|预案)$"
            r"|\b(?:action|national|strategic|work|development|master|management) plan\b"
            r"|\b(?:plan|strategy|roadmap)(?: \d{4})?(?:\s?[-–—]\s?\d{2,4})?$"
        ),
    ),
    (
        "meeting",
        re.compile(
            r"(?:会议|会|论坛|会谈|会晤)(?:的)?(?:纪要|记录|简报)$|^(?:draft )?minutes\b|\bminutes$"
        ),
    ),
    (
        "report",
        re.compile(r"(?:报告|白皮书|蓝皮书|绿皮书|公报|年报)$|\breport\b|\bwhite paper\b"),
    ),
    (
        "meeting",
        re.compile(
            r"(?:会议|大会|座谈会|研讨会|论坛|年会|峰会|全会|例会|推进会|部署会|动员会|发布会|会谈|会晤)"
            r".{0,12}(?:召开|举行|举办|开幕|闭幕|落幕)|(?:召开|举行|举办|主持召开).{0,40}(?:会议?|论坛)"
            r"|(?:会议|大会|座谈会|研讨会|论坛|年会|峰会)$"
            r"|^(?:\w+ ){0,4}(?:meeting|conference|summit|assembly)$"
            r"|^workshop on\b|(?:研讨会|座谈会|论坛) "
        ),
    ),
    (
        "article",
        re.compile(
            r"(?:评论|社论|时评|随笔|杂谈|述评|编者按|综述)$|^(?:评论|社论|时评)[:|]"
            r"|\b(?:editorial|op-ed|essay)\b|^opinion:"
        ),
    ),
)
_MINUTES = re.compile(r"(?:draft |unconfirmed )?minutes of\b")
_NEEDS_ARTICLES = re.compile(
    r"(?:法|办法|规定|细则|章程|规则|守则|准则|宪法|法典)$|\b(?:act|regulations?|ordinance|law|rules"
    r"|decree|constitution|bylaws|statutes?|code)(?: of \d{4})?$|^law of\b|^regulations? on\b"
)
_NO_LAW = re.compile(r"合同|协议|契约|contract|agreement|lease")
_ARTICLE = re.compile(
    r"^\s*(?:#+\s*)?(?:第\s?[一二三四五六七八九十百\d]{1,5}\s?条|(?:article|section) \d+|§ ?\d+)",
    re.MULTILINE,
)
_QUESTION = re.compile(r"^\s*(?:问|q(?:uestion)?|记者)\s*\d*\s*[:.]", re.MULTILINE)
_REPLY = re.compile(r"^\s*(?:答|a(?:nswer)?)\s*\d*\s*[:.]", re.MULTILINE)
_THIS = (
    ("report", re.compile(r"本报告|this report\b")),
    (
        "plan",
        re.compile(r"(?:制定|编制)本(?:规划|方案|计划|预案)|this (?:plan|strategy|roadmap) sets"),
    ),
    ("law", re.compile(r"制定本(?:法|条例|办法|规定|细则|章程|规则)")),
)
_ABSTRACT = re.compile(r"^\s*(?:摘\s?要|abstract)\s*[:.\n]", re.MULTILINE)
_KEYWORDS = re.compile(r"^\s*(?:关键词|关键字|keywords?|key words)\s*[:.\n]", re.MULTILINE)
_BRACKETS = re.compile(r"\s*[(（〔\[][^()（）〔〕\[\]]*[)）〕\]]\s*$")
_READ = 4000
"""Characters in which the form of a text shows."""


def kind_of(page: Page, title: str, *, is_sentence: bool) -> Kind | None:
    """The kind of a document, or None where nothing tells.

    `is_sentence` says that the title is but the first sentence, whose last words tell little.
    """
    text = fold(page.text[:_READ])
    if _MINUTES.match(fold(title)):
        return Kind("meeting", "title")
    if not is_sentence and (name := _by_title(_BRACKETS.sub("", fold(title)).strip(), text)):
        return Kind(name, "title")
    if opens_with_meeting(page, title):
        return Kind("meeting", "opening")
    name = _by_form(text, fold(title))
    if name:
        return Kind(name, "text")
    return Kind("news", "dateline") if is_news(page) else None


def _by_title(title: str, text: str) -> str | None:
    if _NO_LAW.search(title):
        return None
    for name, pattern in _TITLES:
        if pattern.search(title):
            return name
    is_law = _NEEDS_ARTICLES.search(title) and len(_ARTICLE.findall(text)) >= 2
    return "law" if is_law else None


def _by_form(text: str, title: str) -> str | None:
    if len(_ARTICLE.findall(text)) >= 3 and not _NO_LAW.search(title + text[:200]):
        return "law"
    if len(_QUESTION.findall(text)) >= 2 and len(_REPLY.findall(text)) >= 2:
        return "interview"
    if _ABSTRACT.search(text) and _KEYWORDS.search(text):
        return "article"
    return next((name for name, pattern in _THIS if pattern.search(text[:600])), None)
