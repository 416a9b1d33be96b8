"""The live road: whatever the driver's blocks, the same events as from the file; gaps, limits, takes, status."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime.audio.ring import Dropout, Ring
from realtime.audio.source import InputState, Losses
from realtime.audio.tuning import heard_in_tune
from realtime.contract import LOWEST_PITCH, FloatArray
from realtime.engine.messages import (
    Configured,
    Message,
    MicrophoneSource,
    Notice,
    RunStarted,
    SpectrumColumn,
    Start,
    Status,
    TakeStarted,
)
from realtime.engine.settings import StreamSettings
from realtime.engine.stream import Stream
from realtime.events import End, Event, Gap, Kept, NoteOff, NoteOn, StreamStarted
from realtime.lateness import Captured, DesignDelay
from realtime.notes import Sounding
from realtime.sinks import fanout as fanout_module
from realtime.sinks.fanout import Fanout
from realtime.sinks.sink import Sink
from realtime.takes.folder import open_take, read_lines
from realtime.transcription.expected import Expect, GroupPassed, Heard
from realtime.transcription.model import OnnxStep
from realtime.transcription.model_stage import Outputs, StepModel
from realtime.transcription.pipeline import Pipeline
from realtime.transcription.recording import transcribe_file
from tests.fakes import FAKE_KEYS, FAKE_SPEC, fake_recording
from tests.realtime.sinks.test_fanout import wait_until
from tests.realtime.transcription.test_expected import Lacking

RATE = 48_000
CAPTURED_FROM = 50.0  # wall clock of the first sample
NOTES = [(FAKE_KEYS[0], 0.1, 0.3), (FAKE_KEYS[2], 0.2, 0.55), (FAKE_KEYS[5], 0.4, 2.0)]
SOUND = np.column_stack([fake_recording(NOTES, 0.8, RATE), 0.1 * fake_recording(NOTES[1:], 0.8, RATE)])


class FakeSource:
    """A source that the test fills block by block."""

    name = "fake source"
    rate = RATE
    channels = 2
    state: InputState = "running"
    losses = Losses()

    def __init__(self) -> None:
        self.ring = Ring(4 * RATE, 2)
        self.ended = False
        self.closed = False
        self.lost = 0

    def read(self, max_samples: int) -> FloatArray | Dropout:
        if self.lost:
            lost, self.lost = self.lost, 0
            return Dropout(lost)
        return self.ring.read(max_samples)

    def captured(self, position: int) -> float:
        return CAPTURED_FROM + position / self.rate

    def close(self) -> None:
        self.closed = True


class Slow:
    """A model on a computer that other programs keep busy: 20 ms for every 10 ms of sound."""

    def __init__(self, model: OnnxStep) -> None:
        self._model, self.spec = model, model.spec

    def step(self, audio: FloatArray) -> Outputs:
        time.sleep(0.02)
        return self._model.step(audio)

    def reset(self) -> None:
        self._model.reset()


class Port:
    """A sink that keeps all that it gets."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def open(self, stream: StreamStarted) -> None:
        self.events.append(stream)

    def send(self, event: Event) -> None:
        self.events.append(event)

    def close(self) -> None: ...


class TimedPort(Port):
    """One that measures, as the MIDI port does."""

    def __init__(self) -> None:
        super().__init__()
        self.captured: list[Captured] = []

    def send_captured(self, captured: Captured) -> None:
        self.captured.append(captured)


class RunningStream:
    """A stream over a fake source, and all its messages."""

    def __init__(self, model: StepModel, start: Start, port: Sink | None = None) -> None:
        self.source = FakeSource()
        self.messages: list[Message] = []
        self.fanout = Fanout(self._failed)
        self.stream = Stream(start, model, self.source, self.messages.append, self.fanout, port)

    def push(self, block: FloatArray) -> None:
        """One block from the driver, through the stream."""
        self.source.ring.write(block)
        while self.source.ring.waiting and self.stream.done is None:
            self.stream.pump()

    def lose(self, samples: int) -> None:
        """So many samples are lost."""
        self.source.lost = samples
        self.stream.pump()

    def status(self) -> Status:
        """The Status that the stream publishes now."""
        self.stream.publish_status()
        return next(message for message in reversed(self.messages) if isinstance(message, Status))

    @property
    def events(self) -> list[Event]:
        return [message for message in self.messages if isinstance(message, Event)]

    def _failed(self, name: str, error: Exception) -> None:
        raise AssertionError(f"{name}: {error}")


def staged(folder: Path, stage: str) -> list[Event]:
    """The events of one stage of a take."""
    return [event for event, name in read_lines(folder / "notes.jsonl") if name == stage]


def start(settings: StreamSettings = StreamSettings(), **options: object) -> Start:  # noqa: B008
    return Start(MicrophoneSource(channel="auto"), settings=settings, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def from_file(fake_step: OnnxStep, tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    """The events of the same sound, transcribed from a file."""
    path = tmp_path_factory.mktemp("sound") / "sound.wav"
    soundfile.write(path, SOUND, RATE, subtype="FLOAT")
    return list(transcribe_file(path, fake_step, "live", channel=0))


def test_the_parent_gets_what_is_kept_behind_what_is_told(fake_step: OnnxStep, from_file: list[Event]) -> None:
    """The events of the slowest delay, whole, then the End of their stage; a Status tells how far their notes are
    known, and is never ahead of them. A loss is in its place in both stages."""
    running = RunningStream(fake_step, Start(MicrophoneSource(channel=0)))
    for begin in range(0, len(SOUND), 480):
        running.push(SOUND[begin : begin + 480])
        running.status()
    running.lose(RATE)
    running.status()
    running.stream.finish("stopped")
    kept = [message.event for message in running.messages if isinstance(message, Kept)]
    surest = Pipeline(fake_step, "studio", input_rate=RATE)
    reference = [*surest.push(SOUND[:, 0]), *surest.gap(RATE)]
    at_s = len(SOUND) / RATE + 1.0
    assert kept == [*reference, *surest.flush(), End(at_s, at_s, 3, 1, "stopped")]
    assert [event for event in running.events[1:] if not isinstance(event, Gap | End)] == from_file[1:-1]
    known = 0.0
    for message in running.messages:
        if isinstance(message, Status):
            known = message.kept_onsets_s
        elif isinstance(message, Kept) and isinstance(message.event, NoteOn):
            assert message.event.time >= known
    assert known == at_s
    assert isinstance(running.messages[-1], End)
    assert running.messages.index(Kept(kept[-1])) < len(running.messages) - 1  # type: ignore[arg-type]


def test_a_late_stream_still_gives_signs_of_life(fake_step: OnnxStep) -> None:
    """A stream at half of real time publishes meanwhile: else it would be taken for one that hangs."""
    running = RunningStream(Slow(fake_step), start())
    running.source.ring.write(np.tile(SOUND, (2, 1))[:RATE])
    before = time.monotonic()
    running.stream.pump()
    assert 0.0 < running.status().time < 0.1
    assert time.monotonic() - before < 1.0
    running.stream.finish("stopped")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.integers(1, 5_000), min_size=1, max_size=30))
def test_block_sizes_do_not_change_the_events(fake_step: OnnxStep, from_file: list[Event], cuts: list[int]) -> None:
    """`listen` on any blocks and `transcribe` of the file give the same notes at the same times, to the end."""
    running = RunningStream(fake_step, Start(MicrophoneSource(channel=0)))
    position = 0
    for cut in [*cuts, len(SOUND)]:
        running.push(SOUND[position : position + cut])
        position += cut
    running.stream.finish("end of file")
    live, file = running.events, from_file
    assert isinstance(live[0], StreamStarted)
    assert (live[0].model, live[0].delay_s) == (file[0].model, file[0].delay_s)  # type: ignore[union-attr]
    assert len([event for event in live if isinstance(event, NoteOn)]) == 3
    assert file[1:] == live[1:]


def test_a_tuning_is_corrected_from_the_start_or_while_it_runs(fake_step: OnnxStep, from_file: list[Event]) -> None:
    """Every note once, on time, and none held over the change."""
    for begun, then in ((-5.0, None), (0.0, -5.0)):
        running = RunningStream(fake_step, start(StreamSettings(tuning_cents=begun)))
        running.push(SOUND[: RATE // 3])
        if then is not None:
            running.stream.configure(StreamSettings(tuning_cents=then))
        running.push(SOUND[RATE // 3 :])
        running.stream.finish("stopped")
        ons, offs = ([event for event in running.events if isinstance(event, kind)] for kind in (NoteOn, NoteOff))
        expected = [event.time for event in from_file if isinstance(event, NoteOn)]
        onsets = [event.time for event in ons if then is None or abs(event.time - 1 / 3) > 0.03]
        assert onsets == pytest.approx(expected, abs=0.012)
        assert len(ons) == len(offs)
        assert (then is None) == (pytest.approx(1 / 3) not in [event.time for event in offs])


def test_a_tuning_that_is_found_is_in_force_and_told_once(fake_step: OnnxStep) -> None:
    """The parent goes on with it; of a piano in tune nothing is said."""
    for cents in (-48.0, 0.0):
        running = RunningStream(fake_step, start(StreamSettings(find_tuning=True)))
        running.push(SOUND)
        running.stream._finder._found(cents)
        assert running.stream.settings == StreamSettings(tuning_cents=cents)
        assert Configured(StreamSettings(find_tuning=True), StreamSettings(tuning_cents=cents)) in running.messages
        told = [message.said for message in running.messages if isinstance(message, Notice)]
        assert told == ([heard_in_tune(cents)] if cents else [])
        running.stream.finish("stopped")


def test_a_gap_closes_the_notes_and_moves_the_clock(fake_step: OnnxStep) -> None:
    """What follows it lies at its own time."""
    running = RunningStream(fake_step, start())
    running.push(SOUND[: RATE // 4])
    running.source.ring.write(np.zeros((5 * RATE, 2), np.float32))  # does not fit
    running.push(SOUND[: RATE // 4])
    running.stream.finish("stopped")
    kinds = [event for event in running.events if isinstance(event, (NoteOn, NoteOff, Gap, End))]
    gap = next(index for index, event in enumerate(kinds) if isinstance(event, Gap))
    assert sum(isinstance(event, NoteOn) for event in kinds[:gap]) == sum(
        isinstance(event, NoteOff) for event in kinds[:gap]
    )
    assert Gap(0.25, 0.25, 5.0) == kinds[gap]
    after = [event.time for event in kinds[gap:] if isinstance(event, NoteOn)]
    assert after == pytest.approx([5.35, 5.45], abs=0.01)
    assert End(5.5, 5.5, 4, 1, "stopped") == running.events[-1]


def test_notes_and_statuses_say_when_their_sound_was_captured(fake_step: OnnxStep) -> None:
    """For the port, which measures how late it is; the parent's events are as ever."""
    port = TimedPort()
    running = RunningStream(fake_step, start(), port)
    running.push(SOUND[: RATE // 2])
    running.source.losses = Losses(slow=480, paused=RATE, delivered_late=2 * RATE)
    status = running.status()
    running.stream.finish("stopped")
    ons = [event for event in running.events if isinstance(event, NoteOn)]
    assert len(ons) == 3
    expected = [
        (on, pytest.approx(CAPTURED_FROM + on.time, abs=1e-5), DesignDelay.of(running.stream.started)) for on in ons
    ]
    assert expected == [(timed.event, timed.at, timed.design) for timed in port.captured]
    assert not any(isinstance(event, NoteOn) for event in port.events)
    assert (status.time, status.captured) == (0.5, CAPTURED_FROM + 0.5)
    assert (status.overruns, status.paused_s, status.delivered_late_s) == (480, 1.0, 2.0)


def test_a_limit_ends_the_stream_to_the_sample(fake_step: OnnxStep) -> None:
    """`--seconds` counts sound, not time."""
    running = RunningStream(fake_step, start(seconds=0.35))
    running.push(SOUND)
    assert running.stream.done == "duration"
    running.stream.finish(running.stream.done)
    assert End(0.35, 0.35, 2, 0, "duration") == running.events[-1]
    assert running.source.closed


def test_a_report_is_a_status_and_what_the_observers_add(fake_step: OnnxStep) -> None:
    """The spectrum stands at the status' time, notices come last; the status names what was wrong before it."""
    running = RunningStream(fake_step, start(StreamSettings(show_spectrum=True)))
    running.push(np.ones((RATE // 10, 2), np.float32))
    running.messages.clear()
    for faults in ((), ("too_loud",)):
        running.stream.publish_status()
        status, column, *notices = running.messages
        assert isinstance(status, Status)
        assert isinstance(column, SpectrumColumn)
        assert (status.time, column.time, status.faults) == (0.1, 0.1, faults)
        assert [notice.code for notice in notices if isinstance(notice, Notice)] == ["too_loud"][len(faults) :]
        running.messages.clear()
    running.stream.finish("stopped")


def test_the_port_gets_the_events_of_the_parent(fake_step: OnnxStep) -> None:
    """Stream, notes and End, in one order."""
    running = RunningStream(fake_step, start(), port := Port())
    running.push(SOUND)
    running.stream.finish("stopped")
    assert port.events == running.events


def test_the_end_of_the_source_is_the_end(fake_step: OnnxStep) -> None:
    """A microphone has none; a file has."""
    running = RunningStream(fake_step, start())
    assert running.stream.done is None
    running.source.ended = True
    assert running.stream.done == "end of file"
    running.stream.finish("end of file")


def test_the_status_has_level_load_and_losses(fake_step: OnnxStep) -> None:
    """Two sines of amplitude 0.5 in the louder channel; each status begins anew."""
    running = RunningStream(fake_step, start())
    running.push(SOUND[: RATE // 2])
    status = running.status()
    assert status.time == 0.5
    assert status.peak_db == pytest.approx(0, abs=0.1)
    assert 0 < status.load < 5
    assert 0 < status.step_p50_s <= status.step_p99_s
    silent = running.status()
    assert (silent.peak_db, silent.load) == (-120.0, 0.0)
    running.stream.finish("stopped")


def test_a_take_of_the_whole_stream(fake_step: OnnxStep, from_file: list[Event], tmp_path: Path) -> None:
    """Its folder is published; its sound and events are those of the stream."""
    running = RunningStream(fake_step, start(record=tmp_path))
    running.push(SOUND)
    running.stream.finish("stopped")
    (folder,) = tmp_path.iterdir()
    assert TakeStarted(folder) in running.messages
    take = open_take(folder)
    assert staged(folder, "live") == running.events[1:]
    assert soundfile.info(take.audio).frames == len(SOUND)
    assert list(transcribe_file(take.audio, fake_step, "live"))[1:-1] == running.events[1:-1]
    kept = list(transcribe_file(take.audio, fake_step, "studio"))[1:-1]
    assert list(take.events) == staged(folder, "kept") == [*kept, End(0.8, 0.8, 3, 0, "stopped")]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    end=st.integers(RATE // 10, len(SOUND)),
    changes=st.lists(st.tuples(st.integers(0, len(SOUND)), st.sampled_from(FAKE_SPEC.modes)), max_size=3),
    loss=st.tuples(st.integers(0, len(SOUND)), st.sampled_from([RATE // 20, RATE])),
)
def test_a_take_keeps_the_notes_of_the_slowest_delay(
    fake_step: OnnxStep,
    tmp_path_factory: pytest.TempPathFactory,
    end: int,
    changes: list[tuple[int, str]],
    loss: tuple[int, int],
) -> None:
    """Whatever was sent meanwhile: those that a file of the same sound gives at `studio`, to the bit. A take that ends
    while the stream goes on has them up to its end, where all is released; neither sound nor notes of later."""
    folder = tmp_path_factory.mktemp("takes")
    running = RunningStream(fake_step, Start(MicrophoneSource(channel=0), record=folder))
    heard: list[FloatArray | int] = []
    sent: list[Event] = []
    end_s, position = 0.0, 0
    marks: list[tuple[int, str | int]] = [*changes, loss, (end, "end"), (len(SOUND), "")]
    for at, what in sorted(marks, key=lambda mark: mark[0]):
        running.push(SOUND[position:at])
        heard.append(SOUND[position:at, 0].copy())
        position = at
        if what == "end":
            end_s, sent = running.status().time, running.events[1:]
            running.stream.record(None)
        elif isinstance(what, int):
            running.lose(what)
            heard.append(what)
        elif what:
            running.stream.configure(StreamSettings(what))
    running.stream.finish("stopped")
    studio = Pipeline(fake_step, "studio", input_rate=RATE)  # a model's state is that of one pipeline at a time
    parts = [studio.gap(piece) if isinstance(piece, int) else studio.push(piece) for piece in heard]
    events = [*(event for part in parts for event in part), *studio.flush()]
    expected = [event for event in events if event.time < end_s]  # type: ignore[union-attr]
    sounding = Sounding()
    for event in expected:
        sounding.observe_event(event)
    expected += sounding.releases(end_s)
    notes, gaps = (sum(isinstance(event, kind) for event in expected) for kind in (NoteOn, Gap))
    take = open_take(next(folder.iterdir()))
    assert list(take.events) == [*expected, End(end_s, end_s, notes, gaps, "take ended")]
    notes, gaps = (sum(isinstance(event, kind) for event in sent) for kind in (NoteOn, Gap))
    assert staged(take.folder, "live") == [*sent, End(end_s, end_s, notes, gaps, "take ended")]
    unwritten_s = loss[1] / RATE if loss[0] == end else 0.0  # silence is written when sound follows it
    assert soundfile.info(take.audio).duration == pytest.approx(end_s - unwritten_s, abs=1e-6)


def test_the_take_of_a_run_lies_beside_that_of_the_player(fake_step: OnnxStep, tmp_path: Path) -> None:
    """From its begin to its end, whatever the other does; asked for twice it goes on, and another one follows."""
    running = RunningStream(fake_step, start(record=tmp_path / "own"))
    running.push(SOUND[: RATE // 10])
    running.stream.record_run(tmp_path / "runs", 7)
    running.push(SOUND[RATE // 10 : RATE // 2])
    running.stream.record_run(tmp_path / "runs", 8)
    running.stream.record(None)
    running.push(SOUND[RATE // 2 : RATE * 6 // 10])
    running.stream.record_run(None)
    running.stream.record_run(tmp_path / "later", 9)
    running.push(SOUND[RATE * 6 // 10 :])
    running.stream.finish("stopped")
    (run,), (later,) = (tmp_path / "runs").iterdir(), (tmp_path / "later").iterdir()
    started = [message for message in running.messages if isinstance(message, RunStarted)]
    assert started == [RunStarted(run, 0.1, 7), RunStarted(later, 0.6, 9)]
    assert soundfile.info(open_take(run).audio).duration == 0.5
    assert soundfile.info(open_take(later).audio).frames == len(SOUND) - RATE * 6 // 10
    own = next((tmp_path / "own").iterdir())
    assert soundfile.info(open_take(own).audio).duration == 0.5
    notes = {
        folder: [
            (event.pitch, round(event.time + begin_s, 6))
            for event in open_take(folder).events
            if isinstance(event, NoteOn)
        ]
        for folder, begin_s in ((own, 0.0), (run, 0.1))
    }
    assert notes[run] == [note for note in notes[own] if note[1] >= 0.1]
    assert notes[run]


def test_a_take_ends_without_any_more_sound(
    fake_step: OnnxStep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its last notes are those that were sent, as no surer ones can come; another take goes on meanwhile."""
    running = RunningStream(fake_step, start(record=tmp_path / "first"))
    running.push(SOUND[: round(0.3 * RATE)])
    running.stream.record(tmp_path / "second")
    (folder,) = (tmp_path / "first").iterdir()
    running.fanout.check()
    assert not (folder / "notes.mid").exists()
    monkeypatch.setattr(fanout_module.time, "monotonic", lambda before=time.monotonic: before() + 2.1)
    running.fanout.check()
    wait_until((folder / "notes.mid").exists)
    monkeypatch.undo()
    assert [(type(event), getattr(event, "delay", None)) for event in open_take(folder).events] == [
        *[(NoteOn, "fast")] * 2,
        *[(NoteOff, None)] * 2,
        (End, None),
    ]
    running.push(SOUND[round(0.3 * RATE) :])
    running.stream.finish("stopped")
    (folder,) = (tmp_path / "second").iterdir()
    assert [event.time for event in open_take(folder).events if isinstance(event, NoteOn)] == [
        pytest.approx(0.1, abs=0.01)
    ]


def test_notes_from_the_speakers_are_not_kept(
    fake_step: OnnxStep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was left out of the port is left out of the take."""
    running = RunningStream(fake_step, start(StreamSettings(ignore_own=True), record=tmp_path))
    own = running.stream._watches.own
    told = FAKE_KEYS[2] + LOWEST_PITCH

    def is_own(note: NoteOn) -> bool:
        """Of what is told alone: only there has a note a delay."""
        if note.pitch == told and note.delay is not None:
            own._left_out.append(note)
            return True
        return False

    monkeypatch.setattr(own, "_is_own", is_own)
    running.push(SOUND)
    running.stream.finish("stopped")
    (folder,) = tmp_path.iterdir()
    for stage in ("live", "kept"):
        pitches = [event.pitch - LOWEST_PITCH for event in staged(folder, stage) if isinstance(event, NoteOn)]
        assert pitches == [FAKE_KEYS[0], FAKE_KEYS[5]]


def test_a_take_may_begin_with_earlier_sound(fake_step: OnnxStep, tmp_path: Path) -> None:
    """The first note, which was over when recording began, is in it, and the sound is one piece."""
    running = RunningStream(fake_step, start())
    running.push(SOUND[: round(0.39 * RATE)])
    running.stream.record(tmp_path, since_s=0.05)
    running.push(SOUND[round(0.39 * RATE) :])
    running.stream.finish("stopped")
    (folder,) = tmp_path.iterdir()
    take = open_take(folder)
    begins = [event.time for event in running.events if isinstance(event, NoteOn)]
    assert [event.time for event in take.events if isinstance(event, NoteOn)] == pytest.approx(
        [time - 0.05 for time in begins], abs=0.011
    )
    assert soundfile.info(take.audio).duration == pytest.approx(0.75, abs=0.011)
    started = next(message for message in running.messages if isinstance(message, TakeStarted))
    assert started.past_s == pytest.approx(0.34, abs=0.011)


def test_recording_begins_and_ends_while_listening(fake_step: OnnxStep, tmp_path: Path) -> None:
    """The take holds the middle note only, at its own time."""
    running = RunningStream(fake_step, start())
    running.push(SOUND[: round(0.15 * RATE)])
    running.stream.record(tmp_path)
    running.push(SOUND[round(0.15 * RATE) : round(0.39 * RATE)])
    running.stream.record(None)
    running.push(SOUND[round(0.39 * RATE) :])
    running.stream.finish("stopped")
    (folder,) = tmp_path.iterdir()
    take = open_take(folder)
    assert [pytest.approx(event.time, abs=0.01) for event in take.events if isinstance(event, NoteOn)] == [0.05]
    assert soundfile.info(take.audio).duration == pytest.approx(0.24)
    assert len(list(tmp_path.iterdir())) == 1


def test_heard_keys_are_published_after_the_notes_of_their_block(fake_step: OnnxStep, tmp_path: Path) -> None:
    """To the parent alone: a take and the port know nothing of them."""
    keys = [LOWEST_PITCH + key for key, _, _ in NOTES]
    port = Port()
    expecting = replace(start(record=tmp_path), expect=Expect(4, tuple(keys[:2]), since=9.0))
    running = RunningStream(fake_step, expecting, port)
    for begin in range(0, len(SOUND), 480):
        running.push(SOUND[begin : begin + 480])
    running.stream.expect(Expect(5, (keys[2],), since=0.21))  # it was struck already
    told = [message for message in running.messages if isinstance(message, Heard | GroupPassed)]
    assert [getattr(message, "pitch", None) for message in told] == [keys[0], keys[1], None, keys[2], None]
    notes = {message.pitch: place for place, message in enumerate(running.messages) if isinstance(message, NoteOn)}
    assert running.messages.index(told[1]) > notes[keys[1]]
    running.stream.stop_expecting()
    running.stream.finish("end")
    running.fanout.close()
    assert not any(isinstance(event, Heard | GroupPassed) for event in port.events)
    assert {type(event) for event in open_take(next(tmp_path.iterdir())).events} <= {NoteOn, NoteOff, Gap, End}


def test_a_model_that_cannot_wait_for_keys_says_so(fake_step: OnnxStep) -> None:
    """And the stream goes on."""
    running = RunningStream(Lacking(fake_step), start(StreamSettings("fast")))
    running.stream.expect(Expect(1, (60,)))
    notice = running.messages[-1]
    assert isinstance(notice, Notice)
    assert (notice.code, notice.exit_code) == ("refused", 0)
    assert str(notice.said).startswith("This model cannot be practised with")
    running.push(SOUND)
    assert any(isinstance(message, NoteOn) for message in running.messages)


def test_a_block_that_the_driver_gives_twice_is_a_gap(fake_step: OnnxStep) -> None:
    """From the second on, in its place; the clock goes on, and the block before it is heard once."""
    sound = np.random.default_rng(0).normal(0, 0.01, (RATE, 2)).astype(np.float32)
    for begin in (9_600, 19_200, 28_800):
        sound[begin : begin + 480] = sound[begin - 480 : begin]
    running = RunningStream(fake_step, start())
    running.push(sound)
    gaps = [event for event in running.events if isinstance(event, Gap)]
    assert gaps == [Gap(0.4, 0.4, 0.01), Gap(0.6, 0.6, 0.01)]
    assert running.status().time == 1.0
