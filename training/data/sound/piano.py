"""A sampled piano as one flat tensor of pitch-shifted samples, each region made when it is first needed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from realtime.contract import SAMPLE_RATE, IntArray
from realtime.errors import FileError
from realtime.piano.samples import AS_SAMPLED, Build, SampledPiano
from training.data.corpus.paths import MissingCorpusError, require

BLOCK = 1024
AUDIBLE_RANGE_DB = 50.0
_RESONANCE, _BLOW = 2 * SAMPLE_RATE, SAMPLE_RATE // 50
_RESONANCE_VELOCITY = 64
# Distant microphones record a slower attack: 0 ms (spectral flux) to 6.4 ms (a trained transcriber) behind the other
# banks. Their sound is moved ahead by the middle of the two.
ATTACK_LAG_MS = {"headroom_decca": 3.2}


class Bank:
    """Regions of one piano. `flat` holds the samples, float16 (1 or 2 microphones, total), BLOCK zeros between regions.

    piano: the bank's table, which numbers the regions. first, frames: (R,) where each region lies in `flat`;
    audible: (R,) samples until it has died away, once it is made.
    """

    def __init__(self, folder: Path, build: Build = AS_SAMPLED) -> None:
        require(folder, "pianos")
        try:
            self.piano = SampledPiano(folder, ATTACK_LAG_MS.get(folder.name, 0.0) / 1000, build)
        except FileError as error:
            raise MissingCorpusError(str(error)) from error
        except (ValueError, LookupError, TypeError) as error:
            raise MissingCorpusError(f"{folder} is no sampled piano that can be read: {error!r}") from error
        self.name = folder.name
        regions = self.piano.regions
        self.frames: IntArray = np.array([region.length for region in regions], np.int64)
        self.first: IntArray = np.cumsum(self.frames + BLOCK) - self.frames
        self.audible = self.frames.copy()
        self._resonance: Tensor | None = None
        # Zeroed pages are only committed when a region is written.
        total = int(self.first[-1] + self.frames[-1]) + 2 * BLOCK
        self.flat: Tensor = torch.zeros(len(self.piano.channels), total, dtype=torch.float16)
        self._ready = np.zeros(len(regions), np.bool_)

    def prepare(self, regions: Iterable[int]) -> None:
        """Make these regions' samples, unless they are made already."""
        for region in np.unique(np.fromiter(regions, np.int64)):
            if not self._ready[region]:
                self._make(int(region))

    def prepare_all(self) -> None:
        """Make every region and free the recorded samples: from here on the bank's memory is constant."""
        self.prepare(range(len(self.frames)))
        self.piano.forget_recordings()

    def resonance(self) -> Tensor:
        """(n,) float32 on the samples' device: the response of all open strings to a click at the bridge,
        energy 1.

        The sum of every key's sample, each of the same energy and with a random sign, without the hammer's blow:
        strings that the bridge excites ring like strings that are struck (commuted synthesis, Smith 1993).
        """
        if self._resonance is None:
            regions = np.unique(self.piano.region_of[:, _RESONANCE_VELOCITY])
            self.prepare(regions)
            sign = np.random.default_rng(0).choice([-1.0, 1.0], len(regions))
            sound = torch.zeros(_RESONANCE, device=self.flat.device)
            for region, one in zip(regions, sign, strict=True):
                first = int(self.first[region] + self.piano.lead[region]) + _BLOW
                count = min(_RESONANCE, int(self.frames[region] - self.piano.lead[region]) - _BLOW)
                ringing = self.flat[:, first : first + max(0, count)].float().mean(0)
                sound[: len(ringing)] += one * ringing / ringing.square().sum().sqrt().clamp(min=1e-9)
            fade = torch.linspace(0, 1, _BLOW, device=sound.device)
            sound[:_BLOW] *= fade
            sound[-_BLOW:] *= fade.flip(0)
            self._resonance = sound / sound.square().sum().sqrt().clamp(min=1e-9)
        return self._resonance

    def to(self, device: torch.device) -> None:
        """Move the samples to `device`; away from the CPU every region is made first, since they are made there."""
        if device.type != "cpu":
            self.prepare_all()
        self.flat = self.flat.to(device)

    def _make(self, index: int) -> None:
        try:
            samples = self.piano.samples(index)
        except FileError as error:
            raise MissingCorpusError(str(error)) from error
        first = int(self.first[index])
        self.flat[:, first : first + samples.shape[1]] = torch.from_numpy(samples).to(self.flat.device, torch.float16)
        self.audible[index] = _audible_frames(samples)
        self._ready[index] = True


def _audible_frames(samples: npt.NDArray[np.float32]) -> int:
    """Samples until the level (50 ms RMS) stays AUDIBLE_RANGE_DB below its loudest."""
    window = SAMPLE_RATE // 20
    count = samples.shape[1] // window
    if count == 0:
        return int(samples.shape[1])
    power = (samples[:, : count * window] ** 2).mean(axis=0).reshape(count, window).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * 10 ** (-AUDIBLE_RANGE_DB / 10))
    return int((loud[-1] + 1) * window) if len(loud) else int(samples.shape[1])
