"""Fixtures of the end-to-end tests: the rig, recordings, and models."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.e2e.program import ROOT, Program
from tests.fakes import FAKE_KEYS, fake_recording
from tests.rig import Rig, missing_programs


@pytest.fixture(scope="session")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """The virtual microphone and the JACK server; a test that kills one starts it again."""
    missing = missing_programs()
    if missing:
        pytest.skip(f"needs {', '.join(missing)}: sudo apt install pulseaudio pulseaudio-utils jackd2")
    rig = Rig(tmp_path_factory.mktemp("rig"))
    try:
        rig.start()
        yield rig
    finally:
        rig.stop()


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """A test that fails must not leave a second port for the next one to find."""
    yield
    Program.end_all()


@pytest.fixture(scope="session")
def tune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five seconds of 16 notes that the fake model understands, 48 kHz stereo, one note every 0.3 s; without zeros in
    between, which would be drop-outs."""
    notes = [(FAKE_KEYS[index % len(FAKE_KEYS)], 0.1 + 0.3 * index, 0.4 + 0.3 * index) for index in range(16)]
    return _written(tmp_path_factory.mktemp("tune") / "tune.wav", fake_recording(notes, 5.0, 48_000))


@pytest.fixture(scope="session")
def held_note(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A note that lasts for half a minute."""
    sound = fake_recording([(FAKE_KEYS[3], 0.1, 29.0)], 30.0, 48_000)
    return _written(tmp_path_factory.mktemp("held") / "held.wav", sound)


@pytest.fixture(scope="session")
def real_recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixteen seconds of a real piano where the data folder is there, else of the recording that ships."""
    real = Path(os.environ["LISZTEN_DATA"]) / "maps-dev" / "MAPS_MUS-chpn-p15_ENSTDkAm.flac"
    sound, rate = soundfile.read(real if real.is_file() else ROOT / "assets" / "demo" / "demo.flac")
    path = tmp_path_factory.mktemp("real") / "real.wav"
    soundfile.write(path, sound[: 16 * rate], rate)
    return path


def _written(path: Path, mono: np.ndarray) -> Path:
    soundfile.write(path, np.column_stack((mono, mono)), 48_000)
    return path
