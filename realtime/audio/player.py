"""A recording that is written into the ring in real time, as a microphone's driver would."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from realtime.audio.audio_file import AudioFile
from realtime.audio.files import open_audio
from realtime.audio.ring import Dropout, Ring
from realtime.audio.source import InputState, Losses
from realtime.clock import wall_clock
from realtime.contract import FloatArray
from realtime.errors import FileError
from realtime.system.storage import plain_name

RING_S = 4.0
BLOCK_S = 0.01
# Later than this, the whole process stood still: go on from here instead of catching up.
LATE_S = 0.5
STANDSTILLS_KEPT = 8


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
        self.remarks = self._file.remarks
        self.damage: list[tuple[int, Dropout]] = []  # what was not readable so far, with its position in samples
        self._finished = False
        self._failure: FileError | None = None
        # (position, wall clock at which the file would have begun if it had been played without a standstill until
        # there), newest last
        self._began: deque[tuple[int, float]] = deque([(0, wall_clock())], maxlen=STANDSTILLS_KEPT)
        self._closing = threading.Event()
        self._player = threading.Thread(target=self._play, name="file player", daemon=True)
        self._player.start()

    @property
    def losses(self) -> Losses:
        """What the ring had no room for. Nothing else is left out: a file is played whole."""
        return Losses(slow=self._ring.lost)

    @property
    def ended(self) -> bool:
        """Whether everything was played and read."""
        return self._finished and self._failure is None and not self._ring.waiting

    def read(self, max_samples: int) -> FloatArray | Dropout:
        """float32 (0 .. max_samples, channels), or the Dropout before them. Raises FileError when the file breaks."""
        if self._failure is not None:
            raise self._failure
        return self._ring.read(max_samples)

    def captured(self, position: int) -> float:
        """Wall clock at which a sample was due, s: files are played at the pace of a microphone."""
        began = [*self._began]
        since = next((at for first, at in reversed(began) if first <= position), began[0][1])
        return since + position / self.rate

    def close(self) -> None:
        """Stop playing."""
        self._closing.set()
        self._player.join()

    def _play(self) -> None:
        try:
            position, began = self._began[0]
            for block in self._blocks():
                end = position + len(block)
                if began + end / self.rate < wall_clock() - LATE_S:
                    began = wall_clock() - LATE_S - end / self.rate
                    self._began.append((position, began))
                if self._closing.wait(began + end / self.rate - wall_clock()):
                    return
                self._ring.write(block)
                position = end
        except FileError as error:
            self._failure = error
        self._finished = True

    def _blocks(self) -> Iterator[FloatArray]:
        """The file in blocks of 10 ms, as an audio driver delivers them; silence where it cannot be read."""
        step, position = round(BLOCK_S * self.rate), 0
        for piece in self._file.pieces():
            if isinstance(piece, Dropout):
                self.damage.append((position, piece))
                piece = np.zeros((piece.samples, self.channels), np.float32)
            position += len(piece)
            for begin in range(0, len(piece), step):
                yield piece[begin : begin + step]
