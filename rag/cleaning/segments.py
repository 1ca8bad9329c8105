"""Furniture comes in blocks: the cheapest way to cut a page into text and furniture.

A chain of two states, text and furniture, over the lines above and below the prose. A line costs
its weight in the wrong state, a change of state costs a little, and the best path is found
exactly (Viterbi, 1967), in time linear in the lines.
"""

from collections.abc import Sequence

_ENTER, _LEAVE = 3.0, 1.0
"""The cost of going from text to furniture and back."""
_START = 1.0
"""The cost of a page that begins with furniture: less, since most do."""


def furniture_lines(weights: Sequence[float]) -> list[bool]:
    """Which lines are furniture; a weight above 0 speaks for it."""
    text, furniture = 0.0, -_START
    came: list[tuple[bool, bool]] = []
    for weight in weights:
        to_text = furniture - _LEAVE > text
        to_furniture = text - _ENTER > furniture
        came.append((to_text, not to_furniture))
        text, furniture = (
            max(text, furniture - _LEAVE),
            max(furniture, text - _ENTER) + weight,
        )
    return _traced(came, ends_in_furniture=furniture > text)


def _traced(came: Sequence[tuple[bool, bool]], *, ends_in_furniture: bool) -> list[bool]:
    """Back along the best path; each step says from which state either state was reached."""
    path: list[bool] = []
    state = ends_in_furniture
    for from_furniture_to_text, from_furniture_to_furniture in reversed(came):
        path.append(state)
        state = from_furniture_to_furniture if state else from_furniture_to_text
    return path[::-1]
