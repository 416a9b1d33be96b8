"""Notes that come back from the speakers are left out; the player's own are not, but where they look the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from realtime.engine.messages import MicrophoneSource, Start
from realtime.engine.settings import StreamSettings
from realtime.engine.watches.echo import EchoWatch
from realtime.engine.watches.own_notes import OwnNotes
from realtime.engine.watches.watches import Watches
from realtime.events import Event, NoteOff, NoteOn
from tests.realtime.engine.watches.test_watches import melody, nobody, note, status, with_echo

LOOP_S = 0.12


def knowing(loop_s: float | None, *sent: NoteOn) -> OwnNotes:
    """With notes that were sent, and a loop time that was found."""
    echo = EchoWatch()
    for one in sent:
        echo.observe_note(one)
    echo.loop_s = loop_s
    return OwnNotes(echo, True)


def back(sent: NoteOn, after_s: float, velocity: int) -> NoteOn:
    """A note that comes back so long after it was sent."""
    return replace(note(sent.emitted + after_s, sent.pitch), velocity=velocity)


def test_what_comes_back_softer_is_left_out():
    """By 6 dB (velocity 64 -> 45), 30 ms around the loop's time, at its pitch; nothing while no echo was found."""
    sent = note(1.0, 60)
    for returned, own in (
        *((back(sent, LOOP_S, 45), True), (back(sent, LOOP_S, 46), False), (back(sent, LOOP_S + 0.0299, 30), True)),
        *((back(sent, LOOP_S + 0.031, 30), False), (replace(back(sent, LOOP_S, 30), pitch=61), False)),
    ):
        assert knowing(LOOP_S, sent).without([returned]) == ([] if own else [returned])
    assert knowing(None, sent).without([back(sent, LOOP_S, 30)]) == [back(sent, LOOP_S, 30)]


def test_a_key_that_is_still_down_goes_on():
    """It is neither released nor begun by its echo; one that was up stays up."""
    sent = note(1.0, 60)
    echo = back(sent, LOOP_S, 30)
    held, up = knowing(LOOP_S, sent), knowing(LOOP_S, sent)
    assert held.without([NoteOff(echo.time, echo.emitted, 60), echo]) == []
    release = NoteOff(2.0, 2.1, 60)
    assert held.without([release]) == [release]
    assert up.without([NoteOff(1.1, 1.2, 60)]) == [NoteOff(1.1, 1.2, 60)]
    assert up.without([echo]) == []
    assert up.without([release]) == []
    assert up.without([release]) == [release]


def test_it_can_be_switched_off_while_an_echo_sounds():
    """The release of what was left out is left out too; the next echo is not."""
    sent = note(1.0, 60)
    own = knowing(LOOP_S, sent)
    own.without([back(sent, LOOP_S, 30)])
    own.wanted = False
    assert own.without([NoteOff(1.5, 1.6, 60), back(sent, LOOP_S, 30)]) == [back(sent, LOOP_S, 30)]


def test_what_is_left_out_is_not_kept_either():
    """The kept stage follows by a third of a second: meanwhile the key may have been sent again. Its own judgement
    counts for what only it has heard."""
    sent = note(1.0, 60)
    own = knowing(LOOP_S, sent)
    echo = back(sent, LOOP_S, 30)
    assert own.without([echo]) == []
    own._echo.observe_note(note(1.3, 60))
    loud = replace(echo, time=echo.time + 0.119, velocity=90)
    release = NoteOff(1.6, 1.9, 60)
    assert own.without_kept([loud]) == []
    assert own.without_kept([release, release]) == [release]
    another = replace(echo, time=echo.time + 0.121, velocity=90)
    assert own.without_kept([another]) == [another]
    unheard = knowing(LOOP_S, sent, note(1.3, 60))
    assert unheard.without_kept([echo]) == []
    assert unheard.without([NoteOff(1.5, 1.6, 60)]) == [NoteOff(1.5, 1.6, 60)]
    assert unheard.without_kept([replace(echo, pitch=61)]) == [replace(echo, pitch=61)]
    unheard.wanted = False
    assert unheard.without_kept([echo]) == [echo]


def test_an_echo_is_learned_and_then_gone():
    """Within some seconds; after that it is no fault any more, and the player's notes are all there."""
    played = melody(40.0)
    watches = Watches(
        Start(MicrophoneSource(), settings=StreamSettings(ignore_own=True)), "mic", 48_000, nobody, lambda: None
    )
    returned = [one if one in played else replace(one, velocity=40) for one in with_echo(played, LOOP_S)]
    kept: list[Event] = []
    for one in returned:
        kept += (left := watches.own.without([one]))
        for event in left:
            watches.observe_event(event)
    late = [one for one in kept if isinstance(one, NoteOn) and one.time > 12.0]
    assert late == [one for one in played if one.time > 12.0]
    assert sum(one.time > 12.0 for one in returned) > 1.5 * len(late)
    assert "echo" not in {notice.code for notice in watches.new_notices(status(40.0))}


@given(
    strikes=st.lists(
        st.tuples(st.floats(0.02, 0.4), st.integers(60, 62), st.integers(1, 127), st.booleans(), st.booleans()),
        max_size=40,
    )
)
def test_on_and_off_alternate_whatever_is_left_out(strikes: list[tuple[float, int, int, bool, bool]]):
    """Per pitch, and every note-on has its note-off."""
    own, now, down = knowing(LOOP_S), 0.0, set[int]()
    kept_all: list[Event] = []
    for step_s, pitch, velocity, released, together in strikes:
        now += step_s
        batch: list[Event] = []
        if released and pitch in down:
            kept_all += own.without([NoteOff(now - 0.01, now + 0.04, pitch)])
            down.remove(pitch)
        if pitch in down:
            batch.append(NoteOff(now, now + 0.05, pitch))
            if not together:
                kept_all += own.without(batch)
                batch = []
        down.add(pitch)
        kept = own.without([*batch, NoteOn(now, now + 0.05, pitch, velocity, 1.0)])
        for event in kept:
            if isinstance(event, NoteOn):
                own._echo.observe_note(event)
                own._echo.loop_s = LOOP_S
        kept_all += kept
    kept_all += own.without(NoteOff(now + 1, now + 1, pitch) for pitch in sorted(down))
    for pitch in (60, 61, 62):
        kinds = [type(event) for event in kept_all if isinstance(event, NoteOn | NoteOff) and event.pitch == pitch]
        assert all(one is not other for one, other in pairwise(kinds))
        assert not kinds or (kinds[0], kinds[-1]) == (NoteOn, NoteOff)
