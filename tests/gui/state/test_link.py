"""The line to the engine: what it does when the engine or the microphone is not there."""

from __future__ import annotations

import queue
import threading
import time
from pathlib import Path

import pytest
import soundfile

from gui.state.device_search import DeviceSearch, FoundDevices
from gui.state.link import Link
from realtime.engine.messages import FileSource, Message, MicrophoneSource, Start, Stop
from realtime.engine.supervisor import News
from realtime.events import End, NoteOff, NoteOn, StreamStarted
from realtime.midi.port_server import AllNotesOff, PlayNote, PortSettings, PortState
from tests.fakes import FAKE_KEYS, fake_recording
from tests.gui.state.test_session import STREAM
from tests.waiting import WAIT_S, wait_until


class FakeSupervisor:
    """Returns each message once, and keeps the orders."""

    orders_sent: list[object]
    news: list[News]

    def __init__(self, start: Start, port: PortSettings) -> None:
        self.orders_sent += [start, port]

    def send(self, order: object) -> None:
        self.orders_sent.append(order)

    def receive(self, _patience_s: float) -> list[News]:
        time.sleep(0.005)
        return [self.news.pop(0)] if self.news else []

    def close(self) -> list[News]:
        self.orders_sent.append("closed")
        return []


def test_orders_and_messages_keep_their_order(monkeypatch: pytest.MonkeyPatch):
    """By the link's own thread, which wakes the window, and ends the supervisor with itself."""
    start, port = Start(MicrophoneSource("Piano")), PortSettings()
    messages: list[News] = [STREAM, PortState(True, "Liszten Out", "ALSA"), End(1.0, 1.0, 0, 0, "paused")]
    supervisor = type("Supervisor", (FakeSupervisor,), {"orders_sent": [], "news": [*messages]})
    monkeypatch.setattr("gui.state.link.Supervisor", supervisor)
    woken: list[str] = []
    link = Link(lambda: woken.append(threading.current_thread().name))
    link.open(start, port)
    orders = [PortSettings("Synth"), AllNotesOff(), PlayNote(NoteOff(0.0, 0.0, 60)), Stop("paused"), start]
    for order in orders:
        link.send(order)
    wait_until(lambda: len(supervisor.orders_sent) == 7 and not supervisor.news)
    link.close()
    assert supervisor.orders_sent == [start, port, *orders, "closed"]
    assert link.take() == messages
    assert woken == ["link"] * 3


def test_a_recording_is_transcribed_through_real_processes(tmp_path: Path, fake_model_file: Path):
    """Engine and port as they are: notes and the End arrive, in order."""
    tune = tmp_path / "tune.wav"
    notes = [(FAKE_KEYS[index], 0.1 + 0.3 * index, 0.4 + 0.3 * index) for index in range(5)]
    soundfile.write(tune, fake_recording(notes, 2.0, 48_000), 48_000)
    woken = threading.Event()
    link = Link(woken.set)
    link.open(Start(FileSource(tune), fake_model_file, seconds=1.5), PortSettings())
    news: list[Message | PortState] = []
    try:
        wait_until(lambda: news.extend(link.take()) or any(isinstance(item, End) for item in news))
    finally:
        link.close()
    assert woken.is_set()
    events = [item for item in news if isinstance(item, StreamStarted | NoteOn | End)]
    assert isinstance(events[0], StreamStarted)
    assert [event.pitch for event in events if isinstance(event, NoteOn)] == [25, 36, 47, 58, 69]
    assert isinstance(events[-1], End)


def test_a_device_search_always_answers():
    """Whatever audio and MIDI systems there are, or none."""
    answers: queue.SimpleQueue[FoundDevices] = queue.SimpleQueue()
    DeviceSearch(answers.put).start()
    assert isinstance(answers.get(timeout=WAIT_S), FoundDevices)
