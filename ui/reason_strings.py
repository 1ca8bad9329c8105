"""Why a claim got its verdict, as the core says it in English, put in Chinese."""

import re

from ui.bilingual import Interface

_VERDICT_REASONS: tuple[tuple[str, str], ...] = (
    (r"Cited by Yinju, not by the writer: (.+)", "引文由引据补上，模型没有标注：{0}"),
    (r"It stands there word for word\.", "原文一字不差。"),
    (r"It cites no passage\.", "没有引用任何原文。"),
    (r"The cited passage does not say this closely enough\.", "引文的意思不够接近。"),
    (
        r"Values, names and meaning agree with the cited passage\.",
        "数值、名称和意思都与引文相符。",
    ),
    (r"(.+) is not in the cited passage; it has (.+)\.", "引文里没有{0}；引文写的是{1}。"),
    (r"(.+) is not in the cited passage\.", "引文里没有{0}。"),
    (r"It denies something; the cited passage does not\.", "这句是否定，引文不是。"),
    (r"There are no contexts\.", "没有给出原文。"),
    (r"The model wrote nothing\.", "模型什么也没写。"),
    (r"The model did not write in the language asked for\.", "模型没有用要求的语言写。"),
    (r"(.+) is missing from the rendering\.", "译文漏掉了{0}。"),
)


def translate_reason(language: Interface, reason: str) -> str:
    """Why a claim got its verdict; the core says so in English."""
    if language == "en":
        return reason
    for pattern, chinese in _VERDICT_REASONS:
        match = re.fullmatch(pattern, reason, re.DOTALL)
        if match:
            return chinese.format(*(translate_reason(language, part) for part in match.groups()))
    return reason
