"""One answer out of the replies to its sides or parts, each with its own citations. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag import prompts
from rag.branching import FoundSide
from rag.citations import Verified, combine, written
from rag.records import Citation, Claim, Language, Missing, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What an answer with several sides says."""

    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    sides: tuple[Side, ...]


def compose(
    language: Language,
    found: Sequence[FoundSide],
    replies: Sequence[Verified | None],
    absent: Mapping[int, Missing],
    *,
    every: bool,
) -> Composed:
    """The sides in order under their headings; parts of a question simply one after another.

    Args:
        language: of the question.
        found: the sides.
        replies: what is said of each; None where there is no evidence.
        absent: by year that no document is about, what is missing.
        every: sides without evidence are left out, as nobody asked for them by name.
    """
    citations, checked = combine([reply for reply in replies if reply])
    said = iter(checked)
    claims: list[Claim] = []
    sides: list[Side] = []
    for side, reply in zip(found, replies, strict=True):
        if reply:
            own = next(said)
            claims += [claim for claim in own if claim not in claims]
            places = tuple(claims.index(claim) for claim in own)
            sides.append(_side(side, places, written(own)))
        elif not every:
            sides.append(_side(side, (), _without_evidence(language, side, absent)))
    return Composed(
        text=_joined(language, sides, claims),
        claims=tuple(claims),
        citations=citations,
        sides=tuple(sides),
    )


def _side(side: FoundSide, claims: tuple[int, ...], text: str) -> Side:
    branch = side.branch
    return Side(kind=branch.kind, value=branch.value, label=branch.label, claims=claims, text=text)


def _without_evidence(language: Language, side: FoundSide, absent: Mapping[int, Missing]) -> str:
    missing = absent.get(side.branch.year or 0)
    if missing:
        return prompts.no_report(language, missing)
    return prompts.no_evidence_for(language, side.branch.label)


def _joined(language: Language, sides: Sequence[Side], claims: Sequence[Claim]) -> str:
    if all(side.kind == "part" for side in sides):
        without = [side.text for side in sides if not side.claims]
        return "\n".join([written(claims), *without])
    return "\n\n".join(
        f"{prompts.side_heading(language, side.label)}\n{side.text}" for side in sides
    )


def missing_of(found: Sequence[FoundSide], absent: Mapping[int, Missing]) -> Missing:
    """What is missing of sides that were asked for by name and have no evidence."""
    empty = [side.branch for side in found if not side.choice.evidence]
    years = {one.year for one in empty if one.kind == "year" and one.year}
    nearest = {near for year in years & absent.keys() for near in absent[year].nearest_years}
    return Missing(
        years=tuple(sorted(years)),
        nearest_years=tuple(sorted(nearest)),
        publishers=tuple(one.label for one in empty if one.kind == "publisher"),
        documents=tuple(one.label for one in empty if one.kind == "document"),
        parts=tuple(one.label for one in empty if one.kind == "part"),
    )
