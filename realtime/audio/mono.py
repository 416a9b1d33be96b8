"""Blocks as a driver or a file delivers them -> clean mono float32."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from realtime.contract import FloatArray
from realtime.errors import UsageError
from realtime.words import Phrase

if TYPE_CHECKING:  # the libraries that read files are not for who only names a channel, as the window does
    from realtime.audio.files import AudioFile

NO_SUCH_CHANNEL = Phrase(
    "channel.not_there", "There is no channel {channel}: the input has {channels}. Try --channel auto."
)
NO_CHANNEL = Phrase("channel.unknown", "There is no channel '{text}'. Give a number from 1, or mix, or auto.")

Channel: TypeAlias = int | str

LOUDEST = 16.0  # clip far beyond full scale: the square of a wild float would spoil the model's state for good
DECISION_S = 3.0
FADE_S = 0.05
AUDIBLE_RMS = 10 ** (-60 / 20)
ALIKE_GAIN = 10 ** (-6 / 20)
ALIKE_CORRELATION = 0.5


class Mono:
    """Blocks of (n, channels), any number type -> mono float32 (n,), full scale 1.0; NaN and Inf become 0.

    channel: an index from 0, "mix" (all channels, at -3 dB each for two) or "auto": mixed for the first 3 s that are
    not silent, then the loudest channel, or the two loudest mixed if they are within 6 dB and correlate above 0.5.
    `replaced` counts samples that were not finite. The result does not depend on how the audio was cut.
    """

    delay_samples = 0

    def __init__(self, channel: Channel, channels: int, rate: int) -> None:
        """Raises UsageError when there is no such channel."""
        if isinstance(channel, int) and not 0 <= channel < channels:
            raise UsageError(NO_SUCH_CHANNEL(channel=channel + 1, channels=channels))
        if isinstance(channel, str) and channel not in ("mix", "auto"):
            raise UsageError(NO_CHANNEL(text=channel))
        self._channel, self._channels = channel, channels
        self._window = round(DECISION_S * rate)
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
        while self._undecided and len(samples) >= self._window - self._seen:
            piece, samples = np.split(samples, [self._window - self._seen])
            pieces.append(self._mix_undecided(piece))
            self._decide()
        pieces.append(self._mix_undecided(samples) if self._undecided else self._mix(samples))
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def reset(self) -> None:
        """As new."""
        self.replaced = 0
        self._weights = np.full(self._channels, 1 / math.sqrt(self._channels), np.float32)
        if isinstance(self._channel, int):
            self._weights = np.eye(self._channels, dtype=np.float32)[self._channel]
        self._undecided = self._channel == "auto" and self._channels > 1
        self._before, self._faded = self._weights, len(self._fade)
        self._seen, self._power = 0, np.zeros((self._channels, self._channels))

    def _mix_undecided(self, samples: FloatArray) -> FloatArray:
        """Mix with the weights so far, and add to the power of the decision window."""
        exact = samples.astype(np.float64)
        self._power += exact.T @ exact
        self._seen += len(samples)
        return self._mix(samples)

    def _decide(self) -> None:
        """At the end of a decision window: choose the weights, or wait for another window if this one was silent."""
        rms = np.sqrt(np.diag(self._power) / self._window)
        if rms.max() > AUDIBLE_RMS:
            self._before, self._faded = self._weights, 0
            self._weights = choose_weights(self._power)
            self._undecided = False
        self._seen, self._power = 0, np.zeros_like(self._power)

    def _mix(self, samples: FloatArray) -> FloatArray:
        """(n, channels) -> (n,); new weights fade in, as a jump would sound like an onset."""
        mono: FloatArray = np.einsum("nc,c->n", samples, self._weights)
        share = self._fade[self._faded : self._faded + len(samples), 0]
        if len(share):
            old = np.einsum("nc,c->n", samples[: len(share)], self._before)
            mono[: len(share)] = share * mono[: len(share)] + (1 - share) * old
            self._faded += len(share)
        return mono


def mono_blocks(
    audio: AudioFile, channel: Channel = "auto", start_s: float = 0.0, end_s: float | None = None
) -> Iterator[FloatArray]:
    """float32 (n,) blocks, at the file's own rate, of its stretch start_s .. end_s.

    Raises UsageError when there is no such channel; FileError while it is read, when the file breaks off.
    """
    mono = Mono(channel, audio.channels, audio.rate)
    return map(mono.push, audio.blocks(start_s, end_s))


def choose_weights(power: npt.NDArray[np.float64]) -> FloatArray:
    """Products of every two channels, summed over time (channels, channels) -> weight of each channel, float32."""
    second, first = np.argsort(np.diag(power), kind="stable")[-2:]
    rms_ratio = math.sqrt(power[second, second] / power[first, first])
    correlation = power[first, second] / math.sqrt(power[first, first] * max(power[second, second], 1e-30))
    weights = np.zeros(len(power), np.float32)
    if rms_ratio > ALIKE_GAIN and correlation > ALIKE_CORRELATION:
        weights[[first, second]] = math.sqrt(0.5)
    else:
        weights[first] = 1
    return weights


def clean(block: npt.NDArray[Any]) -> tuple[FloatArray, int]:
    """Any integer or float samples -> float32 of full scale 1.0 within +-16, and how many were NaN or infinite."""
    if block.dtype == np.uint8:
        return ((block.astype(np.float32) - 128) / 128).astype(np.float32), 0
    if np.issubdtype(block.dtype, np.integer):
        return (block / -float(np.iinfo(block.dtype).min)).astype(np.float32), 0
    finite = np.isfinite(block)
    wrong = block.size - int(np.count_nonzero(finite))
    samples = block if wrong == 0 else np.where(finite, block, 0)
    return np.clip(samples, np.float32(-LOUDEST), np.float32(LOUDEST)).astype(np.float32), wrong


def parse_channel(text: str) -> Channel:
    """The option --channel: "auto", "mix" or a channel number counted from 1 -> Channel. Raises UsageError."""
    if text in ("auto", "mix"):
        return text
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(NO_CHANNEL(text=text))
    return int(text) - 1
