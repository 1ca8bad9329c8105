"""A line of a page, and what its form alone tells."""

import re
from dataclasses import dataclass, field

from rag.text import HAN, fold

_STOP_AT_END = re.compile(r"[.!?;:][\"')\]]*$")
_HAN = re.compile(f"[{HAN}]")
_PAUSE = re.compile(r"[,，、;:：]")
_FRAME = re.compile(
    r"\b(?:the|of|and|to|in|is|are|was|were|that|for|with|by|on|as|it|be|has|have|from|at|an|a"
    r"|this|which|or|not)\b"
)
_HEADING = re.compile(
    r"#{1,6} |[-*•·●○◆■□▪–] ?\S"
    r"|第 ?[一二三四五六七八九十百千零〇\d]{1,5} ?[章节条编款项部目回卷](?:[^\S\n]|之|$|\W)"
    r"|第[一二三四五六七八九十百千零〇\d]{1,5}[条章节编]|第[一二三四五六七八九十]部分"
    r"|[一二三四五六七八九十]{1,3}[、.)是]|\([一二三四五六七八九十\d]{1,3}\)"
    r"|\d{1,2}(?:\.\d{1,2})*[、.)] ?\D"
    r"|[①-⑳]|附件?\d{0,2}[:：]|附[录表图件]|注\d?[:：]|备注|表 ?\d|图 ?\d|问[:：]|答[:：]|>"
    r"|(?:article|chapter|section|part|annex|appendix|table|figure|fig\.|note|box|q|a|step)\b[ .:]*"
    r"(?:\d|[ivxlc]+\b|[:.])|\([a-z\d]{1,3}\) "
)
_TABLE_ROW = re.compile(r"\|.*\||[^\t]*\t[^\t]*\t")
_NUMBERS = re.compile(r"\d[\d,.%]*")
_DATES = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}:\d\d(?::\d\d)?")
SHORT_CHINESE, SHORT_ENGLISH = 40, 110


def words_of(folded: str) -> frozenset[str]:
    """Pairs of Chinese characters, and words of other scripts of four letters or more."""
    pairs = re.findall("(?=([\u4e00-\u9fff]{2}))", folded)
    return frozenset(pairs) | frozenset(re.findall(r"[a-z0-9]{4,}", folded))


@dataclass(slots=True)
class Line:
    """A line that is not blank, `raw[start:end]`."""

    start: int
    end: int
    text: str
    """Without pinyin and outer blanks."""
    folded: str = field(init=False)
    reason: str = ""
    """Why it goes; empty while it stays."""
    plainly: bool = False
    """Whether it is furniture by its own form, not by the lines around it alone."""
    after_page_break: bool = False
    """Whether it stands first on its page."""

    def __post_init__(self) -> None:
        self.folded = fold(self.text)

    @property
    def is_chinese(self) -> bool:
        return bool(_HAN.search(self.folded))

    @property
    def has_stop(self) -> bool:
        return "。" in self.folded or bool(_STOP_AT_END.search(self.folded))

    @property
    def is_body(self) -> bool:
        """Whether it reads as prose: a 。 and some length, or long with the frame of sentences."""
        length = len(self.text)
        if length < 40:
            return length >= 10 and "。" in self.folded
        if self.is_chinese and "。" in self.folded:
            return True
        if not self.is_chinese:
            words = len(_FRAME.findall(self.folded[:600]))
            if self.has_stop:
                return words > 0 or length >= 80
            return length >= 55 and words * 20 >= min(length, 600)
        return (length >= 60 or self.has_stop) and bool(_PAUSE.search(self.folded))

    @property
    def is_short(self) -> bool:
        """Short enough for a title or an item of a list of links, and no sentence."""
        limit = SHORT_CHINESE if self.is_chinese else SHORT_ENGLISH
        return len(self.text) <= limit and not ("。" in self.folded or self.folded.endswith("."))

    @property
    def is_heading(self) -> bool:
        """Whether it begins as headings, articles, items, notes and captions of a text do."""
        return bool(_HEADING.match(self.folded))

    @property
    def is_table_row(self) -> bool:
        if len(self.text) >= 80 or _TABLE_ROW.match(self.folded):
            return bool(_TABLE_ROW.match(self.folded))
        return len(_NUMBERS.findall(_DATES.sub("", self.folded))) >= 3

    @property
    def has_columns(self) -> bool:
        """Whether it is written as a row of a table, with tabs or upright lines."""
        return bool(_TABLE_ROW.match(self.folded))
