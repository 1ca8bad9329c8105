"""What a claim says that its evidence does not: values, names and denials. Pure."""

from collections.abc import Collection, Sequence

from rag.names import missing_name
from rag.negation import negation_differs
from rag.values import find_values, missing_values


def find_problem(
    claim: str, evidence: Sequence[str], *, context_years: Collection[int] = ()
) -> str:
    """Why the evidence cannot support the claim, in one sentence; empty where nothing is wrong.

    `context_years` are years that hold for the evidence without standing in it.
    """
    together = "\n".join(evidence)
    return (
        _missing_value(claim, together, context_years)
        or missing_name(claim, together)
        or negation_differs(claim, together)
    )


def _missing_value(claim: str, evidence: str, context_years: Collection[int]) -> str:
    missing = missing_values(claim, evidence, context_years=context_years)
    if not missing:
        return ""
    there = [value.text for value in find_values(evidence)][:4]
    says = f"; it has {', '.join(there)}" if there else ""
    return f"{', '.join(value.text for value in missing)} is not in the cited passage{says}."
