"""Engine and port under one supervisor: what it does when one of them, or the microphone, is not there."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from gui.state import link
from realtime.cli.commands import live
from realtime.clock import wall_clock
from realtime.engine import echo_test
from realtime.engine import supervisor as module
from realtime.engine.live import messages
from realtime.engine.messages import (
    Command,
    Configure,
    Failed,
    FileSource,
    Message,
    MicrophoneSource,
    Notice,
    Record,
    SaveRecent,
    SetDevice,
    Start,
    Status,
    Stop,
    after,
)
from realtime.engine.settings import StreamSettings
from realtime.engine.supervisor import PortWatch, Supervisor
from realtime.errors import AudioDeviceError, LisztenError, MidiError, ModelError
from realtime.events import End, NoteOff, NoteOn, StreamStarted
from realtime.lateness import DesignDelay, Lateness
from realtime.midi.port import OPENING
from realtime.midi.port_server import AllNotesOff, PlayNote, PortSettings, PortState
from realtime.system.interrupts import StopRequest
from realtime.words import plain

PIANO = Start(MicrophoneSource("Piano"))
NO_INPUT = Failed(plain("No microphone found."), AudioDeviceError.exit_code, "")
STREAM = StreamStarted("m", "fast", 0.03, 48_000, "mic", "2026-11-21T10:00:00Z")
END = End(1.0, 1.0, 0, 0, "duration")
OPEN = PortState(True, "Liszten Out", "ALSA")
GONE = PortState(False, "Liszten Out", "ALSA", plain("gone"))


class World:
    """What happens outside of a supervisor: answers of the engine, the port's state, the time, and a log."""

    def __init__(self) -> None:
        self.answers: list[list[Message] | LisztenError] = []
        self.state = OPEN
        self.now = 100.0
        self.log: list[object] = []


class FakeEngine:
    """Gives the answers of the test, of which one may be an exception."""

    def __init__(self, world: World, notes: object) -> None:
        self.start = PIANO
        self._world = world
        world.log.append(("engine", notes))

    def send(self, command: Command) -> None:
        self.start = command if isinstance(command, Start) else after(self.start, command)
        self._world.log.append(command)

    def receive(self, _patience_s: float) -> list[Message]:
        answer = self._world.answers.pop(0) if self._world.answers else []
        if isinstance(answer, LisztenError):
            raise answer
        return answer

    def close(self) -> list[Message]:
        self._world.log.append("engine closed")
        return []


class FakePort:
    """A port that logs its calls."""

    def __init__(self, world: World, settings: PortSettings) -> None:
        self.events = "notes"
        self._log = world.log
        self._world = world
        self._log.append(settings)

    def check(self) -> PortState:
        return self._world.state

    def configure(self, settings: PortSettings) -> None:
        self._log.append(settings)

    def all_notes_off(self) -> None:
        self._log.append("panic")

    def play(self, note: object) -> None:
        self._log.append(note)

    def release(self) -> None:
        self._log.append("release")

    def close(self) -> None:
        self._log.append("port closed")


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(module, "EngineProcess", lambda notes: FakeEngine(world, notes))
    monkeypatch.setattr(module, "MidiPort", lambda settings: FakePort(world, settings))
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: world.now, sleep=lambda _s: None))
    return world


@pytest.fixture
def supervisor(world: World) -> Iterator[Supervisor]:
    supervisor = Supervisor(PIANO, PortSettings())
    assert world.log == [PortSettings(), ("engine", "notes"), PIANO]
    world.log.clear()
    yield supervisor


def test_a_missing_microphone_is_asked_for_again(supervisor: Supervisor, world: World):
    """After two seconds, and not any more once it is there."""
    world.answers = [[NO_INPUT]]
    assert supervisor.receive(0.0) == [NO_INPUT, OPEN]
    for now, sent in ((101.9, []), (102.1, [PIANO]), (110.0, [PIANO])):
        world.now = now
        assert supervisor.receive(0.0) == []
        assert world.log == sent


@pytest.mark.parametrize(
    ("order", "begins"),
    [
        (SetDevice(MicrophoneSource("Other")), Start(MicrophoneSource("Other"))),
        (Configure(StreamSettings("fast")), Start(MicrophoneSource("Piano"), settings=StreamSettings("fast"))),
        (Record(Path("takes")), Start(MicrophoneSource("Piano"), record=Path("takes"))),
    ],
)
def test_another_choice_is_tried_at_once(supervisor: Supervisor, world: World, order: Command, begins: Start):
    """As the stream that was to begin, with what was changed."""
    world.answers = [[NO_INPUT]]
    supervisor.receive(0.0)
    supervisor.send(order)
    assert world.log == [begins]


def test_what_asks_for_no_stream_begins_none(supervisor: Supervisor, world: World):
    """The last minutes can be kept without a microphone; after a pause none is asked for."""
    world.answers = [[NO_INPUT]]
    supervisor.receive(0.0)
    supervisor.send(SaveRecent(Path("takes")))
    supervisor.send(Stop("paused"))
    world.now = 110.0
    supervisor.receive(0.0)
    assert world.log == [SaveRecent(Path("takes")), Stop("paused")]


def test_a_stream_that_begins_after_a_failure_is_left_alone(supervisor: Supervisor, world: World):
    """The player has chosen another microphone before the failure of the first was read."""
    world.answers = [[NO_INPUT, STREAM]]
    supervisor.send(SetDevice(MicrophoneSource("Other")))
    supervisor.receive(0.0)
    world.now = 110.0
    supervisor.receive(0.0)
    assert world.log == [SetDevice(MicrophoneSource("Other"))]


@pytest.mark.parametrize("again", [PIANO, SetDevice(MicrophoneSource("Piano"))])
def test_a_failure_that_arrives_after_a_stop_is_not_tried_again(supervisor: Supervisor, world: World, again: Command):
    """The player has paused while a missing microphone was being opened; whatever begins a stream ends the pause."""
    world.answers = [[NO_INPUT]]
    supervisor.send(Stop("paused"))
    assert supervisor.receive(0.0) == [NO_INPUT, OPEN]
    world.now = 110.0
    supervisor.receive(0.0)
    assert world.log == [Stop("paused")]
    supervisor.send(again)
    world.answers = [[NO_INPUT]]
    supervisor.receive(0.0)
    world.now = 120.0
    supervisor.receive(0.0)
    assert world.log == [Stop("paused"), again, PIANO]


@pytest.mark.parametrize(
    ("start", "failed"),
    [
        (PIANO, Failed(plain("The model is broken."), ModelError.exit_code, "")),
        (Start(FileSource(Path("piano.wav"))), NO_INPUT),
    ],
)
def test_a_failure_of_another_kind_is_not_tried_again(world: World, start: Start, failed: Failed):
    """A broken model stays broken, and a file is no microphone."""
    supervisor = Supervisor(start)
    world.answers = [[failed]]
    supervisor.receive(0.0)
    world.now = 110.0
    supervisor.receive(0.0)
    assert world.log == [("engine", None), start]


def test_an_engine_that_was_given_up_is_made_anew_when_asked(supervisor: Supervisor, world: World):
    """The user gets the reason, and what sounds is released; nothing but a Start makes another."""
    world.answers = [LisztenError("Listening failed again and again.")]
    assert supervisor.receive(0.0) == [Failed(plain("Listening failed again and again."), 1, ""), OPEN]
    supervisor.send(Stop("while there is none"))
    supervisor.send(Configure(StreamSettings("fast")))
    assert supervisor.receive(0.0) == []
    supervisor.send(PIANO)
    assert world.log == ["engine closed", "release", ("engine", "notes"), PIANO]


def test_notes_of_an_engine_that_was_replaced_are_released(supervisor: Supervisor, world: World):
    """Nobody else would end them."""
    restarted = Notice("restarted", plain("..."))
    world.answers = [[restarted]]
    assert supervisor.receive(0.0) == [restarted, OPEN]
    assert world.log == ["release"]


def test_orders_for_the_port_reach_it(supervisor: Supervisor, world: World):
    """In order, and the engine gets none of them."""
    for order in (PortSettings("Synth"), AllNotesOff(), PlayNote(NoteOff(0.0, 0.0, 60))):
        supervisor.send(order)
    assert world.log == [PortSettings("Synth"), "panic", NoteOff(0.0, 0.0, 60)]


def test_a_port_is_missed_after_two_seconds(world: World):
    """A state comes when it changes, not when `sent` grows; a loss once, until the port was back or is another."""
    missed = Notice("port_lost", plain("gone"))
    steps = [
        (0.0, OPEN, [OPEN]),
        (0.1, PortState(True, "Liszten Out", "ALSA", sent=9), []),
        (1.0, GONE, [GONE]),
        (2.9, GONE, []),
        (3.1, GONE, [missed]),
        (9.0, GONE, []),
        (10.0, OPEN, [OPEN]),
        (11.0, GONE, [GONE]),
        (13.1, GONE, [missed]),
    ]
    watch = PortWatch("virtual")
    for now, state, sent in steps:
        assert list(watch.changes(state, now)) == sent
    watch.expect("virtual")
    assert [list(watch.changes(GONE, now)) for now in (15.0, 20.0)] == [[], []]
    watch.expect("Synth")
    assert [list(watch.changes(GONE, now)) for now in (21.0, 23.1, 30.0)] == [[], [missed], []]
    none = PortState(False, "none")
    watch = PortWatch("none")
    assert [list(watch.changes(none, now)) for now in (0.0, 5.0, 10.0)] == [[none], [], []]


def test_a_port_that_is_slow_to_open_is_not_reported_as_lost():
    """On a busy computer its process takes some seconds to begin; one that has been open has two to come back."""
    opening = PortState(False, "virtual", problem=OPENING())
    slow = PortWatch("virtual")
    sent = [
        list(slow.changes(state, now)) for now, state in ((0.0, opening), (2.5, opening), (9.0, opening), (9.5, OPEN))
    ]
    assert sent == [[opening], [], [], [OPEN]]
    sent = [list(slow.changes(opening, now)) for now in (20.0, 21.9, 22.1)]
    assert sent == [[opening], [], [Notice("port_lost", OPENING())]]
    hangs = PortWatch("virtual")
    sent = [list(hangs.changes(opening, now)) for now in (0.0, 9.9, 10.1)]
    assert sent == [[opening], [], [Notice("port_lost", OPENING())]]
    fails = PortWatch("virtual")
    sent = [list(fails.changes(state, now)) for now, state in ((0.0, opening), (5.0, GONE))]
    assert sent == [[opening], [GONE, Notice("port_lost", plain("gone"))]]


def test_a_port_that_could_not_be_opened_is_reported_once(
    supervisor: Supervisor, world: World, monkeypatch: pytest.MonkeyPatch
):
    """The command has said so already; one that was opened and is lost later gives a Notice."""
    world.answers = [[]] * 8
    for opens, news in ((False, [[GONE], [], []]), (True, [[], [], [Notice("port_lost", plain("gone"))]])):

        def wait_open(_port: FakePort, _cancelled: object, opens: bool = opens) -> PortState:
            if not opens:
                raise MidiError("gone")
            return OPEN

        monkeypatch.setattr(FakePort, "wait_open", wait_open, raising=False)
        with contextlib.suppress(MidiError):
            assert supervisor.wait_port() == OPEN
        received = []
        for now, state in ((0.0, GONE), (0.1, GONE), (5.0, GONE)):
            world.state, world.now = state, world.now + now
            received.append(supervisor.receive(0.0))
        assert received == news


def test_closing_ends_engine_and_port(supervisor: Supervisor, world: World):
    """In this order: the engine's last notes still reach the port."""
    with closing(supervisor):
        pass
    assert world.log == ["engine closed", "port closed"]


def test_a_command_follows_a_stream_to_its_end(supervisor: Supervisor, world: World):
    """And nothing of the port's states."""
    world.answers = [[], [STREAM], [END]]
    assert list(messages(supervisor, StopRequest())) == [STREAM, END]


def test_a_command_fails_with_the_error_that_it_was(supervisor: Supervisor, world: World):
    """Its class, and so its status, its sentence and its trace."""
    world.answers = [[Failed(plain("The model is broken."), ModelError.exit_code, "Traceback ...")]]
    with pytest.raises(ModelError, match="The model is broken") as raised:
        list(messages(supervisor, StopRequest()))
    assert raised.value.__notes__ == ["Traceback ..."]


def test_terminal_window_and_echo_test_have_the_same_supervisor():
    """None of them holds an engine or a port by itself."""
    users: list[tuple[object, Callable[..., object]]] = [
        (live, live.run_live),
        (link, link.Link),
        (echo_test, echo_test.echo_test),
    ]
    for user, _ in users:
        assert vars(user)["Supervisor"] is Supervisor
        assert not {"EngineProcess", "MidiPort"} & vars(user).keys()


def test_lateness_is_the_port_s_while_it_gets_the_notes(supervisor: Supervisor, world: World):
    """When the port is gone, or MIDI is paused, it is measured here."""
    sent = Lateness(DesignDelay(0.03, 0.03), (0.07,), 1, "midi")
    status = Status(2.0, "running", -12.0, -30.0, 0, 0.1, 0.001, 0.002, 0, 0, captured=wall_clock() - 1.0)
    world.state = replace(OPEN, lateness=sent)
    world.answers = [[STREAM, status, NoteOn(2.0, 2.05, 60, 70, 0.9)]]
    assert supervisor.receive(0.0)[-1] == sent
    world.now += 1.0
    assert supervisor.receive(0.0) == []
    supervisor.send(Configure(StreamSettings(send_midi=False)))
    world.log.clear()
    (here,) = supervisor.receive(0.0)
    assert isinstance(here, Lateness)
    assert (here.target, here.median_s) == ("program", pytest.approx(1.0, abs=0.2))


def test_the_echo_test_sends_only_its_own_notes(world: World, monkeypatch: pytest.MonkeyPatch):
    """The engine runs, and its notes are kept from the port; both end with the test."""
    clock = itertools.count(step=0.01)
    monkeypatch.setattr(echo_test, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    monkeypatch.setattr(FakePort, "wait_open", lambda _port, _cancelled: OPEN, raising=False)
    world.answers = [[STREAM]]
    assert echo_test.echo_test(PIANO, PortSettings()) is None
    silent = Start(MicrophoneSource("Piano"), settings=StreamSettings(send_midi=False))
    assert world.log[:3] == [PortSettings(), ("engine", "notes"), silent]
    assert len(world.log) == 3 + 2 * len(echo_test.PITCHES) + 2
    assert world.log[-2:] == ["engine closed", "port closed"]
