"""Script, width and case folding; which language and which script a text is in."""

import re
import unicodedata
from functools import lru_cache

from rag.records import Language

HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, to stand inside the brackets of a regular expression."""

_HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))
_QUOTES = {'"': "“”„‟«»「」『』〝〞〟＂", "'": "‘’‚‛＇‹›"}
_SPACES = "\u00a0\u2007\u202f\u3000"
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+")
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》|\"[^\"]*\"")
_ENGLISH_MARK = re.compile(
    r"\b(?:a|an|and|are|at|be|by|can|did|do|does|for|from|had|has|have|how|in|is|it|its|of|on|or"
    r"|should|that|the|their|there|these|they|this|to|was|were|what|when|where|which|who|whom"
    r"|whose|why|will|with|would|compare|define|describe|explain|give|list|name|outline"
    r"|summari[sz]e|tell|translate)\b",
    re.IGNORECASE,
)
_CHINESE_MARK = re.compile(
    "什么|哪|多少|如何|怎|为何|是否|有没有|几[个项种年次]|谁|吗|呢|请|介绍|说明|总结"
)
_VARIANTS = {ord("陜"): "陕"}
"""What OpenCC leaves apart though many Traditional texts write 陜 for 陝 (Shaanxi). 著 stays: it is
着 in 隨著 but itself in 著作, and which it is only its neighbours tell, not a table."""
_SHORT = 400
"""Up to so many characters a text is taken for a question or a sentence."""
_SAMPLE = 20_000


def _simplified_pairs() -> dict[int, str]:
    from opencc import OpenCC

    characters = [chr(code) for low, high in _HAN_BLOCKS for code in range(low, high + 1)]
    # One to a line, so that the converter's phrase tables never see two characters together.
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        ord(before): after
        for before, after in zip(characters, converted, strict=True)
        if len(after) == 1 and after != before
    }


@lru_cache(maxsize=1)
def _fold_table() -> dict[int, str]:
    table = {code: chr(code).casefold() for code in range(0x80, 0x1E944) if chr(code).isupper()}
    table = {code: lower for code, lower in table.items() if len(lower) == 1}
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    table |= {ord(mark): plain for plain, marks in _QUOTES.items() for mark in marks}
    table |= {ord(space): " " for space in _SPACES}
    table |= _compatibility_pairs()
    return table | _simplified_pairs() | _VARIANTS


def _compatibility_pairs() -> dict[int, str]:
    """Compatibility ideographs, which some fonts and Big5 conversions leave in ordinary text."""
    pairs = {code: unicodedata.normalize("NFC", chr(code)) for code in range(0xF900, 0xFB00)}
    return {code: plain for code, plain in pairs.items() if plain != chr(code)}


def fold(text: str) -> str:
    """Text made comparable, one character for one: `len(fold(text)) == len(text)`.

    Traditional characters become Simplified (OpenCC's t2s table, character by character), full
    width ASCII becomes half width, capitals become small, quotation marks and spaces become the
    plain ones. Never shown to a reader.
    """
    if text.isascii():
        return text.lower()
    return text.translate(_fold_table())


def detect_language(text: str) -> Language:
    """`zh` or `en`, by which language the sentence frame is in.

    Long text goes by the count of Han characters against Latin words. In a question a quoted term
    may outweigh the words around it, in either direction, so what is between quotation marks is
    set aside and question and function words of each language count for more.
    """
    sample = text[:_SAMPLE]
    han = len(_HAN_CHARACTER.findall(sample))
    if not han:
        return "en"
    if len(sample) > _SHORT:
        return "zh" if han >= len(_LATIN_WORD.findall(sample)) else "en"
    frame = _QUOTED.sub(" ", sample)
    if not re.search(r"[^\W\d_]", frame):
        frame = sample
    han, words = len(_HAN_CHARACTER.findall(frame)), len(_LATIN_WORD.findall(frame))
    english_marks = len(_ENGLISH_MARK.findall(frame))
    if not english_marks or not words:
        return "zh" if han or not words else "en"
    chinese = han / 4 + 4 * len(_CHINESE_MARK.findall(fold(frame)))
    return "zh" if chinese >= words + 4 * english_marks else "en"


@lru_cache(maxsize=1)
def _script_marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    pairs = _simplified_pairs()
    traditional = "".join(re.escape(chr(code)) for code in pairs)
    # A Simplified form that is also an old character of its own (后, 里, 干) tells nothing alone;
    # there are few enough of them that counting decides.
    simplified = "".join(re.escape(form) for form in set(pairs.values()) - set(map(chr, pairs)))
    return re.compile(f"[{traditional}]"), re.compile(f"[{simplified}]")


def is_traditional(text: str) -> bool:
    """Whether more characters are Traditional-only than Simplified-only."""
    traditional, simplified = _script_marks()
    sample = text[:_SAMPLE]
    return len(traditional.findall(sample)) > len(simplified.findall(sample))
