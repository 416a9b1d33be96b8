"""A recording that is written into the ring in real time, as a microphone's driver would."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from realtime.audio.files import AudioFile, open_audio
from realtime.audio.ring import Dropout, Ring
from realtime.audio.source import InputState
from realtime.contract import FloatArray
from realtime.errors import FileError
from realtime.system.storage import plain_name

RING_S = 4.0
BLOCK_S = 0.01
# Later than this, the whole process stood still: go on from here instead of catching up.
LATE_S = 0.5


class FilePlayer:
    """A `SoundSource` over a file; `ended` becomes True when all of it was read."""

    state: InputState = "running"

    def __init__(self, path: Path) -> None:
        """Raises FileError for a file that cannot be played."""
        self._file: AudioFile = open_audio(path)
        self.name = plain_name(path.name)
        self.rate = self._file.rate
        self.channels = self._file.channels
        self._ring = Ring(round(RING_S * self.rate), self.channels)
        self._finished = False
        self._failure: FileError | None = None
        self._closing = threading.Event()
        self._player = threading.Thread(target=self._play, name="file player", daemon=True)
        self._player.start()

    @property
    def overruns(self) -> int:
        """Samples that the ring had no room for."""
        return self._ring.lost

    @property
    def ended(self) -> bool:
        """Whether everything was played and read."""
        return self._finished and self._failure is None and not self._ring.waiting

    def read(self, max_samples: int) -> FloatArray | Dropout:
        """float32 (0 .. max_samples, channels), or the Dropout before them. Raises FileError when the file breaks."""
        if self._failure is not None:
            raise self._failure
        return self._ring.read(max_samples)

    def close(self) -> None:
        """Stop playing."""
        self._closing.set()
        self._player.join()

    def _play(self) -> None:
        try:
            due = time.monotonic()
            for block in self._blocks():
                due = max(due + len(block) / self.rate, time.monotonic() - LATE_S)
                if self._closing.wait(due - time.monotonic()):
                    return
                self._ring.write(block)
        except FileError as error:
            self._failure = error
        self._finished = True

    def _blocks(self) -> Iterator[FloatArray]:
        """The file in blocks of 10 ms, as an audio driver delivers them."""
        step = round(BLOCK_S * self.rate)
        for block in self._file.blocks():
            for begin in range(0, len(block), step):
                yield block[begin : begin + step]
