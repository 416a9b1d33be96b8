"""The port process, with a fake port in place of RtMidi: it opens, sends, releases, and comes back."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing import Pipe

import pytest

from realtime import lateness
from realtime.errors import MidiError
from realtime.events import NoteOff, NoteOn, Pedal, StreamStarted
from realtime.lateness import Captured, DesignDelay
from realtime.midi import port as midi_port
from realtime.midi import port_server as port_process
from realtime.midi.encoder import MidiEncoder
from realtime.midi.port import MidiPort, MidiPortSink
from realtime.midi.port_server import (
    AllNotesOff,
    ClosePort,
    Ping,
    PlayNote,
    PortServer,
    PortSettings,
    PortState,
    Release,
)
from realtime.midi.velocity import VelocityCurve
from realtime.words import plain
from tests.waiting import WAIT_S, wait_until

ON, OFF = bytes((0x90, 60, 72)), bytes((0x80, 60, 64))
RELEASED = [bytes((0xB0, controller, 0)) for controller in (64, 123, 120)]
OPENING = [bytes((0xB0, controller, 0)) for controller in (64, 123)]
TWICE = [OFF, *RELEASED, OFF, *RELEASED]  # JACK may lose the first


class FakePort:
    """Keeps what is sent; `lives` is what the system says."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.system = "fake"
        self.sent: list[bytes] = []
        self.lives = True
        self.closed = False

    def send(self, message: bytes) -> None:
        assert self.lives, "sent to a port that is gone"
        self.sent.append(message)

    def alive(self) -> bool:
        return self.lives

    def close(self) -> None:
        self.closed = True


class Rig:
    """A server in a thread, and the ports that it has opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, openable: bool = True) -> None:
        self.ports: list[FakePort] = []
        self.openable = openable
        monkeypatch.setattr(port_process, "open_output", self._open)
        for pause in ("POLL_S", "RETRY_S", "UNOPENED_RETRY_S", "SETTLE_S", "DRAIN_S"):
            monkeypatch.setattr(port_process, pause, 0.01)
        self.commands, theirs = Pipe()
        self.events, reader = Pipe()
        self.server = PortServer(theirs, reader, PortSettings())
        self.thread = threading.Thread(target=self.server.serve)
        self.thread.start()

    def _open(self, selector: str) -> FakePort:
        if not self.openable:
            raise MidiError("No MIDI system answers here.")
        self.ports.append(FakePort(selector))
        return self.ports[-1]

    def state(self) -> PortState:
        """What a Ping gives."""
        self.commands.send(Ping())
        assert self.commands.poll(5.0)
        state: PortState = self.commands.recv()
        return state

    def play(self, *events: object) -> None:
        """Send events and wait until the port has them."""
        for event in events:
            self.events.send(event)
        before = self.state().sent
        wait_until(lambda: self.state().sent > before or not self.events.poll())
        time.sleep(0.03)


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    rig = Rig(monkeypatch)
    yield rig
    rig.server.stop()
    rig.thread.join(WAIT_S)


def note() -> NoteOn:
    return NoteOn(1.0, 1.1, 60, 72, 0.9)


def test_notes_go_out_after_the_opening_and_are_released_at_the_end(rig: Rig) -> None:
    """Closing releases the note that still sounds, then gives the port back."""
    rig.play(note())
    rig.commands.send(ClosePort())
    rig.thread.join(WAIT_S)
    (port,) = rig.ports
    assert [*OPENING, ON, *TWICE] == port.sent
    assert port.closed


def test_what_ended_last_is_said_again_before_the_port_closes(rig: Rig) -> None:
    """Also a note that ended with its stream; not those before."""
    rig.play(note(), NoteOff(1.5, 1.6, 60), replace(note(), pitch=62), NoteOff(2.0, 2.1, 62))
    rig.commands.send(ClosePort())
    rig.thread.join(WAIT_S)
    high_on, high_off = bytes((0x90, 62, 72)), bytes((0x80, 62, 64))
    assert [*OPENING, ON, OFF, high_on, high_off, *RELEASED, high_off, *RELEASED] == rig.ports[0].sent


def test_a_parent_that_dies_is_a_release(rig: Rig) -> None:
    """The end of the command pipe ends the process, and nothing hangs."""
    rig.play(note())
    rig.commands.close()
    rig.thread.join(WAIT_S)
    assert [ON, *TWICE] == rig.ports[0].sent[2:]
    assert rig.ports[0].closed


def test_a_sender_that_dies_is_a_release_and_the_port_stays(rig: Rig) -> None:
    """The end of the event pipe is not the end of the port."""
    rig.play(note())
    rig.events.close()
    wait_until(lambda: rig.ports[0].sent[-1] == RELEASED[-1])
    assert rig.state().open


def test_release_and_all_notes_off_on_demand(rig: Rig) -> None:
    """The port stays open."""
    rig.play(note(), Pedal(1.0, 1.0, 127))
    rig.commands.send(Release())
    wait_until(lambda: rig.ports[0].sent[-1] == RELEASED[-1])
    assert OFF in rig.ports[0].sent
    rig.commands.send(AllNotesOff())
    wait_until(lambda: len(rig.ports[0].sent) > 160)
    assert rig.state().open


class ConnectedPort(FakePort):
    """A port of a system that tells its receivers. unclear: how often that does not know yet which port it is."""

    def __init__(self, name: str, unclear: int = 0) -> None:
        super().__init__(name)
        self.connected: list[str] = []
        self.unclear = unclear

    def receivers(self) -> tuple[str, ...]:
        return tuple(self.connected)

    def connect(self, receivers: Sequence[str]) -> bool:
        self.unclear -= 1
        if self.unclear < 0:
            self.connected += receivers
        return self.unclear < 0


@pytest.mark.parametrize("unclear", [0, 2], ids=["known at once", "the dead one is shown for a while"])
def test_a_port_takes_the_place_of_one_that_died(monkeypatch: pytest.MonkeyPatch, unclear: int) -> None:
    """Its receivers are connected again, and all that they may hold is released; what waited is skipped, of which the
    first bytes may be the rest of a message."""
    port = ConnectedPort("virtual", unclear)
    monkeypatch.setattr(port_process, "POLL_S", 0.01)
    monkeypatch.setattr(port_process, "open_output", lambda _selector: port)
    monkeypatch.setattr(port_process, "SETTLE_S", 0.01)
    commands, theirs = Pipe()
    events, reader = Pipe()
    events.send(note())
    assert os.read(reader.fileno(), 7)
    events.send(note())
    left = PortState(True, "Liszten Out", "JACK", sent=1, receivers=("synth:in", "daw:in"))
    server = PortServer(theirs, reader, PortSettings(), left)
    thread = threading.Thread(target=server.serve)
    thread.start()
    wait_until(lambda: len(port.sent) > len(OPENING))
    commands.send(Ping())
    state = commands.recv()
    assert state.receivers == left.receivers
    silence = 2 * MidiEncoder().all_notes_off()  # JACK may lose some of so many
    assert port.sent == [*OPENING, *silence]
    events.send(note())
    wait_until(lambda: port.sent[-1] == ON)
    server.stop()
    thread.join(WAIT_S)
    assert port.sent == [*OPENING, *silence, ON, *TWICE]


def test_changed_settings_release_on_the_old_channel_and_keep_the_port(rig: Rig) -> None:
    """A held note cannot hang on a channel or a pitch that is no longer used; another port is another opening."""
    rig.play(note())
    rig.commands.send(PortSettings(channel=2, transpose=12))
    rig.play(note())
    (port,) = rig.ports
    assert [ON, OFF, *RELEASED, bytes((0x91, 72, 72))] == port.sent[2:]
    rig.commands.send(PortSettings(port="other", channel=2, transpose=12))
    wait_until(lambda: len(rig.ports) == 2 and rig.state().open)
    assert bytes((0x81, 72, 64)) in port.sent
    assert port.closed
    assert [bytes((0xB1, 64, 0)), bytes((0xB1, 123, 0))] == rig.ports[1].sent


def test_a_port_that_is_gone_comes_back(rig: Rig) -> None:
    """Nothing is sent to it while it is gone; its return begins with the opening messages and no sounding notes."""
    rig.play(note())
    rig.openable = False
    rig.ports[0].lives = False
    wait_until(lambda: not rig.state().open)
    assert "is gone" in str(rig.state().problem)
    rig.events.send(NoteOff(2.0, 2.1, 60))
    rig.events.send(note())
    rig.openable = True
    wait_until(lambda: rig.state().open)
    assert rig.ports[1].sent[:2] == OPENING
    rig.play(NoteOn(3.0, 3.1, 64, 72, 0.9))
    assert bytes((0x90, 64, 72)) in rig.ports[1].sent


def test_a_port_that_cannot_be_opened_gives_the_reason_and_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The state carries the sentence; the port opens as soon as it becomes possible."""
    rig = Rig(monkeypatch, openable=False)
    assert PortState(False, "virtual", "", plain("No MIDI system answers here."), 0) == rig.state()
    rig.openable = True
    wait_until(lambda: rig.state().open)
    rig.server.stop()
    rig.thread.join(WAIT_S)


def test_the_first_note_waits_until_other_programs_know_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """300 ms after opening, by default."""
    assert port_process.SETTLE_S == 0.3
    rig = Rig(monkeypatch)
    monkeypatch.setattr(port_process, "SETTLE_S", 0.2)
    rig.commands.send(PortSettings(port="other"))
    wait_until(lambda: len(rig.ports) == 2)
    opened = time.monotonic()
    rig.events.send(note())
    wait_until(lambda: ON in rig.ports[1].sent)
    assert time.monotonic() - opened > 0.15
    rig.server.stop()
    rig.thread.join(WAIT_S)


def test_a_real_port_process_is_replaced_when_it_dies_and_ends_when_closed() -> None:
    """A port that nobody has is an error with its reason; a killed process is replaced."""
    port = MidiPort(PortSettings(port="a port that nobody has"))
    with pytest.raises(MidiError, match=r"No MIDI (port is called|system answers)|python-rtmidi"):
        port.wait_open()
    first = port._process
    first.kill()
    first.join()
    wait_until(lambda: port.check().problem and port._process is not first and port._process.is_alive())
    MidiPortSink(port.events).send(note())
    second = port._process
    port.close()
    assert not second.is_alive()


def test_a_silent_port_process_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that lives but answers nothing, as it does when JACK dies in the middle of a message."""
    monkeypatch.setattr(midi_port, "SILENCE_LIMIT_S", 0.5)
    port = MidiPort(PortSettings(port="a port that nobody has"))
    with pytest.raises(MidiError):
        port.wait_open()
    first = port._process
    os.kill(first.pid or 0, signal.SIGSTOP)
    wait_until(lambda: port.check().problem and port._process is not first)
    assert not first.is_alive()
    port.close()


def test_another_curve_bends_what_follows_and_cuts_nothing_off(rig: Rig) -> None:
    """A held note sounds on while its player drags the curve."""
    rig.play(note())
    rig.commands.send(PortSettings(curve=VelocityCurve(1.0, 90, 90)))
    rig.play(NoteOn(1.2, 1.3, 64, 20, 0.9))
    assert [ON, bytes((0x90, 64, 90))] == rig.ports[0].sent[2:]


def test_no_port_is_opened_where_none_is_wanted(rig: Rig) -> None:
    """The open one is given back, nothing is a problem, and a name later opens one again."""
    assert rig.state().open
    rig.commands.send(PortSettings(port="none"))
    wait_until(lambda: not rig.state().open)
    rig.play(note())
    assert rig.state() == replace(PortState(False, "none"), sent=rig.state().sent)
    assert [port.closed for port in rig.ports] == [True]
    rig.commands.send(PortSettings(port="other"))
    wait_until(lambda: rig.state().open)
    assert rig.ports[1].name == "other"


def test_a_clicked_key_is_sent(rig: Rig) -> None:
    """Beside the stream's notes; repeated, it is released first."""
    rig.commands.send(PlayNote(note()))
    rig.commands.send(PlayNote(note()))
    rig.commands.send(PlayNote(NoteOff(1.0, 1.0, 60)))
    wait_until(lambda: rig.state().sent == 4)
    assert rig.ports[0].sent[2:] == [ON, OFF, ON, OFF]


def test_the_port_measures_from_the_sound_to_the_message(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver takes 0.2 s for a message: it counts. Notes that are not sent do not, nor those of another stream."""
    now = [100.0]
    monkeypatch.setattr(lateness, "wall_clock", lambda: now[0])
    wait_until(lambda: rig.state().open)
    assert rig.state().lateness is None

    def send_slowly(message: bytes) -> None:
        now[0] += 0.2

    monkeypatch.setattr(rig.ports[0], "send", send_slowly)
    rig.play(Captured(NoteOn(1.0, 1.04, 60, 72, 0.9), 99.95, DesignDelay(0.058, 0.058)), NoteOff(2.0, 2.04, 60))
    measured = rig.state().lateness
    assert measured is not None
    assert (measured.latest_s, measured.notes, measured.target) == ((pytest.approx(0.25),), 1, "midi")
    rig.commands.send(PortSettings(transpose=48))
    rig.play(Captured(NoteOn(3.0, 3.04, 108, 72, 0.9), 99.0, DesignDelay(0.058, 0.058)))  # above what MIDI has
    assert rig.state().lateness == measured
    rig.play(StreamStarted("m", "fast", 0.03, 48_000, "mic", "2026-11-21T10:00:00Z"))
    assert rig.state().lateness is None
