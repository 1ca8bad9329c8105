"""Numerals as they are written in Chinese and English, read into exact numbers.

`fold` comes first: it maps every character to exactly one other, so that offsets into the folded
text are offsets into the text. The patterns and parsers here expect folded text.
"""

import re
import unicodedata
from decimal import Decimal

from rag.values.scanning import words

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"两": 2}
_TENS = {"廿": 20, "卅": 30}
_SMALL = {"十": 10, "百": 100, "千": 1_000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_SCALES = {char: Decimal(value) for char, value in (_SMALL | _LARGE).items()}

ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?![\d,])|\d+)(?:\.\d+)?"
"""1234567, 1,234,567, 1 234 567 or 2.5."""

_HAN_CHARACTER = r"(?:[〇一二三四五六七八九两十廿卅百万亿]|千(?![瓦克米]))"
_HAN_WHOLE = rf"{_HAN_CHARACTER}(?:{_HAN_CHARACTER}|[余多](?=[万亿])){{0,30}}"
HAN = rf"{_HAN_WHOLE}(?:[点.·‧][〇一二三四五六七八九]+[百千万亿]*)?"
"""二十三万五千, 二〇二四, 三点五 or 五百余万. The 千 of 千瓦, 千克 and 千米 is the unit's.

Bounded, so that a long run of such characters is not read to its end from each of them.
"""

HAN_SCALE = r"(?:[十百万亿]|千(?![瓦克米])|[余多](?=[万亿]))"

_MORE = re.compile("[余多]")

_ONES = words("one two three four five six seven eight nine")
_TEENS = words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_TY = words("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINAL_ONES = words("first second third fourth fifth sixth seventh eighth ninth")
_ORDINAL_TEENS = words(
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
    "nineteenth"
)
_ORDINAL_TY = [f"{word[:-1]}ieth" for word in _TY]
_WORD_VALUES = (
    {word: value for value, word in enumerate(_ONES + _TEENS, 1)}
    | {word: value for value, word in enumerate(_ORDINAL_ONES + _ORDINAL_TEENS, 1)}
    | {word: value for value, word in zip(range(20, 100, 10), _TY, strict=True)}
    | {word: value for value, word in zip(range(20, 100, 10), _ORDINAL_TY, strict=True)}
    | {"a": 1, "dozen": 12}
)
ENGLISH_SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1_000),
    "million": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
    "trillion": Decimal(1_000_000_000_000),
}


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_BELOW_100 = rf"(?:(?:{_any(_TY)})(?:[- ](?:{_any(_ONES)})\b)?|{_any(_TEENS)}|{_any(_ONES)})"
SMALL_ENGLISH = rf"(?:{_any(_TEENS)}|{_any(_ONES)})\b"
"""one to nineteen; lower case."""
_BELOW_1000 = rf"{_BELOW_100}(?: hundred(?:(?: and)? {_BELOW_100})?)?"
_SCALE_WORD = r"(?:thousand|million|billion|trillion)"
ENGLISH = (
    rf"(?:(?:a |(?:{_any(_ONES)}) )?dozen"
    rf"|{_BELOW_1000}(?: {_SCALE_WORD}\b(?:,? (?:and )?{_BELOW_1000})?)*"
    r"|(?:a |(?<!per )(?<!several )(?<!few ))(?:hundred|thousand|million|billion|trillion))\b"
)
"""one hundred and twenty-three thousand, a million, a dozen; lower case."""
ENGLISH_ORDINAL = (
    rf"(?:(?:{_any(_TY)})[- ](?:{_any(_ORDINAL_ONES)})|{_any(_ORDINAL_TY)}"
    rf"|{_any(_ORDINAL_TEENS)}|{_any(_ORDINAL_ONES)})\b"
)
"""twenty-first, eighth; lower case."""

ROMAN = r"(?:[IVXⅠ-Ⅻ]+)(?![A-Za-z])"
_CANONICAL_ROMAN = re.compile(r"(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸参", "一二三四五六七八九十百千二三六三")
_FORMAL_RUN = re.compile(
    r"[壹贰貳叁參参肆伍陆陸柒捌玖拾佰仟][壹贰貳叁參参肆伍陆陸柒捌玖拾佰仟〇万亿]+"
)


def _folding() -> dict[int, str]:
    """Width, subscripts and the Traditional characters that the patterns know."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != ord("，")}
    table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2080, 0x208A)}
    table |= dict.fromkeys((0x3000, 0xA0, 0x2009, 0x202F), " ")
    table |= dict.fromkeys(map(ord, "零○◯"), "〇")
    table |= dict.fromkeys(map(ord, "–—―‐‑−"), "-")
    traditional = "萬億兩個點項條種類級屆輪處戶張冊節場層組間門輛臺頭歲幣圓圖錄號過員時鐘噸頃畝"
    simplified = "万亿两个点项条种类级届轮处户张册节场层组间门辆台头岁币圆图录号过员时钟吨顷亩"
    traditional += "釐貝週國會黨區縣鄉鎮單雙歐統幾數餘來這劃規計紀從為與階職學"
    simplified += "厘贝周国会党区县乡镇单双欧统几数余来这划规计纪从为与阶职学"
    traditional += "體導專進歷億齊對締約攝碼華減氣壓負"
    simplified += "体导专进历亿齐对缔约摄码华减气压负"
    return table | dict(zip(map(ord, traditional), simplified, strict=True))


_FOLD = _folding()


def fold(text: str) -> str:
    """The same text, one character for one, in half width and Simplified numerals and units."""
    folded = text.translate(_FOLD)
    return _FORMAL_RUN.sub(lambda match: match[0].translate(_FORMAL), folded)


def parse_arabic(numeral: str) -> Decimal:
    """Read digits with an optional decimal point and grouping commas or spaces."""
    return Decimal(numeral.replace(",", "").replace("，", "").replace(" ", ""))


def parse_scales(scales: str) -> Decimal:
    """Multiply out 万, 百万 or 万亿; the empty string is one."""
    product = Decimal(1)
    for char in _MORE.sub("", scales):
        product *= _SCALES[char]
    return product


def parse_chinese(numeral: str) -> Decimal | None:
    """Read a Chinese numeral, or None if its characters do not make one.

    Knows positional writing (一千二百, 十万, 两亿三千万), strings of digits (二〇二四, 一〇〇),
    decimals (三点五, 一点二亿) and a last digit that stands for the place below (两万五 is 25,000).
    """
    whole, *decimals = re.split("[点.·‧]", _MORE.sub("", numeral), maxsplit=1)
    if not decimals:
        return _parse_whole(whole)
    rest = decimals[0]
    digits = rest.rstrip("百千万亿")
    integer = _parse_whole(whole)
    if integer is None or not digits:
        return None
    fraction = "".join(str(_DIGITS[char]) for char in digits)
    return Decimal(f"{integer}.{fraction}") * parse_scales(rest[len(digits) :])


def _parse_whole(numeral: str) -> Decimal | None:
    if all(char in _DIGITS for char in numeral):
        return Decimal("".join(str(_DIGITS[char]) for char in numeral)) if numeral else None
    total, section, digit, last_unit = 0, 0, -1, 0
    for char in numeral:
        if char in _DIGITS:
            if digit > 0:
                return None
            digit = _DIGITS[char]
            last_unit = 0 if char == "〇" else last_unit
        elif char in _TENS:
            section += _TENS[char]
            last_unit = 10
        elif char in _SMALL:
            last_unit = _SMALL[char]
            section += (digit if digit > 0 else 1) * last_unit
            digit = -1
        elif char not in _LARGE:
            return None
        else:
            total, last_unit = _close_section(total, section + max(digit, 0), _LARGE[char])
            section, digit = 0, -1
    if digit > 0 and last_unit >= 100:
        digit *= last_unit // 10
    return Decimal(total + section + max(digit, 0))


def _close_section(total: int, section: int, unit: int) -> tuple[int, int]:
    """万 multiplies its own section; 亿 multiplies all before it, so that 一万亿 is 10^12."""
    if unit == _LARGE["亿"]:
        return ((total + section) or 1) * unit, unit
    return total + (section or 1) * unit, unit


def parse_english(words: str) -> Decimal | None:
    """Read a cardinal or ordinal in English words, or None if a word is no numeral."""
    total, section = Decimal(0), Decimal(0)
    for word in re.findall(r"[a-z]+", words):
        if word == "and":
            continue
        if word == "hundred":
            section = (section or Decimal(1)) * 100
        elif word in ENGLISH_SCALES:
            total += (section or Decimal(1)) * ENGLISH_SCALES[word]
            section = Decimal(0)
        elif word == "dozen":
            section = (section or Decimal(1)) * 12
        elif word in _WORD_VALUES:
            section += _WORD_VALUES[word]
        else:
            return None
    return total + section


def parse_roman(numeral: str) -> Decimal | None:
    """Read a canonical Roman numeral below 100, in Latin letters or the characters Ⅰ to Ⅻ."""
    letters = unicodedata.normalize("NFKC", numeral)
    if not letters or not _CANONICAL_ROMAN.fullmatch(letters):
        return None
    values = [_ROMAN_VALUES[letter] for letter in letters]
    signed = (
        -value if value < max(values[place:]) else value for place, value in enumerate(values)
    )
    return Decimal(sum(signed))
