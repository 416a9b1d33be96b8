"""The chord badge comes when a chord stands, and goes a little after it."""

from __future__ import annotations

from gui.stage.chord_watch import ChordWatch
from gui.stage.settling import SettlingRoll
from realtime.events import NoteOff, NoteOn, Pedal


def strike(roll: SettlingRoll, at: float, *pitches: int) -> None:
    for pitch in pitches:
        roll.apply(NoteOn(at, at, pitch, 80, 0.9))


def release(roll: SettlingRoll, at: float, *pitches: int) -> None:
    for pitch in pitches:
        roll.apply(NoteOff(at, at, pitch))


def shown(watch: ChordWatch, roll: SettlingRoll, begin: float, end: float) -> list[str]:
    """The names that are shown, one after the other, "" for none."""
    names: list[str] = []
    for step in range(round((end - begin) * 100)):
        chord = watch.look(roll, begin + step / 100)
        name = "" if chord is None else chord.name
        if not names or names[-1] != name:
            names.append(name)
    return names


def test_it_waits_until_the_chord_stands():
    """119 ms after the last key it is not shown, 121 ms after it is."""
    roll, watch = SettlingRoll(), ChordWatch()
    strike(roll, 1.0, 48, 52)
    watch.look(roll, 1.0)
    strike(roll, 1.05, 55)
    watch.look(roll, 1.05)
    assert watch.look(roll, 1.169) is None
    chord = watch.look(roll, 1.171)
    assert chord is not None
    assert chord.name == "C"


def test_it_stays_for_a_moment_after_the_keys_are_up():
    """800 ms, not longer."""
    roll, watch = SettlingRoll(), ChordWatch()
    strike(roll, 1.0, 48, 52, 55)
    assert shown(watch, roll, 1.0, 1.5) == ["", "C"]
    release(roll, 1.5, 48, 52, 55)
    assert watch.look(roll, 2.28) is not None
    assert watch.look(roll, 2.32) is None


def test_it_goes_where_time_ends():
    """With the piece: what stands still while it sounds is a pause, and keeps its name."""
    roll, watch = SettlingRoll(), ChordWatch()
    strike(roll, 1.0, 48, 52, 55)
    assert shown(watch, roll, 1.0, 1.5) == ["", "C"]
    assert watch.look(roll, 1.5) is not None
    assert watch.look(roll, 1.5) is not None
    release(roll, 1.5, 48, 52, 55)
    assert watch.look(roll, 1.6) is not None
    assert watch.look(roll, 1.6) is None


def test_the_pedal_keeps_tones_for_a_second_and_a_half():
    """An arpeggio under the pedal is a chord; what was let go long ago is none of it."""
    roll, watch = SettlingRoll(), ChordWatch()
    roll.apply(Pedal(0.9, 0.9, 127))
    for step, pitch in enumerate((48, 52, 55)):
        strike(roll, 1.0 + step / 5, pitch)
        release(roll, 1.1 + step / 5, pitch)
    assert shown(watch, roll, 1.45, 2.0) == ["", "C"]
    assert watch.look(roll, 2.55) is not None  # C went up at 1.1 and has just left
    strike(roll, 2.7, 60)
    assert watch.look(roll, 4.5) is None


def test_a_stream_that_begins_anew_forgets_it():
    """Time goes back; the last chord of the last stream is not shown again."""
    roll, watch = SettlingRoll(), ChordWatch()
    strike(roll, 100.0, 48, 52, 55)
    assert shown(watch, roll, 100.0, 100.3) == ["", "C"]
    roll.clear()
    assert watch.look(roll, 0.0) is None


def test_a_melody_in_the_pedal_does_not_hide_the_chord_below_it():
    """C and its passing notes have no name together; what is held has."""
    roll, watch = SettlingRoll(), ChordWatch()
    roll.apply(Pedal(0.9, 0.9, 127))
    strike(roll, 1.0, 48, 52, 55)
    for step, pitch in enumerate((73, 74, 75)):
        strike(roll, 1.1 + step / 10, pitch)
        release(roll, 1.15 + step / 10, pitch)
    assert shown(watch, roll, 1.4, 1.6) == ["", "C"]
