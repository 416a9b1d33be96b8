"""What the model hears in a drop-out: the sound before it, gone on.

Zeros are an edge at both ends, and at an edge the model sees every sounding key struck. So the zeros are replaced as
they come by a linear prediction of the sound before them (packet loss concealment; Burg's method, of an order that
tells partials of chords apart), which is blended into the sound that comes back. With 40 ms in every 150 cut out of a
minute of music, the activations at `balanced` gave 879 false notes; of what is concealed they give 145, with an order
of 400 they gave 185.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from realtime.contract import HOP, FloatArray
from realtime.transcription.silence import RINGING, DropOut, Silence

HISTORY, ORDER = 3200, 800  # samples
BLEND = 240  # samples: 15 ms
LOUDEST = 1.5  # of the history's peak
LEAST_POWER = 1e-12
Samples = npt.NDArray[np.float64]


class Concealment:
    """Hops (160,) -> hops without drop-outs. silence: has taken in the hop already. delay_samples: 0."""

    delay_samples = 0

    def __init__(self, silence: Silence) -> None:
        self._silence = silence
        self._sound: FloatArray
        self.reset()

    def push(self, hop: FloatArray) -> FloatArray:
        """float32 (160,) -> float32 (160,), the same array where there is no drop-out."""
        latest = self._silence.latest
        if latest is not None and latest is not self._filled and self._received - HOP < latest.begin + HOP:
            self._begin(latest, hop)
        if self._filled is not None:
            hop = self._blended(hop)
        self._sound = np.concatenate((self._sound[HOP:], hop))
        self._received += HOP
        return hop

    def reset(self) -> None:
        """As new: before the first hop there is silence."""
        self._received = 0
        self._sound = np.zeros(HISTORY + HOP, np.float32)
        self._filled: DropOut | None = None  # the one whose zeros are being replaced
        self._refuted_at: int | None = None
        self._at = 0  # the sample that is predicted next
        self._predicted: Samples = np.zeros(0)  # the history, and what was predicted of it
        self._coefficients: Samples = np.zeros(0)  # the oldest sample's first
        self._loudest = 0.0

    def _begin(self, drop_out: DropOut, hop: FloatArray) -> None:
        self._filled, self._refuted_at = drop_out, None
        self._at = drop_out.begin - RINGING
        known = np.concatenate((self._sound, hop))
        until = self._at - (self._received + HOP - len(known))
        history: Samples = known[max(until - HISTORY, 0) : until].astype(np.float64)
        self._coefficients = -linear_prediction(history, ORDER)[:0:-1]
        self._predicted = history[-ORDER:]
        self._loudest = LOUDEST * float(np.abs(history).max())

    def _blended(self, hop: FloatArray) -> FloatArray:
        """The hop with the prediction in place of zeros, and fading out behind them."""
        assert self._filled is not None
        end = self._end()
        self._predict(min(self._received + HOP, end + BLEND))
        begin = max(self._filled.begin - RINGING, self._received)
        until = min(self._at, self._received + HOP)
        positions = np.arange(begin, until)
        if len(positions):
            share = 0.5 + 0.5 * np.cos(np.pi * np.clip((positions - end + 0.5) / BLEND, 0, 1))
            predicted = self._predicted[len(self._predicted) - (self._at - begin) :][: len(positions)]
            hop = hop.copy()
            inside = slice(begin - self._received, until - self._received)
            hop[inside] = share * predicted + (1 - share) * hop[inside]
        if end + BLEND <= self._received + HOP:
            self._filled = None
        return hop

    def _end(self) -> int:
        """Where the prediction begins to fade: where the sound is back, or where the zeros turned out to be none."""
        assert self._filled is not None
        if self._refuted_at is None and not self._silence.believes(self._filled):
            self._refuted_at = self._received
        known = min(self._filled.end, self._received + HOP)
        return int(known if self._refuted_at is None else min(known, self._refuted_at))

    def _predict(self, until: int) -> None:
        new = max(until - self._at, 0)
        order = len(self._coefficients)
        samples: Samples = np.concatenate((self._predicted, np.zeros(new)))
        for index in range(len(self._predicted), len(samples)):
            value = float(self._coefficients @ samples[index - order : index])
            samples[index] = min(max(value, -self._loudest), self._loudest)
        self._predicted = samples[-(ORDER + HOP + BLEND) :]
        self._at += new


def linear_prediction(sound: Samples, order: int) -> Samples:
    """float64 (n,) -> a (order + 1,), a[0] = 1: sum of a[i] * sound[t - i] is small. By Burg's method, so that what it
    goes on with never grows (Burg, Maximum entropy spectral analysis, 1967)."""
    a: Samples = np.zeros(order + 1)
    a[0] = 1.0
    forward, backward = sound[1:], sound[:-1]
    for length in range(1, order + 1):
        power = forward @ forward + backward @ backward + LEAST_POWER
        reflection = -2 * (forward @ backward) / power
        a[: length + 1] += reflection * a[length::-1].copy()
        forward, backward = forward[1:] + reflection * backward[1:], backward[:-1] + reflection * forward[:-1]
    return a
