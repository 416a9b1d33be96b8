"""Each measure against a value that was worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.analysis.key import Key, likely_key
from realtime.analysis.pulse import pulse
from realtime.analysis.strikes import skyline, strikes
from realtime.notes import NoteTable
from realtime.report.measures.articulation import Articulation, articulation
from realtime.report.measures.dynamics import Velocity, melody_over_bass, velocity
from realtime.report.measures.mood import mood
from realtime.report.measures.pedalling import Pedalling, pedal_presses, pedalling
from realtime.report.measures.sections import sections
from realtime.report.measures.summary import measure
from realtime.report.measures.texture import curves
from realtime.report.measures.timing import Timing, timing
from realtime.takes.notes import TakeNotes
from tests.realtime.report.playing import Row, played, scale, steady


def test_notes_within_50_ms_of_the_first_are_one_strike() -> None:
    """Of 0, 50 and 51 ms the third is a strike of its own, though it lies 1 ms after the second."""
    notes = played([(0.0, 1, 60, 64), (0.050, 1, 67, 64), (0.051, 1, 64, 64), (1.0, 2, 60, 64)])
    groups = strikes(notes)
    assert groups.begin.tolist() == [0, 2, 3, 4]
    assert groups.time.tolist() == [0.0, 0.051, 1.0]
    assert notes.pitch[groups.top].tolist() == [67, 64, 60]


def test_the_upper_line_leaves_out_what_sounds_under_a_held_note() -> None:
    """C4 and E4 are struck and let go while G4 is held; F4 outlives it and goes on with the line."""
    notes = played([(0, 2, 67, 64), (0.5, 0.9, 60, 64), (1, 1.4, 64, 64), (1.9, 3, 65, 64), (3, 4, 69, 64)])
    assert notes.pitch[skyline(notes, strikes(notes))].tolist() == [67, 65, 69]


def test_a_note_that_ends_with_the_held_one_above_it_belongs_to_the_line() -> None:
    """What is let go earlier accompanies; both together are a chord that is left."""
    notes = played([(0, 2, 67, 64), (1, 2, 60, 64), (1.5, 1.9, 62, 64), (2, 3, 65, 64)])
    assert notes.pitch[skyline(notes, strikes(notes))].tolist() == [67, 60, 65]


@pytest.mark.parametrize("bpm", [60, 100, 126])
def test_a_steady_pulse_is_found(bpm: int) -> None:
    """One strike a beat: the beat, perfectly clear, and no spread."""
    found = pulse(strikes(played(steady(40, 60 / bpm))))
    assert found is not None
    assert found.bpm == pytest.approx(bpm, rel=0.01)
    assert found.clarity > 0.9
    assert found.spread < 0.005


def test_a_change_of_tempo_is_followed() -> None:
    """Half at 100 and half at 120: the spread of the logarithm is half of ln(1.2), and the curve has both."""
    slow, quick = steady(50, 0.6), [(30 + a, 30 + b, p, v) for a, b, p, v in steady(60, 0.5)]
    found = pulse(strikes(played(slow + quick)))
    assert found is not None
    assert found.tempo[0] == pytest.approx(100, rel=0.01)
    assert found.tempo[-1] == pytest.approx(120, rel=0.01)
    assert found.spread == pytest.approx(np.log(1.2) / 2, rel=0.1)


def test_notes_at_random_have_no_clear_pulse() -> None:
    """Whatever the seed."""
    for seed in range(5):
        times = np.sort(np.random.default_rng(seed).uniform(0, 40, 100))
        assert pulse(strikes(played([(t, t + 0.1, 60, 64) for t in times]))) is None


@pytest.mark.parametrize("rows", [steady(11, 1.0), steady(40, 0.2)])
def test_too_little_has_no_pulse(rows: list[Row]) -> None:
    """Eleven strikes, or less than one window of 8 s."""
    assert pulse(strikes(played(rows))) is None


def test_steps_and_chords_by_hand() -> None:
    """Steps of 1, 0.5 and 1 s differ twice by 0.5 of 0.75. Chords of 20 and 40 ms; the top 20 ms before, 25 after.

    The step of 3 s is a break.
    """
    notes = played(
        [
            (0.00, 1, 72, 64), (0.02, 1, 60, 64),
            (1.00, 2, 60, 64),
            (1.50, 2, 60, 64), (1.53, 2, 64, 64), (1.54, 2, 72, 64),
            (2.50, 3, 60, 64),
            (5.50, 6, 60, 64),
            (6.50, 7, 60, 64),
        ]
    )  # fmt: skip
    found = timing(notes, strikes(notes))
    assert found.ioi_npvi == pytest.approx(100 * 0.5 / 0.75)
    assert found.chord_async_ms == pytest.approx(30.0)
    assert found.melody_lead_ms == pytest.approx((20 + (15 - 40)) / 2)
    assert (found.chords, found.runs, found.run_spread) == (2, 0, None)


def test_a_run_is_eight_like_steps_of_single_notes() -> None:
    """Steps of 100 and 120 ms in turn vary by 10 / 110; seven notes, a chord or a longer step make no run."""
    times = np.concatenate([[0.0], np.cumsum([0.1, 0.12] * 4), [2.0], 2.0 + np.cumsum([0.1] * 6)])
    rows = [(t, t + 0.05, 60 + i % 5, 60 if i % 2 else 70) for i, t in enumerate(times.tolist())]
    found = timing(played(rows), strikes(played(rows)))
    assert found.runs == 1
    assert found.run_spread == pytest.approx(0.01 / 0.11)
    assert found.run_velocity_spread == pytest.approx(np.std([70, 60, 70, 60, 70, 60, 70, 60, 70]))
    chord = [*rows, (0.1, 0.2, 80, 64)]
    assert timing(played(chord), strikes(played(chord))).runs == 0


@pytest.mark.parametrize(("notes", "runs"), [(7, 0), (8, 1)])
def test_the_shortest_run_has_eight_notes(notes: int, runs: int) -> None:
    """Also where the take ends with it."""
    rows = [(0.1 * i, 0.1 * i + 0.05, 60 + i, 64) for i in range(notes)]
    assert timing(played(rows), strikes(played(rows))).runs == runs


def test_velocities_by_hand() -> None:
    """Of 20 to 120 the 5th percentile is a twentieth above 20; the top lies 20 above the bass, then 10 below."""
    notes = played([(i, i + 0.5, 60, v) for i, v in enumerate(range(20, 121))])
    assert velocity(notes) == Velocity(70.0, 25.0, 115.0, pytest.approx(np.sqrt((101**2 - 1) / 12)))
    chords = played([(0, 1, 48, 50), (0, 1, 60, 127), (0, 1, 72, 70), (2, 3, 48, 60), (2, 3, 72, 50)])
    assert melody_over_bass(chords, strikes(chords)) == 5.0


def test_one_velocity_for_all_is_no_velocity() -> None:
    """As in files that were written and not played."""
    notes = played([(0, 1, 48, 64), (0, 1, 60, 64), (1, 2, 60, 64)])
    assert velocity(notes) is None
    assert melody_over_bass(notes, strikes(notes)) is None


def of_line(rows: list[Row], pedal: list[tuple[float, int]], transcribed: bool) -> Articulation | None:
    notes = played(rows, pedal, "transcribed" if transcribed else "cc64")
    return articulation(notes, skyline(notes, strikes(notes)), pedal_presses(notes))


def test_articulation_by_hand() -> None:
    """Of eight steps of 1 s two overlap by 100 ms, two are short (0.4 s), four held for 0.96 s."""
    held = [1.1, 1.1, 0.4, 0.4, 0.96, 0.96, 0.96, 0.96, 5.0]
    rows = [(float(i), i + h, 60 + i % 2, 64) for i, h in enumerate(held)]
    found = of_line(rows, [], transcribed=False)
    assert found == Articulation(0.25, 0.25, pytest.approx(0.96), pytest.approx(-40.0))
    assert of_line(rows[1:], [], transcribed=False) is None, "seven steps"


def test_a_repeated_key_and_a_break_are_no_steps() -> None:
    """Repeated keys have to be released; steps above 2 s do not count."""
    assert of_line([(float(i), i + 0.9, 60, 64) for i in range(20)], [], transcribed=False) is None
    assert of_line([(3.0 * i, 3 * i + 1.0, 60 + i % 2, 64) for i in range(20)], [], transcribed=False) is None


def test_releases_under_a_pedal_count_in_midi_alone() -> None:
    """MIDI has the releases of keys under a pedal; a transcription does not."""
    rows = [(float(i), i + 0.9, 60 + i % 2, 64) for i in range(18)]
    pedal = [(0.0, 127), (8.95, 0)]
    whole, part = (
        of_line(rows, pedal, transcribed=False),
        of_line([*rows[:9], *scale(20, 1.0, 9.0, 0.4)], pedal, transcribed=True),
    )
    assert whole is not None
    assert whole.held_ratio == pytest.approx(0.9)
    assert part is not None
    assert part.held_ratio == pytest.approx(0.4), "notes under the pedal do not count"
    assert of_line(rows[:12], pedal, transcribed=True) is None
    late = [(i + 0.05, 127) for i in range(18)] + [(i + 0.5, 0) for i in range(18)]
    held_over = [(float(i), i + 1.1, 60 + i % 2, 64) for i in range(18)]
    assert of_line(held_over, late, transcribed=False) is not None
    assert of_line(held_over, late, transcribed=True) is None, "released after the next press"


def test_the_pedal_by_hand() -> None:
    """10 s of playing: down for 1-4 s with C, E, G, and from 6 s to the end with 7 pitch classes; 63 is up.

    Of the seven, half a second apart, neighbours and next but one clash from the later strike to the end.
    """
    rows: list[Row] = [(0.0, 0.5, 50, 64), (0.9, 1.2, 60, 64), (2, 2.5, 64, 64), (3, 3.5, 67, 64), (4.5, 5, 50, 64)]
    rows += [(6 + i / 2, 10 if i == 6 else 6.4 + i / 2, 70 + i, 64) for i in range(7)]
    notes = played(rows, [(0.0, 63), (1.0, 64), (4.0, 0), (4.0, 0), (6.0, 100), (7.0, 127)])
    presses = pedal_presses(notes)
    assert (presses.down.tolist(), presses.up.tolist()) == ([1.0, 6.0], [4.0, 10.0])
    assert pedalling(notes, presses) == Pedalling(0.7, 12.0, 3.5, 5.0, 0.5, pytest.approx((13.5 + 10.0) / 10))


@pytest.mark.parametrize(("classes", "share"), [(6, 0.0), (7, 1.0)])
def test_a_pedal_is_blurred_from_the_seventh_pitch_class_on(classes: int, share: float) -> None:
    """Octaves of one class count once."""
    rows: list[Row] = [(0.1 * i, 0.1 * i + 0.05, 48 + 5 * i, 64) for i in range(classes)]
    notes = played([*rows, (1.0, 1.1, 60, 64), (1.1, 1.2, 72, 64)], [(0.0, 127), (1.2, 0)])
    found = pedalling(notes, pedal_presses(notes))
    assert found is not None
    assert found.blurred_share == share


def test_the_pedal_counts_while_somebody_plays() -> None:
    """Down before the first note and after the last release: 2 s of 2 s; without any message nothing is known."""
    rows: list[Row] = [(5.0, 7.0, 60, 64)]
    notes = played(rows, [(0.0, 127), (60.0, 0)])
    found = pedalling(notes, pedal_presses(notes))
    assert found is not None
    assert (found.share, found.mean_press_s) == (1.0, 2.0)
    assert pedalling(played(rows), pedal_presses(played(rows))) is None


def test_the_key_of_a_scale() -> None:
    """C major in equal lengths; its relative with a raised seventh and the tonic twice as long is A minor."""
    major = likely_key(played([(i, i + 1, p, 64) for i, p in enumerate((60, 62, 64, 65, 67, 69, 71, 72))]))
    assert major is not None
    assert (str(major.name), major.minor) == ("C major", False)
    minor = likely_key(
        played([(2 * i, 2 * i + (2 if p == 57 else 1), p, 64) for i, p in enumerate((57, 59, 60, 62, 64, 65, 68))])
    )
    assert minor is not None
    assert (str(minor.name), minor.minor) == ("A minor", True)


def test_the_key_is_the_best_of_24_correlations() -> None:
    """Notes held as long as the profile of E flat minor says fit it exactly; the margin is to the next best."""
    profile = np.roll([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17], 3)
    found = likely_key(played([(10 * i, 10 * i + s, 60 + i, 64) for i, s in enumerate(profile.tolist())]))
    assert found is not None
    assert str(found.name) == "Eb minor"
    assert found.correlation == pytest.approx(1.0)
    assert 0.2 < found.margin < 0.5


def test_two_pitch_classes_have_no_key() -> None:
    """Nor has a take in which all twelve are held alike."""
    assert likely_key(played([(0, 1, 60, 64), (1, 2, 67, 64), (2, 3, 72, 64)])) is None
    assert likely_key(played([(float(i), i + 1.0, 60 + i, 64) for i in range(12)])) is None


@pytest.mark.parametrize(
    ("pace", "loud", "minor", "word", "because"),
    [
        (6.0, 80.0, False, "lively", "6.0 strikes a second, mean velocity 80, C major"),
        (1.0, 40.0, False, "calm", "1.0 strikes a second, mean velocity 40, C major"),
        (6.0, 80.0, True, "restless", "6.0 strikes a second, mean velocity 80, C minor"),
        (1.0, 40.0, True, "wistful", "1.0 strikes a second, mean velocity 40, C minor"),
        (4.2, 40.0, False, "calm", "4.2 strikes a second, mean velocity 40, C major"),
        (4.2, None, False, "lively", "4.2 strikes a second, C major"),
    ],
)
def test_the_mood_follows_its_rule(pace: float, loud: float | None, minor: bool, word: str, because: str) -> None:
    """4.2 strikes are 0.2 above the middle, velocity 40 is 0.375 below."""
    found = mood(pace, None if loud is None else Velocity(loud, 1, 127, 10), Key("C", minor, 0.2, 0.9))
    assert found is not None
    assert (str(found.word), str(found.because)) == (word, because)


def test_without_a_clear_key_there_is_no_mood() -> None:
    """A margin below 0.05 is a toss-up between two keys, a correlation below 0.6 no key at all."""
    assert mood(4.0, None, Key("C", False, 0.049, 0.9)) is None
    assert mood(4.0, None, Key("C", False, 0.2, 0.59)) is None
    assert mood(4.0, None, None) is None


def test_curves_by_hand() -> None:
    """Two notes a second for 10 s, then silence for 10 s, then a last note an octave higher."""
    rows = [(i / 2, i / 2 + 0.4, 60, 40 + 40 * (i % 2)) for i in range(20)] + [(20.0, 21.0, 72, 60)]
    found = curves(played(rows))
    assert found.time.tolist() == [float(i) for i in range(21)]
    assert found.density[[2, 5, 14, 20]].tolist() == [2.0, 2.0, 0.0, 0.5]
    assert (found.register[5], found.register[20], found.velocity[5]) == (60.0, 72.0, 60.0)
    assert np.isnan(found.register[14])
    assert np.isnan(found.velocity[14])


def passage(start_s: float, root: int) -> list[Row]:
    """15 s of a broken chord on `root`, then one on its fifth, four strikes a second."""
    tones = [0, 4, 7, 4] * 8 + [7, 11, 14, 11] * 7
    return [(start_s + i / 4, start_s + i / 4 + 0.2, root + tone, 64) for i, tone in enumerate(tones)]


def test_what_comes_back_gets_its_letter_again() -> None:
    """A passage, another one in a distant key, and the first again: A B A within two seconds of the borders."""
    notes = played(passage(0, 60) + passage(15, 54) + passage(30, 60))
    found = sections(notes)
    assert [part.label for part in found] == ["A", "B", "A"]
    assert [part.start_s for part in found] == pytest.approx([0, 15, 30], abs=2.0)
    assert found[-1].end_s == pytest.approx(44.95)


def test_a_short_take_is_one_part() -> None:
    """Below 20 s; and nothing without notes."""
    assert [(part.start_s, part.label) for part in sections(played(scale(10, 0.5, 3.0)))] == [(3.0, "A")]
    assert sections(played([])) == ()


def test_what_is_struck_most() -> None:
    """C4 three times; of all octaves D, in three of them."""
    rows = [
        (0, 1, 60, 64),
        (1, 2, 60, 64),
        (2, 3, 60, 64),
        (3, 4, 50, 64),
        (4, 5, 62, 64),
        (5, 6, 74, 64),
        (6, 7, 86, 64),
    ]
    found = measure(played(rows))
    assert (found.most_common_pitch, found.most_common_pitch_class) == (60, 2)
    assert (found.lowest, found.highest, found.strikes_per_s) == (50, 86, 1.0)


NOTES = st.lists(st.tuples(st.floats(0, 90), st.floats(0, 30), st.integers(0, 127), st.integers(-5, 300)), max_size=60)
PEDALS = st.lists(st.tuples(st.floats(0, 120), st.integers(-5, 300)), max_size=20)


@settings(max_examples=30, deadline=None)
@given(rows=NOTES, pedal=PEDALS)
def test_any_notes_can_be_measured(rows: list[tuple[float, float, int, int]], pedal: list[tuple[float, int]]) -> None:
    """Shares lie in 0-1, parts follow one another from the first onset to the last release, nothing raises."""
    notes = played([(onset, onset + length, pitch, loud) for onset, length, pitch, loud in rows], pedal)
    found = measure(notes)
    if found.pedalling is not None:
        assert -1e-9 <= found.pedalling.share <= 1 + 1e-9
    if found.articulation is not None:
        assert 0 <= found.articulation.overlap_share <= 1
    if len(notes):
        edges = [found.sections[0].start_s, *(part.end_s for part in found.sections)]
        assert edges == sorted(edges)
        assert edges[0] == notes.onset[0]
        assert edges[-1] == pytest.approx(notes.offset.max())


def test_an_empty_take_measures_nothing() -> None:
    """No number is made up."""
    found = measure(TakeNotes.of(NoteTable.build([], [], [], [])))
    assert found.timing == Timing(None, None, None, 0, None, None, 0)
    assert (found.pulse, found.velocity, found.articulation, found.pedalling, found.key, found.mood) == (None,) * 6
    assert (found.most_common_pitch, found.lowest, found.strikes_per_s, found.sections) == (None, None, 0.0, ())
