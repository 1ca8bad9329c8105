"""Damage that came with the text: what can be mended with certainty, and where the rest is."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rag.cleaning.edits import Edit
from rag.loaders.plausibility import plausibility
from rag.records import Span
from rag.text import HAN

MOJIBAKE, RADICAL, CONTROL = "mojibake", "radical", "control"

_AS_BYTE = {bytes((code,)).decode("cp1252", "ignore"): code for code in range(0x80, 0x100)}
_AS_BYTE = {chr(code): code for code in range(0x80, 0xA0)} | _AS_BYTE
_AS_BYTE.pop("", None)
_WESTERN_RUN = re.compile(f"[{re.escape(''.join(_AS_BYTE))}]{{2,}}")
_UTF8 = re.compile(
    rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|[\xf1-\xf3][\x80-\xbf]{3}|\xf0[\x90-\xbf][\x80-\xbf]{2})+"
)
_SURE = re.compile(f"[{HAN}\u3000-\u303f\uff01-\uff5e\u2010-\u203a]")
"""What UTF-8 that was read as Windows-1252 must give to be sure: ï¼Œ for ， or â€œ for “."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{3,}")
_GBK_SIGN = re.compile("[锛銆鈥鐨鏄浜涓鍦]")
"""How ，。“的是人中在 begin where UTF-8 was read as GBK."""

_RADICAL = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")
_RADICAL_FORMS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
"""Forms of the radicals supplement that are characters of their own; Unicode decomposes none but
⺟, though PDF fonts map ordinary characters to them."""
_ZEROS = re.compile("\x00+")

_READING = "a-zɑɡüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜêńňǹḿ"
_LOST = re.compile("\ufffd+|[\ue000-\uf8ff\U000f0000-\U0010fffd]+|[\x80-\x84\x86-\x9f]+")
_DEBRIS = re.compile(
    f"[?？](?<=[{HAN}].)(?:[{_READING}]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][{_READING}]*[)）]|[。▍])"
    f"|[?？](?<=[{HAN}].)(?<![吗嗎呢么麼吧啊].)[?？]+(?=[{HAN}])"
    f"|[□■](?<=[{HAN}，。、].)[□■]+(?=[{HAN}，。、])"
)
_GARBLED = re.compile("(?:锟斤拷|烫烫烫|屯屯屯)[锟斤拷烫屯]*|(?:[ÃÂâåæçèéä][\x80-¿‚-™]{1,2}){2,}")
"""What UTF-8 and debuggers leave behind in text of another encoding."""


def damage_edits(raw: str) -> Iterator[Edit]:
    """What is certain: mojibake of UTF-8, radicals for characters.

    A run of zero bytes becomes one U+FFFD, since something stood there.
    """
    yield from _mojibake_edits(raw)
    for match in _RADICAL.finditer(raw):
        plain = _RADICAL_FORMS.get(match.group()) or unicodedata.normalize("NFKC", match.group())
        if plain != match.group():
            yield Edit(match.start(), match.end(), RADICAL, plain)
    for match in _ZEROS.finditer(raw):
        yield Edit(match.start(), match.end(), CONTROL, "\ufffd")


def _mojibake_edits(raw: str) -> Iterator[Edit]:
    """UTF-8 read as Windows-1252 or as GBK and saved so: the same bytes, read rightly."""
    for run in _WESTERN_RUN.finditer(raw):
        taken = bytes(_AS_BYTE[character] for character in run.group())
        for match in _UTF8.finditer(taken):
            text = match.group().decode("utf-8", "surrogatepass")
            if _SURE.search(text) and text.isprintable():
                start, end = run.start() + match.start(), run.start() + match.end()
                yield Edit(start, end, MOJIBAKE, text)
    for start, end, text in _gbk_garbled(raw):
        if "\ufffd" not in text:
            yield Edit(start, end, MOJIBAKE, text)


def _gbk_garbled(raw: str) -> Iterator[tuple[int, int, str]]:
    """Runs of UTF-8 that was read as GBK, and what they say."""
    at = 0
    while sign := _GBK_SIGN.search(raw, at):
        start = sign.start()
        while start > at and not raw[start - 1].isascii():
            start -= 1
        run = _BEYOND_ASCII.match(raw, start)
        at = sign.end()
        if run:
            at = run.end()
            if text := _reread(run.group()):
                yield run.start(), run.end(), text


def _reread(run: str) -> str:
    """What a run says if it is UTF-8 read as GBK, U+FFFD where bytes were lost; else nothing."""
    try:
        text = run.encode("gb18030").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return ""
    lost = text.count("\ufffd")
    better = plausibility(text.replace("\ufffd", "")) > max(0.5, plausibility(run) + 0.2)
    return text if better and len(text) - lost >= max(2, 2 * lost) else ""


def assess(clean: str) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """Where characters stand for others that are lost, in order and apart; and it in words."""
    lost = [match.span() for match in _LOST.finditer(clean)]
    debris = [match.span() for match in _DEBRIS.finditer(clean)]
    garbled = [match.span() for match in _GARBLED.finditer(clean)]
    garbled += [(start, end) for start, end, _ in _gbk_garbled(clean)]
    spans: list[Span] = []
    for start, end in sorted([*lost, *debris, *garbled]):
        if spans and start <= spans[-1].end:
            spans[-1] = Span(start=spans[-1].start, end=max(end, spans[-1].end))
        else:
            spans.append(Span(start=start, end=end))
    return tuple(spans), tuple(_in_words(clean, lost, debris, garbled))


_Places = Sequence[tuple[int, int]]


def _in_words(clean: str, lost: _Places, debris: _Places, garbled: _Places) -> Iterator[str]:
    if lost:
        count = sum(end - start for start, end in lost)
        yield (
            f"{_characters(count)} could not be read in the source and stay as they are, "
            f"the first on line {_first_line(clean, lost)}."
        )
    if debris:
        yield (
            f"{_characters(len(debris))} {'is' if len(debris) == 1 else 'are'} damaged in the "
            "source (a question mark or box stands there), the first on line "
            f"{_first_line(clean, debris)}; quotes show it as it is."
        )
    if garbled:
        places = "1 place was" if len(garbled) == 1 else f"{len(garbled)} places were"
        yield (
            f"{places} garbled before the file was saved (text read in a wrong encoding), the "
            f"first on line {_first_line(clean, garbled)}; they stay as they are."
        )


def _first_line(text: str, places: _Places) -> int:
    return text.count("\n", 0, min(places)[0]) + 1


def _characters(count: int) -> str:
    return "1 character" if count == 1 else f"{count} characters"
