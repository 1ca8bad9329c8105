"""What in an answer makes a claim that evidence could support, and what does not."""

import re
from typing import Literal

from rag import fold, sentence_spans

NoClaim = Literal["abstention", "question", "pleasantry"]
"""Why a sentence is not judged."""

_SORRY = r"^(?:(?:很|非常)?(?:抱歉|对不起|不好意思)[,，。!]?)?"
_TEXTS = r"(?:资料库?|上下文|材料|段落|文本|文档|文件|原文|信息|参考内容|检索结果)"
_REGRET = r"^(?:(?:i'm|i am)? ?(?:sorry|afraid)|unfortunately)?[,;:. ]*(?:but )?"
_PASSAGES = r"(?:contexts?|passages?|sources?|documents?|texts?|library|materials?|information)"
_GIVEN = r"(?:the |these |this |any |of )*(?:provided |given |retrieved |available |above )?"

ABSTENTIONS = (
    # 抱歉，根据所给资料无法回答这个问题。
    _SORRY + r"(?:(?:根据|从|依据|基于)[^。]{0,24}?[,，中里]?)?(?:我们?|目前|暂时?|系统)*"
    r"(?:无法|不能|没法|难以)(?:直接|准确)?(?:回答|确定|判断|得知|得出|提供|找到|给出)",
    # 我不知道。
    _SORRY + r"(?:这个问题)?我?(?:不知道|不清楚|无从得知)",
    # 资料中没有提到这一点。
    _SORRY + rf"[^。,，]{{0,12}}{_TEXTS}[^。,，]{{0,6}}?(?:没有|未能?|不能|无法|并未)(?:明确)?"
    r"(?:提到|提及|说明|写明|给出|找到|回答|涉及)",
    # 资料没有包含与预算相关的信息。
    _SORRY + rf"[^。,，]{{0,12}}{_TEXTS}[^。,，]{{0,6}}?(?:没有|未|不|无)[^。]{{0,30}}"
    r"(?:信息|内容|答案|依据|资料|说明)[。.!]?$",
    # 没有找到相关依据。
    _SORRY
    + r"(?:没有|未|未能|暂无)(?:找到|检索到|查到)?[^。]{0,12}(?:依据|信息|资料|答案)[。.!]?$",
    r"^(?:无|无答案|不可回答|不知道)[。.]?$",
    # What our own refusals say.
    r"^资料库(?:里没有|是空的)|^the library (?:holds nothing|is empty)",
    r"^最接近的原文列在下面|^the nearest passages are listed",
    # Sorry, based on the passages I cannot answer this.
    _REGRET + r"(?:(?:based on|from|according to) [^,.]{0,60}[, ]+)?(?:i|we) (?:am |are )?"
    r"(?:can't|cannot|can not|could not|couldn't|unable to|do not|don't|did not|didn't) "
    r"(?:answer|find|determine|know|say|tell|provide an answer|have (?:enough|any|sufficient))\b",
    # The provided passages do not mention it.
    _REGRET
    + rf"{_GIVEN}{_PASSAGES}\b[^.]{{0,40}}\b(?:do not|does not|don't|doesn't|did not|cannot) "
    r"(?:\w+ )?(?:answer|mention|specify|say|state|tell|"
    r"(?:contain|provide|include|give|have|hold)\b[^.]{0,24}\b(?:answer|information|evidence|detail))",
    rf"{_GIVEN}{_PASSAGES} (?:holds?|contains?|has|have|gives?) no ",
    # No passage answers this question; there is not enough information.
    _REGRET + rf"(?:there is |there are |there's )?(?:no|none) {_GIVEN}{_PASSAGES} ?"
    r"(?:\w+ )?(?:answers?|mentions?|contains?|about|on|to|is|was)\b",
    _REGRET + r"(?:there is |there's )?(?:no|not enough|insufficient) (?:\w+ )?"
    r"(?:evidence|information|answer)\b[^.]{0,60}\.?$",
    r"^the (?:answer|information)\b[^.]{0,20}\b(?:not|n't)\b[^.]{0,20}"
    r"\b(?:in|given|found|provided|mentioned|available|stated)\b",
    r"^(?:this|the|your) question (?:cannot|can't|can not|could not) be answered",
    r"^(?:unanswerable|n/a|unknown)\.?$",
)
"""How answers in Chinese and English say that they are none; sought in folded sentences."""

PLEASANTRIES = (
    r"^(?:你好|您好|谢谢|感谢(?:您的)?提问|好的|当然|希望(?:以上|这|对[你您])|如有[^。]{0,12}请|请随时)"
    r"[^。]{0,30}[。!！]?$",
    r"^(?:hello|hi|hey|thank you|thanks|sure|of course|certainly|(?:great|good) question"
    r"|i hope (?:this|that)|let me know|feel free|happy to help|you're welcome"
    r"|here(?:'s| is) (?:the|your|an) answer)\b[^.]{0,60}[.!:]?$",
    r"^(?:答案?|回答|结论|answer|conclusion)[:：]?$",
)
"""Sentences that are there for politeness or layout."""

_ABSTENTION = re.compile("|".join(ABSTENTIONS))
_PLEASANTRY = re.compile("|".join(PLEASANTRIES))


def no_claim(sentence: str) -> NoClaim | None:
    """Why a sentence of an answer claims nothing; None where it does."""
    folded = fold(sentence).strip(" \t\n*_#>-•·")
    if re.search(r"[?？][\"')\]）」』]*$", folded):
        return "question"
    if _ABSTENTION.search(folded):
        return "abstention"
    return "pleasantry" if _PLEASANTRY.search(folded) else None


def is_refusal(answer: str) -> bool:
    """Whether an answer abstains and claims nothing besides."""
    kinds = {
        no_claim(sentence)
        for span in sentence_spans(answer)
        if re.search(r"\w", sentence := span.slice(answer))
    }
    return "abstention" in kinds and None not in kinds
