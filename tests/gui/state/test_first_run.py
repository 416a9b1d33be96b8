"""The guide: each step finds what it looks for in what the engine says, and leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gui.state.controller import Controller
from gui.state.first_run import CHECKED, CHORD, FirstRun, Step
from gui.state.recipes import APPS, recipe
from gui.state.settings import GATE_OFF_DB
from realtime.engine import echo_test as echo
from realtime.engine.messages import Configure, Message, Status, Tuned
from realtime.events import NoteOff
from realtime.midi.port_server import PlayNote, PortState
from tests.gui.conftest import AT_FIRST, FakeLink
from tests.gui.state.test_session import STREAM, on


@pytest.fixture
def guide(controller: Controller) -> FirstRun:
    """A guide that gets the messages of the controller's engine."""
    guide = FirstRun(controller)
    controller.followers.append(guide.observe)
    return guide


def receive(controller: Controller, *messages: Message | PortState, now: float = 1.0) -> None:
    """Let the engine say something."""
    link = controller._link
    assert isinstance(link, FakeLink)
    link.news += messages
    controller.pump(now)


def status(time: float, peak_db: float, clipped: int = 0) -> Status:
    return Status(time, "running", peak_db, peak_db - 9, clipped, 0.1, 0.001, 0.002, 0, 0)


def strike(controller: Controller, time: float, peak_db: float, clipped: int = 0) -> None:
    """A note with its peak 50 ms after its onset, its event after that, and half a second that follows."""
    receive(controller, status(time + 0.05, peak_db, clipped), on(60, time))
    receive(controller, *[status(time + 0.05 * step, peak_db - step) for step in range(2, 12)])


def test_a_microphone_with_a_level_is_enough(controller: Controller, guide: FirstRun):
    """A moving meter."""
    receive(controller, STREAM, status(0.1, -70.0))
    assert not guide.complete
    receive(controller, status(0.2, -20.0))
    assert guide.complete


@pytest.mark.parametrize(
    ("peaks", "loud", "soft"),
    [
        ((-8.0, -30.0), "good", "good"),
        ((-8.0,), "good", "wait"),
        ((-8.0, -10.0), "good", "wait"),
        ((-25.0, -45.0), "low", "good"),
        ((-1.0, -30.0), "high", "good"),
        ((-8.0, -55.0), "good", "low"),
    ],
)
def test_a_loud_and_a_soft_note_must_land_in_the_band(
    controller: Controller, guide: FirstRun, peaks: tuple[float, ...], loud: str, soft: str
):
    """In either order; the peak has passed when the event comes."""
    guide.go(Step.LEVEL)
    receive(controller, STREAM)
    for index, peak in enumerate(reversed(peaks)):
        strike(controller, 1.0 + index, peak)
    assert (guide.level.loud_word, guide.level.soft_word(None)) == (loud, soft)
    assert guide.complete is (loud == soft == "good")


def test_distortion_is_too_loud(controller: Controller, guide: FirstRun):
    """Whatever the meter says."""
    guide.go(Step.LEVEL)
    receive(controller, STREAM)
    strike(controller, 1.0, -5.0, clipped=2)
    assert guide.level.loud_word == "high"


def test_the_gate_lies_between_the_room_and_the_soft_note(controller: Controller, guide: FirstRun):
    """Eight decibels above the noise; nothing is set while the room is unknown."""
    guide.go(Step.LEVEL)
    guide.set_gate()
    assert controller.settings.gate_db == GATE_OFF_DB
    receive(controller, STREAM, *[status(0.05 * step, -56.0) for step in range(80)])
    strike(controller, 5.0, -10.0)
    strike(controller, 6.0, -35.0)
    guide.set_gate()
    assert controller.settings.gate_db == -57.0


def test_the_piano_is_checked_in_three_places_and_tuned(controller: Controller, guide: FirstRun, link: FakeLink):
    """C4, C2 and C7; measuring begins with the step, goes on with another stream, and ends with it."""
    guide.go(Step.PIANO)
    measuring = Configure(replace(AT_FIRST, measure_tuning=True))
    assert link.orders == [measuring]
    receive(controller, STREAM, on(60, 1.0), Tuned(60, -4.0), on(36, 2.0), on(84, 3.0))
    assert guide.octaves_off == -1
    assert not guide.complete
    receive(controller, on(CHECKED[2], 4.0), Tuned(96, 25.0))
    assert guide.complete
    assert guide.octaves_off == 0
    assert guide.tuning_cents == -4.0
    guide.go(Step.SEND)
    assert link.orders == [measuring, Configure(AT_FIRST)]


@pytest.mark.parametrize(
    ("measured", "in_force", "offered"),
    [(-4.0, 0.0, None), (-38.4, 0.0, -38), (-38.4, -35.0, None), (3.0, -38.0, 0), (-60.0, 0.0, None), (50.0, 0.0, 50)],
)
def test_a_correction_is_offered_where_it_helps(
    controller: Controller, guide: FirstRun, measured: float, in_force: float, offered: int | None
):
    """Not for a piano that is in tune, nor for one so far off that its notes may be their neighbours."""
    controller.set_tuning(in_force)
    guide.go(Step.PIANO)
    assert guide.correction is None
    receive(controller, STREAM, on(60, 1.0), Tuned(60, measured))
    assert guide.correction == offered


def test_a_test_chord_is_sent_and_ends(controller: Controller, guide: FirstRun, link: FakeLink):
    """By itself, or when the step is left."""
    guide.go(Step.SEND)
    guide.play_chord(10.0)
    played = [order.note.pitch for order in link.orders if isinstance(order, PlayNote)]
    assert played == list(CHORD)
    guide.advance(11.0)
    assert len(link.orders) == len(CHORD)
    guide.advance(11.3)
    assert len(link.orders) == 2 * len(CHORD)
    guide.play_chord(12.0)
    guide.leave()
    assert len(link.orders) == 4 * len(CHORD)


def test_sending_is_done_with_an_open_port_and_a_chosen_app(controller: Controller, guide: FirstRun):
    """Every app has a recipe on every system, with the port's name in it."""
    guide.go(Step.SEND)
    receive(controller, PortState(True, "Liszten Out", "ALSA"))
    assert not guide.complete
    guide.app = "daw"
    assert guide.complete
    for platform in ("linux", "darwin", "win32"):
        for app, _ in APPS:
            steps = recipe(app, "loopMIDI Port", platform)
            assert app == "none" or any("“loopMIDI Port”" in step for step in steps)


@pytest.mark.parametrize("loop_s", [0.2, None])
def test_the_echo_check_sends_listens_and_judges(
    controller: Controller, guide: FirstRun, link: FakeLink, loop_s: float | None
):
    """Meanwhile no note of the piano is sent; afterwards notes are sent again."""
    guide.go(Step.ECHO)
    guide.begin_echo(100.0)
    for step in range(400):
        now = 100.0 + step / 100
        sent = [order for order in link.orders if isinstance(order, PlayNote)]
        guide.advance(now)
        for order in [order for order in link.orders if isinstance(order, PlayNote)][len(sent) :]:
            if loop_s is not None and hasattr(order.note, "velocity"):
                guide.observe(on(order.note.pitch, now), now + loop_s)
    assert guide.echo_done
    assert guide.loop_s == (None if loop_s is None else pytest.approx(loop_s))
    assert guide.complete is (loop_s is None)
    notes = [order.note for order in link.orders if isinstance(order, PlayNote)]
    assert len(notes) == 2 * len(echo.PITCHES)
    assert link.orders[0] == Configure(replace(AT_FIRST, send_midi=False))
    assert link.orders[-1] == Configure(AT_FIRST)


def test_a_check_that_is_left_ends(controller: Controller, guide: FirstRun, link: FakeLink):
    """Its note is released, MIDI goes on, and nothing more is sent."""
    guide.go(Step.ECHO)
    guide.begin_echo(100.0)
    guide.advance(100.0)
    guide.leave()
    guide.advance(101.0)
    sent, released = [order.note for order in link.orders if isinstance(order, PlayNote)]
    assert isinstance(released, NoteOff)
    assert sent.pitch == released.pitch
    assert link.orders[-1] == Configure(AT_FIRST)
