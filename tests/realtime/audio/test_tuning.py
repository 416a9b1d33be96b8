"""The tuning of a recording, from tones whose frequencies are known."""

from __future__ import annotations

import numpy as np
import pytest

from realtime.audio.tuning import TuningEstimate, heard_in_tune
from realtime.contract import FloatArray

RATE = 16_000
CHORDS = ((48, 52, 55, 60), (53, 57, 60, 65), (55, 59, 62, 71), (45, 60, 64, 69))
IN_TUNE, FLAT = 0.0, -48.0


def tone(pitch: float, seconds: float, level: float = 0.1, partials: int = 6) -> FloatArray:
    """Partials that fall off and fade, as a string's do; pitch: MIDI, fractions allowed."""
    times = np.arange(round(seconds * RATE)) / RATE
    hertz = 440 * 2 ** ((pitch - 69) / 12)
    sound = sum(np.sin(2 * np.pi * n * hertz * times) / n**1.5 for n in range(1, partials + 1))
    return (level * sound * np.exp(-1.5 * times)).astype(np.float32)


def played(cents: float) -> FloatArray:
    """Eight chords on a piano that lies so many cents sharp."""
    return np.concatenate([sum(tone(pitch + cents / 100, 1.0) for pitch in chord) for chord in CHORDS * 2])


def cents_of(sound: FloatArray, step: int = 1_000_000) -> float | None:
    estimate = TuningEstimate(RATE)
    for at in range(0, len(sound), step):
        estimate.push(sound[at : at + step])
    return estimate.cents


@pytest.mark.parametrize("cents", [-50, -48, -40, -25, 25, 40])
def test_a_shift_of_the_whole_piano_is_found(cents: int) -> None:
    """Within 2 cents: the thirds and sevenths among the partials are not those of equal temperament."""
    assert cents_of(played(cents)) == pytest.approx(cents, abs=2.0)


@pytest.mark.parametrize("cents", [-18, -10, 0, 10, 18])
def test_a_piano_that_is_nearly_in_tune_is_in_tune(cents: int) -> None:
    """So that what is heard of it stays what it was."""
    assert cents_of(played(cents)) == 0.0


def test_between_two_keys_a_piano_is_flat_rather_than_sharp() -> None:
    """53 cents flat are as much as can be corrected; 47 sharp look the same."""
    assert cents_of(played(-53)) == cents_of(played(47)) == -50.0


def test_it_is_the_same_however_the_sound_is_cut() -> None:
    """Blocks of a driver, and all at once."""
    assert cents_of(played(FLAT), 777) == cents_of(played(FLAT))


def test_sound_without_pitches_tells_nothing() -> None:
    """Silence, noise, and next to nothing."""
    noise = np.random.default_rng(3).standard_normal(20 * RATE).astype(np.float32)
    assert [cents_of(sound) for sound in (np.zeros(5 * RATE, np.float32), 0.1 * noise, played(FLAT)[:4_000])] == [
        None
    ] * 3


def test_a_hum_between_the_notes_does_not_count() -> None:
    """Mains hum lies 35 cents above the keys, and goes on when the music pauses."""
    hum = sum(tone(69 + 12 * np.log2(hertz / 440), 60.0, 2e-4, 1) for hertz in (150, 200, 300))
    steady = hum / np.maximum(np.exp(-1.5 * np.arange(len(hum)) / RATE), 1e-30)
    assert cents_of(np.concatenate([played(IN_TUNE), steady[: 10 * RATE].astype(np.float32)])) == IN_TUNE


def test_only_the_latest_sound_counts_where_that_is_asked_for() -> None:
    """A piano that was flat before is in tune now."""
    estimate = TuningEstimate(RATE, latest_s=7.0)
    estimate.push(np.concatenate([played(FLAT), played(IN_TUNE)]))
    assert estimate.cents == IN_TUNE
    assert 6.0 <= estimate.counted_s <= 7.4


def test_the_words_name_the_concert_pitch() -> None:
    """As tuners do."""
    words = "it is heard as if it were in tune."
    assert str(heard_in_tune(-48.0)) == f"The piano is tuned 48 cents flat (A = 428 Hz); {words}"
    assert str(heard_in_tune(25.4)) == f"The piano is tuned 25 cents sharp (A = 447 Hz); {words}"
