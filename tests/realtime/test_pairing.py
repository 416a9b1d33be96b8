"""Which notes of two transcriptions are one note: near enough, the nearest, and each only once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from realtime.events import NoteOn
from realtime.pairing import Unpaired, nearest, same


def on(time: float, pitch: int = 60) -> NoteOn:
    return NoteOn(time, time, pitch, 80, 0.9)


def test_notes_are_one_within_120_ms():
    """Before and after; not a thousandth of a second more."""
    assert same(1.0, 1.119)
    assert same(1.119, 1.0)
    assert not same(1.0, 1.121)
    assert nearest([on(1.0)], 1.119) == on(1.0)
    assert nearest([on(1.0)], 0.879) is None
    assert nearest([], 1.0) is None


def test_the_nearest_of_its_key_is_the_partner_once():
    """What is taken is gone, and the next one has the other."""
    unpaired: Unpaired[NoteOn] = Unpaired()
    for note in (on(1.0), on(1.1), on(1.0, 61)):
        unpaired.add(note.pitch, note)
    assert unpaired.partner(60, 1.08) == on(1.1)
    assert unpaired.partner(60, 1.08) == on(1.0)
    assert unpaired.partner(60, 1.08) is None
    assert unpaired.partner(61, 1.0) == on(1.0, 61)
    assert unpaired.partner(62, 1.0) is None


def test_a_note_is_alone_once_no_partner_can_come():
    """From 120 ms after it on, and it is given once."""
    unpaired: Unpaired[NoteOn] = Unpaired()
    for note in (on(1.0), on(1.05), on(1.0, 61)):
        unpaired.add(note.pitch, note)
    assert unpaired.alone(1.115) == []
    assert unpaired.alone(1.125) == [on(1.0), on(1.0, 61)]
    assert unpaired.alone(1.125) == []
    assert unpaired.partner(61, 1.0) is None
    assert unpaired.partner(60, 1.1) == on(1.05)


@given(st.lists(st.tuples(st.booleans(), st.integers(60, 61), st.floats(0, 1)), max_size=30))
def test_every_note_has_one_partner_or_is_alone(steps: list[tuple[bool, int, float]]):
    """None is lost, none is given twice."""
    unpaired: Unpaired[NoteOn] = Unpaired()
    added, given_back = [], []
    for adds, pitch, time in steps:
        if adds:
            added.append(on(time, pitch))
            unpaired.add(pitch, added[-1])
        elif (partner := unpaired.partner(pitch, time)) is not None:
            assert partner.pitch == pitch
            assert same(partner.time, time)
            given_back.append(partner)
    given_back += unpaired.alone(9.0)
    assert sorted(given_back, key=str) == sorted(added, key=str)
