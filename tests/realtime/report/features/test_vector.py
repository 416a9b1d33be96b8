"""Features of a stretch of playing: what they see, and what they must not see."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.notes import NoteTable
from realtime.report.features.rubato import read_steps
from realtime.report.features.sound import SILENCE_OCTAVES, modelled_sound
from realtime.report.features.vector import FEWEST_NOTES, LEVEL_FAMILY, LONGEST_WINDOW_S, describe, windows
from realtime.takes.notes import TakeNotes
from tests.realtime.report.playing import played, scale, steady


def random_take(seed: int, count: int = 60, seconds: float = 15.0) -> TakeNotes:
    """Notes and pedal without any sense."""
    random = np.random.default_rng(seed)
    onset = np.sort(random.uniform(0, seconds, count))
    times = np.sort(random.uniform(0, seconds, 20))
    return TakeNotes.of(
        NoteTable.build(
            onset,
            onset + random.uniform(0.0, 2.0, count),
            random.integers(21, 109, count),
            random.integers(1, 128, count),
            times,
            random.integers(0, 128, 20),
        ),
        "cc64",
    )


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(2, 80))
def test_whatever_is_played_gives_finite_features_of_the_same_names(seed: int, count: int) -> None:
    """Also two notes, or notes of no length."""
    found = describe(random_take(seed, count))
    assert list(describe(played(scale(40, 0.2)))) == list(found)
    assert np.isfinite(list(found.values())).all()


def test_a_louder_microphone_changes_only_the_level() -> None:
    """All velocities 7 higher: every other family stays exactly as it is."""
    take = random_take(3)
    soft = replace(take, velocity=np.clip(take.velocity, 20, 100))
    before, after = describe(soft), describe(replace(soft, velocity=soft.velocity + 7))
    changed = {name.split(".")[0] for name in before if before[name] != pytest.approx(after[name], abs=1e-9)}
    assert {LEVEL_FAMILY} == changed
    assert pytest.approx(after["level.all_p50"] - before["level.all_p50"]) == 7
    assert pytest.approx(after["level.sounds"] - before["level.sounds"]) == 0.7


def test_the_time_of_a_window_does_not_matter() -> None:
    """100 s later in the take the same playing has the same features."""
    take = random_take(5)
    later = replace(take, onset=take.onset + 100, offset=take.offset + 100, pedal_time=take.pedal_time + 100)
    before, after = describe(take), describe(later)
    assert before == pytest.approx(after, abs=1e-6, rel=1e-6)


def test_holds_and_shares_by_hand() -> None:
    """Keys held for half of steps of 0.5 s: 0.25 s is -2 octaves of a second, half the step is -1."""
    found = describe(played(steady(30, 0.5, held=0.5)))
    assert pytest.approx(found["touch.hold_p50"]) == -2
    assert pytest.approx(found["touch.share_p50"]) == -1
    assert pytest.approx(found["timing.step_p50"]) == -1
    assert found["touch.detached"] == 1
    assert pytest.approx(found["rubato.curve_sd"], abs=1e-9) == 0


def test_pedal_features_by_hand() -> None:
    """Down for 5 of 10 s, pressed 0.1 s after a strike; a note released under it sounds until it is lifted."""
    notes = [(float(i), i + 0.5, 60 + i, 64) for i in range(10)]
    found = describe(played(notes, [(2.1, 127), (7.1, 0)]))
    assert pytest.approx(found["pedal.share"], abs=0.01) == 5 / 9.5
    assert pytest.approx(found["pedal.down_lag"], abs=0.001) == 0.1
    assert np.log2(5.0 + 0.1) == pytest.approx(found["pedal.stroke"])
    assert found["pedal.notes"] > describe(played(notes))["pedal.notes"]
    assert found["pedal.at_release"] == 0.5


def test_pedal_depths_by_hand() -> None:
    """Up for 4 of 10 s, a third down for 4, wholly down for 2."""
    notes = [(float(i), i + 1.0, 60 + i, 64) for i in range(10)]
    found = describe(played(notes, [(4.0, 42), (8.0, 127)]))
    shares = [found[f"depth.from_{depth}"] for depth in (0, 1, 32, 64, 96, 127)]
    assert pytest.approx(shares, abs=0.01) == [0.4, 0, 0.4, 0, 0, 0.2]


def test_loudness_by_hand() -> None:
    """Registers have their own velocities, an empty one that of all. Ten velocities more are an octave of energy."""
    rows = [(0.5 * i, 0.5 * i + 0.4, pitch, 40 if pitch < 60 else 80) for i, pitch in enumerate([50, 62, 65, 62] * 5)]
    found = describe(played(rows))
    registers = [found[f"level.{name}"] for name in ("bass", "tenor", "middle", "treble")]
    assert pytest.approx(registers) == [70, 40, 80, 70]
    louder = describe(played([(on, off, pitch, velocity + 10) for on, off, pitch, velocity in rows]))
    assert pytest.approx(louder["level.power"] - found["level.power"]) == 1
    assert pytest.approx(louder["level.busiest"] - found["level.busiest"]) == 1


def test_the_modelled_sound_decays_and_ends_with_the_damper() -> None:
    """Middle C loses 1/e of its energy in 2.5 s, C6 in half of that; after its release there is silence."""
    key = modelled_sound(played([(0.0, 2.5, 60, 64), (3.0, 3.1, 60, 64)]))
    assert pytest.approx(key.loudness[0]) == 0
    assert pytest.approx(key.loudness[49], abs=0.03) == -np.log2(np.e)
    assert key.loudness[55] == SILENCE_OCTAVES
    assert np.isnan(key.pitch[55])
    high = modelled_sound(played([(0.0, 2.5, 84, 64)]))
    assert pytest.approx(high.loudness[25], abs=0.03) == -np.log2(np.e)
    assert (key.low, high.high) == (0.0, 1.0)
    pedalled = modelled_sound(played([(0.0, 0.5, 60, 64), (3.0, 3.1, 62, 64)], [(0.2, 127), (2.0, 0)]))
    assert pedalled.loudness[39] > -2 > pedalled.loudness[41] == SILENCE_OCTAVES


def test_content_by_hand() -> None:
    """A C major scale: its tones, steps and single notes; in another key only the tones move."""
    found, higher = (
        describe(played([(on, off, pitch + shift, velocity) for on, off, pitch, velocity in scale(43, 0.3)]))
        for shift in (0, 3)
    )
    assert found["content.tone_1"] == 0
    assert found["content.tone_2"] > 0.1
    assert found["content.chord_1"] == 1
    assert pytest.approx(found["content.step_+2"]) == 5 / 14
    content = [name for name in found if name.startswith("content.")]
    assert {name.split("_")[0] for name in content if found[name] != pytest.approx(higher[name])} == {"content.tone"}


def test_steps_are_read_as_multiples_of_a_unit() -> None:
    """Quarters and eighths at one tempo: no deviation, and twice the unit where the note is twice as long."""
    reading = read_steps(np.array([0.5, 0.25, 0.25, 0.5, 0.25, 0.25, 0.5]))
    assert np.ptp(reading.unit) == 0
    assert np.abs(reading.deviation).max() < 0.05
    assert reading.multiple.tolist() == [3, 2, 2, 3, 2, 2, 3]


def test_rubato_is_more_where_tempo_bends() -> None:
    """Steps that grow by a half over the window bend the curve; even ones do not."""
    steps = 0.25 * np.linspace(1, 1.5, 40)
    onset = np.concatenate([[0.0], np.cumsum(steps)])
    bent = describe(played([(t, t + 0.2, 60, 64) for t in onset.tolist()]))
    assert bent["rubato.curve_slope"] > 0.3
    assert pytest.approx(describe(played(steady(40, 0.25)))["rubato.curve_slope"], abs=1e-9) == 0


def test_a_flurry_is_too_short_to_bend() -> None:
    """Twelve notes within half a second: a curve of two points has no bend, and numpy warns of nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = describe(played(scale(12, 0.04)))
    assert (found["rubato.curve_slope"], found["rubato.curve_bend"]) == (0.0, 0.0)


def test_windows_end_at_silences() -> None:
    """Phrases of 10 s with a second of silence between them: the first window is the first phrase."""
    phrases = [row for i in range(5) for row in scale(50, 0.2, start_s=11.0 * i)]
    found = windows(played(phrases))
    assert (found[0].start_s, found[0].end_s) == (0.0, 11.0)
    assert len(found[0].notes) == 50


def test_windows_without_silences_are_twelve_seconds_and_move_by_six() -> None:
    """Hand-worked on 48 s without any pause."""
    found = windows(played(scale(240, 0.2, held=1.0)))
    assert [(round(w.start_s), round(w.end_s)) for w in found[:5]] == [(0, 12), (6, 18), (12, 24), (18, 30), (24, 36)]
    assert found[-1].end_s == pytest.approx(48.0)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), seconds=st.floats(1, 300))
def test_windows_cover_all_notes_and_are_never_too_long(seed: int, seconds: float) -> None:
    """Each note of a dense take lies in at least one window; none is longer than 20 s."""
    take = random_take(seed, count=int(seconds * 5) + FEWEST_NOTES, seconds=seconds)
    found = windows(take)
    assert all(window.end_s - window.start_s <= LONGEST_WINDOW_S + 1e-9 for window in found)
    inside = sum((take.onset >= w.start_s) & (take.onset < w.end_s) for w in found)
    assert (inside >= 1).all()
    assert found[0].start_s == take.onset[0]
    assert found[-1].end_s == take.offset.max()


def test_windows_of_a_long_take_are_thinned_out() -> None:
    """300 from its beginning to its end, evenly spread; a key that stays down counts for a minute."""
    take = played(scale(20_000, 0.2, held=1.0))
    found = windows(replace(take, offset=np.append(80_000.0, take.offset[1:])))
    starts = np.array([window.start_s for window in found])
    assert (len(found), starts[0], found[0].notes.offset.max()) == (300, 0.0, 60.0)
    assert {12, 18} == set(np.diff(starts).round().tolist())


def test_too_few_notes_make_no_window() -> None:
    """Eleven notes give none."""
    assert windows(played(steady(FEWEST_NOTES - 1, 0.5))) == []
