"""Repairs inside lines: pinyin readings of characters, blanks."""

import re
import unicodedata
from collections.abc import Iterator

from rag.cleaning.edits import Edit
from rag.text import HAN

PINYIN, WHITESPACE, INVISIBLE = "pinyin", "whitespace", "invisible"
LINE_END = "line_end"

LINE_ENDS = dict.fromkeys(map(ord, "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_LINE_END = re.compile("\r(?!\n)|[\v\f\x1c-\x1e\x85\u2028\u2029]")

_LATIN = "a-zɑɡü\u0300-\u036fà-ÿāēěīńňōūǎǐǒǔǖǘǚǜǹḿê"
_ZHUYIN = "\u3105-\u312f\u31a0-\u31bfˊˇˋ˙"
_GLOSS = re.compile(
    rf"(?<=[{HAN}])(?:[(（][ \u3000]*(?:[{_LATIN}]{{1,24}}(?:[ '’·-]{{1,2}}[{_LATIN}]{{1,8}})*"
    rf"|[{_ZHUYIN} \u3000]{{1,40}})[ \u3000]*[)）])+"
)
_ZHUYIN_GLOSS = re.compile(rf"[(（][{_ZHUYIN} \u3000]+[)）]")
_SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:a[io]?|ang?|o[u]?|ong|e[ir]?|eng?|i|ia|iao|ie|iu|iang?"
    r"|ing?|iong|u|ua|uai|ui|uo|uang?|un|ueng|ue|v|ve|ü|üe|üan|ün)|[mn]g?|hm|r"
)
_SYLLABLES = re.compile(rf"(?:{_SYLLABLE.pattern})+")
_HAN_BEFORE = re.compile(f"[{HAN}]+$")
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")
_ENOUGH_TONED = 3
_ENOUGH_PLAIN = 8

_CONTROLS = "".join(map(chr, [*range(1, 9), *range(14, 28), 31, 127]))
_INVISIBLE = "\u200b\u2060\ufeff\u00ad" + _CONTROLS
_BLANK = (
    " \t\u3000\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u202f\u205f"
)
BLANKS = _BLANK + _INVISIBLE
_NO_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))
_ENTITY = re.compile("&(?:nbsp|ensp|emsp);")
_RUN = re.compile(f"(?:[{_BLANK}{_INVISIBLE}]|{_ENTITY.pattern})++")
EMPTY_LINE = re.compile(f"\n(?:{_RUN.pattern})?\n")
"""A line with nothing to see on it, between its line breaks."""


def pinyin_edits(raw: str) -> Iterator[Edit]:
    """Readings in brackets after Han characters: 國(guó) becomes 國.

    A reading with a tone mark goes; one without (麼(me)) only in a text that plainly glosses its
    characters, since (he) or (an) may be an English word.
    """
    found = list(_GLOSS.finditer(raw))
    for match in found:
        if _ZHUYIN_GLOSS.fullmatch(match.group()):
            yield Edit(match.start(), match.end(), PINYIN)
    glosses = [match for match in found if _is_pinyin(match.group()) and _fits(raw, match)]
    toned = [match for match in glosses if _has_tone(match.group())]
    plain = {match.group() for match in glosses} - {match.group() for match in toned}
    everything = len(toned) >= _ENOUGH_TONED or len(plain) >= _ENOUGH_PLAIN
    for match in glosses if everything else toned:
        yield Edit(match.start(), match.end(), PINYIN)


def _fits(raw: str, gloss: re.Match[str]) -> bool:
    """Whether the gloss has no more syllables than there are Han characters before it."""
    parts = max((len(part.split()) for part in re.split(r"[()（）]+", gloss.group())), default=0)
    before = _HAN_BEFORE.search(raw, max(0, gloss.start() - 24), gloss.start())
    return parts <= 1 or (before is not None and len(before.group()) >= parts)


def _is_pinyin(gloss: str) -> bool:
    """Whether every part is a syllable, or a word of syllables most of which have their tone."""
    parts = re.findall(r"[^\W]+", unicodedata.normalize("NFC", gloss))
    return all(_is_syllable(part) or _is_toned_word(part) for part in parts)


def _is_syllable(part: str) -> bool:
    return bool(_SYLLABLE.fullmatch(_toneless(part)))


def _toneless(part: str) -> str:
    plain = _TONES.sub("", unicodedata.normalize("NFD", part))
    plain = unicodedata.normalize("NFC", plain).translate({ord("ɑ"): "a", ord("ɡ"): "g"})
    return plain.replace("ê", "e")


def _is_toned_word(part: str) -> bool:
    """guójiā: as many tone marks as syllables, or one less; café and naïve are other words."""
    syllables = _SYLLABLES.fullmatch(_toneless(part))
    tones = len(_TONES.findall(unicodedata.normalize("NFD", part)))
    vowels = len(re.findall("[aeiouü]+", _toneless(part)))
    return bool(syllables) and tones >= 2 and tones >= vowels - 1


def _has_tone(gloss: str) -> bool:
    return bool(_TONES.search(unicodedata.normalize("NFD", gloss)))


def stripped(line: str) -> str:
    """A line without blanks and invisible characters at its ends."""
    return _ENTITY.sub(" ", line).strip(_BLANK + _INVISIBLE)


def line_end_edits(raw: str) -> Iterator[Edit]:
    r"""Every line or page break other than \\n becomes one; \\r\\n loses its \\r as a blank."""
    for match in _LINE_END.finditer(raw):
        yield Edit(match.start(), match.end(), LINE_END, "\n")


def blank_edits(raw: str) -> Iterator[Edit]:
    """Blanks at line ends and wide indents go, odd blanks and runs become one space.

    A single ideographic space stays (第一条　为了 is how it is printed), so do tabs, and plain
    indents, which nest the items of a list.
    """
    for match in _RUN.finditer(raw):
        run = match.group()
        begins = match.start() == 0 or raw[match.start() - 1] == "\n"
        ends = match.end() == len(raw) or raw[match.end()] == "\n"
        replacement = "" if ends else _one_blank(run, indent=begins)
        if run != replacement:
            reason = WHITESPACE if run.strip(_INVISIBLE) else INVISIBLE
            yield Edit(match.start(), match.end(), reason, replacement)


def _one_blank(run: str, *, indent: bool) -> str:
    blanks = run.translate(_NO_INVISIBLE)
    if indent:
        return "" if blanks.strip(" \t") else blanks
    return blanks if blanks == "\u3000" or not blanks.strip("\t") else " "
