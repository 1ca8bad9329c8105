"""Chinese dates and large numbers rewritten as an English reader would, before translation.

Small models misplace the zeros of 万 and 亿 and the days of a range; code does not.
"""

import re
from decimal import Decimal

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = re.compile(
    r"(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})日(?:\s*[至到—–-]\s*([0-9]{1,2})日)?"
)
_SCALED = re.compile(
    r"(?<![0-9,.])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?\s*(万亿|萬億|[万萬亿億])"
)
_PLAN = re.compile(r"(?<![一二三四五六七八九])[“「\"]?十([一二三四五六])五[”」\"]?(?:规划|規劃)?")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_WIDE_NUMBER = re.compile(r"[０-９]+(?:，[０-９]{3}(?![０-９]))*(?:．[０-９]+)?")
_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "万亿": 10**12, "萬億": 10**12}
_PLANS = {"一": "11th", "二": "12th", "三": "13th", "四": "14th", "五": "15th", "六": "16th"}


def plain_values(text: str) -> str:
    """The sentence with its dates, scaled numbers and five-year plans written in English."""
    text = _WIDE_NUMBER.sub(lambda match: match[0].translate(_HALF_WIDTH), text)
    text = _DAYS.sub(_date, text)
    text = _SCALED.sub(_number, text)
    return _PLAN.sub(lambda match: f" {_PLANS[match[1]]} Five-Year Plan ", text)


def _date(match: re.Match[str]) -> str:
    year, month, first, last = match.groups()
    if not (1 <= int(month) <= 12 and all(1 <= int(day) <= 31 for day in (first, last or first))):
        return match[0]
    days = f"{first}-{last}" if last else first
    return f" {_MONTHS[int(month) - 1]} {days}{f', {year}' if year else ''} "


def _number(match: re.Match[str]) -> str:
    whole, fraction, scale = match.groups()
    value = Decimal(whole.replace(",", "") + (fraction or "")) * _SCALES[scale]
    return f"{value.normalize():,f}"
