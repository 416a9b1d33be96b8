"""Other transcribers, where they are installed, on the same files: Basic Pitch and Transkun.

Both hear a recording as a whole, so neither has an emission delay. `pip install --no-deps basic-pitch resampy` and
`pip install transkun` bring them; neither is a dependency of ours.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
import sys
import types
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import librosa
import numpy as np
import soundfile
import soxr

from training.data.notes import Performance


class Peer(NamedTuple):
    """A transcriber: `transcribe(audio file)` gives its notes and, where it hears one, its pedal."""

    name: str
    transcribe: Callable[[Path], Performance]


def installed() -> list[Peer]:
    """The peers that can be imported here."""
    known = (Peer("basic-pitch", basic_pitch), Peer("transkun", transkun))
    modules = {"basic-pitch": "basic_pitch.inference", "transkun": "transkun"}
    return [peer for peer in known if imports(modules[peer.name])]


def imports(module: str) -> bool:
    """Whether a module can be imported; what it says while trying is swallowed."""
    try:
        with quiet():
            importlib.import_module(module)
    except ImportError:
        return False
    return True


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep a peer's prints and log lines out of our tables."""
    logging.disable(logging.WARNING)
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
            yield
    finally:
        logging.disable(logging.NOTSET)


def basic_pitch(path: Path) -> Performance:
    """Basic Pitch with its own defaults (Bittner et al. 2022); velocity is 127 times its amplitude."""
    with quiet():
        inference = importlib.import_module("basic_pitch.inference")
        _, _, notes = inference.predict(path)
    onset, offset, pitch, amplitude = (np.array([note[i] for note in notes], float) for i in range(4))
    return Performance.build(onset, offset, pitch, np.clip(np.round(amplitude * 127), 1, 127))


def transkun(path: Path) -> Performance:
    """Transkun 2.0 (Yan & Duan 2024) at its own rate; pedal as it says."""
    model = transkun_model()
    audio, rate = soundfile.read(path, dtype="float32", always_2d=True)
    if rate != model.fs:
        audio = soxr.resample(audio, rate, model.fs)
    import torch

    with quiet(), torch.no_grad():
        events = model.transcribe(torch.from_numpy(audio), discardSecondHalf=False)
    notes = [event for event in events if event.pitch > 0]
    pedal = sorted(edge for event in events if event.pitch == -64 for edge in ((event.start, 127), (event.end, 0)))
    return Performance.build(
        [note.start for note in notes],
        [note.end for note in notes],
        [note.pitch for note in notes],
        [note.velocity for note in notes],
        [time for time, _ in pedal],
        [value for _, value in pedal],
    )


@cache
def transkun_model() -> Any:
    """Its network with its weights. Its own command line needs packages that are gone or CUDA-linked; this does not."""
    import torch

    if not imports("torchaudio"):
        stand_in_for_torchaudio()
    package = importlib.import_module("transkun")
    moduleconf = importlib.import_module("moduleconf")
    folder = Path(str(package.__file__)).parent / "pretrained"
    configuration = moduleconf.parseFromFile(str(folder / "2.0.conf"))
    model = configuration["Model"].module.TransKun(conf=configuration["Model"].config)
    checkpoint = torch.load(folder / "2.0.pt", map_location="cpu")
    weights = checkpoint.get("best_state_dict", checkpoint.get("state_dict"))
    model.load_state_dict(weights, strict=False)
    return model.eval()


def stand_in_for_torchaudio() -> None:
    """The one function of torchaudio that Transkun calls, made of librosa's mel filters."""
    import torch

    def melscale_fbanks(
        n_freqs: int,
        f_min: float,
        f_max: float,
        n_mels: int,
        sample_rate: int,
        norm: Any = None,
        mel_scale: str = "htk",
    ) -> torch.Tensor:
        bank = librosa.filters.mel(
            sr=sample_rate,
            n_fft=2 * (n_freqs - 1),
            n_mels=n_mels,
            fmin=f_min,
            fmax=f_max,
            htk=mel_scale == "htk",
            norm=norm,
        )
        return torch.from_numpy(bank.T.copy()).float()

    package, functional = types.ModuleType("torchaudio"), types.ModuleType("torchaudio.functional")
    functional.melscale_fbanks = melscale_fbanks  # type: ignore[attr-defined]
    package.functional = functional  # type: ignore[attr-defined]
    sys.modules.update({"torchaudio": package, "torchaudio.functional": functional})
