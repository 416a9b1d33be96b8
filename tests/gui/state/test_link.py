"""The line to the engine: what it does when the engine or the microphone is not there."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from gui.state import link
from gui.state.link import Link, Panic
from gui.state.look_around import DeviceSearch, Surroundings
from realtime.engine.messages import (
    Command,
    Failed,
    FileSource,
    Message,
    MicrophoneSource,
    Notice,
    SetDevice,
    Start,
    Stop,
)
from realtime.errors import LisztenError
from realtime.events import End, NoteOff, NoteOn, StreamStarted
from realtime.midi.port_server import Play, PortSettings, PortState
from realtime.words import plain
from tests.fakes import FAKE_KEYS, fake_recording
from tests.gui.state.test_session import STREAM

NO_INPUT = Failed(plain("No microphone found."), 3, "")
LIMIT_S = 20.0


class FakeEngine:
    """An engine that says what the test has written down; one of its answers may be an exception."""

    answers: queue.SimpleQueue[list[Message] | LisztenError]
    commands: list[Command]
    made = 0

    def __init__(self, _notes: object) -> None:
        type(self).made += 1

    def send(self, command: Command) -> None:
        self.commands.append(command)

    def receive(self, _patience_s: float) -> list[Message]:
        try:
            answer = self.answers.get(timeout=0.01)
        except queue.Empty:
            return []
        if isinstance(answer, LisztenError):
            raise answer
        return answer

    def close(self, _patience_s: float) -> None:
        self.commands.append(Stop("closed"))


class FakePort:
    """A port that is open."""

    events = None

    def __init__(self, settings: PortSettings) -> None:
        self.told: list[object] = [settings]
        FakePort.last = self

    last: FakePort

    def check(self) -> PortState:
        return PortState(True, "Liszten Out", "ALSA", sent=time.monotonic_ns())

    def configure(self, settings: PortSettings) -> None:
        self.told.append(settings)

    def panic(self) -> None:
        self.told.append("panic")

    def play(self, note: object) -> None:
        self.told.append(note)

    def release(self) -> None:
        self.told.append("release")

    def close(self) -> None:
        self.told.append("close")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Link, type[FakeEngine]]]:
    """An open link to fakes; the microphone is asked for again at once."""
    engine = type("Engine", (FakeEngine,), {"answers": queue.SimpleQueue(), "commands": [], "made": 0})
    monkeypatch.setattr(link, "EngineProcess", engine)
    monkeypatch.setattr(link, "MidiPort", FakePort)
    monkeypatch.setattr(link, "RETRY_S", 0.0)
    line = Link(lambda: None)
    line.open(Start(MicrophoneSource("Piano")), PortSettings())
    yield line, engine
    line.close()


def wait_for(found: object) -> None:
    """Until a condition holds."""
    assert callable(found)
    deadline = time.monotonic() + LIMIT_S
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_a_missing_microphone_is_asked_for_again(
    opened: tuple[Link, type[FakeEngine]], monkeypatch: pytest.MonkeyPatch
):
    """At once when the player chooses another, and not any more once it is there."""
    line, engine = opened
    engine.answers.put([NO_INPUT])
    wait_for(lambda: engine.commands == [Start(MicrophoneSource("Piano"))] * 2)
    monkeypatch.setattr(link, "RETRY_S", 1000.0)
    line.take()
    engine.answers.put([NO_INPUT])
    wait_for(lambda: NO_INPUT in line.take())
    line.send(SetDevice(MicrophoneSource("Other")))
    wait_for(lambda: engine.commands[2:] == [Start(MicrophoneSource("Other"))])
    engine.answers.put([STREAM])
    wait_for(lambda: STREAM in line.take())
    said = len(engine.commands)
    time.sleep(0.1)
    assert len(engine.commands) == said


def test_a_failure_of_another_kind_is_not_tried_again(opened: tuple[Link, type[FakeEngine]]):
    """A broken model stays broken."""
    line, engine = opened
    engine.answers.put([Failed(plain("The model is broken."), 6, "")])
    wait_for(line.take)
    time.sleep(0.1)
    assert engine.commands == [Start(MicrophoneSource("Piano"))]


def test_an_engine_that_was_given_up_is_made_anew_when_asked(opened: tuple[Link, type[FakeEngine]]):
    """The window hears why, what sounds is released, and "Try again" starts another."""
    line, engine = opened
    engine.answers.put(LisztenError("Listening failed again and again."))
    news: list[object] = []
    wait_for(lambda: news.extend(line.take()) or any(isinstance(item, Failed) for item in news))
    assert "release" in FakePort.last.told
    line.send(Stop("while there is none"))
    line.send(Start(MicrophoneSource("Piano")))
    wait_for(lambda: engine.made == 2)


def test_the_port_is_told_and_speaks_only_of_changes(opened: tuple[Link, type[FakeEngine]]):
    """Settings, panic and the notes of an engine that died."""
    line, engine = opened
    line.send(PortSettings("Synth"))
    line.send(Panic())
    line.send(Play(NoteOff(0.0, 0.0, 60)))
    engine.answers.put([Notice("restarted", plain("..."))])
    wait_for(lambda: {PortSettings("Synth"), "panic", "release", NoteOff(0.0, 0.0, 60)} <= set(FakePort.last.told))
    states = [item for item in line.take() if isinstance(item, PortState)]
    assert [state.open for state in states] == [True]


def test_closing_ends_engine_and_port(opened: tuple[Link, type[FakeEngine]]):
    """In this order: the engine's last notes still reach the port."""
    line, engine = opened
    wait_for(line.take)
    line.close()
    assert engine.commands[-1] == Stop("closed")
    assert FakePort.last.told[-1] == "close"


def test_a_recording_is_heard_through_real_processes(tmp_path: Path, fake_model_file: Path):
    """Engine and port as they are: notes and the End arrive, in order."""
    tune = tmp_path / "tune.wav"
    notes = [(FAKE_KEYS[index], 0.1 + 0.3 * index, 0.3 + 0.3 * index) for index in range(5)]
    soundfile.write(tune, fake_recording(notes, 2.0, 48_000), 48_000)
    woken = threading.Event()
    line = Link(woken.set)
    line.open(Start(FileSource(tune), fake_model_file, seconds=1.5), PortSettings())
    news: list[Message | PortState] = []
    try:
        wait_for(lambda: news.extend(line.take()) or any(isinstance(item, End) for item in news))
    finally:
        line.close()
    assert woken.is_set()
    events = [item for item in news if isinstance(item, StreamStarted | NoteOn | End)]
    assert isinstance(events[0], StreamStarted)
    assert [event.pitch for event in events if isinstance(event, NoteOn)] == [25, 36, 47, 58, 69]
    assert isinstance(events[-1], End)


def test_looking_around_always_answers():
    """Whatever audio and MIDI systems there are, or none."""
    answers: queue.SimpleQueue[Surroundings] = queue.SimpleQueue()
    DeviceSearch(answers.put).start()
    assert isinstance(answers.get(timeout=LIMIT_S), Surroundings)
