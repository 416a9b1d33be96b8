"""Recordings that are far too quiet or beyond full scale, and what is done about them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from realtime.audio.files import open_audio
from realtime.audio.level import Gain, gain_of
from realtime.audio.survey import survey
from realtime.contract import FloatArray
from realtime.words import Said
from tests.realtime.audio.test_tuning import RATE, played

NOISE = np.random.default_rng(3).standard_normal(6 * RATE).astype(np.float32)


def found_gain(folder: Path, sound: FloatArray) -> Gain:
    soundfile.write(folder / "a.wav", sound, RATE, subtype="FLOAT")
    audio = open_audio(folder / "a.wav")
    return gain_of(audio, survey(audio))


def told(folder: Path, gain: Gain) -> str:
    return str(gain.warning).removeprefix(f"{folder / 'a.wav'} ")


@pytest.mark.parametrize("factor", [0.03, 1.0, 2.0])
def test_an_ordinary_recording_stays_as_it_is(tmp_path: Path, factor: float) -> None:
    """To the last bit, and nothing is said."""
    assert found_gain(tmp_path, factor * played(0)) == Gain(1.0, None)


def test_a_recording_far_too_quiet_is_raised(tmp_path: Path) -> None:
    """Its loudest moments to -26 dBFS, by 60 dB at most."""
    usual = found_gain(tmp_path, 1e-3 * played(0))
    assert 20 * np.log10(usual.factor) == pytest.approx(-26.0 + 60.0 + 16.0, abs=3.0)
    assert found_gain(tmp_path, 1e-4 * played(0)).factor == pytest.approx(1_000.0)
    assert told(tmp_path, found_gain(tmp_path, 1e-4 * played(0))).endswith("it was raised by 60 dB, noise and all.")


def test_a_pop_does_not_make_a_quiet_recording_loud(tmp_path: Path) -> None:
    """Nor does it end up beyond what the model hears."""
    sound = 1e-3 * played(0)
    sound[100:104] = 0.9
    assert found_gain(tmp_path, sound).factor == pytest.approx(found_gain(tmp_path, 1e-3 * played(0)).factor, rel=0.1)


def test_noise_is_not_raised(tmp_path: Path) -> None:
    """It would become notes; that it is quiet is said."""
    gain = found_gain(tmp_path, 1e-4 * NOISE)
    assert (gain.factor, told(tmp_path, gain)) == (1.0, "is far too quiet: its loudest moments have -80 dBFS.")


def test_silence_is_only_silent(tmp_path: Path) -> None:
    """That it has no notes is said at its end."""
    assert found_gain(tmp_path, np.zeros(RATE, np.float32)) == Gain(1.0, None)


def test_sound_beyond_full_scale_is_lowered_to_it(tmp_path: Path) -> None:
    """Floats with the numbers of 16-bit samples, as scientists' programs write them. What is 6 dB beyond it is
    heard as well, and is only told; one wild sample does not count."""
    sound = played(0)
    peaks = np.sort(np.abs(sound[: len(sound) // 6_400 * 6_400].reshape(-1, 6_400)).max(axis=1))
    gain = found_gain(tmp_path, 32_768 * sound)
    assert gain.factor == pytest.approx(1 / (32_768 * peaks[-3]))
    assert (
        told(tmp_path, gain)
        == f"goes {20 * np.log10(32_768 * peaks[-3]):.0f} dB beyond full scale; it was lowered by as much."
    )
    gain = found_gain(tmp_path, sound * np.float32(2 / peaks[-3]))
    assert (gain.factor, told(tmp_path, gain)) == (1.0, "goes 6 dB beyond full scale.")
    sound[5] = 1e30
    assert found_gain(tmp_path, sound) == Gain(1.0, None)


@pytest.mark.parametrize(("subtype", "later"), [("PCM_16", 1.0), ("PCM_24", 0.6), ("FLOAT", 0.3), ("PCM_U8", 1.0)])
def test_a_clipped_recording_is_told(tmp_path: Path, subtype: str, later: float) -> None:
    """Also when it was turned down afterwards; not what only comes near to full scale, however coarse its samples, nor
    a pure tone, most of whose samples lie near its peaks."""

    def warning(sound: FloatArray) -> Said | None:
        soundfile.write(tmp_path / "a.wav", sound, RATE, subtype=subtype)
        audio = open_audio(tmp_path / "a.wav")
        return gain_of(audio, survey(audio)).warning

    sound = played(0)
    sound /= np.abs(sound).max()
    assert warning(0.99 * later * sound) is None
    tone = np.sin(2 * np.pi * 50 * np.arange(2 * RATE) / RATE)
    assert subtype == "PCM_U8" or warning(later * tone) is None
    clipped = warning(later * np.clip(8 * sound, -0.99, 0.99))
    assert str(clipped).endswith("cut off, and notes may be wrong there. Record with less gain.")
