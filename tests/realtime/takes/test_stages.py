"""What a take's readers read of its two stages, wherever the kept one breaks off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.events import End, Event, Gap, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.notes import paired
from realtime.takes.stages import Staged, is_complete, kept_events, sent_later

STREAM = Staged(StreamStarted("m", "live", 0.12, 8_000, "mic", "2026-11-21T10:00:00Z"))
LAG_S = 0.3  # by which the kept stage follows


def on(time: float, pitch: int = 60) -> NoteOn:
    return NoteOn(time, time + 0.05, pitch, 70, 0.9)


def off(time: float, pitch: int = 60) -> NoteOff:
    return NoteOff(time, time + 0.05, pitch)


def lines(live: Sequence[Event], kept: Sequence[Event]) -> list[Staged]:
    return [STREAM, *(Staged(event, "live") for event in live), *(Staged(event, "kept") for event in kept)]


def test_lines_without_a_stage_are_of_both() -> None:
    """As those of version 1 are; without any other they are all."""
    plain = [STREAM, Staged(on(1.0)), Staged(off(1.5)), Staged(End(2.0, 2.0, 1, 0, "stopped"))]
    assert kept_events(plain) == [event for event, _ in plain]
    assert is_complete(plain)
    assert not is_complete(plain[:3])
    mixed = [STREAM, Staged(on(1.0), "live"), Staged(on(1.01), "kept"), Staged(Gap(2.0, 2.0, 1.0))]
    assert kept_events(mixed) == [STREAM.event, on(1.01), Gap(2.0, 2.0, 1.0)]


def test_a_complete_stage_is_all_that_is_kept() -> None:
    """Whatever was sent; the End that was sent does not complete it."""
    end = End(2.0, 2.0, 1, 0, "stopped")
    assert kept_events(lines([on(1.0), on(1.9, 64), end], [end])) == [STREAM.event, end]
    assert not is_complete(lines([on(1.0), end], [on(1.0)]))
    assert kept_events(lines([on(1.0), end], [on(1.01)])) == [STREAM.event, on(1.01), end]


@pytest.mark.parametrize(
    ("live", "kept", "added"),
    [
        ([on(1.0), off(1.2)], [], [on(1.0), off(1.2)]),
        ([on(1.0), off(1.2)], [on(1.119)], [off(1.2)]),
        ([on(1.0), off(1.2)], [on(1.121)], []),  # another note
        ([on(1.0), off(1.05)], [on(1.1)], [off(1.1)]),
        ([on(1.0), off(1.2)], [on(1.0), off(1.1)], []),
        ([on(1.0), off(1.1), on(1.1), off(1.3)], [on(1.0), off(1.09), on(1.09)], [off(1.3)]),
        ([on(1.0), off(1.1), on(1.1), off(1.3)], [on(1.0)], [off(1.1), on(1.1), off(1.3)]),
        ([on(2.0), off(2.2)], [on(1.0)], [off(2.0), on(2.0), off(2.2)]),
        ([on(2.0), off(2.2)], [on(1.0), off(1.5), on(2.3, 64)], []),
        ([on(2.0), off(2.2)], [on(1.0), off(1.5), on(2.11, 64)], [on(2.0), off(2.2)]),
        ([on(2.0), off(2.2)], [on(1.0), off(2.05)], [on(2.05), off(2.2)]),
        ([Pedal(1.0, 1.0, 127), Pedal(1.2, 1.2, 0)], [Pedal(1.1, 1.1, 127)], [Pedal(1.2, 1.2, 0)]),
        ([Pedal(1.0, 1.0, 127)], [Pedal(0.9, 1.2, 127)], []),
        ([Gap(1.0, 1.0, 0.1), Gap(2.0, 2.0, 0.1)], [Gap(1.0, 1.0, 0.1)], [Gap(2.0, 2.0, 0.1)]),
    ],
)
def test_what_was_sent_goes_on_where_the_kept_stage_breaks_off(
    live: list[Event], kept: list[Event], added: list[Event]
) -> None:
    """Notes of one key within 120 ms are one; one that the kept stage has passed without hearing it is left out; what
    it holds ends as its note that was sent."""
    found = [(type(event), event.time) for event in sent_later(lines(live, kept))]  # type: ignore[union-attr]
    assert found == [(type(event), event.time) for event in added]  # type: ignore[union-attr]


@settings(max_examples=60)
@given(
    strokes=st.lists(st.tuples(st.integers(60, 62), st.integers(8, 40), st.integers(5, 40)), max_size=25),
    jitter=st.lists(st.integers(-2, 2), min_size=50, max_size=50),
    cut_cs=st.integers(0, 1_000),
)
def test_nothing_is_lost_and_nothing_doubled_wherever_it_breaks_off(
    strokes: list[tuple[int, int, int]], jitter: list[int], cut_cs: int
) -> None:
    """Both stages have every note, up to 20 ms apart: killed at any moment, each is there once, on and off alternate,
    and what was kept is untouched."""
    notes, now = [], dict.fromkeys((60, 61, 62), 20)
    for pitch, rest, length in strokes:  # hundredths of a second
        begin = now[pitch] + rest
        now[pitch] = begin + length
        notes.append((pitch, begin, begin + length))
    shifts = iter(jitter)
    live, kept = [], []
    for pitch, begin, end in notes:
        live += [(begin, on(begin / 100, pitch)), (end, off(end / 100, pitch))]
        kept += [(begin, on((begin + next(shifts)) / 100, pitch)), (end, off((end + next(shifts)) / 100, pitch))]
    killed = cut_cs / 100
    sent = [event for at, event in sorted(live, key=lambda entry: entry[0]) if at / 100 <= killed]
    left = [event for at, event in sorted(kept, key=lambda entry: entry[0]) if at / 100 + LAG_S <= killed]
    events = kept_events(lines(sent, left))[1:]
    assert events[: len(left)] == left
    ons = [event for event in events if isinstance(event, NoteOn)]
    assert len(ons) == sum(begin / 100 <= killed for _, begin, _ in notes)
    last: dict[int, tuple[type, float]] = defaultdict(lambda: (NoteOff, 0.0))
    for event in events:
        assert isinstance(event, NoteOn | NoteOff)
        kind, time = last[event.pitch]
        assert kind is not type(event)
        assert event.time >= time
        last[event.pitch] = type(event), event.time
    assert len(paired(events).ended) == sum(end / 100 <= killed for _, _, end in notes)
