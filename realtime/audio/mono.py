"""Blocks as a driver or a file delivers them -> clean mono float32."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from realtime.audio.clean import clean
from realtime.audio.mix import FRAME_S, Tiles, choose_weights, tiles_of
from realtime.audio.ring import Dropout
from realtime.audio.survey import Survey, survey
from realtime.contract import FloatArray
from realtime.errors import UsageError
from realtime.words import Phrase

if TYPE_CHECKING:  # the libraries that read files are not for who only names a channel, as the window does
    from realtime.audio.audio_file import AudioFile

NO_SUCH_CHANNEL = Phrase(
    "channel.not_there", "There is no channel {channel}: the input has {channels}. Try --channel auto."
)
NO_CHANNEL = Phrase("channel.unknown", "There is no channel '{text}'. Give a number from 1, or mix, or auto.")

Channel: TypeAlias = int | str

FADE_S = 0.05
AUDIBLE_RMS = 10 ** (-60 / 20)
WINDOW_S = FRAME_S
# Audible windows after which `auto` decides: at the first sound, as it may be cancelled, and when more is known.
DECISIONS = (1, 12, 75)


class Mono:
    """Blocks of (n, channels), any number type -> mono float32 (n,), full scale 1.0; NaN and Inf become 0.

    channel: an index from 0, "mix" (all channels, at -3 dB each for two) or "auto", decided as realtime.audio.mix
    says: of a recording by a look over it (realtime.audio.survey); live after 0.04, 0.5 and 3 s of audible sound, mixed
    before. weights: of each channel, for "auto" when they are known.
    `replaced` counts samples that were not finite. The result does not depend on how the audio was cut.
    """

    delay_samples = 0

    def __init__(self, channel: Channel, channels: int, rate: int, weights: FloatArray | None = None) -> None:
        """Raises UsageError when there is no such channel."""
        if isinstance(channel, int) and not 0 <= channel < channels:
            raise UsageError(NO_SUCH_CHANNEL(channel=channel + 1, channels=channels))
        if isinstance(channel, str) and channel not in ("mix", "auto"):
            raise UsageError(NO_CHANNEL(text=channel))
        self._channel, self._channels, self._rate, self._known = channel, channels, rate, weights
        self._window = round(WINDOW_S * rate)
        self._fade = np.arange(1, round(FADE_S * rate) + 1, dtype=np.float32)[:, None] / round(FADE_S * rate)
        self.reset()

    def push(self, block: npt.NDArray[Any]) -> FloatArray:
        """(n, channels), or (n,) of a single channel -> float32 (n,). Raises ValueError for other channel counts."""
        if block.ndim == 1:
            block = block[:, None]
        if block.shape[1] != self._channels:
            raise ValueError(f"block of {block.shape[1]} channels, expected {self._channels}")
        samples, replaced = clean(block)
        self.replaced += replaced
        pieces = []
        while self._undecided and len(samples) >= self._window - self._waiting:
            piece, samples = np.split(samples, [self._window - self._waiting])
            pieces.append(self._mix_undecided(piece))
            self._end_window()
        pieces.append(self._mix_undecided(samples) if self._undecided else self._mix(samples))
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def reset(self) -> None:
        """As new."""
        self.replaced = 0
        self._weights = np.full(self._channels, 1 / math.sqrt(self._channels), np.float32)
        if isinstance(self._channel, int):
            self._weights = np.eye(self._channels, dtype=np.float32)[self._channel]
        self._undecided = self._channel == "auto" and self._channels > 1
        if self._undecided and self._known is not None:
            self._weights, self._undecided = self._known, False
        self._before, self._faded = self._weights, len(self._fade)
        self._held: list[FloatArray] = []  # of the window that is not complete
        self._waiting = 0  # samples in them
        self._power, self._tiles = np.zeros((self._channels, self._channels)), list[Tiles]()

    def _mix_undecided(self, samples: FloatArray) -> FloatArray:
        """Mix with the weights so far, and keep the sound for the next decision."""
        self._held.append(samples)
        self._waiting += len(samples)
        return self._mix(samples)

    def _end_window(self) -> None:
        """Count a window if it is audible, and decide when there are enough."""
        sound = np.concatenate(self._held)
        self._held, self._waiting = [], 0
        exact = sound.astype(np.float64)
        power = exact.T @ exact
        if math.sqrt(power.diagonal().max() / self._window) <= AUDIBLE_RMS:
            return
        self._power += power
        self._tiles.append(tiles_of(sound, self._rate))
        if len(self._tiles) in DECISIONS:
            weights = choose_weights(self._power, np.concatenate(self._tiles))
            # The sign of sound means nothing, but its turn within a fade would be a hole.
            turned = self._weights @ self._power @ weights < 0
            self._before, self._faded = self._weights, 0
            self._weights = -weights if turned else weights
            self._undecided = len(self._tiles) < DECISIONS[-1]

    def _mix(self, samples: FloatArray) -> FloatArray:
        """(n, channels) -> (n,); new weights fade in, as a jump would sound like an onset."""
        mono: FloatArray = np.einsum("nc,c->n", samples, self._weights)
        share = self._fade[self._faded : self._faded + len(samples), 0]
        if len(share):
            old = np.einsum("nc,c->n", samples[: len(share)], self._before)
            mono[: len(share)] = share * mono[: len(share)] + (1 - share) * old
            self._faded += len(share)
        return mono


def mono_pieces(
    audio: AudioFile,
    channel: Channel = "auto",
    start_s: float = 0.0,
    end_s: float | None = None,
    found: Survey | None = None,
    gain: float = 1.0,
) -> Iterator[FloatArray | Dropout]:
    """float32 (n,) blocks, at the file's own rate, of its stretch start_s .. end_s, and a Dropout where sound could not
    be read. found: a survey of the same stretch, where there is one; gain: a factor for every sample.

    Raises UsageError when there is no such channel; FileError while it is read, when there is nothing to read.
    """
    weights = None
    if channel == "auto" and audio.channels > 1:
        weights = (found or survey(audio, start_s, end_s)).weights
    mono = Mono(channel, audio.channels, audio.rate, weights)
    for piece in audio.pieces(start_s, end_s):
        if isinstance(piece, Dropout):
            yield piece
        else:
            yield mono.push(piece if gain == 1.0 else piece * np.float32(gain))


def mono_blocks(
    audio: AudioFile, channel: Channel = "auto", start_s: float = 0.0, end_s: float | None = None
) -> Iterator[FloatArray]:
    """The same with silence for what could not be read."""
    for piece in mono_pieces(audio, channel, start_s, end_s):
        yield np.zeros(piece.samples, np.float32) if isinstance(piece, Dropout) else piece


def parse_channel(text: str) -> Channel:
    """The option --channel: "auto", "mix" or a channel number counted from 1 -> Channel. Raises UsageError."""
    if text in ("auto", "mix"):
        return text
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(NO_CHANNEL(text=text))
    return int(text) - 1
