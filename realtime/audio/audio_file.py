"""An audio file that can be read, whatever its format."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from realtime.audio.ring import Dropout
from realtime.clock import seconds
from realtime.contract import FloatArray
from realtime.words import Phrase, Said

BROKEN = Phrase("audio.broken", "{path} is broken or no audio that Liszten can read. Try to convert it to WAV.")

Piece = FloatArray | Dropout


@dataclass(frozen=True)
class AudioFile(ABC):
    """An audio file of `channels` channels at `rate` Hz.

    samples: per channel, None where only its end tells; expected_s: the length that it is said to have or is
    estimated to have, None when neither; certain: whether a shorter sound means that some is missing; remarks: what a
    player should know of the file before it is read.
    """

    path: Path
    rate: int
    channels: int
    samples: int | None
    expected_s: float | None = None
    certain: bool = False
    remarks: tuple[Said, ...] = ()

    @property
    def length_s(self) -> float | None:
        """How long it is as far as it says, for a list or a bar; None when it does not."""
        return self.expected_s if self.samples is None else seconds(self.samples, self.rate)

    @abstractmethod
    def pieces(self, start_s: float = 0.0, end_s: float | None = None) -> Iterator[Piece]:
        """float32 (n, channels) blocks of the stretch start_s .. end_s, to the end of the sound and no matter what
        length the file says it has; a Dropout where sound could not be read, of 0 samples where its length is unknown.

        Raises FileError when nothing at all can be read.
        """

    def blocks(self, start_s: float = 0.0, end_s: float | None = None) -> Iterator[FloatArray]:
        """The same with silence for what could not be read."""
        for piece in self.pieces(start_s, end_s):
            yield np.zeros((piece.samples, self.channels), np.float32) if isinstance(piece, Dropout) else piece

    def glance(self, start_s: float, length_s: float) -> Iterator[FloatArray]:
        """The same for some `length_s` from about `start_s` on, as quickly as the format allows."""
        return self.blocks(start_s, start_s + length_s)
