"""Identifiers that look like nothing: no name, no telephone number, no order of entry."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_LETTERS: Final = np.frombuffer(b"bcdfghjkmnpqrstv", dtype=np.uint8)
_BYTES: Final = 4
# Odd, so that multiplication modulo 2**32 maps different numbers to different numbers.
_SCRAMBLE: Final = np.uint32(2_654_435_761)
_OFFSET: Final = np.uint32(1_013_904_223)


def pseudonyms(numbers: npt.NDArray[np.int64], prefix: str) -> pa.StringArray:
    """Return one text per number, different for different numbers below 2**32.

    After the prefix, each byte of the scrambled number is a consonant and two digits, so that
    neither letters nor digits form a longer row.
    """
    scrambled = numbers.astype(np.uint32) * _SCRAMBLE + _OFFSET
    parts = scrambled.astype(">u4").view(np.uint8).reshape(-1, _BYTES)
    text = np.empty((len(numbers), len(prefix) + 3 * _BYTES), dtype=np.uint8)
    text[:, : len(prefix)] = np.frombuffer(prefix.encode("ascii"), dtype=np.uint8)
    text[:, len(prefix) :: 3] = _LETTERS[parts >> 4]
    text[:, len(prefix) + 1 :: 3] = ord("0") + (parts & 15) // 10
    text[:, len(prefix) + 2 :: 3] = ord("0") + (parts & 15) % 10
    offsets = np.arange(len(numbers) + 1, dtype=np.int32) * text.shape[1]
    return pa.StringArray.from_buffers(
        len(numbers), pa.py_buffer(offsets), pa.py_buffer(text.tobytes())
    )
