"""The figures of the bench: medians, ranges, ratios, and a failing command told."""

import pytest

from eval.bench import _cold, _figure, lines
from rag.errors import InputError


def test_figures_are_medians_with_their_range() -> None:
    assert _figure([3.0, 1.0, 2.0, 10.0]) == {
        "median": 2.5,
        "least": 1.0,
        "most": 10.0,
        "count": 4,
    }


def test_lines_give_units_counts_and_ratios() -> None:
    found = {
        "data": "seeds/, 2 documents",
        "ingest": {
            "chunks": 10,
            "chunks_per_second_ingest": 5.0,
            "chunks_per_second_embedding_alone": 10.0,
            "embedding_share": 0.5,
        },
        "seconds": {"cold help": _figure([0.5]), "cold ask": _figure([2.0, 4.0])},
    }
    told = "\n".join(lines(found))
    assert "cold ask: median 3.000 s (2.000 to 4.000, n=2)" in told
    assert "ratio, cold ask to cold --help: 6.0" in told
    assert "ratio, embedding alone to whole ingest: 0.50" in told


def test_a_failing_command_is_told() -> None:
    with pytest.raises(InputError, match=r"`yinju nonsense` failed: .*No such command"):
        _cold(["nonsense"], 1)
