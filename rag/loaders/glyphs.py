"""Characters that fonts put for others: radicals for ideographs, ligatures for letters."""

import unicodedata

# From Unicode's EquivalentUnifiedIdeograph.txt, the radicals that look like a whole ideograph;
# NFKC knows only two of this block.
_SUPPLEMENT = dict(
    zip(
        "⺁⺆⺈⺊⺍⺒⺓⺛⺜⺝⺟⺠⺧⺩⺪⺫⺬⺮⺶⺻⺼⺽⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻰⻱⻳",
        "厂冂刀卜小巳幺旡日月母民牛王疋目示竹羊聿肉臼虎西见角贝足车長长门阜雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿竜龙龜龟",
        strict=True,
    )
)

_SYMBOLS = dict(
    zip(
        "\uf0b7\uf0a7\uf0d8\uf06c\uf06e\uf075\uf076\uf0fc\uf0a8\uf0fe\uf052\uf0a3\uf0e0\uf0b0\uf0b1\uf0b4\uf02d",
        "•▪➢●■◆❖✓□☑☑≤→°±×−",
        strict=True,
    )
)
"""Private codes of the fonts Symbol and Wingdings, which office programs use for bullets."""


def symbol(character: str) -> str:
    """The ordinary character for one of a symbol font's private ones; others as given."""
    return _SYMBOLS.get(character, character)


def unified(character: str) -> str:
    """The ordinary form of a radical, compatibility ideograph or Latin ligature; others as given.

    Text layers of PDFs have these for 一 or 民 because the font uses one glyph for both.
    """
    code = ord(character)
    if not (0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFB06 or 0x2F800 <= code <= 0x2FA1F):
        return character
    return _SUPPLEMENT.get(character) or unicodedata.normalize("NFKC", character)
