"""Sinks do not wait for each other, miss only whole notes, and fail alone."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Callable, Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.contract import FloatArray
from realtime.events import End, Event, Gap, Kept, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.lateness import Captured, DesignDelay
from realtime.sinks import fanout as fanout_module
from realtime.sinks.fanout import Failure, Fanout
from realtime.sinks.queued import QUEUE_LIMIT
from realtime.sinks.sink import Sink
from tests.waiting import WAIT_S, wait_until

STREAM = StreamStarted("m", "fast", 0.03, 48_000, "mic", "2026-11-21T10:00:00Z")
END = End(9.0, 9.0, 0, 0, "end of file")


class Recorder:
    """A sink that keeps what it gets; `before` runs ahead of every event."""

    def __init__(self, before: Callable[[Event], object] = lambda event: None) -> None:
        self.events: list[Event] = []
        self.closed = 0
        self._before = before

    def open(self, stream: StreamStarted) -> None:
        self.events.append(stream)

    def send(self, event: Event) -> None:
        self._before(event)
        self.events.append(event)

    def close(self) -> None:
        self.closed += 1


class Listener(Recorder):
    """A sink that wants sound too."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[int, int]] = []

    def audio(self, position: int, block: FloatArray) -> None:
        self.blocks.append((position, len(block)))


def unexpected(name: str, error: Exception) -> None:
    raise AssertionError(f"{name}: {error}")


def opened(sinks: Mapping[str, Sink], failed: Failure = unexpected, limit: int = QUEUE_LIMIT) -> Fanout:
    """A fan-out on which STREAM has begun."""
    fanout = Fanout(failed, limit)
    fanout.open(STREAM, sinks)
    return fanout


def on(pitch: int) -> NoteOn:
    return NoteOn(1.0, 1.0, pitch, 64, 0.9)


def off(pitch: int) -> NoteOff:
    return NoteOff(1.0, 1.0, pitch)


def test_every_sink_gets_every_event_and_sound_if_it_wants() -> None:
    """Stream, events, End, then close, once; only the sink with `audio` gets the sound."""
    plain, listener = Recorder(), Listener()
    fanout = opened({"plain": plain, "listener": listener})
    fanout.audio(480, np.zeros(10, np.float32))
    fanout.send(on(60))
    fanout.send(END)
    fanout.close()
    assert [STREAM, on(60), END] == plain.events == listener.events
    assert listener.blocks == [(480, 10)]
    assert (plain.closed, listener.closed) == (1, 1)


def test_a_sink_that_hangs_delays_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other sink gets all; the one that hangs misses some, which is counted, and is not waited for at the end."""
    monkeypatch.setattr(fanout_module, "SINK_S", 0.1)
    release = threading.Event()
    stuck, quick = Recorder(lambda event: release.wait()), Recorder()
    fanout = opened({"stuck": stuck, "quick": quick}, limit=10)
    wait_until(lambda: stuck.events == [STREAM])
    begin = time.monotonic()
    for pitch in range(21, 81):
        fanout.send(on(pitch))
        wait_until(lambda: len(quick.events) == pitch - 19)  # noqa: B023
    fanout.send(END)
    dropped = fanout.dropped
    fanout.close()
    assert time.monotonic() - begin < 5.0
    assert len(quick.events) == 62
    assert dropped["quick"] == 0
    assert dropped["stuck"] in (49, 50)  # ten wait, and one may be in the sink's hands
    release.set()


def test_a_sink_that_raises_is_left_out_and_reported_once() -> None:
    """The others go on; the failed one is closed."""

    def fail(event: Event) -> None:
        raise OSError("no space")

    reported: list[tuple[str, str]] = []
    bad, good = Recorder(fail), Recorder()
    fanout = opened({"bad": bad, "good": good}, lambda name, error: reported.append((name, str(error))))
    for pitch in range(21, 31):
        fanout.send(on(pitch))
        wait_until(lambda: len(good.events) == pitch - 19)  # noqa: B023
    fanout.close()
    assert reported == [("bad", "no space")]
    assert len(good.events) == 11
    assert bad.events == [STREAM]
    assert bad.closed == 1


def test_a_sink_that_fails_while_closing_is_reported_too() -> None:
    """A file that cannot be finished is as bad as one that cannot be written."""

    class Unfinished(Recorder):
        def close(self) -> None:
            raise OSError("no space")

    reported: list[str] = []
    fanout = opened({"file": Unfinished()}, lambda name, error: reported.append(name))
    fanout.close()
    assert reported == ["file"]


def test_a_sink_that_does_not_close_in_time_is_reported_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """When its time is over, by `check` while the stream goes on, else by `close`; what follows is no news."""
    monkeypatch.setattr(fanout_module, "SINK_S", 0.05)
    release, reported = threading.Event(), []

    class Hanging(Recorder):
        def close(self) -> None:
            release.wait()
            raise OSError("gone")

    fanout = Fanout(
        lambda name, error: reported.append((name, str(error))),
        late=lambda name, sink: reported.append((name, "late")),
        closed=lambda name, sink: reported.append((name, "closed")),
    )
    fanout.open(STREAM, {"removed": Hanging(), "last": Hanging(), "quick": Recorder()})
    fanout.remove("quick")
    wait_until(lambda: reported == [("quick", "closed")])
    fanout.remove("removed")
    fanout.check()
    time.sleep(0.06)
    fanout.check()
    fanout.check()
    assert reported == [("quick", "closed"), ("removed", "late")]
    fanout.close()
    release.set()
    fanout.close()
    assert reported == [("quick", "closed"), ("removed", "late"), ("last", "late")]


def test_sinks_come_and_go_while_the_stream_runs() -> None:
    """A sink that joins late gets the stream first; one that leaves finishes what it was given."""
    late = Recorder()
    fanout = opened({})
    fanout.send(on(60))
    fanout.add("late", late, STREAM)
    fanout.send(on(61))
    fanout.remove("late")
    fanout.send(on(62))
    fanout.close()
    assert [STREAM, on(61)] == late.events
    assert late.closed == 1


@pytest.mark.parametrize("another_stream", [False, True])
def test_a_sink_that_hangs_is_never_served_twice(monkeypatch: pytest.MonkeyPatch, another_stream: bool) -> None:
    """A port that is paused and resumed while it hangs gets all in order, from one thread at a time."""
    monkeypatch.setattr(fanout_module, "SINK_S", 0.05)
    release, inside, most = threading.Event(), [0], [0]

    def hang(_event: Event) -> None:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        release.wait()
        inside[0] -= 1

    port = Recorder(hang)
    fanout = opened({"midi": port})
    fanout.send(on(60))
    wait_until(lambda: inside[0] == 1)
    if another_stream:
        for _ in range(2):
            fanout.close()
            fanout.open(STREAM, {"midi": port})
    else:
        for _ in range(3):
            fanout.remove("midi", END)
            fanout.add("midi", port, STREAM)
    fanout.send(on(62))
    time.sleep(0.05)
    release.set()
    fanout.close()
    wait_until(lambda: on(62) in port.events)
    assert most == [1]
    assert port.events[:2] == [STREAM, on(60)]
    assert port.events[-2:] == [STREAM, on(62)]


def test_sinks_that_hang_are_waited_for_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing does not wait for each in turn."""
    monkeypatch.setattr(fanout_module, "SINK_S", 0.2)
    release = threading.Event()
    fanout = opened({str(number): Recorder(lambda event: release.wait()) for number in range(5)})
    fanout.send(on(60))
    begin = time.monotonic()
    fanout.close()
    assert time.monotonic() - begin < 0.8
    release.set()


def test_a_take_has_longer_to_close(monkeypatch: pytest.MonkeyPatch) -> None:
    """The MIDI file of hours is written then; a port that hangs is not waited for so long."""
    monkeypatch.setattr(fanout_module, "SINK_S", 0.02)
    release, closed = threading.Event(), []

    class Take(Listener):
        def close(self) -> None:
            time.sleep(0.2)
            closed.append(self)

    fanout = opened({"take": Take(), "midi": Recorder(lambda event: release.wait())})
    fanout.send(on(60))
    begin = time.monotonic()
    fanout.close()
    assert len(closed) == 1
    assert time.monotonic() - begin < 1.0
    release.set()


def test_sinks_that_have_left_are_let_go() -> None:
    """Otherwise an evening of takes would fill the memory with their notes."""
    fanout, sinks = opened({}), []
    closed = threading.Semaphore(0)

    class Take(Recorder):
        def close(self) -> None:
            closed.release()

    for _ in range(5):
        take = Take()
        sinks.append(weakref.ref(take))
        fanout.add("take", take, STREAM)
        fanout.remove("take")
        assert closed.acquire(timeout=WAIT_S)
    del take
    wait_until(lambda: gc.collect() >= 0 and sum(ref() is not None for ref in sinks) <= 2)
    fanout.close()


pitches = st.integers(21, 24)
played = st.lists(
    st.one_of(
        pitches.map(on), pitches.map(off), st.just(Pedal(0.0, 0.0, 127)), st.just(Pedal(0.0, 0.0, 0)), st.just(None)
    ),
    max_size=80,
)


@settings(max_examples=40, deadline=None)
@given(steps=played, limit=st.integers(1, 5))
def test_no_note_hangs_however_much_is_missed(steps: list[Event | None], limit: int) -> None:
    """Notes alternate as a decoder sends them; a sink that pauses (None lets it go on) still sees each note-on closed
    when the stream closed it."""
    gate = threading.Semaphore(0)
    sink = Recorder(lambda event: gate.acquire())
    fanout = opened({"sink": sink}, limit=limit)
    held: set[int] = set()
    for step in steps:
        if step is None:
            gate.release()
            time.sleep(0.0005)
        elif isinstance(step, Pedal):
            fanout.send(step)
        elif isinstance(step, NoteOn) and step.pitch not in held:
            held.add(step.pitch)
            fanout.send(step)
        elif isinstance(step, NoteOff) and step.pitch in held:
            held.remove(step.pitch)
            fanout.send(step)
    for pitch in sorted(held):
        fanout.send(off(pitch))
    fanout.send(Pedal(0.0, 0.0, 0))
    gate.release(200)
    fanout.close()
    sounding: set[int] = set()
    for event in sink.events:
        if isinstance(event, NoteOn):
            assert event.pitch not in sounding
            sounding.add(event.pitch)
        elif isinstance(event, NoteOff):
            sounding.remove(event.pitch)
    assert not sounding
    assert [0, *(event.value for event in sink.events if isinstance(event, Pedal))][-1] == 0


def test_a_full_queue_takes_only_the_pedal_that_comes_up() -> None:
    """A press that was queued gets its end; further movement of the pedal needs room like a note."""
    begun, gate = threading.Event(), threading.Event()

    def wait(_event: Event) -> None:
        begun.set()
        gate.wait(WAIT_S)

    sink = Recorder(wait)
    fanout = opened({"sink": sink}, limit=2)  # the stream's start may still be in the queue
    down, further, up = (Pedal(0.0, 0.0, value) for value in (90, 100, 0))
    fanout.send(down)
    assert begun.wait(WAIT_S)
    for event in (down, down, further, up):
        fanout.send(event)
    assert fanout.dropped == {"sink": 1}
    gate.set()
    fanout.close()
    assert sink.events[1:] == [down, down, down, up]


class Keeper(Listener):
    """A sink that wants the kept stage too, in one list with what was sent."""

    def keep(self, kept: Kept) -> None:
        self._before(kept.event)
        self.events.append(kept)  # type: ignore[arg-type]


def test_what_is_kept_goes_to_those_who_keep() -> None:
    """In its place among what is sent; no other sink sees it."""
    keeper, other = Keeper(), Recorder()
    fanout = opened({"take": keeper, "midi": other})
    fanout.send(on(60))
    fanout.keep(Kept(on(60)))
    fanout.send(off(60))
    fanout.keep(Kept(END))
    fanout.close()
    assert keeper.events == [STREAM, on(60), Kept(on(60)), off(60), Kept(END)]
    assert other.events == [STREAM, on(60), off(60)]


def test_a_sink_that_retires_waits_for_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets its End, and of what follows only the kept events, until all before its End have come; then their End.
    One that waits in vain closes without it, and so does one whose stream is over."""
    keeper, waiting, over = Keeper(), Keeper(), Keeper()
    fanout = opened({"take": keeper, "waiting": waiting, "over": over})
    late = End(10.0, 10.0, 0, 0, "take ended")
    fanout.retire("take", END)
    fanout.retire("waiting", late)
    fanout.retire("nobody", END)
    fanout.send(on(60))
    fanout.audio(0, np.zeros(10, np.float32))
    fanout.keep(Kept(on(61)))
    fanout.kept_until(8.99)
    fanout.check()
    time.sleep(0.05)
    assert not keeper.closed
    fanout.kept_until(9.0)
    wait_until(lambda: keeper.closed == 1)
    fanout.keep(Kept(on(62)))
    assert not waiting.closed
    now = time.monotonic()
    monkeypatch.setattr(fanout_module.time, "monotonic", lambda: now + 2.1)
    fanout.check()
    monkeypatch.undo()
    wait_until(lambda: waiting.closed == 1)
    fanout.retire("over", late)
    fanout.close()
    assert keeper.events == [STREAM, END, Kept(on(61)), Kept(END)]
    assert waiting.events == [STREAM, late, Kept(on(61)), Kept(on(62))]
    assert over.events == [STREAM, on(60), Kept(on(61)), Kept(on(62)), late]
    assert (keeper.blocks, waiting.blocks, over.blocks) == ([], [], [(0, 10)])


def test_each_stage_misses_whole_notes_of_its_own() -> None:
    """A note of one stage that had no room takes none of the other stage's note-offs with it; so with the pedal."""
    begun, gate = threading.Event(), threading.Event()

    def wait(_event: Event) -> None:
        begun.set()
        gate.wait(WAIT_S)

    keeper = Keeper()
    keeper._before = wait
    fanout = opened({"take": keeper}, limit=2)
    down, up = Pedal(0.0, 0.0, 127), Pedal(0.0, 0.0, 0)
    fanout.send(on(60))
    assert begun.wait(WAIT_S)
    fanout.keep(Kept(on(61)))
    fanout.keep(Kept(down))
    fanout.send(on(61))  # missed, as the next three are
    fanout.keep(Kept(on(60)))
    fanout.send(down)
    fanout.keep(Kept(Gap(0.0, 0.0, 1.0)))
    for pitch in (60, 61):
        fanout.send(off(pitch))
        fanout.keep(Kept(off(pitch)))
    fanout.send(up)
    fanout.keep(Kept(up))
    assert fanout.dropped == {"take": 7}
    gate.set()
    fanout.close()
    assert keeper.events == [STREAM, on(60), Kept(on(61)), Kept(down), off(60), Kept(off(61)), Kept(up)]


class Timed(Recorder):
    """A sink that measures."""

    def send_captured(self, captured: Captured) -> None:
        self.events.append((captured.event, captured.at))  # type: ignore[arg-type]


def test_when_a_note_was_captured_goes_to_those_who_measure() -> None:
    """With the event, in its place; the others get the event alone, and what has no room is dropped alike."""
    plain, timed = Recorder(), Timed()
    fanout = opened({"plain": plain, "timed": timed})
    on, off = NoteOn(1.0, 1.1, 60, 70, 0.9), NoteOff(2.0, 2.1, 60)
    fanout.send(on, Captured(on, 51.0, DesignDelay(0.1, 0.1)))
    fanout.send(off)
    fanout.close()
    assert plain.events == [STREAM, on, off]
    assert timed.events == [STREAM, (on, 51.0), off]
    full = opened({"timed": timed}, limit=0)
    full.send(on, Captured(on, 51.0, DesignDelay(0.1, 0.1)))
    full.send(off)
    assert full.dropped == {"timed": 2}
    full.close()
