"""Why a claim got its verdict, as the core says it in English, put in Chinese."""

import re

from ui.bilingual import Interface

_VERDICT_REASONS: tuple[tuple[str, str], ...] = (
    (r"Cited by Yinju, not by the writer: (.+)", "引文由引据补上，模型没有标注：{0}"),
    (r"It stands there word for word\.", "原文一字不差。"),
    (
        r"It stands there almost word for word, with the same values and names\.",
        "与原文几乎一字不差，数值和名称相同。",
    ),
    (r"Counted in every passage that was read\.", "数过读到的每一个段落。"),
    (r"It cites no passage\.", "没有引用任何原文。"),
    (r"The cited passage does not say this closely enough\.", "引文的意思不够接近。"),
    (
        r"Values, names and meaning agree with the cited passage\.",
        "数值、名称和意思都与引文相符。",
    ),
    (r"Nothing in the cited passage is close to (.+)\.", "引文里没有接近{0}的内容。"),
    (
        r"(.+?) is not in the cited passage; it (?:has|says) (.+)\.",
        "引文里没有{0}；引文写的是{1}。",
    ),
    (r"([^;]+) is not in the cited passage\.", "引文里没有{0}。"),
    (r"It denies something; the cited passage does not\.", "这句是否定，引文不是。"),
    (
        r"It denies what the cited passage says: (“.*”), not (“.*”)\.",
        "这句否定了引文：它说{0}，引文说{1}。",
    ),
    (r"The cited passage denies it: it says (“.*”)\.", "引文否定了这句：引文说{0}。"),
    (r"The cited passage denies it\.", "引文否定了这句。"),
    (r"The cited passage says (“.*”)\.", "引文说的是{0}。"),
    (r"It says (“.*”); the cited passage says (“.*”)\.", "这句说{0}，引文说{1}。"),
    (r"It is about ([\d, ]+); what it cites is about ([\d, ]+)\.", "这句关于{0}，引文关于{1}。"),
    (
        r"(.+) But the quoted text is damaged at (“.*”) \(character (\d+)\)\.",
        "{0}但引文在{1}处（第 {2} 字）有损坏。",
    ),
    (r"The rendering leaves Chinese words untranslated\.", "译文里还有没译的中文。"),
    (r"There are no contexts\.", "没有给出原文。"),
    (r"The model wrote nothing\.", "模型什么也没写。"),
    (r"The model did not write in the language asked for\.", "模型没有用要求的语言写。"),
    (r"(.+) is missing from the rendering\.", "译文漏掉了{0}。"),
)


def translate_reason(language: Interface, reason: str) -> str:
    """Why a claim got its verdict; the core says so in English."""
    if language == "en":
        return reason
    # Two reasons may follow one another, and a quote in one may hold a full stop.
    ends = [match.end() for match in re.finditer(r"\.(?= [A-Z“'\d])", reason)]
    for end in [len(reason), *ends]:
        first, rest = _in_chinese(reason[:end]), reason[end:].strip()
        second = translate_reason(language, rest) if rest else ""
        if first and (not rest or second != rest):
            return first + second
    return reason


def _in_chinese(reason: str) -> str:
    """One reason; empty where we have no words for it."""
    for pattern, chinese in _VERDICT_REASONS:
        match = re.fullmatch(pattern, reason, re.DOTALL)
        if match:
            return chinese.format(*(_in_chinese(part) or part for part in match.groups()))
    return ""
