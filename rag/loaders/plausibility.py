"""How much decoded text is like Chinese or English, character by character."""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from rag.text import HAN, fold

if TYPE_CHECKING:
    import numpy as np

_COMMON_HAN = (
    "一七万三上下不与专世业东两严个中为主举义之乐九也书了予事二于五亚些亡交产京人亿今从他代令以们"
    "件价任份企众优会传估但位低住体作使例供依促保信修候值做停健儿元先克入全八公六兰共关其具养内再"
    "军农冠冲决况准减出分划列则创初利别到制前剧力办功加务动助势包化北区医十千升半华协单南占卡卫危"
    "即历原去县参及反发取受变口古只可台史号司各合同名后向告员周命和品响商善器噪四回因团园围固国土"
    "在地场均型城域基境增壤士声处备复外多大天太央失头奖奥女她好如妇始委子存季学安完官定实审客室害"
    "家容密对导将小少尔就尼局居届展属山岁岛川州工已巴币市布带常幅平年并广应府废度康建开弃式引张强"
    "当录形影律得德心必志态性总息情意成我或战所手打执批承技投护报担拉括持指按损据排接控推措提援支"
    "收改放政故效教数整文料斯新方施旅族无日时明易星是普更曾最月有服期木未本术机权村条来构林果染查"
    "标校样核根格案检森植模次欧款止正此步武死段每毒比民气水求江污没河油治法波注洋洲活流测济海消深"
    "清温港游湖湾湿源演火灾点然照片物特状率王环现球理生用由申电男画界略疾病登白百的监目直相省督知"
    "石研确示社禁福种科积称移程税究空突立站童符第等筑策算管米类系约级纪纳线组织经结给统续维网罗罚"
    "置美群老考者而职联育能自至致航船色节花英范草药获营著藏融行补表被装西要见规视解计认议记许设证"
    "评识该语说请调负财责货质费资赛起超足路身车转较输辖达过运近还这进违连送适选通造道部都配采里重"
    "野量金铁银销长门问间队防阿附际陆限院除险集需青非面音项预领题额风食馆首香马验高黄龄龙"
)
"""The 640 most frequent characters, in Simplified form, of encyclopaedia, news and legal text in
both scripts; they make about 86% of running text, and 3% of bytes read in a wrong encoding."""

_KNOWN_MARK = re.compile(
    "[，。、；：？！（）《》〈〉「」『』【】〔〕·‧～／％０-９Ａ-Ｚａ-ｚ￥\u3000①-⑩⑴-⑽Ⅰ-Ⅻ‐-―‘-”…‰′″℃°±×÷→≤≥£¢αβγμ]"
)
_LATIN = re.compile(
    "[＋－＝＆＃＠＊àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœšžāēěīńňōūǎǐǒǔǖǘǚǜǹ\u2010-\u205f\u20a0-\u20bf\u2122]"
)
"""What stands among English or Chinese now and then. Capitals with accents count as symbols: they
are most of what double-byte text is when read as Latin."""
_SIGN = re.compile("[\u00a1-\u00bf]")
_NEUTRAL = re.compile(
    "[\u00a0\u00c0-\u024f\u02b0-\u036f\u1e00-\u1eff\u1ab0-\u1aff\u2100-\u2bff\u3001-\u303f\u31a0-\u31bf\u3200-\u33ff\ufe10-\ufe6f"
    "\uff00-\uff65\uffe0-\uffef\ufe0f\u200b-\u200f\ufeff\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
_SILENT = "\x00\t\n\v\f\r "
_WRONG = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd-\uffff\U000f0000-\U0010ffff\ud800-\udfff]"
)
_HAN = re.compile(f"[{HAN}]")
COMMON, FREQUENT, NEUTRAL, RARE, DOUBTFUL, WRONG = 100, 35, 0, -10, -50, -100
"""Hundredths that a character adds: one of the commonest or a mark; one of GB2312's first level or
a Latin letter; a symbol; another Han character; one of another script; one that text cannot have.
"""


@lru_cache(maxsize=1)
def _table() -> "np.ndarray":
    """Hundredths by code point, `uint32` to `int8`."""
    import numpy as np

    table = np.full(0x110000, DOUBTFUL, dtype=np.int8)
    table[0xF0000:] = WRONG
    table[0x20000:0x40000] = RARE
    everything = "".join(map(chr, range(0x30000)))
    frequent = set(fold(_first_level()))
    common = set(fold(_COMMON_HAN))
    for match in re.finditer(_HAN.pattern + "+", everything):
        for place, plain in enumerate(fold(match.group()), start=match.start()):
            weight = COMMON if plain in common else FREQUENT if plain in frequent else RARE
            table[place] = weight
    for pattern, weight in (
        (_NEUTRAL, NEUTRAL),
        (_SIGN, DOUBTFUL),
        (_LATIN, FREQUENT),
        (_KNOWN_MARK, COMMON),
        (_WRONG, WRONG),
    ):
        table[[match.start() for match in pattern.finditer(everything)]] = weight
    for code in range(0x0530, 0x10000):
        if table[code] == DOUBTFUL and unicodedata.category(chr(code)) == "Cn":
            table[code] = WRONG
    table[[*range(0x21, 0x7F), *map(ord, _SILENT)]] = 0
    return table


def _first_level() -> str:
    """The 3,755 characters of the first level of GB2312, which are those in daily use."""
    rows = (bytes((lead, trail)) for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    return b"".join(rows)[: 3755 * 2].decode("gb2312")


def weights(text: str) -> "np.ndarray":
    """Hundredths, one for each character of the text, as `int8`."""
    import numpy as np

    return np.asarray(_table()[_codes(text)])


def unit_weights(units: "np.ndarray") -> "np.ndarray":
    """Hundredths for each 16-bit unit of UTF-16, `int8`; visible ASCII counts as common here."""
    import numpy as np

    table = _table()[:0x10000].copy()
    table[0x21:0x7F] = COMMON
    table[0xD800:0xE000] = NEUTRAL
    table[0] = WRONG
    return np.asarray(table[units])


def informative(text: str) -> "np.ndarray":
    """Places of the characters that tell encodings apart: all but ASCII."""
    import numpy as np

    return np.flatnonzero(_codes(text) >= 0x80)


def plausibility(text: str, *, ascii_counts: bool = False) -> float:
    """How much decoded text is like Chinese or English: 1 is all common, below 0.25 is not text.

    The mean over the characters that tell something. ASCII tells nothing where every encoding reads
    it alike, but in UTF-16 it counts as common, and a zero as wrong.
    """
    codes = _codes(text)
    telling = codes >= 0x80
    count, total = int(telling.sum()), float(_table()[codes].sum(dtype="int64")) / 100
    if ascii_counts:
        visible, zeros = int(((codes > 0x20) & (codes < 0x7F)).sum()), int((codes == 0).sum())
        count, total = count + visible + zeros, total + visible - zeros
    return total / max(1, count)


def _codes(text: str) -> "np.ndarray":
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
