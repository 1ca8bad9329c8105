"""Numbers as word processors print them before list items: 一、 第三条 (a) IV. ①."""

from collections.abc import Callable, Mapping

_HAN_DIGITS = "〇一二三四五六七八九"
_UNITS = "十百千"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_UNITS = "拾佰仟"
_LEGAL_TRADITIONAL_DIGITS = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_LETTERS = 780
_MOST_ROMAN = 3999
_MOST_HAN = 9999


def numeral(number: int, form: str) -> str:
    """A number in a form named as in WordprocessingML (ISO/IEC 29500-1, 17.18.59).

    Numbers that a form cannot write, and forms not known here, are written in digits.
    """
    write = _FORMS.get(form)
    return write(number) if write and number > 0 else str(number)


def _letters(number: int) -> str:
    """As Word counts: z is followed by aa, bb, cc."""
    if number > _MOST_LETTERS:
        return str(number)
    times, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * (times + 1)


def _roman(number: int) -> str:
    if number > _MOST_ROMAN:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _han(number: int, digits: str = "零" + _HAN_DIGITS[1:], units: str = _UNITS) -> str:
    """一百零五; ten to nineteen without 一 before 十."""
    if number > _MOST_HAN:
        return str(number)
    written = ""
    pending_zero = False
    for power, figure in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if figure == "0":
            pending_zero = bool(written)
            continue
        written += digits[0] if pending_zero else ""
        written += digits[int(figure)] + (units[power - 1] if power else "")
        pending_zero = False
    return written[1:] if 10 <= number < 20 and units == _UNITS else written


def _digit_by_digit(number: int) -> str:
    return "".join(_HAN_DIGITS[int(figure)] for figure in str(number))


def _below_ten_by_ten(number: int) -> str:
    """Word's `chineseCounting`: 一 to 九十九 in tens, digit by digit from 一〇〇."""
    return _han(number) if number < 100 else _digit_by_digit(number)


def _circled(number: int) -> str:
    if number <= 20:
        return chr(ord("①") + number - 1)
    if number <= 35:
        return chr(ord("㉑") + number - 21)
    return chr(ord("㊱") + number - 36) if number <= 50 else str(number)


def _of(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(figure)) for figure in str(number))


def _ordinal(number: int) -> str:
    last = number % 10 if number % 100 not in (11, 12, 13) else 0
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


_FORMS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": _ordinal,
    "chineseCounting": _below_ten_by_ten,
    "chineseCountingThousand": _han,
    "taiwaneseCounting": _below_ten_by_ten,
    "taiwaneseCountingThousand": _han,
    "japaneseCounting": _han,
    "koreanCounting": _han,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "koreanDigital2": _digit_by_digit,
    "chineseLegalSimplified": lambda number: _han(number, _LEGAL_DIGITS, _LEGAL_UNITS),
    "ideographLegalTraditional": lambda number: _han(
        number, _LEGAL_TRADITIONAL_DIGITS, _LEGAL_UNITS
    ),
    "japaneseLegal": lambda number: _han(number, _LEGAL_TRADITIONAL_DIGITS, _LEGAL_UNITS),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalEnclosedParen": lambda number: f"({number})",
    "ideographEnclosedCircle": lambda number: (
        chr(ord("㊀") + number - 1) if number <= 10 else _han(number)
    ),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
}
