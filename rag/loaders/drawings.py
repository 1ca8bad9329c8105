"""Text of charts and diagrams (DrawingML), which have no order but that of their file."""

from collections.abc import Iterator

from rag.loaders.ooxml import CHART, DRAWING, Element
from rag.loaders.rows import joined

_POINT = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}pt"
_MOST_POINTS = 2_000
"""Of one series of a chart."""


def graphic_lines(root: Element) -> Iterator[str]:
    """Lines of a chart part or of the data part of a diagram."""
    if root.tag == f"{CHART}chartSpace":
        yield from _chart(root)
    else:
        for point in root.iter(_POINT):
            yield from paragraphs(point)


def paragraphs(element: Element) -> Iterator[str]:
    """Texts of the DrawingML paragraphs in an element that have any."""
    for paragraph in element.iter(f"{DRAWING}p"):
        text = "".join(run.text or "" for run in paragraph.iter(f"{DRAWING}t")).strip()
        if text:
            yield text


def _chart(root: Element) -> Iterator[str]:
    """Titles, then a row for each category, or for each series where the categories differ."""
    for title in root.iter(f"{CHART}title"):
        yield from paragraphs(title)
    series = [_series(each) for each in root.iter(f"{CHART}ser")]
    categories = [each for _, each, _ in series if each]
    if not categories:
        return
    if any(each != categories[0] for each in categories):
        rows = [
            [name, *(f"{labels.get(at, '')} {values[at]}" for at in values)]
            for name, labels, values in series
        ]
    else:
        rows = [["", *(name for name, _, _ in series)]]
        rows += [
            [label, *(values.get(at, "") for _, _, values in series)]
            for at, label in categories[0].items()
        ]
    yield "\n".join(filter(None, map(joined, rows)))


def _series(series: Element) -> tuple[str, dict[str, str], dict[str, str]]:
    name = series.find(f"{CHART}tx")
    return (
        " ".join(_points(name).values()),
        _points(next(series.iter(f"{CHART}cat", f"{CHART}xVal"), None)),
        _points(next(series.iter(f"{CHART}val", f"{CHART}yVal"), None)),
    )


def _points(element: Element | None) -> dict[str, str]:
    """Values that the file keeps of the cells a chart was made from, by index."""
    points: dict[str, str] = {}
    if element is None:
        return points
    for point in element.iter(f"{CHART}pt"):
        value = point.find(f"{CHART}v")
        if value is not None and len(points) < _MOST_POINTS:
            points[point.get("idx", "")] = (value.text or "").strip()
    return points
