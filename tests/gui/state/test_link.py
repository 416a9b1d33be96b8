"""The line to the engine: what it does when the engine or the microphone is not there."""

from __future__ import annotations

import queue
import threading
import time
from pathlib import Path

import pytest
import soundfile

from gui.state import link
from gui.state.device_search import DeviceSearch, FoundDevices
from gui.state.link import Link
from realtime.engine.messages import FileSource, Message, MicrophoneSource, Start, Stop
from realtime.engine.supervisor import News
from realtime.events import End, NoteOff, NoteOn, StreamStarted
from realtime.midi.port_server import AllNotesOff, PlayNote, PortSettings, PortState
from tests.fakes import FAKE_KEYS, fake_recording
from tests.gui.state.test_session import STREAM

LIMIT_S = 20.0


def wait_for(found: object) -> None:
    """Until a condition holds."""
    assert callable(found)
    deadline = time.monotonic() + LIMIT_S
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.005)


class FakeSupervisor:
    """Says each thing once, and remembers what it was told."""

    told: list[object]
    news: list[News]

    def __init__(self, start: Start, port: PortSettings) -> None:
        self.told += [start, port]

    def send(self, order: object) -> None:
        self.told.append(order)

    def receive(self, _patience_s: float) -> list[News]:
        time.sleep(0.005)
        return [self.news.pop(0)] if self.news else []

    def close(self) -> None:
        self.told.append("closed")


def test_orders_go_down_and_news_come_up_in_order(monkeypatch: pytest.MonkeyPatch):
    """By the link's own thread, which wakes the window, and ends the supervisor with itself."""
    start, port = Start(MicrophoneSource("Piano")), PortSettings()
    said: list[News] = [STREAM, PortState(True, "Liszten Out", "ALSA"), End(1.0, 1.0, 0, 0, "paused")]
    supervisor = type("Supervisor", (FakeSupervisor,), {"told": [], "news": [*said]})
    monkeypatch.setattr(link, "Supervisor", supervisor)
    woken: list[str] = []
    line = Link(lambda: woken.append(threading.current_thread().name))
    line.open(start, port)
    orders = [PortSettings("Synth"), AllNotesOff(), PlayNote(NoteOff(0.0, 0.0, 60)), Stop("paused"), start]
    for order in orders:
        line.send(order)
    wait_for(lambda: len(supervisor.told) == 7 and not supervisor.news)
    line.close()
    assert supervisor.told == [start, port, *orders, "closed"]
    assert line.take() == said
    assert woken == ["link"] * 3


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


def test_a_device_search_always_answers():
    """Whatever audio and MIDI systems there are, or none."""
    answers: queue.SimpleQueue[FoundDevices] = queue.SimpleQueue()
    DeviceSearch(answers.put).start()
    assert isinstance(answers.get(timeout=LIMIT_S), FoundDevices)
