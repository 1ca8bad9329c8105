"""Values of spreadsheet cells as they are shown: dates as ISO, percents, decimals, separators."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

# ISO/IEC 29500-1, 18.8.30: formats that files name by number only. Those from 27 to 58 are dates
# in Chinese, Japanese and Korean Excel.
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0",
    38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    27: "yyyy-m", 28: "m-d", 29: "m-d", 30: "m-d-yy", 31: "yyyy-m-d", 32: "h:mm", 33: "h:mm:ss",
    34: "h:mm", 35: "h:mm:ss", 36: "yyyy-m", 50: "yyyy-m", 51: "m-d", 52: "yyyy-m", 53: "m-d",
    54: "m-d", 55: "h:mm", 56: "h:mm:ss", 57: "yyyy-m", 58: "m-d",
}  # fmt: skip
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[(?!h+\]|m+\]|s+\])[^\]]*\]')
_NUMBER = re.compile(r"([#,0?]*[#0?])(?:\.([0#?]+))?(%?)")
_DATE_LETTERS = re.compile(r"(?i)[ymdhs]|年|月|日")
_GENERAL = re.compile(r"(?i)general|@")
_MARKED = "\ue000"
"""Stands for a literal piece while a format is read."""
_MOST_DECIMALS = 30
_MOST_SHOWN = Decimal(10) ** 15


class _Format(NamedTuple):
    """One section of a number format."""

    kind: str
    """`general`, `number`, `date` or `elapsed`."""
    before: str = ""
    after: str = ""
    """What is printed around a number."""
    least_digits: int = 1
    most_decimals: int = 0
    least_decimals: int = 0
    thousands: bool = False
    percent: bool = False
    fields: str = ""
    """Of a date: which of `ymdhs` it shows."""


def shown(value: str, format_id: int, custom: dict[int, str], *, since_1904: bool) -> str:
    """A number from a cell as its format shows it.

    Args:
        value: as it is written in the file.
        format_id: of the cell's style.
        custom: the file's own formats by id.
        since_1904: whether day 0 is 1904-01-01, as in old files of the Macintosh.

    A date shows as much of ISO 8601 as its format has of it: `2024-01-05`, `2024-01`, `09:30`. A
    format beyond plain decimals, thousands, percent and texts around them is not imitated: the
    number is then written out in full.
    """
    try:
        number = Decimal(value)
    except ArithmeticError:
        return value
    if not number.is_finite():
        return value
    if abs(number) >= _MOST_SHOWN:
        return _general(number)
    form = _section(custom.get(format_id) or _BUILT_IN.get(format_id, "General"), number)
    if form.kind == "date":
        return _date(number, form.fields, since_1904=since_1904) or _general(number)
    if form.kind == "elapsed":
        return _elapsed(number)
    if form.kind == "number":
        return _formatted(number, form)
    return _general(number)


def _section(code: str, number: Decimal) -> _Format:
    """The section of a format that is for numbers of this sign."""
    sections = _sections(code)
    at = 1 if number < 0 and len(sections) > 1 else 2 if number == 0 and len(sections) > 2 else 0
    form = sections[at]
    # A section for negative numbers prints its own sign.
    if at == 1 and form.kind == "number" and "-" not in form.before and "(" not in form.before:
        return form._replace(before="-" + form.before)
    return form


@lru_cache(maxsize=1024)
def _sections(code: str) -> list[_Format]:
    return [_read(section) for section in re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)]


def _read(section: str) -> _Format:
    literals: list[str] = []

    def mark(match: re.Match[str]) -> str:
        literals.append(next((text for text in match.groups() if text is not None), ""))
        return _MARKED

    bare = _LITERAL.sub(mark, section)
    if re.search(r"(?i)\[[hms]+\]", bare):
        return _Format("elapsed")
    if _GENERAL.search(bare) or not bare.strip():
        return _Format("general")
    if _DATE_LETTERS.search(bare.replace(_MARKED, "")):
        return _Format("date", fields=_date_fields(bare))
    found = _NUMBER.search(bare)
    if not found:
        return _Format("general")

    def unmarked(text: str) -> str:
        while _MARKED in text:
            text = text.replace(_MARKED, literals.pop(0), 1)
        return text

    before, after = bare[: found.start()], bare[found.end() :]
    if re.search(r"[#0?,.%/E]", before + after):
        return _Format("general")
    whole, decimals, percent = found[1], found[2] or "", bool(found[3])
    return _Format(
        "number",
        before=unmarked(before).strip(),
        after=unmarked(after).strip(),
        least_digits=whole.count("0"),
        most_decimals=min(len(decimals), _MOST_DECIMALS),
        least_decimals=min(decimals.count("0"), _MOST_DECIMALS),
        thousands="," in whole,
        percent=percent,
    )


def _date_fields(bare: str) -> str:
    """Which parts a date format shows; `m` beside hours or seconds is minutes."""
    plain = re.sub(r"(?i)am/pm|a/p|上午/下午", "", bare.lower())
    clock = bool(re.search(r"h|s", plain))
    minutes = re.search(r"h+\W*m|m+\W*s", plain)
    months = len(re.findall("m+", plain)) - bool(minutes)
    fields = "y" if "y" in plain or "年" in plain else ""
    fields += "m" if months > 0 else ""
    fields += "d" if "d" in plain else ""
    return fields + ("h" if clock else "") + ("s" if "s" in plain else "")


def _date(number: Decimal, fields: str, *, since_1904: bool) -> str:
    """Empty where the number is no day of the calendar."""
    days = int(number // 1)
    seconds = int(((number - days) * 86400).quantize(Decimal(1), ROUND_HALF_UP))
    days, seconds = days + seconds // 86400, seconds % 86400
    hours, minutes = seconds // 3600, seconds // 60 % 60
    clock = f"{hours:02}:{minutes:02}" + (f":{seconds % 60:02}" if "s" in fields else "")
    if not set(fields) & set("ymd"):
        return clock if days >= 0 else ""
    try:
        day = _day(days, since_1904=since_1904)
    except (OverflowError, ValueError):
        return ""
    if "y" in fields and "d" not in fields:
        written = f"{day:%Y-%m}" if "m" in fields else f"{day.year:04}"
    else:
        written = day.isoformat()
    return f"{written} {clock}" if "h" in fields and seconds else written


def _day(days: int, *, since_1904: bool) -> date:
    if since_1904:
        return date(1904, 1, 1) + timedelta(days=days)
    if days < 0:
        raise ValueError("before the first day")
    # Excel counts a 29 February 1900 that never was.
    return date(1899, 12, 31 if days < 60 else 30) + timedelta(days=days)


def _elapsed(number: Decimal) -> str:
    seconds = int((abs(number) * 86400).quantize(Decimal(1), ROUND_HALF_UP))
    sign = "-" if number < 0 else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _formatted(number: Decimal, form: _Format) -> str:
    value = abs(number) * (100 if form.percent else 1)
    rounded = value.quantize(Decimal(1).scaleb(-form.most_decimals), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    while len(decimals) > form.least_decimals and decimals.endswith("0"):
        decimals = decimals[:-1]
    whole = whole.zfill(form.least_digits)
    if form.thousands:
        whole = f"{int(whole):,}".zfill(form.least_digits)
    sign = "-" if number < 0 and "-" not in form.before and "(" not in form.before else ""
    digits = whole + (f".{decimals}" if decimals else "") + ("%" if form.percent else "")
    before = form.before
    if before.startswith("-"):
        sign, before = "-", before[1:]
    return f"{before}{sign}{digits}{form.after}" if before else f"{sign}{digits}{form.after}"


def _general(number: Decimal) -> str:
    """In full, without the noise that binary fractions leave behind the fifteenth digit."""
    plain = Decimal(f"{number:.15g}").normalize()
    return f"{plain:f}" if -10 < plain.adjusted() < 21 else str(plain)
