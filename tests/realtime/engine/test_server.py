"""The engine process: it executes commands, sends messages, survives its own failures, and ends with its parent."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from realtime.engine import client as engine_process
from realtime.engine import server as engine_module
from realtime.engine.client import EngineProcess
from realtime.engine.messages import (
    DEVICE_CHANGED,
    Closing,
    Command,
    Configure,
    Configured,
    DelayChanged,
    Failed,
    FileSource,
    Message,
    MicrophoneSource,
    Notice,
    Quit,
    Record,
    RecordRun,
    RunClosed,
    RunStarted,
    SaveRecent,
    SetDevice,
    SpectrumColumn,
    Start,
    Status,
    Stop,
    StopExpecting,
    TakeSaved,
    TakeStarted,
    after,
)
from realtime.engine.server import Engine
from realtime.engine.settings import StreamSettings
from realtime.errors import FileError, LisztenError
from realtime.events import End, Gap, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.lateness import DesignDelay
from realtime.sinks import fanout
from realtime.takes.folder import UNFINISHED, open_take, read_lines
from realtime.takes.recorder import TakeSink
from realtime.transcription.decoder import DecoderSettings
from realtime.transcription.expected import Expect, GroupPassed, Heard
from realtime.words import plain
from tests.fakes import FAKE_KEYS, fake_recording
from tests.waiting import WAIT_S

STATUS = Status(0.0, "running", -20.0, -30.0, 0, 0.1, 0.001, 0.002, 0, 0)
END = End(1.0, 1.0, 0, 0, "duration")
STARTED = StreamStarted("m", "fast", 0.03, 48_000, "mic", "2026-11-21T10:00:00Z")


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a second with one note, then a minute and a half of silence."""
    path = tmp_path_factory.mktemp("sound") / "note.wav"
    soundfile.write(path, fake_recording([(FAKE_KEYS[0], 0.05, 0.2)], 90.0, 8_000), 8_000)
    return path


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A quarter of a second."""
    soundfile.write(tmp_path / "short.wav", fake_recording([(FAKE_KEYS[0], 0.05, 0.2)], 0.25, 8_000), 8_000)
    return tmp_path / "short.wav"


class Parent:
    """The other end of an engine that runs in a thread."""

    def __init__(self) -> None:
        self.pipe, theirs = Pipe()
        self.engine = Engine(theirs, None)
        self.thread = threading.Thread(target=self.engine.serve)
        self.thread.start()
        self.messages: list[Message] = []

    def send(self, *commands: object) -> None:
        for command in commands:
            self.pipe.send(command)

    def wait_for(self, kind: type, count: int = 1) -> Message:
        """The `count`-th message of a kind."""
        end = time.monotonic() + WAIT_S
        while len(found := [message for message in self.messages if isinstance(message, kind)]) < count:
            assert time.monotonic() < end, self.messages
            if self.pipe.poll(0.05):
                self.messages.append(self.pipe.recv())
        return found[count - 1]


@pytest.fixture
def parent() -> Iterator[Parent]:
    parent = Parent()
    yield parent
    parent.engine.stop()
    parent.thread.join(WAIT_S)
    assert not parent.thread.is_alive()


def start(path: Path, model: Path, delay: str = "balanced", record: Path | None = None) -> Start:
    return Start(FileSource(path), model, "cpu", record=record, settings=StreamSettings(delay))


def test_a_stream_from_start_to_end(parent: Parent, short: Path, fake_model_file: Path) -> None:
    """Stream, note, End, with statuses between; then the engine waits for the next start."""
    for run in (1, 2):
        parent.send(start(short, fake_model_file))
        end = parent.wait_for(End, run)
        assert isinstance(end, End)
        assert (end.notes, end.reason, end.time) == (1, "end of file", 0.25)
    kinds = [type(message) for message in parent.messages if not isinstance(message, Status)]
    assert kinds[0] is StreamStarted
    assert kinds.count(NoteOn) == 2
    parent.wait_for(Status)


def test_what_is_wrong_with_a_recording_is_told(parent: Parent, tmp_path: Path, fake_model_file: Path) -> None:
    """What its header lacks when it begins; before its end, where it could not be read."""
    soundfile.write(tmp_path / "a.wav", np.zeros(4_800), 48_000)
    content = (tmp_path / "a.wav").read_bytes()
    (tmp_path / "a.wav").write_bytes(content[:40] + bytes(4) + content[44:])
    soundfile.write(tmp_path / "b.flac", np.random.default_rng(0).uniform(-0.1, 0.1, 96_000), 48_000)
    content = (tmp_path / "b.flac").read_bytes()
    middle = len(content) // 2
    (tmp_path / "b.flac").write_bytes(content[:middle] + bytes(2_000) + content[middle + 2_000 :])
    for run, name in enumerate(("a.wav", "b.flac"), start=1):
        parent.send(start(tmp_path / name, fake_model_file))
        parent.wait_for(End, run)
    told = [message for message in parent.messages if isinstance(message, Notice | End)]
    assert [type(message) for message in told] == [Notice, End, Notice, End]
    notices = [str(message.said) for message in told if isinstance(message, Notice)]
    assert "a.wav does not say how long it is" in notices[0]
    assert "b.flac is damaged from " in notices[1]


def test_a_status_comes_at_most_twenty_times_a_second(parent: Parent, recording: Path, fake_model_file: Path) -> None:
    """Counted over half a second."""
    parent.send(start(recording, fake_model_file))
    parent.wait_for(Status)
    end = time.monotonic() + 0.5
    count = 0
    while time.monotonic() < end:
        if parent.pipe.poll(0.01):
            count += isinstance(parent.pipe.recv(), Status)
    assert 3 <= count <= 11


def test_stop_gives_its_reason(parent: Parent, recording: Path, fake_model_file: Path) -> None:
    """And what was held is closed."""
    parent.send(start(recording, fake_model_file))
    parent.wait_for(NoteOn)
    parent.send(Stop("interrupted"))
    end = parent.wait_for(End)
    assert isinstance(end, End)
    assert end.reason == "interrupted"


def test_commands_reach_the_running_stream(
    parent: Parent, recording: Path, fake_model_file: Path, tmp_path: Path
) -> None:
    """Delay, decoder and recording change without another stream; another device is another stream."""
    parent.send(Configure(StreamSettings("fast")))  # nothing runs: nothing happens
    parent.send(start(recording, fake_model_file))
    parent.wait_for(NoteOn)
    settings = StreamSettings("fast", DecoderSettings(sensitivity=90), -60.0)
    parent.send(Configure(settings), Record(tmp_path / "takes"))
    taken = parent.wait_for(TakeStarted)
    assert isinstance(taken, TakeStarted)
    assert taken.folder.parent == tmp_path / "takes"
    assert len([message for message in parent.messages if isinstance(message, StreamStarted)]) == 1
    parent.send(SetDevice(FileSource(recording)))
    end = parent.wait_for(End)
    assert isinstance(end, End)
    assert end.reason == "device changed"
    second = parent.wait_for(StreamStarted, 2)
    assert isinstance(second, StreamStarted)
    assert second.delay == "fast"


@pytest.mark.parametrize(
    ("change", "exit_code", "words"),
    [
        ({"source": FileSource(Path("none.wav"))}, 5, "There is no file"),
        ({"model": Path("none.onnx")}, 6, "cannot be read"),
        ({"settings": StreamSettings("sluggish")}, 2, "There is no delay"),
        ({"settings": StreamSettings(tuning_cents=51.0)}, 2, "The tuning in cents cannot be 51."),
    ],
)
def test_what_cannot_begin_fails_with_its_status(
    parent: Parent, short: Path, fake_model_file: Path, change: dict[str, object], exit_code: int, words: str
) -> None:
    """One sentence, its exit code, and a trace for the log; the engine can still be started."""
    parent.send(replace(start(short, fake_model_file), **change))  # type: ignore[arg-type]
    failed = parent.wait_for(Failed)
    assert isinstance(failed, Failed)
    assert failed.exit_code == exit_code
    assert words in str(failed.said)
    assert "Traceback" in failed.trace
    parent.send(start(short, fake_model_file))
    parent.wait_for(End)


def test_a_programming_error_fails_too(
    parent: Parent, short: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No silent engine: a sentence, status 1, and the trace."""

    def broken(self: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(engine_module.Stream, "pump", broken)
    parent.send(start(short, fake_model_file))
    failed = parent.wait_for(Failed)
    assert isinstance(failed, Failed)
    assert failed.exit_code == 1
    assert "ZeroDivisionError: a bug" in failed.trace
    ends = [message.reason for message in parent.messages if isinstance(message, End)]
    assert ends == ["failed"]


def test_a_take_that_cannot_be_saved_does_not_end_the_stream(
    parent: Parent, short: Path, fake_model_file: Path, tmp_path: Path
) -> None:
    """A notice with status 5, once; the notes go on to the End."""
    (tmp_path / "takes").write_text("in the way")
    parent.send(start(short, fake_model_file, record=tmp_path / "takes"))
    parent.wait_for(End)
    notice = parent.wait_for(Notice)
    assert isinstance(notice, Notice)
    assert (notice.code, notice.exit_code) == ("take", 5)
    assert len([message for message in parent.messages if isinstance(message, Notice)]) == 1


@pytest.mark.parametrize("ending", [Stop("stopped"), SetDevice(FileSource(Path("none.wav"))), Record(None), Quit()])
@pytest.mark.parametrize("failure", ["", "full", "late"])
def test_how_a_take_was_closed_is_told(
    recording: Path,
    fake_model_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ending: Command,
    failure: str,
) -> None:
    """Before the End, which is the last of its stream; however the take ends: saved, failed with status 5, or left
    behind."""
    release = threading.Event()

    def close(sink: TakeSink) -> None:
        if failure == "full":
            raise FileError("The disk is full.")
        if failure == "late":
            release.wait()

    monkeypatch.setattr(TakeSink, "close", close)
    monkeypatch.setattr(fanout, "TAKE_S", 0.1)
    parent = Parent()
    parent.send(start(recording, fake_model_file, record=tmp_path))
    parent.wait_for(TakeStarted)
    parent.send(ending)
    told = parent.wait_for(Notice if failure else TakeSaved)
    if not isinstance(ending, Record):
        end = parent.wait_for(End)
        assert parent.messages.index(told) < parent.messages.index(end)
        assert [type(message) for message in parent.messages if isinstance(message, Closing)] == [Closing]
    (folder,) = tmp_path.iterdir()
    sentences = {"full": "The disk is full.", "late": str(UNFINISHED(folder=folder))}
    expected = Notice("take", plain(sentences["full"]), 5) if failure == "full" else TakeSaved(folder)
    assert told == (Notice("take", UNFINISHED(folder=folder), 5) if failure == "late" else expected)
    release.set()
    parent.engine.stop()
    parent.thread.join(WAIT_S)


def test_the_take_of_a_run_is_told_of(parent: Parent, recording: Path, fake_model_file: Path, tmp_path: Path) -> None:
    """Before any stream it is nothing; then its begin and its end, which is none of a take of the player's own."""
    parent.send(RecordRun(tmp_path, 1))
    parent.send(start(recording, fake_model_file))
    parent.wait_for(NoteOn)
    parent.send(RecordRun(tmp_path, 2))
    begun = parent.wait_for(RunStarted)
    assert isinstance(begun, RunStarted)
    assert (begun.folder, begun.number) == (next(tmp_path.iterdir()), 2)
    parent.send(RecordRun(None))
    assert parent.wait_for(RunClosed) == RunClosed(begun.folder)
    assert not [message for message in parent.messages if isinstance(message, TakeStarted | TakeSaved)]


def test_quit_and_a_parent_that_hangs_up_end_the_engine(recording: Path, fake_model_file: Path) -> None:
    """Both finish the stream that runs."""
    goodbyes: list[Callable[[Parent], None]] = [lambda parent: parent.send(Quit()), lambda parent: parent.pipe.close()]
    for goodbye in goodbyes:
        parent = Parent()
        parent.send(start(recording, fake_model_file))
        parent.wait_for(NoteOn)
        goodbye(parent)
        parent.thread.join(WAIT_S)
        assert not parent.thread.is_alive()


def received(engine: EngineProcess, kind: type, limit_s: float = 20.0) -> list[Message]:
    """All messages up to and with the first of a kind."""
    messages: list[Message] = []
    end = time.monotonic() + limit_s
    while not any(isinstance(message, kind) for message in messages):
        assert time.monotonic() < end, messages
        messages += engine.receive(0.05)
    return messages


def test_a_real_engine_process(short: Path, fake_model_file: Path) -> None:
    """Spawned, started, followed to its End, closed."""
    engine = EngineProcess()
    engine.send(start(short, fake_model_file))
    messages = received(engine, End)
    assert [NoteOn] == [type(message) for message in messages if isinstance(message, NoteOn)]
    process = engine._process
    engine.close()
    assert process.exitcode == 0


def test_a_file_is_not_played_again_when_the_engine_dies(recording: Path, fake_model_file: Path) -> None:
    """A demo that begins anew in the middle would only confuse; a microphone goes on (see the end-to-end tests)."""
    engine = EngineProcess()
    engine.send(start(recording, fake_model_file))
    received(engine, NoteOn)
    engine._process.kill()
    with pytest.raises(LisztenError, match="The log tells more"):
        received(engine, End)
    engine.close()


class Nobody:
    """A process that is not there."""

    def join(self, _patience_s: float) -> None: ...
    def is_alive(self) -> bool:
        return False


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> list[Connection]:
    """The engines' ends of the pipes, one for each that was started: the test speaks in their place."""
    made: list[Connection] = []

    def spawn(_target: str, _name: str, theirs: Connection, _notes: object) -> Nobody:
        made.append(Connection(os.dup(theirs.fileno())))
        return Nobody()

    monkeypatch.setattr(engine_process.process, "spawn", spawn)
    return made


@pytest.mark.parametrize(("says", "patience_s"), [([], 0.0), ([STARTED], 8.0), ([STARTED, END], 8.0)])
def test_an_engine_is_waited_for_while_it_has_something_to_keep(
    engines: list[Connection], monkeypatch: pytest.MonkeyPatch, says: list[Message], patience_s: float
) -> None:
    """Not before it has begun a stream; one that began unseen still ends its take, and one that has sent its End may be
    writing a long one. An engine that took its place has nothing yet, unless it is to go on with a take: that may be
    there already."""
    waited: list[float] = []
    monkeypatch.setattr(engine_process.process, "end", lambda _process, limit_s: waited.append(limit_s))
    held = EngineProcess()
    held.send(Start(MicrophoneSource("mic")))
    for message in says:
        engines[0].send(message)
    held.close()
    replaced = EngineProcess()
    replaced.send(Start(MicrophoneSource("mic")))
    engines[1].send(STARTED)
    engines[1].close()
    assert replaced.receive(1.0)[-1] == Notice("restarted", engine_process.RESTARTED())
    replaced.close()
    recording = EngineProcess()
    recording.send(Start(MicrophoneSource("mic"), record=Path("takes")))
    recording.close()
    assert waited == [patience_s, 0.0, 0.0, 8.0]


def test_an_engine_that_dies_after_a_change_of_device_is_replaced(engines: list[Connection]) -> None:
    """The End of the old device's stream is not the end; the other engine begins with the new device, without MIDI."""
    held = EngineProcess()
    held.send(Start(MicrophoneSource("old")))
    engines[0].send(STARTED)
    held.send(SetDevice(MicrophoneSource("new")))
    paused = Configured(StreamSettings(), StreamSettings(send_midi=False))
    for message in (End(1.0, 1.0, 0, 0, DEVICE_CHANGED), STARTED, paused):
        engines[0].send(message)
    engines[0].close()
    assert held.receive(1.0)[-1] == Notice("restarted", engine_process.RESTARTED())
    assert engines[1].recv() == Start(MicrophoneSource("new"), settings=StreamSettings(send_midi=False))
    held.close()


@pytest.mark.parametrize("again", [Start(MicrophoneSource("new")), SetDevice(MicrophoneSource("new"))])
def test_a_stream_that_begins_after_another_has_ended_is_watched(engines: list[Connection], again: Command) -> None:
    """Also when the End comes after the command that begins it."""
    held = EngineProcess()
    held.send(Start(MicrophoneSource("old")))
    engines[0].send(STARTED)
    held.send(again)
    engines[0].send(End(1.0, 1.0, 0, 0, "duration"))
    engines[0].send(STARTED)
    engines[0].close()
    assert held.receive(1.0)[-1] == Notice("restarted", engine_process.RESTARTED())
    assert engines[1].recv() == Start(MicrophoneSource("new"))
    held.close()


def test_an_engine_that_dies_instead_of_stopping_does_not_go_on(engines: list[Connection]) -> None:
    """Its stream has ended, as was asked for; another engine waits for the next one."""
    held = EngineProcess()
    held.send(Start(MicrophoneSource("old")))
    engines[0].send(STARTED)
    held.send(Stop("paused"))
    engines[0].close()
    assert held.receive(1.0)[-1] == End(0.0, 0.0, 0, 0, "paused")
    assert not engines[1].poll(0.0)
    held.send(Start(MicrophoneSource("new")))
    assert engines[1].recv() == Start(MicrophoneSource("new"))
    held.close()


def test_a_dead_engine_leaves_nothing_open(engines: list[Connection], tmp_path: Path) -> None:
    """Held keys and the pedal end at the last known moment, its take is finished, and before the next stream comes what
    was lost meanwhile; a stream that was to end gets the End that it could give no more."""
    take = TakeSink(tmp_path)
    take.open(STARTED)
    events = [
        NoteOn(1.0, 1.05, 60, 70, 0.9),
        NoteOn(1.1, 1.15, 64, 70, 0.9),
        Pedal(1.2, 1.25, 90),
        NoteOff(1.3, 1.35, 60),
        Gap(1.4, 1.4, 0.1),
    ]
    for event in events:
        take.send(event)
    for stopping in (False, True):
        engines.clear()
        held = EngineProcess()
        held.send(Start(MicrophoneSource("mic")))
        for message in (STARTED, TakeStarted(take.folder), *events, replace(STATUS, time=2.5)):
            engines[0].send(message)
        held.receive(1.0)
        if stopping:
            held.send(Stop("interrupted"))
        engines[0].close()
        ends = [End(2.5, 2.5, 2, 1, "interrupted")] if stopping else []
        restarted = Notice("restarted", engine_process.RESTARTED())
        assert [message for message in held.receive(1.0) if not isinstance(message, TakeSaved)] == [
            NoteOff(2.5, 2.5, 64),
            Pedal(2.5, 2.5, 0),
            restarted,
            *ends,
        ]
        if not stopping:
            time.sleep(0.1)
            engines[1].send(STARTED)
            gap, *rest = [message for message in held.receive(1.0) if not isinstance(message, TakeSaved)]
            assert isinstance(gap, Gap)
            assert (gap.time, gap.emitted, rest) == (2.5, 2.5, [STARTED])
            assert 0.1 <= gap.lost_s < 10.0
        held.close()
        assert [type(event) for event in open_take(take.folder).events[-3:]] == [NoteOff, Pedal, End]
        assert (take.folder / "notes.mid").exists()


def test_what_becomes_of_the_take_of_a_dead_engine_is_told(engines: list[Connection], tmp_path: Path) -> None:
    """It is saved, or a sentence says why it is not, with status 5."""
    take = TakeSink(tmp_path)
    take.open(STARTED)
    held = EngineProcess()
    held.send(Start(MicrophoneSource("mic")))
    run = TakeSink(tmp_path)
    run.open(STARTED)
    for message in (STARTED, TakeStarted(take.folder), TakeStarted(tmp_path / "gone"), RunStarted(run.folder, 0.0, 1)):
        engines[0].send(message)
    engines[0].close()
    told = [message for message in (*held.receive(1.0), *held.close()) if not isinstance(message, StreamStarted)]
    assert TakeSaved(take.folder) in told
    assert RunClosed(run.folder) in told
    (failed,) = [message for message in told if isinstance(message, Notice) and message.code == "take"]
    assert (failed.exit_code, str(tmp_path / "gone") in str(failed.said)) == (5, True)


def test_an_engine_that_dies_while_nothing_runs_is_an_error(engines: list[Connection]) -> None:
    """Nothing is begun that the player has stopped."""
    held = EngineProcess()
    held.send(Start(MicrophoneSource("old")))
    engines[0].send(STARTED)
    engines[0].send(End(1.0, 1.0, 0, 0, "paused"))
    engines[0].close()
    assert held.receive(1.0) == [STARTED, End(1.0, 1.0, 0, 0, "paused")]
    with pytest.raises(LisztenError, match="The log tells more"):
        held.receive(1.0)
    held.close()


@pytest.mark.parametrize("heard_s", [61.0, 10.0])
def test_only_failures_in_quick_succession_end_listening(engines: list[Connection], heard_s: float) -> None:
    """An evening with five of them goes on; the fourth within seconds is an error."""
    held = EngineProcess()
    held.send(Start(MicrophoneSource("mic")))
    for turn in range(5):
        engines[turn].send(STARTED)
        engines[turn].send(replace(STATUS, time=heard_s))
        engines[turn].close()
        if heard_s < engine_process.HEALTHY_S and turn == engine_process.RESTARTS:
            held.receive(1.0)
            with pytest.raises(LisztenError, match="again and again"):
                held.receive(1.0)
            break
        assert held.receive(1.0)[-1] == Notice("restarted", engine_process.RESTARTED())
    held.close()


def test_each_stream_counts_its_own_seconds(engines: list[Connection]) -> None:
    """Of a hundred forty have passed; an engine that dies before it begins, or a second command, takes none more."""
    held = EngineProcess()
    held.send(Start(MicrophoneSource("mic"), seconds=100.0))
    engines[0].send(STARTED)
    engines[0].send(replace(STATUS, time=40.0))
    engines[0].close()
    held.receive(1.0)
    engines[1].close()
    held.receive(1.0)
    assert engines[2].recv().seconds == 60.0
    held.send(Start(MicrophoneSource("mic"), seconds=30.0))
    engines[2].close()
    held.receive(1.0)
    assert engines[3].recv().seconds == 30.0
    held.close()


def test_an_engine_that_is_silent_again_gets_more_time(
    engines: list[Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hang is over within two seconds; where it was a slow computer, killing again and again would be worse."""
    clock = itertools.count(step=0.1)
    monkeypatch.setattr(engine_process, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    held = EngineProcess()
    held.send(Start(MicrophoneSource("mic")))
    waited = []
    for turn in range(3):
        engines[turn].send(STARTED)
        assert held.receive(1.0)[-1] == STARTED
        waited.append(next(looks for looks in itertools.count(1) if held.receive(0.0)) / 10)
    assert waited == pytest.approx([1.8, 3.6, 7.2], abs=0.21)  # the clock is looked at for every message, too
    held.close()


def test_a_new_delay_is_published_with_its_length(parent: Parent, recording: Path, fake_model_file: Path) -> None:
    """As a stream that begins with it would have it."""
    parent.send(start(recording, fake_model_file, delay="fast"), Configure(StreamSettings("accurate")))
    changed = parent.wait_for(DelayChanged)
    parent.send(start(recording, fake_model_file, delay="accurate"))
    stream = parent.wait_for(StreamStarted, 2)
    assert isinstance(changed, DelayChanged)
    assert isinstance(stream, StreamStarted)
    assert (changed.delay, changed.design) == ("accurate", DesignDelay.of(stream))


def test_the_spectrum_is_published_while_it_is_wanted(parent: Parent, recording: Path, fake_model_file: Path) -> None:
    """Not before, and not after."""
    parent.send(start(recording, fake_model_file))
    parent.wait_for(Status, 2)
    assert not [message for message in parent.messages if isinstance(message, SpectrumColumn)]
    parent.send(Configure(StreamSettings(show_spectrum=True)))
    parent.wait_for(SpectrumColumn, 2)
    parent.send(Configure(StreamSettings("fast")))
    parent.wait_for(DelayChanged)
    parent.messages.clear()
    parent.wait_for(Status, 2)
    assert not [message for message in parent.messages if isinstance(message, SpectrumColumn)]


def test_the_last_minutes_are_kept_also_after_the_end(parent: Parent, short: Path, fake_model_file: Path) -> None:
    """Nobody recorded, the stream is over, and the take has all of it; without sound there is a sentence."""
    takes = short.parent / "takes"
    parent.send(SaveRecent(takes))
    refused = parent.wait_for(Notice)
    assert isinstance(refused, Notice)
    assert "no sound was heard" in str(refused.said)
    parent.send(start(short, fake_model_file))
    parent.wait_for(End)
    parent.send(SaveRecent(takes))
    saved = parent.wait_for(TakeSaved)
    assert isinstance(saved, TakeSaved)
    take = open_take(saved.folder)
    assert soundfile.info(take.audio).duration == 0.25
    assert [type(event) for event in take.events] == [NoteOn, NoteOff, End]
    assert take.events[-1] == End(0.25, 0.25, 1, 0, "take ended")
    stages = [stage for _, stage in read_lines(take.folder / "notes.jsonl")]
    assert stages == [None, "live", "live", "kept", "kept", "live", "kept"]


def test_a_stream_can_leave_the_last_minutes_as_they_are(parent: Parent, short: Path, fake_model_file: Path) -> None:
    """An example is none of the player's."""
    parent.send(start(short, fake_model_file))
    parent.wait_for(End)
    parent.send(replace(start(short, fake_model_file), remembered=False))
    parent.wait_for(End, 2)
    parent.send(SaveRecent(short.parent / "takes"))
    saved = parent.wait_for(TakeSaved)
    assert isinstance(saved, TakeSaved)
    assert soundfile.info(open_take(saved.folder).audio).duration == 0.25


def test_last_minutes_that_cannot_be_kept_give_a_notice(
    parent: Parent, short: Path, tmp_path: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong in that thread; what was written is finished as far as it goes."""

    def broken(sink: TakeSink, event: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(TakeSink, "send", broken)
    parent.send(start(short, fake_model_file))
    parent.wait_for(End)
    parent.send(SaveRecent(tmp_path / "takes"))
    notice = parent.wait_for(Notice)
    assert isinstance(notice, Notice)
    assert notice.code == "recent"
    assert "broken on purpose" in str(notice.said)
    parent.engine.stop()
    parent.thread.join(WAIT_S)
    (folder,) = (tmp_path / "takes").iterdir()
    assert soundfile.info(folder / "audio.wav").duration == 0.25
    assert (folder / "notes.mid").exists()


OTHER = StreamSettings(
    delay="accurate",
    decoder=DecoderSettings(sensitivity=90.0, min_note_ms=50.0, pedal=False, velocity_curve=0.5),
    gate_db=-60.0,
    tuning_cents=-5.0,
    ignore_own=True,
    send_midi=False,
    show_spectrum=True,
    measure_tuning=True,
    find_tuning=True,
)


def test_what_is_started_again_is_what_runs() -> None:
    """The settings that were changed since, on the input that is used now."""
    begun = Start(MicrophoneSource("a"), seconds=60.0, expect=Expect(1, (60,)))
    commands: list[tuple[Command, dict[str, object]]] = [
        (Expect(2, (62,), (64,), 1.5), {"expect": Expect(2, (62,), (64,), 1.5)}),
        (StopExpecting(), {"expect": None}),
        (Configure(OTHER), {"settings": OTHER}),
        (SetDevice(MicrophoneSource("b")), {"source": MicrophoneSource("b")}),
        (Record(Path("takes")), {"record": Path("takes")}),
        (Stop("x"), {}),
    ]
    for command, field in commands:
        assert {**vars(begun), **field} == vars(after(begun, command))


def test_the_values_of_these_tests_are_all_others_than_at_first() -> None:
    """A setting that is added is to be tested too."""
    for known in fields(StreamSettings):
        assert getattr(OTHER, known.name) != getattr(StreamSettings(), known.name), known.name


@pytest.mark.parametrize("known", [known.name for known in fields(StreamSettings)])
def test_each_setting_outlives_the_engine(engines: list[Connection], known: str) -> None:
    """Changed while the stream runs, it is what the next engine begins with, and nothing else is."""
    settings = replace(StreamSettings(), **{known: getattr(OTHER, known)})
    held = EngineProcess()
    held.send(Start(MicrophoneSource("mic"), seconds=100.0))
    engines[0].send(STARTED)
    held.receive(1.0)
    held.send(Configure(settings))
    engines[0].send(replace(STATUS, time=40.0))
    engines[0].close()
    assert held.receive(1.0)[-1] == Notice("restarted", engine_process.RESTARTED())
    assert engines[1].recv() == Start(MicrophoneSource("mic"), seconds=60.0, settings=settings)
    held.close()


def test_settings_between_a_failure_and_the_next_stream_outlive_the_engine(engines: list[Connection]) -> None:
    """The failure of the first start is read after the second was sent, which it does not concern."""
    held = EngineProcess()
    held.send(Start(MicrophoneSource("missing")))
    held.send(Start(MicrophoneSource("mic")))
    engines[0].send(Failed(plain("No microphone found."), 3, ""))
    held.receive(1.0)
    held.send(Configure(OTHER))
    engines[0].send(STARTED)
    engines[0].close()
    held.receive(1.0)
    assert engines[1].recv() == Start(MicrophoneSource("mic"), settings=OTHER)
    held.close()


def test_what_was_refused_is_not_asked_for_again(engines: list[Connection]) -> None:
    """Unless the parent asks for something else meanwhile, which is answered by itself."""
    refused = StreamSettings(tuning_cents=90.0)
    for then, begins in ((None, StreamSettings()), (StreamSettings("fast"), StreamSettings("fast"))):
        engines.clear()
        held = EngineProcess()
        held.send(Start(MicrophoneSource("mic")))
        held.send(Configure(refused))
        engines[0].send(STARTED)
        if then is not None:
            held.send(Configure(then))
        engines[0].send(Configured(refused, StreamSettings()))
        engines[0].close()
        held.receive(1.0)
        assert engines[1].recv() == Start(MicrophoneSource("mic"), settings=begins)
        held.close()


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (
            StreamSettings("sluggish"),
            "There is no delay 'sluggish'. This model offers fast, balanced, accurate, studio, live.",
        ),
        (
            StreamSettings(tuning_cents=51.0),
            "The tuning in cents cannot be 51. Choose a value from -50 to 50.",
        ),
        (
            StreamSettings(gate_db=float("inf")),
            "The gate in dBFS cannot be inf. Choose a value from -120 to 0.",
        ),
        (
            StreamSettings("fast", DecoderSettings(sensitivity=101.0)),
            "The sensitivity cannot be 101. Choose a value from 0 to 100.",
        ),
    ],
)
def test_a_value_that_cannot_be_changes_nothing_and_ends_nothing(
    parent: Parent, recording: Path, fake_model_file: Path, refused: StreamSettings, words: str
) -> None:
    """One sentence; the stream keeps what it had, takes what is right, and begins with that on another device."""
    parent.send(start(recording, fake_model_file))
    parent.wait_for(NoteOn)
    parent.send(Configure(refused))
    changed = parent.wait_for(Configured)
    assert changed == Configured(refused, StreamSettings("balanced"))
    notices = [message for message in parent.messages if isinstance(message, Notice)]
    assert [(notice.code, str(notice.said)) for notice in notices] == [("refused", words)]
    parent.send(Configure(StreamSettings("accurate")))
    assert isinstance(changed := parent.wait_for(DelayChanged), DelayChanged)
    assert changed.delay == "accurate"
    parent.send(SetDevice(FileSource(recording)))
    second = parent.wait_for(StreamStarted, 2)
    assert isinstance(second, StreamStarted)
    assert second.delay == "accurate"
    assert [message.reason for message in parent.messages if isinstance(message, End)] == [DEVICE_CHANGED]
    assert not [message for message in parent.messages if isinstance(message, Failed)]


def test_sound_that_is_not_a_number_does_no_harm(parent: Parent, tmp_path: Path, fake_model_file: Path) -> None:
    """NaN and infinity are silence; the note between them is found."""
    sound = fake_recording([(FAKE_KEYS[0], 0.1, 0.2)], 0.4, 8_000)
    sound[:200], sound[-200:] = np.nan, np.inf
    soundfile.write(tmp_path / "nan.wav", sound, 8_000, subtype="FLOAT")
    parent.send(start(tmp_path / "nan.wav", fake_model_file))
    end = parent.wait_for(End)
    assert isinstance(end, End)
    assert end.notes == 1


LOW, HIGH, LAST = (21 + FAKE_KEYS[number] for number in (1, 4, 2))


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """Two keys together at 0.5 s, one of them alone at 1 s, another at 1.5 s."""
    notes = [(FAKE_KEYS[1], 0.5, 0.7), (FAKE_KEYS[4], 0.53, 0.7), (FAKE_KEYS[1], 1.0, 1.1), (FAKE_KEYS[2], 1.5, 1.7)]
    soundfile.write(tmp_path / "lesson.wav", fake_recording(notes, 2.0, 8_000), 8_000)
    return tmp_path / "lesson.wav"


def test_an_engine_waits_for_keys(lesson: Path, fake_model_file: Path) -> None:
    """A real process: two groups after each other, the second from the last stroke of the first on; then nothing more
    is told, and the notes are all there."""
    engine = EngineProcess()
    engine.send(replace(start(lesson, fake_model_file), expect=Expect(1, (LOW, HIGH), (LAST,))))
    messages = received(engine, GroupPassed)
    first = next(message for message in messages if isinstance(message, GroupPassed))  # others may have come with it
    assert engine.start.expect is None
    engine.send(Expect(2, (LAST,), since=first.time))
    messages += received(engine, GroupPassed)
    engine.send(StopExpecting())
    messages += received(engine, End)
    engine.close()
    told = [message for message in messages if isinstance(message, Heard | GroupPassed)]
    assert [(type(message), getattr(message, "pitch", None)) for message in told] == [
        (Heard, LOW),
        (Heard, HIGH),
        (GroupPassed, None),
        (Heard, LAST),
        (GroupPassed, None),
    ]
    assert [message.time for message in told] == pytest.approx([0.5, 0.53, 0.53, 1.5, 1.5], abs=0.011)
    assert all(0 < message.emitted - message.time <= 0.06 for message in told)
    assert [(told[2].group, told[2].attempts), (told[4].group, told[4].attempts)] == [(1, 1), (2, 2)]  # type: ignore[union-attr]
    assert sum(isinstance(message, NoteOn) for message in messages) == 4


def test_what_is_expected_outlives_the_engine(engines: list[Connection]) -> None:
    """The next one waits for it from its own begin on; for what has passed already it does not."""
    for wanted, answer, begins in (
        (Expect(3, (60, 64), (65,), 12.0), None, Expect(3, (60, 64), (65,), 12.0)),
        (Expect(3, (60, 64)), GroupPassed(2, 1.0, 1.1, 1), Expect(3, (60, 64))),
        (Expect(3, (60, 64)), GroupPassed(3, 1.0, 1.1, 1), None),
        (StopExpecting(), None, None),
    ):
        engines.clear()
        held = EngineProcess()
        held.send(Start(MicrophoneSource("mic"), expect=Expect(2, (62,))))
        engines[0].send(STARTED)
        held.send(wanted)
        if answer is not None:
            engines[0].send(answer)
        engines[0].close()
        assert held.receive(1.0)[-1] == Notice("restarted", engine_process.RESTARTED())
        assert engines[1].recv() == Start(MicrophoneSource("mic"), expect=begins)
        held.close()


def test_what_is_expected_while_no_stream_runs_is_expected_of_the_next(engines: list[Connection]) -> None:
    """A microphone that is missing may come back."""
    held = EngineProcess()
    held.send(Start(MicrophoneSource("missing")))
    engines[0].send(Failed(plain("No microphone found."), 3, ""))
    held.receive(1.0)
    held.send(Expect(1, (60,)))
    assert held.start == Start(MicrophoneSource("missing"), expect=Expect(1, (60,)))
    held.close()


def test_a_group_is_expected_on_another_device_too(parent: Parent, lesson: Path, fake_model_file: Path) -> None:
    """Its time was of the stream before; a Start without any waits for nothing."""
    parent.send(start(lesson, fake_model_file), Expect(5, (LAST,), since=100.0), SetDevice(FileSource(lesson)))
    passed = parent.wait_for(GroupPassed)
    assert isinstance(passed, GroupPassed)
    assert (passed.group, passed.time) == (5, pytest.approx(1.5, abs=0.011))
    parent.send(start(lesson, fake_model_file))
    parent.wait_for(End, 3)
    assert sum(isinstance(message, GroupPassed) for message in parent.messages) == 1
