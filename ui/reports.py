"""Summaries as Markdown, from the JSON that they are published in."""

from collections.abc import Sequence
from typing import Any

from ui.bilingual import Interface
from ui.strings import say


def summaries_markdown(rows: Sequence[dict[str, Any]], language: Interface) -> str:
    """Every point in both languages, above its quotes and their offsets."""
    lines: list[str] = []
    for row in rows:
        titles = [title for title in row["title"].values() if title]
        lines += [f"# {' / '.join(titles)}", "", row["document"], ""]
        for number, point in enumerate(row["points"], start=1):
            spoken = [text for text in (point["zh"], point["en"]) if text]
            verdict = say(language, f"verdict.{point['verdict']}")
            text = "  \n   ".join(spoken)
            lines += [f"{number}. {text} ({verdict})", ""]
            for cited in point["citations"]:
                place = say(language, "ask.offsets", start=cited["start"], end=cited["end"])
                quote = " ".join(cited["quote"].split())
                lines += [f"   > {quote} ({place})", ""]
    return "\n".join(lines)
