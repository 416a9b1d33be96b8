"""The spectrum of the input at the pitches of the keyboard: for display only, not for the transcription."""

from __future__ import annotations

import numpy as np

from realtime.contract import A4_HZ, A4_PITCH, KEYS, LOWEST_PITCH, FloatArray

PER_SEMITONE = 3
BANDS = KEYS * PER_SEMITONE
WINDOW_S = 0.17
FLOOR_DB, TOP_DB = -90.0, -20.0


class Spectrum:
    """Magnitudes at three points per key over the last 0.17 s of a stream at `rate` Hz.

    A Hann window's main lobe is 4 / 0.17 s = 24 Hz wide: keys below the middle of the keyboard blend.
    """

    def __init__(self, rate: int) -> None:
        size = round(WINDOW_S * rate)
        self._sound: FloatArray = np.zeros(size, np.float32)
        self._window = np.hanning(size).astype(np.float32)
        self._window *= 2 / self._window.sum()
        pitches = LOWEST_PITCH - (PER_SEMITONE // 2) / PER_SEMITONE + np.arange(BANDS) / PER_SEMITONE
        hertz = A4_HZ * 2 ** ((pitches - A4_PITCH) / 12)
        # Above half the rate there is no spectrum.
        self._bins = np.minimum(hertz * size / rate, size // 2)

    def push(self, block: FloatArray) -> None:
        """Take in one mono block, float32 (n,)."""
        kept = block[-len(self._sound) :]
        self._sound = np.concatenate((self._sound[len(kept) :], kept))

    def levels(self) -> bytes:
        """One byte per band, lowest first: 0 for -90 dBFS and below, 255 for -20 dBFS and above.

        The level of a band is that of a sine: one at full scale has 0 dBFS.
        """
        magnitude = np.abs(np.fft.rfft(self._sound * self._window))
        at_bands = np.interp(self._bins, np.arange(len(magnitude)), magnitude)
        decibels = 20 * np.log10(np.maximum(at_bands, 1e-6))
        share = np.clip((decibels - FLOOR_DB) / (TOP_DB - FLOOR_DB), 0, 1)
        return bytes(np.rint(255 * share).astype(np.uint8))
