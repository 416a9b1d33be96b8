"""A WAV file that is valid at every second: 24 bit mono, its header rewritten as it grows.

`repair_wav` corrects the header of a file that a killed process left behind.
"""

from __future__ import annotations

import struct
from contextlib import closing
from io import FileIO
from pathlib import Path

import numpy as np

from realtime.contract import FloatArray
from realtime.events import Event, StreamStarted
from realtime.system.storage import file_error, is_in_place, write_all

BYTES_PER_SAMPLE = 3
FULL_SCALE = 2**23 - 1
HEADER_BYTES = 44
SIZE_LIMIT = 2**32 - 1
PCM = 1
SILENCE_AT_ONCE = 48_000


class WavRecorder:
    """Writes the sound of a stream; positions that were lost become silence, so that times stay true.

    Raises FileError when the file cannot be written; what was written before stays readable.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: FileIO | None = None
        self._rate = 0
        self._written = 0  # samples
        self._declared = 0  # samples according to the header

    @property
    def in_place(self) -> bool:
        """Whether what is written can be found again at its path; False before `open` and after `close`."""
        return self._file is not None and is_in_place(self._file, self._path)

    def open(self, stream: StreamStarted) -> None:
        """Create the file at the stream's rate."""
        self._rate = stream.sample_rate
        try:
            self._file = self._path.open("xb", buffering=0)
            write_all(self._file, wav_header(self._rate, 0))
        except OSError as error:
            raise file_error(error, self._path) from error

    def send(self, event: Event) -> None:
        """Events are not sound."""

    def audio(self, position: int, block: FloatArray) -> None:
        """float32 (n,) at absolute sample index `position`; beyond full scale it clips."""
        while self._written < position:
            self._append(bytes(BYTES_PER_SAMPLE * min(position - self._written, SILENCE_AT_ONCE)))
        self.pcm(pcm24(block))

    def pcm(self, data: bytes) -> None:
        """Samples that are 24 bit already, after the last ones."""
        self._append(data)
        if self._written - self._declared >= self._rate:
            self._declare()

    def shorten(self, samples: int) -> None:
        """Keep no more than the first samples."""
        assert self._file is not None
        try:
            self._file.truncate(min(HEADER_BYTES + BYTES_PER_SAMPLE * samples, self._file.seek(0, 2)))
        except OSError as error:
            raise file_error(error, self._path) from error
        self._written = min(self._written, samples)
        self._declare()

    def close(self) -> None:
        """Write the final header."""
        if self._file is not None:
            with closing(self._file):
                self._declare()
            self._file = None

    def _append(self, data: bytes) -> None:
        assert self._file is not None
        try:
            write_all(self._file, data)
        except OSError as error:
            raise file_error(error, self._path) from error
        self._written += len(data) // BYTES_PER_SAMPLE

    def _declare(self) -> None:
        """Overwrite the header in place, which needs no room on the disk."""
        assert self._file is not None
        try:
            end = self._file.seek(0, 2)
            self._declared = (end - HEADER_BYTES) // BYTES_PER_SAMPLE
            self._file.seek(0)
            self._file.write(wav_header(self._rate, self._declared))
            self._file.seek(0, 2)
        except OSError as error:  # a disk that was pulled out
            raise file_error(error, self._path) from error


def wav_header(rate: int, samples: int) -> bytes:
    """The 44 bytes before the samples of a 24 bit mono WAV file."""
    data = min(samples * BYTES_PER_SAMPLE, SIZE_LIMIT - HEADER_BYTES)
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", HEADER_BYTES - 8 + data, b"WAVE"),
        *(b"fmt ", 16, PCM, 1, rate, rate * BYTES_PER_SAMPLE, BYTES_PER_SAMPLE, 8 * BYTES_PER_SAMPLE),
        *(b"data", data),
    )


def pcm24(block: FloatArray) -> bytes:
    """float32 (n,) in -1..1 -> 3 little-endian bytes a sample."""
    scaled = np.rint(np.clip(block, -1.0, 1.0).astype(np.float64) * FULL_SCALE).astype("<i4")
    return scaled.view(np.uint8).reshape(-1, 4)[:, :BYTES_PER_SAMPLE].tobytes()


def recorded_s(path: Path, rate: int) -> float:
    """Seconds of sound in a file of WavRecorder, whatever its header says. Raises OSError."""
    return max(path.stat().st_size - HEADER_BYTES, 0) // BYTES_PER_SAMPLE / rate


def repair_wav(path: Path) -> bool:
    """Make the header fit the length of the file; True when it had to be changed.

    Only files of WavRecorder's own form are touched. Raises FileError when the file cannot be read or written.
    """
    try:
        with path.open("r+b") as file:
            header = file.read(HEADER_BYTES)
            if len(header) < HEADER_BYTES or header[:4] != b"RIFF" or header[36:40] != b"data":
                return False
            rate = int(struct.unpack_from("<I", header, 24)[0])
            if header[12:36] != wav_header(rate, 0)[12:36]:
                return False
            correct = wav_header(rate, (file.seek(0, 2) - HEADER_BYTES) // BYTES_PER_SAMPLE)
            if header == correct:
                return False
            file.seek(0)
            file.write(correct)
            return True
    except OSError as error:
        raise file_error(error, path) from error
