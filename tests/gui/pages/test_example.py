"""The example on an empty stage: through the engine, with its sound, and back to the player's piano."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.state.banners import Fault
from gui.state.controller import Controller
from gui.takes.example import Example
from gui.widgets.tabs import LISTEN, TAKES
from realtime.audio.demo import demo_recording
from realtime.engine.messages import Failed, FileSource, MicrophoneSource, Notice, Record, Start, TakeStarted
from realtime.events import End
from realtime.midi.port_server import PortState
from realtime.piano.speaker_messages import Answer, PlaybackFailed, PlaybackPosition
from realtime.words import plain
from tests.gui.conftest import FakeLink, shown_window
from tests.gui.pages.takes.test_gallery import receive, turn
from tests.gui.state.test_session import on, status
from tests.gui.takes.test_replay import FakeLoudspeaker
from tests.realtime.takes.test_folder import STREAM

DEMO = replace(STREAM, source="demo.flac")


@pytest.fixture
def loudspeaker() -> FakeLoudspeaker:
    return FakeLoudspeaker()


@pytest.fixture
def window(qapp: QApplication, controller: Controller, loudspeaker: FakeLoudspeaker) -> Iterator[MainWindow]:
    with shown_window(qapp, controller, loudspeaker) as window:
        yield window


def sources(link: FakeLink) -> list[object]:
    """Of the streams that were asked for."""
    return [order.source for order in link.orders if isinstance(order, Start)]


def seen(window: MainWindow) -> str:
    """The words of the button, "" where there is none."""
    turn(window)
    return window._example.text() if window._example.isVisible() else ""


def answer(window: MainWindow, *answers: Answer) -> None:
    """What the loudspeaker says."""
    loudspeaker = window.pages.loudspeaker
    assert isinstance(loudspeaker, FakeLoudspeaker)
    loudspeaker.pending += answers
    turn(window)


def begin(window: MainWindow, qtbot: QtBot) -> None:
    """The microphone is listened to; then the example."""
    receive(window, STREAM, status(1.0))
    assert seen(window) == "Hear and see an example"
    window._example.setFocus()
    qtbot.keyClick(window._example, Qt.Key.Key_Space)
    turn(window)
    assert not window._example.isEnabled()
    assert not window.controller.example
    answer(window, PlaybackPosition(1, 0.02, 100.0))
    receive(window, End(1.0, 1.0, 0, 0, "replaced"), DEMO)


def test_an_example_is_heard_and_seen(window: MainWindow, qtbot: QtBot, link: FakeLink, loudspeaker: FakeLoudspeaker):
    """The engine plays the shipped recording, and so does the loudspeaker; at its end the microphone is back."""
    begin(window, qtbot)
    assert sources(link) == [FileSource(demo_recording())]
    assert demo_recording().is_file()
    assert (loudspeaker.orders, loudspeaker.sounds) == (*([(3600.0, None), (0.0, None)], 2 * [demo_recording()]),)
    assert seen(window) == "Back to my piano"
    assert window.transport._name.text() == "Demo recording"
    receive(window, on(60, 0.5))
    assert seen(window) == "Back to my piano"
    receive(window, End(27.0, 27.0, 79, 0, "end of file"))
    assert loudspeaker.orders[-1] == "stop"
    assert sources(link)[1:] == [MicrophoneSource(None, "auto")]
    receive(window, STREAM)
    assert seen(window) == "Hear and see an example"


def test_the_sound_is_put_in_step(controller: Controller, link: FakeLink, loudspeaker: FakeLoudspeaker):
    """Once, by what the loudspeaker took to begin: a quarter of a second; the picture shows 0.97 s of the stream."""
    example = Example(controller, lambda: loudspeaker)
    example.play()
    loudspeaker.pending = [PlaybackPosition(1, 0.1, 99.0)]
    example.tick(99.5)
    link.news = [DEMO]
    controller.pump(100.0)
    link.news = [status(1.0)]
    controller.pump(101.0)
    loudspeaker.pending = [PlaybackPosition(1, 0.7, 100.95)]
    example.tick(101.0)
    loudspeaker.pending = [PlaybackPosition(2, 0.1, 101.4)]
    example.tick(101.5)
    assert [order if isinstance(order, str) else order[0] for order in loudspeaker.orders] == [
        *(3600.0, 0.0, pytest.approx(1.0 - DEMO.delay_s + 0.25)),
    ]


@pytest.mark.parametrize("way", ["button", "escape", "page", "input"])
def test_one_can_go_back_at_any_time(
    window: MainWindow, qtbot: QtBot, link: FakeLink, loudspeaker: FakeLoudspeaker, way: str
):
    """The button, Esc, another page, another microphone: all of them are silent at once."""
    begin(window, qtbot)
    before = len(link.orders)
    if way == "button":
        qtbot.mouseClick(window._example, Qt.MouseButton.LeftButton)
    elif way == "escape":
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    elif way == "page":
        window.pages.turn(TAKES)
    else:
        window.controller.set_input("Scarlett")
        receive(window, End(2.0, 2.0, 0, 0, "device changed"))
    assert not window.controller.example
    assert loudspeaker.orders[-1] == "stop"
    (order,) = link.orders[before:]
    assert getattr(order, "source", None) == MicrophoneSource("Scarlett" if way == "input" else None, "auto")


def test_without_a_microphone_the_stage_says_so(window: MainWindow, link: FakeLink):
    """And offers the example, in the banner too."""
    receive(window, Failed(plain("none"), 3, ""))
    session = window.controller.session
    assert session.invitation == "No microphone is heard. Connect one, and play your piano."
    assert seen(window) == "Hear and see an example"
    banner = session.faults.shown(0.0)
    assert banner is not None
    assert (banner.fault, [banner.button(remedy) for remedy in banner.remedies]) == (
        *(Fault.NO_INPUT, ["Choose input", "Hear and see an example"]),
    )
    window.pages.turn(TAKES)
    window._remedy(banner.remedies[1].value)
    assert window.pages.page == LISTEN
    answer(window, PlaybackFailed(1, plain("No loudspeaker.")))
    assert sources(link) == [FileSource(demo_recording())]
    receive(window, Failed(plain("broken"), 1, ""))
    assert not window.controller.example


def test_without_midi_the_stage_says_so(window: MainWindow):
    """Once it is known that no port can be opened; while it is being opened nothing is said."""
    receive(window, STREAM, status(1.0))
    session = window.controller.session
    assert session.invitation == "Play your piano — notes appear here."
    receive(window, Notice("port_lost", plain("")), PortState(False, problem=plain("none")))
    assert session.invitation.endswith("They are not sent: no MIDI port is open.")


def test_who_has_played_is_offered_no_example(window: MainWindow):
    """The stage is not empty."""
    receive(window, STREAM, status(1.0), on(60, 0.5))
    assert seen(window) == ""


def test_an_example_is_no_take(window: MainWindow, qtbot: QtBot, link: FakeLink):
    """Its notes begin none, and the last minutes stay the player's; R ends it, and records the piano."""
    window.controller.settings.first_note = True
    begin(window, qtbot)
    assert [order.remembered for order in link.orders if isinstance(order, Start)] == [False]
    receive(window, on(60, 0.5))
    before = len(link.orders)
    assert Record not in map(type, link.orders)
    qtbot.mouseClick(window.transport._record, Qt.MouseButton.LeftButton)
    assert not window.controller.example
    receive(window, End(2.0, 2.0, 1, 0, "replaced"), STREAM)
    start, take = link.orders[before:]
    assert isinstance(start, Start)
    assert (start.source, start.remembered) == (MicrophoneSource(None, "auto"), True)
    assert take == Record(window.controller.settings.takes_folder)


def test_who_records_wants_no_example(window: MainWindow, qtbot: QtBot, link: FakeLink):
    """R, or the first note, while the loudspeaker is being started: it takes no take away."""
    receive(window, STREAM, status(1.0))
    window.pages.example.play()
    qtbot.keyClick(window, Qt.Key.Key_R)
    answer(window, PlaybackPosition(1, 0.02, 100.0))
    assert link.orders == [Record(window.controller.settings.takes_folder)]
    receive(window, End(2.0, 2.0, 0, 0, "paused"), STREAM)
    window.pages.example.play()
    receive(window, TakeStarted(window.controller.settings.takes_folder / "2026-01-02 03-04-05 Take 01"))
    answer(window, PlaybackPosition(1, 0.02, 100.0))
    assert sources(link) == []


def test_it_can_be_given_up_before_it_begins(window: MainWindow, qtbot: QtBot, link: FakeLink):
    """Esc while the loudspeaker is being started: what it answers later begins nothing."""
    receive(window, STREAM, status(1.0))
    window.pages.play_example()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    answer(window, PlaybackPosition(1, 0.02, 100.0))
    assert (sources(link), window.controller.example, window._example.isEnabled()) == ([], False, True)
