"""Streaming resampler: any input rate of 8-192 kHz to the model's 16 kHz.

A rational polyphase FIR: with L/M = 16000 / input_rate in lowest terms, output m is the sum over j of
h[(m M mod L) + j L] * x[floor(m M / L) - j], where h is a Kaiser-windowed sinc of at most 2 ms at L times the
input rate. Being symmetric it delays every frequency alike, by half its length. Kaiser's formula gives those
2 ms a transition of 2.5 kHz at 80 dB (6.0 to 8.5 kHz around a cut-off of 7.2 kHz): soxr's steeper filters
need 5 to 40 ms instead.

A piano that is tuned flat or sharp as a whole is corrected here: its sound is taken for one of a slightly higher or
lower input rate, as a tape is played faster or slower. The output then lasts 1/`pace` of the input.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from realtime.contract import SAMPLE_RATE, FloatArray
from realtime.limits import RATE_HZ, TUNING_CENTS

LOWEST_RATE, HIGHEST_RATE = RATE_HZ
LARGEST_DELAY_S = 0.001
KAISER_BETA = 8.0
CUTOFF = 0.45  # of the lower one of the two rates
# Rates at which a tuning is corrected lie on this grid: off by 0.4 cents at most from 44.1 kHz on, and few phases.
GRID_HZ = 20


class Resampler:
    """Mono audio at `input_rate` -> mono audio at 16 kHz, delayed by a declared amount of at most 1 ms (0 at 16 kHz).

    After n input samples, ceil(n * 16000 / taken_rate) output samples have come out. However the input is cut,
    the output is the same to the last bit.

    taken_rate: the rate that the input is taken for; pace: seconds of the input in a second of the output, 1 for a
    piano that is in tune.
    """

    def __init__(self, input_rate: int, tuning_cents: float = 0.0) -> None:
        """tuning_cents: by which the piano lies above A4 = 440 Hz. Raises ValueError outside 8-192 kHz or 50 cents.

        `delay_samples` counts samples of the input, and may be a fraction.
        """
        if not LOWEST_RATE <= input_rate <= HIGHEST_RATE:
            raise ValueError(f"sample rate {input_rate} Hz, expected {LOWEST_RATE}-{HIGHEST_RATE} Hz")
        if not abs(tuning_cents) <= TUNING_CENTS.most:
            raise ValueError(f"tuning {tuning_cents} cents, expected at most {TUNING_CENTS.most} off")
        self.taken_rate = rate_in_tune(input_rate, tuning_cents)
        self.pace = self.taken_rate / input_rate
        common = math.gcd(SAMPLE_RATE, self.taken_rate)
        self._up, self._down = SAMPLE_RATE // common, self.taken_rate // common
        self._identity = self._up == self._down
        half = 0 if self._identity else math.floor(LARGEST_DELAY_S * input_rate * self._up)
        self._bank = polyphase_bank(half, self._up, self.taken_rate)  # (L, taps), each row oldest sample first
        self.delay_samples = half / self._up
        self.delay_s = self.delay_samples / input_rate
        self.reset()

    def reset(self) -> None:
        """Forget the past: as new."""
        self._history: FloatArray = np.zeros(self._bank.shape[1] - 1, np.float32)
        self._arrived = 0  # input samples
        self._produced = 0  # output samples

    def push(self, block: FloatArray) -> FloatArray:
        """float32 (n,), any n >= 0 -> float32 (m,): the output samples that have become complete."""
        if self._identity or not len(block):
            return block
        samples = np.concatenate((self._history, block))
        arrived = self._arrived + len(block)
        outputs = np.arange(self._produced, -(-arrived * self._up // self._down))
        newest, phase = np.divmod(outputs * self._down, self._up)
        taps = self._bank.shape[1]
        windows = sliding_window_view(samples, taps)
        result: FloatArray
        # einsum sums every row by itself, whereas BLAS rounds differently with the number of rows.
        if self._up == 1:
            begin = self._produced * self._down - self._arrived
            result = np.einsum("ij,j->i", windows[begin :: self._down], self._bank[0])
        else:
            result = np.einsum("ij,ij->i", windows[newest - self._arrived], self._bank[phase])
        self._history = samples[len(samples) - taps + 1 :]
        self._arrived, self._produced = arrived, self._produced + len(outputs)
        return result


def rate_in_tune(input_rate: int, tuning_cents: float) -> int:
    """The rate in Hz for which sound at `input_rate` is to be taken so that a piano tuned `tuning_cents` above
    A4 = 440 Hz is in tune."""
    if tuning_cents == 0:
        return input_rate
    return GRID_HZ * round(input_rate * 2 ** (-tuning_cents / 1200) / GRID_HZ)


def polyphase_bank(half: int, up: int, input_rate: int) -> FloatArray:
    """Kaiser-windowed sinc of 2 * half + 1 taps at `up` times the input rate, dealt out to its `up` phases.

    -> float32 (up, taps), time reversed, each phase with a gain of 1 for a constant.
    """
    time = np.arange(-half, half + 1) / (up * input_rate)
    cutoff = 2 * CUTOFF * min(input_rate, SAMPLE_RATE)
    response = np.sinc(cutoff * time) * np.kaiser(len(time), KAISER_BETA)
    taps = -(-len(response) // up)
    bank = np.zeros(taps * up)
    bank[: len(response)] = response
    phases = bank.reshape(taps, up).T[:, ::-1]
    return np.ascontiguousarray(phases / phases.sum(axis=1, keepdims=True), np.float32)
