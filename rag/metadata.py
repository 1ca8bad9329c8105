"""Title, date and publisher of a document, from what its text says and nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rag.text import fold, sentence_spans

_TITLE_LENGTH = 100
_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ROC_OFFSET = 1911
_NUMERIC = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_ROC = re.compile(r"民国\s*(\d{2,3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_HAN_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_MONTH_NAME = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_MONTH_FIRST = re.compile(rf"\b{_MONTH_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH_NAME},?\s+((?:19|20)\d\d)\b")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(\d{2})[/-]?(\d{2})(?=[/_.-])")
_CLAUSE_END = re.compile(r"[，,；;：:、 ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a document says about itself."""

    title: str
    date: str | None = None
    publisher: str | None = None
    author: str | None = None
    event_date: str | None = None
    kind: str | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each field was taken from."""


def describe(text: str, found: Mapping[str, str], *, stem: str) -> Description:
    """Title, ISO date of publication and publisher of a clean text.

    `found` is what cleaning read off the lines it removed (`Cleaned.found`), `stem` the file's
    name, the title of last resort. Date and publisher are None where nothing tells them; a date
    without a year tells none.
    """
    return Description(
        title=_title(text, found) or stem,
        date=_date(found),
        publisher=_publisher(found),
    )


def _title(text: str, found: Mapping[str, str]) -> str:
    if title := found.get("title", "").strip():
        return title
    first_line = text.lstrip().split("\n", 1)[0].strip()
    heading = re.sub(r"^#+\s*|[\s#]+$", "", first_line)
    spans = sentence_spans(heading)
    sentence = spans[0].slice(heading) if spans else ""
    whole = heading if len(heading) <= _TITLE_LENGTH and len(spans) < 3 else sentence
    if "。" in whole.rstrip("。"):
        whole = sentence
    return _cut(whole.rstrip("。.")) if re.search(r"[^\W_]", whole) else ""


def _cut(title: str) -> str:
    """A first sentence that is too long for a title, up to its last clause that fits."""
    if len(title) <= _TITLE_LENGTH:
        return title
    ends = [match.start() for match in _CLAUSE_END.finditer(title, 0, _TITLE_LENGTH)]
    return title[: ends[-1] if ends and ends[-1] > 10 else _TITLE_LENGTH] + "…"


def _publisher(found: Mapping[str, str]) -> str | None:
    named = (found.get(key, "") for key in ("publisher", "source", "site", "organiser"))
    return next((name for name in named if name and "://" not in name), None)


def _date(found: Mapping[str, str]) -> str | None:
    if stated := parse_date(found.get("date", "")):
        return stated
    for key in ("url", "source"):
        if match := _IN_ADDRESS.search(found.get(key, "")):
            return _iso(*match.groups())
    return None


def parse_date(text: str) -> str | None:
    """The first full date in text as ISO, or None: 2024年1月5日, 2024-01-05, 民國113年1月5日,
    二〇二四年一月五日, 5 January 2024, Jan. 5, 2024, full width or half.
    """
    plain = fold(text)
    if match := _ROC.search(plain):
        return _iso(int(match[1]) + _ROC_OFFSET, match[2], match[3])
    if match := _NUMERIC.search(plain):
        return _iso(*match.groups())
    if match := _HAN_DATE.search(plain):
        year = "".join(_DIGITS[digit] for digit in match[1])
        return _iso(year, _han_number(match[2]), _han_number(match[3]))
    if match := _MONTH_FIRST.search(plain):
        return _iso(match[3], _MONTHS.index(match[1]) + 1, match[2])
    if match := _DAY_FIRST.search(plain):
        return _iso(match[3], _MONTHS.index(match[2]) + 1, match[1])
    return None


def _han_number(numeral: str) -> int:
    """Up to 三十一."""
    tens, ten, units = numeral.rpartition("十")
    value = int(_DIGITS[units]) if units else 0
    return value + (10 * int(_DIGITS[tens] if tens else 1) if ten else 0)


def _iso(year: int | str, month: int | str, day: int | str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
