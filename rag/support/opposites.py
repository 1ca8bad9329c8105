"""Words that turn a statement into another: denials, and the two poles of what can be opposed.

One row of `opposites.tsv` is one scale: words of one side stand for each other, words of the two
sides exclude each other. They are general vocabulary; what belongs to one subject is left out.
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

Pole = tuple[int, int]
"""Number of the scale, and which of its ends."""

_DENIALS_ZH = """
没有 并没 从没 并未 尚未 从未 未能 未曾 未经 不得 不再 不会 不能 不可 不应 不是 不需 不必 不须
不予 不准 不许 不宜 不曾 不存在 不具 不符 不属 不适用 并非 并不 决不 绝不 无须 无需 无法 无权
毫无 禁止 严禁 拒绝 否认 取消 停止 避免 杜绝 未 不 没 无 非 勿 毋
"""
_NO_DENIALS_ZH = """
不断 不仅 不但 不同 不少 不过 不久 不管 不论 不锈钢 不动产 不止 不只 不妨 不愧 不禁 不由 不惜
不外乎 不料 不可或缺 不可分割 不可抗力 不得不 无不 无非 不无 不满 不良 不幸 不安 不便 不利
不足 不超过 不低于 不少于 不高于 不到 无论 无线 无人机 无疑 无锡 无数 无穷 无私 无限 无形 无机
无害化 无罪 无障碍 无党派 未来 未婚 未成年人 未成年 未知 非常 非洲 非遗 非法 非凡 没收 没落
淹没 埋没 沉没 除非 是非 莫非 不可能 不可避免 不久前 不时 不免 不住 不懈
"""
_DENIALS_EN = """
not no never none nobody nothing neither nor without cannot nowhere hardly scarcely barely n't
"""
_LIKE_DENIALS = """
refuse refused refuses unaware unable fail failed fails lack lacks lacked decline declined deny
denied avoid avoided prevent prevented reject rejected unlikely unknown stop stopped forbid
forbidden ban banned prohibit prohibited
难以 缺乏 缺少 免于 拒不 未必 失去 放弃
"""
_HEDGES_ZH = "仅 只 仅仅 只有 唯一"
_HEDGES_EN = "only solely merely"


def _rows() -> list[str]:
    return files("rag.support").joinpath("opposites.tsv").read_text("utf-8").splitlines()


@lru_cache(maxsize=1)
def scales() -> dict[str, frozenset[Pole]]:
    """The ends of scales that each word stands at; Simplified and lower case."""
    found: dict[str, set[Pole]] = {}
    for number, row in enumerate(_rows()):
        for end, words in enumerate(row.split("\t")):
            for word in words.split():
                found.setdefault(word, set()).add((number, end))
    return {word: frozenset(ends) for word, ends in found.items()}


def ends_of(word: str) -> frozenset[Pole]:
    """The ends that a word stands at, whatever its English form; none for most words."""
    known = scales()
    return next((known[form] for form in _forms(word) if form in known), frozenset())


def _forms(word: str) -> Iterator[str]:
    """A word and what it may be an English form of."""
    yield word
    if not word.isascii():
        return
    for ending in ("s", "es", "d", "ed", "ing", "ly", "er", "est"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    if word.endswith("ied"):
        yield word[:-3] + "y"


DENIALS = frozenset([*_DENIALS_ZH.split(), *_DENIALS_EN.split()])
"""Words that deny what they stand with."""
NO_DENIALS = frozenset(_NO_DENIALS_ZH.split())
"""Words that hold 不, 无, 未, 没 or 非 and deny nothing, or the whole of which is compared."""
LIKE_DENIALS = frozenset(_LIKE_DENIALS.split())
"""Words that may stand where the other text denies: refused to, was unaware."""


def is_like_denial(word: str) -> bool:
    """Whether a word, whatever its form, may stand where the other text denies."""
    return any(form in LIKE_DENIALS for form in _forms(word))


RESTRICTIONS = frozenset([*_HEDGES_ZH.split(), *_HEDGES_EN.split()])


def opposed(first: frozenset[Pole], second: frozenset[Pole]) -> bool:
    """Whether words at these ends exclude each other: some scale has one at each of its ends."""
    return any((scale, 1 - end) in second for scale, end in first) and not first & second


@lru_cache(maxsize=1)
def chinese_words() -> dict[str, tuple[str, ...]]:
    """Words of this file that are longer than a character, by their first, longest first."""
    words = {*scales(), *DENIALS, *NO_DENIALS, *RESTRICTIONS}
    found: dict[str, list[str]] = {}
    for word in sorted((w for w in words if not w.isascii() and len(w) > 1), key=len, reverse=True):
        found.setdefault(word[0], []).append(word)
    return {first: tuple(group) for first, group in found.items()}
