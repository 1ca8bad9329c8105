"""Put a raw text together piece by piece, with marks and asides at their offsets."""

from collections.abc import Iterable, Mapping

from rag.errors import InputError
from rag.loaders.extracted import Aside, Extracted
from rag.records import Mark, MarkKind

MOST_CHARACTERS = 20_000_000
"""Of one file's raw text: more than a hundred thick books."""


class Manuscript:
    """A raw text being written; `name` stands for the file in messages."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.length = 0
        self._pieces: list[str] = []
        self._marks: list[Mark] = []
        self._asides: list[Aside] = []

    def write(self, text: str) -> None:
        """Add text.

        Raises:
            InputError: there are now more than `MOST_CHARACTERS`.
        """
        self._pieces.append(text)
        self.length += len(text)
        if self.length > MOST_CHARACTERS:
            raise InputError(
                f"{self.name} holds over {MOST_CHARACTERS:,} characters of text.",
                "Split it into smaller files.",
            )

    def part(self, text: str, *, separator: str) -> None:
        """Add text, after the separator unless it is the first."""
        self.separate(separator)
        self.write(text)

    def separate(self, separator: str) -> None:
        """Add what parts the text so far from the next."""
        if self.length:
            self.write(separator)

    def mark(self, kind: MarkKind, label: str) -> None:
        """What is written next is on this page, in this row, under this heading."""
        self._marks.append(Mark(start=self.length, kind=kind, label=" ".join(label.split())))

    def aside(self, text: str, reason: str, *, separator: str = "\n\n") -> None:
        """Add text that is no part of the document's own, such as its page header."""
        self.separate(separator)
        start = self.length
        self.write(text)
        self._asides.append(Aside(start=start, end=self.length, reason=reason))

    def extracted(
        self,
        form: str,
        *,
        found: Mapping[str, str],
        warnings: Iterable[str],
        wrapped: bool = False,
    ) -> Extracted:
        """The finished text of a file of the format `form`."""
        return Extracted(
            text="".join(self._pieces),
            encoding=form,
            marks=tuple(self._marks),
            asides=tuple(self._asides),
            wrapped=wrapped,
            found=found,
            warnings=tuple(warnings),
        )
