"""Several delays, one stream of events: each note once, by the first delay that is sure of it."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.clock import Timeline
from realtime.contract import LOWEST_PITCH, Activations
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.transcription.decoder import Decoder, DecoderSettings
from realtime.transcription.delays import DelayDecoders
from tests.fakes import FAKE_SPEC
from tests.realtime.transcription.test_decoder import (
    Note,
    ideal_activations,
    notes_of,
    random_activations,
    random_notes,
    still,
)

DELAYS = tuple(FAKE_SPEC.shifts)
MODES = st.sampled_from(FAKE_SPEC.modes)
Rows = dict[str, Activations]


def part(rows: Rows, begin: int, end: int) -> Rows:
    """Some frames of every delay."""
    return {delay: Activations._make(head[begin:end] for head in frames) for delay, frames in rows.items()}


def ideal(notes: list[Note], frames: int, **heard: float) -> Rows:
    """A perfect model whose onsets reach `heard` at a delay, 1 where nothing else is given; 0: it hears nothing."""
    rows = {delay: ideal_activations(notes, delay, frames) for delay in DELAYS}
    for delay, reached in heard.items():
        rows[delay] = rows[delay]._replace(onset=reached * rows[delay].onset)
    return rows


def decode(rows: Rows, mode: str = "live") -> list[Event]:
    """Push it all, then flush."""
    decoders = DelayDecoders(FAKE_SPEC, mode)
    return [*decoders.push(rows), *decoders.flush()]


def told(events: list[Event]) -> list[tuple[str, int, int, str | None]]:
    """Kind, key, when it left in ms, and who told it."""
    return [
        (event.kind, event.pitch - LOWEST_PITCH, round(1000 * event.emitted), getattr(event, "delay", None))
        for event in events
        if isinstance(event, NoteOn | NoteOff)
    ]


@settings(max_examples=10, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    first=MODES,
    changes=st.lists(st.tuples(st.integers(0, 120), MODES), max_size=4),
    cuts=st.lists(st.integers(0, 120), max_size=6),
)
def test_any_activations_give_lawful_events(
    seed: int, first: str, changes: list[tuple[int, str]], cuts: list[int]
) -> None:
    """Whatever the modes, alternation and order in time per pitch, honest delays; and the blocks do not matter."""
    rows = {delay: random_activations(seed + i, 120) for i, delay in enumerate(DELAYS)}
    changes = sorted(changes)

    def run(decoders: DelayDecoders, edges: list[int]) -> list[Event]:
        events: list[Event] = []
        done = 0
        for at in sorted({*edges, *(at for at, _ in changes), 120}):
            events += decoders.push(part(rows, done, at))
            done = at
            for _, mode in [change for change in changes if change[0] == at]:
                events += decoders.set_mode(mode)
        return [*events, *decoders.flush()]

    decoders = DelayDecoders(FAKE_SPEC, first, others=DELAYS)
    events = run(decoders, [])
    notes_of(events)
    assert [event.emitted for event in events] == sorted(event.emitted for event in events)
    last: dict[int, float] = defaultdict(float)
    pedal = 0
    for event in events:
        assert isinstance(event, NoteOn | NoteOff | Pedal)
        assert 0 <= event.time <= event.emitted <= 1.2
        if isinstance(event, Pedal):
            assert {event.value, pedal} == {0, 127}
            pedal = event.value
        else:
            assert event.time >= last[event.pitch]
            last[event.pitch] = event.time
    assert pedal == 0
    assert run(DelayDecoders(FAKE_SPEC, first, others=DELAYS), cuts) == events
    if not changes:
        decoders.reset()
        assert run(decoders, cuts) == events  # reset equals new


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), delay=st.sampled_from(DELAYS), others=st.sets(st.sampled_from(DELAYS)))
def test_at_a_constant_delay_one_decoder_tells_all(seed: int, delay: str, others: set[str]) -> None:
    """The very events of that decoder, whatever else is decoded."""
    rows = {name: random_activations(seed + i, 120) for i, name in enumerate(DELAYS)}
    alone = Decoder(FAKE_SPEC, delay)
    decoders = DelayDecoders(FAKE_SPEC, delay, others=others)
    assert decoders.push(rows) == alone.push(rows[delay])
    assert decoders.flush() == alone.flush()


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), changes=st.lists(st.tuples(st.integers(0, 500), MODES), max_size=6))
def test_changing_the_mode_loses_and_doubles_nothing(seed: int, changes: list[tuple[int, str]]) -> None:
    """However often it is changed, the notes are those of a single delay."""
    notes = random_notes(seed, duration_s=5.0)
    rows = ideal(notes, 600)
    decoders, events, done = DelayDecoders(FAKE_SPEC, "balanced", others=DELAYS), [], 0
    for at, mode in [*sorted(changes), (600, "fast")]:
        events += [*decoders.push(part(rows, done, at)), *decoders.set_mode(mode)]
        done = at
    assert notes_of([*events, *decoders.flush()]) == notes_of(decode(rows, "fast"))


@pytest.mark.parametrize(
    ("heard", "leaves", "by"),
    [
        ({}, 210, "fast"),
        ({"fast": 0.4}, 240, "balanced"),
        ({"fast": 0.4, "balanced": 0.38}, 300, "accurate"),
        ({"fast": 0.0, "accurate": 0.0}, 240, "balanced"),
    ],
)
def test_a_note_is_told_by_the_first_delay_that_is_sure_of_it(heard: dict[str, float], leaves: int, by: str) -> None:
    """And by no other. Its end comes from the surest delay that has it."""
    rows = ideal([(40, 0.2, 0.5)], 100, **heard)
    alone = {delay: Decoder(FAKE_SPEC, delay) for delay in DELAYS}
    ends = {delay: [e.emitted for e in alone[delay].push(rows[delay]) if isinstance(e, NoteOff)] for delay in DELAYS}
    surest = "balanced" if heard.get("accurate") == 0 else "accurate"
    on, off = told(decode(rows))
    assert on == ("note_on", 40, leaves, by)
    assert off == ("note_off", 40, round(1000 * ends[surest][0]), None)


def test_what_no_delay_is_sure_of_is_not_told() -> None:
    """`studio` does not tell in this mode, and the others ask for more than they got."""
    assert told(decode(ideal([(40, 0.2, 0.5)], 100, fast=0.4, balanced=0.4, accurate=0.3))) == []


def test_a_key_struck_again_soon_is_told_as_often_as_it_was_struck() -> None:
    """Each stroke once, though its neighbours lie nearer than what counts as the same note; and one that a fast delay
    missed among them is added."""
    strokes = [(40, 0.2 + 0.08 * i, 0.2 + 0.08 * i + 0.06) for i in range(5)]
    rows = ideal(strokes, 100)
    times = [round(onset_s, 2) for _, onset_s, _ in notes_of(decode(rows))]
    assert times == [pytest.approx(onset_s, abs=0.011) for _, onset_s, _ in strokes]
    last = [(40, 0.2, 0.25), (40, 0.4, 0.45)]
    rows = ideal(last, 100)
    rows["fast"].onset[35:] = 0
    events = [event for event in decode(rows) if isinstance(event, NoteOn)]
    assert [(event.delay, event.time) for event in events] == [
        ("fast", pytest.approx(0.2, abs=0.006)),
        ("balanced", pytest.approx(0.4, abs=0.006)),
    ]


def test_no_note_is_added_before_one_that_was_told() -> None:
    """`accurate` alone has a first stroke that `fast` missed, but `fast` has told the second by then."""
    rows = ideal([(40, 0.2, 0.24), (40, 0.28, 0.5)], 100)
    for delay in ("fast", "balanced"):
        begin = 20 + FAKE_SPEC.shifts[delay]
        rows[delay].onset[begin : begin + 5] = 0
    assert len(notes_of(decode(rows))) == 1


def test_a_delay_that_leaves_finishes_what_it_is_behind_by() -> None:
    """Of two notes that only `accurate` hears, the first was played before the mode was changed."""
    rows = ideal([(40, 0.2, 0.4), (41, 0.5, 0.7)], 100, fast=0.0, balanced=0.0)
    decoders = DelayDecoders(FAKE_SPEC, "live", others=DELAYS)
    events = [*decoders.push(part(rows, 0, 25)), *decoders.set_mode("fast"), *decoders.push(part(rows, 25, 100))]
    assert [event[:3] for event in told([*events, *decoders.flush()])] == [("note_on", 40, 300), ("note_off", 40, 500)]


def test_silence_is_silence_of_all_delays() -> None:
    """A doubtful note that only `balanced` hears is told while another sounds, and is not the first after a silence."""
    doubtful = ideal([(50, 0.4, 0.6)], 100, fast=0.0, balanced=0.5, accurate=0.0)
    assert told(decode(doubtful)) == []
    other = ideal([(40, 0.2, 0.5)], 100, balanced=0.0)
    both = {
        delay: Activations._make(np.maximum(one, two) for one, two in zip(doubtful[delay], other[delay], strict=True))
        for delay in DELAYS
    }
    assert [(event.pitch - LOWEST_PITCH, event.delay) for event in decode(both) if isinstance(event, NoteOn)] == [
        (40, "fast"),
        (50, "balanced"),
    ]


def test_the_pedal_is_that_of_the_surest_delay() -> None:
    """Also across a change of mode, which tells at once where the next delay has it."""
    rows = {delay: still(100) for delay in DELAYS}
    for delay in DELAYS:
        rows[delay].onset[5:7, 0] = 1
        rows[delay].pedal[30 + FAKE_SPEC.shifts[delay] : 70] = 1
    pedals = [event.emitted for event in decode(rows) if isinstance(event, Pedal)]
    alone = Decoder(FAKE_SPEC, "accurate")
    assert pedals == [e.emitted for e in [*alone.push(rows["accurate"]), *alone.flush()] if isinstance(e, Pedal)]
    decoders = DelayDecoders(FAKE_SPEC, "live", others=DELAYS)
    decoders.push(part(rows, 0, 36))
    assert [(event.value, event.emitted) for event in decoders.set_mode("fast") if isinstance(event, Pedal)] == [
        (127, 0.36)
    ]
    assert decoders.set_mode("live") == [Pedal(0.36, 0.36, 0)]


def test_what_is_set_counts_at_every_delay() -> None:
    """Settings and timeline; a mode that the model lacks, or whose delays are not decoded, is refused."""
    rows = ideal([(40, 0.2, 0.5)], 100)
    decoders = DelayDecoders(FAKE_SPEC, "live", timeline=Timeline(start_s=1.0))
    decoders.set_settings(DecoderSettings(velocity_curve=0.5))
    decoders.timeline = Timeline(start_s=2.0)
    on, off = [*decoders.push(rows), *decoders.flush()]
    assert isinstance(on, NoteOn) and isinstance(off, NoteOff)
    assert (on.velocity, on.time, off.time) == (90, pytest.approx(2.2, abs=0.006), pytest.approx(2.5, abs=0.011))
    assert decoders.delay_samples == Decoder(FAKE_SPEC, "accurate").delay_samples
    with pytest.raises(KeyError):
        decoders.set_mode("studio")
    with pytest.raises(KeyError):
        DelayDecoders(FAKE_SPEC, "instant")
