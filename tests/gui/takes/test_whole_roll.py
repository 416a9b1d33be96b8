"""A performance that is known to its end: what is visible of it, whichever moment is asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gui.stage.roll import Block
from gui.takes.whole_roll import WholeRoll
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.notes import NoteTable

AHEAD_S = 5.0


def note(pitch: int, onset: float, release: float) -> list[Event]:
    return [NoteOn(onset, onset, pitch, 64, 0.9), NoteOff(release, release, pitch)]


def in_order(*events: Event) -> list[Event]:
    return sorted(events, key=lambda event: event.time)  # type: ignore[union-attr]


def test_a_block_is_in_sight_from_its_coming_until_its_sound_ends():
    """Five seconds ahead it appears; held from onset to release, both on the boundary; gone when it is damped."""
    whole = WholeRoll(NoteTable.from_events(note(60, 10.0, 11.0)))
    seen = {now: whole.at(now, AHEAD_S) for now in (5.0, 5.001, 9.999, 10.0, 10.999, 11.0)}
    assert [len(snapshot.blocks) for snapshot in seen.values()] == [0, 1, 1, 1, 1, 0]
    assert [list(snapshot.held) for snapshot in seen.values()] == [[], [], [], [60], [60], []]


def test_the_pedal_keeps_a_block_in_sight_but_its_key_up():
    """Its tail has still to fall to the keys."""
    events = [Pedal(9.5, 9.5, 127), *note(60, 10.0, 11.0), Pedal(14.0, 14.0, 0)]
    snapshot = WholeRoll(NoteTable.from_events(events)).at(12.0, AHEAD_S)
    assert ([block.pitch for block in snapshot.blocks], snapshot.held, snapshot.pedal_down) == ([60], {}, True)
    assert [(span.down, span.up) for span in snapshot.pedal] == [(9.5, 14.0)]


def test_a_pedal_that_is_still_to_come_is_not_down():
    """It is only visible."""
    events = [Pedal(4.0, 4.0, 127), *note(60, 4.5, 5.0), Pedal(6.0, 6.0, 0)]
    snapshot = WholeRoll(NoteTable.from_events(events)).at(3.0, AHEAD_S)
    assert (len(snapshot.pedal), snapshot.pedal_down) == (1, False)


def test_nothing_is_left_open():
    """A key and a pedal that were never released end with the last event."""
    whole = WholeRoll(NoteTable.from_events([Pedal(0.5, 0.5, 127), NoteOn(1.0, 1.0, 60, 64, 0.9), *note(64, 2.0, 3.0)]))
    assert [(block.release, block.damped) for block in whole.blocks] == [(3.0, 3.0), (3.0, 3.0)]
    assert (whole.pedal[0].up, whole.length_s) == (3.0, 3.0)


def test_a_key_that_is_struck_as_it_ends_is_marked():
    """Closer than 20 ms, so that two blocks do not look like one; the last of a key never is."""
    events = [*note(60, 1.0, 2.0), *note(60, 2.019, 3.0), *note(60, 3.021, 4.0), *note(61, 2.0, 3.0)]
    whole = WholeRoll(NoteTable.from_events(in_order(*events)))
    assert [(block.pitch, block.onset, block.struck_again) for block in whole.blocks] == [
        (60, 1.0, True),
        (61, 2.0, False),
        (60, 2.019, False),
        (60, 3.021, False),
    ]


def test_without_notes_there_is_nothing():
    """Neither length nor blocks."""
    whole = WholeRoll(NoteTable())
    assert (whole.length_s, list(whole.at(0.0, AHEAD_S).blocks)) == (0.0, [])


@given(
    notes=st.lists(st.tuples(st.integers(21, 108), st.floats(0, 60), st.floats(0.01, 20)), max_size=30),
    pedal=st.lists(st.floats(0, 60), max_size=6),
    now=st.floats(-1, 90),
)
def test_what_is_in_sight_is_what_a_slow_look_finds(
    notes: list[tuple[int, float, float]], pedal: list[float], now: float
):
    """The quick way through sorted times gives just the blocks whose sound meets the next five seconds."""
    events: list[Event] = [event for pitch, onset, length in notes for event in note(pitch, onset, onset + length)]
    events += [Pedal(time, time, 127 * (index % 2 == 0)) for index, time in enumerate(sorted(pedal))]
    whole = WholeRoll(NoteTable.from_events(in_order(*events)))

    def meets(block: Block) -> bool:
        return block.onset < now + AHEAD_S and block.damped is not None and block.damped > now

    snapshot = whole.at(now, AHEAD_S)
    assert [block for block in whole.blocks if meets(block)] == list(snapshot.blocks)
    assert all(block.onset <= now < (block.release or 0) for block in snapshot.held.values())
