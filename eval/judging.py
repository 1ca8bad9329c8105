"""Judges of claims: Yinju's own checker, and any LLM asked claim by claim."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from eval.statements import no_claim
from rag import (
    LLM,
    CheckedAnswer,
    CheckedClaim,
    Message,
    complete,
    count_messages,
    detect_language,
    fold,
    missing_values,
)

VERSION = "3"
"""Part of every result: change it when the same answer may get another score."""

REPLY_TOKENS = 80
NO_VERDICT = "judge gave no verdict"
TOO_LONG = "claim and evidence do not fit the judge's context"

Check = Callable[[str, Sequence[str]], CheckedAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A sentence that counts neither for nor against the answer."""

    text: str
    reason: str
    support: float | None = None
    """How far the contexts say it all the same; None where that was not found out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An answer after judging."""

    claims: tuple[CheckedClaim, ...]
    left_out: tuple[LeftOut, ...]


class Judge(Protocol):
    """Gives every claim of an answer a verdict."""

    name: str

    def judge(self, answer: str, contexts: Sequence[str]) -> Judged:
        """Judge the claims of an answer by its contexts.

        Raises:
            EndpointError: the LLM's endpoint failed.
            ModelError: a local model cannot be used.
        """
        ...


class CheckerJudge:
    """Values, names, negation and meaning compared by Yinju; no LLM, the same every time."""

    def __init__(self, check: Check, model: str | None = None) -> None:
        """Take what checks, and the name of the model that judges meaning, if one is set."""
        self._check = check
        self.name = f"checker:{model}" if model else "checker"

    def judge(self, answer: str, contexts: Sequence[str]) -> Judged:
        claims: list[CheckedClaim] = []
        left_out: list[LeftOut] = []
        for claim in self._check(answer, contexts).claims:
            reason = no_claim(claim.text)
            if reason:
                left_out.append(LeftOut(text=claim.text, reason=reason, support=claim.support))
            else:
                claims.append(claim)
        return Judged(claims=tuple(claims), left_out=tuple(left_out))


class LLMJudge:
    """One short question to an LLM for each claim; the checker's word on values stands above it.

    A reply whose first line is not one of the two verdicts gives none: the claim is left out.
    """

    def __init__(self, llm: LLM, check: Check) -> None:
        self._llm = llm
        self._checker = CheckerJudge(check)
        self.name = f"llm:{llm.name}"

    def judge(self, answer: str, contexts: Sequence[str]) -> Judged:
        found = self._checker.judge(answer, contexts)
        claims: list[CheckedClaim] = []
        left_out = list(found.left_out)
        for claim in found.claims:
            verdict = self._ask(claim)
            if isinstance(verdict, LeftOut):
                left_out.append(verdict)
            else:
                claims.append(verdict)
        return Judged(claims=tuple(claims), left_out=tuple(left_out))

    def _ask(self, claim: CheckedClaim) -> CheckedClaim | LeftOut:
        if claim.verdict == "unsupported" and missing_values(claim.text, "\n".join(claim.evidence)):
            return claim
        evidence = list(claim.nearest)
        budget = self._llm.context_tokens - REPLY_TOKENS
        while evidence and count_messages(judge_messages(claim.text, evidence)) > budget:
            evidence.pop()
        if not evidence:
            return LeftOut(text=claim.text, reason=TOO_LONG)
        reply = complete(self._llm, judge_messages(claim.text, evidence), max_tokens=REPLY_TOKENS)
        verdict = read_verdict(reply)
        if verdict is None:
            return LeftOut(text=claim.text, reason=NO_VERDICT)
        supported, reason = verdict
        return replace(
            claim,
            verdict="supported" if supported else "unsupported",
            support=float(supported),
            reason=reason or "The judge gave no reason.",
            evidence=tuple(evidence),
        )


_SYSTEM = {
    "zh": (
        "你判断资料是否支持一句话。只看资料，不用常识。资料写明了这句话的全部内容，才算支持；"
        "多出的、相反的、数字或主体不同的，都算不支持。"
        "第一行只写：支持 或 不支持。第二行用一句话说明理由。"
    ),
    "en": (
        "You decide whether sources support a statement. Use only the sources, no other knowledge. "
        "Supported means that they state all of it; anything added, contrary, or with another "
        "number or actor is unsupported. Write on the first line only: supported or unsupported. "
        "On the second line give the reason in one sentence."
    ),
}
_ASK = {
    "zh": "资料：\n{evidence}\n\n这句话：{claim}",
    "en": "Sources:\n{evidence}\n\nStatement: {claim}",
}
_VERDICTS = {"supported": True, "支持": True, "unsupported": False, "不支持": False}


def judge_messages(claim: str, evidence: Sequence[str]) -> list[Message]:
    """The prompt in the claim's language."""
    language = detect_language(claim)
    numbered = "\n".join(
        f"[{number}] {' '.join(text.split())}" for number, text in enumerate(evidence, start=1)
    )
    return [
        {"role": "system", "content": _SYSTEM[language]},
        {
            "role": "user",
            "content": _ASK[language].format(evidence=numbered, claim=" ".join(claim.split())),
        },
    ]


def read_verdict(reply: str) -> tuple[bool, str] | None:
    """Whether the claim is supported, and the reason; None where the first line is no verdict."""
    lines = [line.strip() for line in reply.strip().splitlines() if line.strip()]
    if not lines:
        return None
    first = re.sub(r"[\s*_`\"'.,:。，：、!]+", "", fold(lines[0]))
    if first not in _VERDICTS:
        return None
    return _VERDICTS[first], " ".join(lines[1:2])
