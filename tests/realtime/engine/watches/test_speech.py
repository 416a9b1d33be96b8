"""What tells sound that is cleaned for speech: notes that die too fast, a floor that a gate takes away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from realtime.engine.messages import Status
from realtime.engine.watches.speech import SpeechWatch
from realtime.events import Event, Gap, NoteOff, NoteOn, Pedal
from tests.realtime.engine.watches.test_watches import note, status

Level = Callable[[float], float]


def held_notes(
    level: Level, count: int = 12, held_s: float = 2.0, every_s: float = 3.0, pitch: int = 60
) -> tuple[list[Event], list[Status]]:
    """Notes one after the other. level: dBFS so many seconds after a note's begin."""
    events: list[Event] = []
    statuses = []
    for index in range(count):
        begin = every_s * index
        events += [note(begin, pitch), NoteOff(begin + held_s, begin + held_s, pitch)]
        statuses += [status(begin + 0.05 * step, level(0.05 * step)) for step in range(round(20 * every_s))]
    return events, statuses


def falling(db_s: float, held_s: float = 2.0) -> Level:
    """From -20 dBFS, then the room's noise."""
    return lambda after: -20 - db_s * after if after < held_s else -60.0


def closing(drop_db: float, open_s: float, range_db: float = 0.0) -> Level:
    """A note of two seconds that falls slowly; then a floor of -55 dBFS, until a gate closes `open_s` after it."""

    def level(after: float) -> float:
        if after < 2.0:
            return -20 - 6 * after
        wobble = range_db if round(20 * after) % 2 else 0.0
        return -55 + wobble if after < 2.0 + open_s else -55 - drop_db

    return level


def follow(events: list[Event], statuses: list[Status]) -> SpeechWatch:
    """A watch that observed all of it in order, an event before the level of its time."""
    watch = SpeechWatch()
    for message in sorted([*events, *statuses], key=lambda m: (m.time, isinstance(m, Status))):  # type: ignore[union-attr]
        if isinstance(message, Status):
            watch.observe_status(message)
        else:
            watch.observe_event(message)
    return watch


@pytest.mark.parametrize(("fall_db_s", "found"), [(6.0, False), (27.5, False), (28.5, True)])
def test_notes_that_die_too_fast_are_cleaned_for_speech(fall_db_s: float, found: bool) -> None:
    """A piano's strings fall by up to 25 dB a second in a median."""
    assert follow(*held_notes(falling(fall_db_s))).found(36.0) is found


@pytest.mark.parametrize(("count", "found"), [(7, False), (8, True)])
def test_eight_held_notes_are_enough(count: int, found: bool) -> None:
    assert follow(*held_notes(falling(35.0), count)).found(24.0) is found


@pytest.mark.parametrize(("pitch", "found"), [(71, True), (72, False)])
def test_strings_from_c5_on_die_fast_by_themselves(pitch: int, found: bool) -> None:
    assert follow(*held_notes(falling(35.0), pitch=pitch)).found(36.0) is found


@pytest.mark.parametrize(("held_s", "found"), [(0.67, False), (0.77, True)])
def test_short_notes_say_nothing(held_s: float, found: bool) -> None:
    """0.4 s of levels are asked for after the first 0.25 s of a note, each of which is that of 0.05 s."""
    assert follow(*held_notes(falling(35.0, held_s), held_s=held_s)).found(36.0) is found


@pytest.mark.parametrize(("attack_s", "found"), [(0.26, False), (0.36, True)])
def test_the_first_part_of_a_note_falls_fast_on_every_piano(attack_s: float, found: bool) -> None:
    """300 dB/s at first, 20 dB/s later."""
    level: Level = lambda after: -20 - 300 * min(after, attack_s) - 20 * max(after - attack_s, 0)  # noqa: E731
    assert follow(*held_notes(level, held_s=0.8)).found(36.0) is found


@pytest.mark.parametrize(("seconds", "found"), [(19.9, False), (20.1, True)])
def test_nothing_is_found_before_twenty_seconds_of_notes(seconds: float, found: bool) -> None:
    """A few notes prove nothing; they are counted from the first note on, here at 100 s."""
    events, statuses = held_notes(falling(35.0, 1.0), 8, held_s=1.0, every_s=2.0)
    watch = SpeechWatch()
    for message in sorted([*events, *statuses], key=lambda m: (m.time, isinstance(m, Status))):  # type: ignore[union-attr]
        match message:
            case Status():
                watch.observe_status(status(message.time + 100, message.rms_db))
            case NoteOn():
                watch.observe_event(note(message.time + 100, message.pitch))
            case NoteOff():
                watch.observe_event(NoteOff(message.time + 100, message.time + 100, message.pitch))
    assert watch.found(100 + seconds) is found


@pytest.mark.parametrize(("later_s", "found"), [(59.0, True), (63.0, False)])
def test_signs_are_forgotten_after_a_minute(later_s: float, found: bool) -> None:
    """Eight notes, the first of which was judged at its end, 2 s after its begin."""
    assert follow(*held_notes(falling(35.0), 8)).found(2.0 + later_s) is found


@pytest.mark.parametrize(("drop_db", "found"), [(30.0, True), (16.0, True), (14.0, False)])
def test_a_gate_that_closes_between_notes_is_found(drop_db: float, found: bool) -> None:
    """The floor stands at -55 dBFS until 0.7 s after the note, then falls."""
    assert follow(*held_notes(closing(drop_db, 0.7), 8)).found(24.0) is found


@pytest.mark.parametrize(("closings", "found"), [(2, False), (3, True)])
def test_a_gate_that_closes_is_counted_once(closings: int, found: bool) -> None:
    """Two closings, in whatever steps, are not the three that are asked for."""
    events, statuses = held_notes(closing(0.0, 0.7), 8)
    for index, returned in enumerate(statuses):
        after = returned.time % 3
        if returned.time < 3.0 * closings and after >= 2.69:
            statuses[index] = status(returned.time, -75.0 if after < 2.79 else -95.0)
    assert follow(events, statuses).found(24.0) is found


@pytest.mark.parametrize(("open_s", "found"), [(4.9, True), (5.1, False)])
def test_a_noise_that_ends_long_after_the_last_note_is_no_gate(open_s: float, found: bool) -> None:
    """A gate closes within 5 s."""
    assert follow(*held_notes(closing(40.0, open_s), 4, every_s=8.0)).found(32.0) is found


def test_rain_that_breaks_off_is_no_gate() -> None:
    """A recording of it, three times in a minute in which nobody plays: a gate would have closed before."""
    events, statuses = held_notes(falling(6.0), 8)
    rain = [status(24.0 + 0.05 * step, -55.0 if step % 120 < 100 else -95.0) for step in range(5 * 120)]
    assert not follow(events, [*statuses, *rain]).found(54.0)


@pytest.mark.parametrize(("open_s", "found"), [(0.47, False), (0.52, True)])
def test_a_floor_is_four_levels_from_0_3_s_after_the_note_on(open_s: float, found: bool) -> None:
    """Levels of 0.35 to 0.45 s are three, of 0.35 to 0.50 s four."""
    assert follow(*held_notes(closing(30.0, open_s), 8)).found(24.0) is found


@pytest.mark.parametrize(("range_db", "found"), [(2.9, True), (3.1, False)])
def test_a_floor_is_steady(range_db: float, found: bool) -> None:
    assert follow(*held_notes(closing(30.0, 0.7, range_db), 8)).found(24.0) is found


def test_a_pedal_that_is_lifted_is_no_gate() -> None:
    """What sounds under the pedal stops when the dampers fall; they are not heard at once."""
    events, statuses = held_notes(closing(30.0, 0.7), 8)
    assert not follow([Pedal(0.5, 0.5, 127), *events], statuses).found(24.0)
    assert follow([Pedal(0.5, 0.5, 127), Pedal(0.9, 0.9, 0), *events], statuses).found(24.0)


def test_a_level_beyond_a_gap_is_not_the_same_floor() -> None:
    """Each note's floor is followed by a gap, and then by quieter sound."""
    events, statuses = held_notes(closing(30.0, 0.7), 8)
    gaps = [Gap(3.0 * index + 2.68, 3.0 * index + 2.68, 0.0) for index in range(8)]
    assert not follow([*events, *gaps], statuses).found(24.0)


def test_sound_that_comes_late_is_no_gate() -> None:
    """Nothing has come since the last status: its level is that of no samples, and its time the one before."""
    events, statuses = held_notes(falling(6.0), 8)
    for index in range(59, len(statuses), 60):
        statuses[index] = status(statuses[index - 1].time, -120.0)
    assert not follow(events, statuses).found(24.0)


def test_a_microphone_that_is_unplugged_is_no_gate() -> None:
    """Its clock stands still at first, then goes on over gaps; the level is that of no samples."""
    events, statuses = held_notes(falling(6.0), 8)
    last = statuses[-1].time
    watch = follow(events, statuses)
    for second in range(4):
        for _ in range(20):
            watch.observe_status(status(last + second, -120.0))
        watch.observe_event(Gap(last + second, last + second, 1.0))
    assert not watch.found(last + 4)


def test_a_release_is_no_gate() -> None:
    """The level falls by fifty decibels when a held note ends."""
    level: Level = lambda after: -20 - after if after < 2.0 else -72.0  # noqa: E731
    assert not follow(*held_notes(level, 8)).found(24.0)
