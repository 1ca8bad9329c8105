"""What a run of faithfulness scoring came to, as JSON and as a table."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from eval.lines import Json
from eval.statistics import mean_of, with_interval

LANGUAGES = (("all", "all"), ("zh", "zh 中文"), ("en", "en"))


def summarise(rows: Sequence[Json]) -> Json:
    """Counts, means with intervals, by language; means over scored answers only."""
    scored = [row for row in rows if row["score"] is not None]
    claims = [claim for row in scored for claim in row["claims"]]
    return {
        "judge": rows[0]["judge"] if rows else None,
        "version": rows[0]["version"] if rows else None,
        "answers": len(rows),
        "scored": len(scored),
        "unscored": dict(Counter(row["unscored"] for row in rows if row["score"] is None)),
        "score": {
            key: _mean([row["score"] for row in scored if key in ("all", row["language"])])
            for key, _ in LANGUAGES
        },
        "claims": {
            "judged": len(claims),
            "supported": sum(claim["verdict"] == "supported" for claim in claims),
            "left_out": dict(
                Counter(one["reason"] for row in rows for one in row.get("left_out", ()))
            ),
        },
    }


def _mean(scores: Sequence[float]) -> Any:
    mean = mean_of(scores)
    return mean.json() if mean else None


def table(summary: Json) -> Any:
    """A rich table of a summary."""
    from rich.table import Table

    shown = Table(title=f"Faithfulness, judge {summary['judge']} version {summary['version']}")
    shown.add_column("answers")
    shown.add_column("scored", justify="right")
    shown.add_column("mean [95% interval]", justify="right")
    for key, label in LANGUAGES:
        mean = summary["score"][key]
        told = with_interval(mean) if mean else "none"
        shown.add_row(label, str(mean["count"] if mean else 0), told)
    return shown


def caption(summary: Json) -> str:
    """Claims and what was not scored, in a line each."""
    claims = summary["claims"]
    lines = [f"{claims['supported']} of {claims['judged']} claims supported"]
    for title, counts in (("not scored", summary["unscored"]), ("left out", claims["left_out"])):
        if counts:
            listed = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
            lines.append(f"{title}: {listed}")
    return "\n".join(lines)
