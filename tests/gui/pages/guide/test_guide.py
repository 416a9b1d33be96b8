"""The guide on the screen: turning pages, what is shown of what was found, and that nothing goes on when it closes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.pages.guide.guide_pages import PianoPage
from gui.pages.guide.guide_parts import InputRow
from gui.pages.guide.guide_view import GuideView
from gui.pages.main_window import MainWindow
from gui.state.device_search import FoundDevices
from gui.state.first_run import Step
from gui.state.guide_words import tuning_words
from gui.tools.screenshot_guide import DEVICES, FixedLevels
from realtime.engine.messages import Configure, SetDevice, Tuned
from realtime.midi.port_server import PlayNote, PortState
from tests.gui.conftest import AT_FIRST, FakeLink
from tests.gui.pages.test_main_window import receive
from tests.gui.state.test_session import STREAM, on


@pytest.fixture
def view(window: MainWindow, qapp: QApplication) -> Iterator[GuideView]:
    """The guide at its first step, over a window that listens."""
    receive(window, STREAM, PortState(True, "Liszten Out", "ALSA"))
    view = window.secondary_windows.guide = GuideView(window, window.controller, window.search_devices, FixedLevels)
    view.set_style(window.styleSheet(), window.controller.look.palette.theme)
    view.begin(DEVICES)
    qapp.processEvents()
    yield view
    view.close()


def words(view: GuideView) -> str:
    """All that the present page says."""
    return " ".join(label.text() for label in view.pages[view.guide.step].findChildren(QLabel))


def test_the_microphone_that_picks_up_the_piano_is_marked_and_can_be_chosen(view: GuideView, link: FakeLink):
    """The default is chosen at first; a click listens to another."""
    view.refresh()
    rows = view.pages[0].findChildren(InputRow)
    assert [row.isChecked() for row in rows] == [True, False, False]
    assert rows[0].accessibleName() == "Scarlett 2i2 USB: hears you"
    rows[1].click()
    assert isinstance(link.orders[-1], SetDevice)


def test_every_step_can_be_skipped_and_gone_back_to(view: GuideView):
    """Forward to the end, which closes it; the settings remember that it was shown."""
    for step in list(Step)[1:]:
        view.next.click()
        assert view.guide.step == step
    view.back.click()
    assert view.guide.step == Step.SEND
    view.next.click()
    assert view.next.text() == "Play!"
    view.next.click()
    assert not view.isVisible()
    assert view._controller.settings.guided


def test_what_was_found_of_the_piano_is_shown(view: GuideView, window: MainWindow):
    """A C4 that is four cents flat."""
    view.go(Step.PIANO)
    receive(window, on(60, 1.0), Tuned(60, -4.2))
    view.refresh()
    assert "Your piano is 4 cents flat. That is in tune." in words(view)
    assert view.next.text() == "Skip this step"
    receive(window, on(36, 2.0), on(96, 3.0))
    view.refresh()
    assert view.next.text() == "Next"


@pytest.mark.parametrize(
    ("cents", "said"),
    [
        (None, ""),
        (0.2, "in tune with A4"),
        (12.0, "12 cents sharp."),
        (-55.0, "55 cents flat. That is far"),
    ],
)
def test_tuning_in_words(cents: float | None, said: str):
    """How far, which way, and what it means."""
    assert said in tuning_words(cents)


def test_a_tuning_is_corrected_on_the_spot(window: MainWindow, view: GuideView, link: FakeLink):
    """What was measured is offered, and shown once it is in force; for a piano tuned since, the way back is."""
    view.go(Step.PIANO)
    page = view.pages[Step.PIANO]
    assert isinstance(page, PianoPage)
    receive(window, STREAM, on(60, 1.0), Tuned(60, -38.4))
    view.refresh()
    assert page.correct.isVisibleTo(view)
    assert page.correct.text() == "Correct for it: A4 = 430.4 Hz (−38 cents)"  # noqa: RUF001
    page.correct.click()
    assert link.orders[-1] == Configure(replace(AT_FIRST, tuning_cents=-38.0, measure_tuning=True))
    view.refresh()
    assert not page.correct.isVisibleTo(view)
    assert page._tuning.text().endswith("Liszten corrects this: A4 = 430.4 Hz (−38 cents).")  # noqa: RUF001
    receive(window, *[Tuned(60, 3.0)] * 3)
    view.refresh()
    assert page.correct.text() == "Correct nothing any more"
    page.correct.click()
    assert window.controller.settings.tuning_cents == 0


def test_a_chord_is_sent_and_a_recipe_is_given(view: GuideView, link: FakeLink):
    """With the name of the port that is open."""
    view.go(Step.SEND)
    view.send.chord.click()
    assert sum(isinstance(order, PlayNote) for order in link.orders) == 4
    view.send.apps["synthesia"].click()
    view.refresh()
    assert "switch “Liszten Out” on" in words(view)


def test_escape_ends_what_a_step_began(view: GuideView, link: FakeLink, qtbot: QtBot):
    """The echo test, the measuring of the tuning, and following the messages."""
    view.go(Step.PIANO)
    view.go(Step.ECHO)
    view.echo.begin.click()
    view.refresh()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert link.orders[-1] == Configure(AT_FIRST)
    assert view._controller.followers == []


def test_the_settings_open_it_again(window: MainWindow):
    """By a button in the settings sheet."""
    window.secondary_windows.open_settings()
    sheet = window.secondary_windows.settings
    assert sheet is not None
    window.controller.settings.guided = True
    window.secondary_windows.guide = GuideView(window, window.controller, window.search_devices, FixedLevels)
    sheet._guide()
    assert not sheet.opened
    assert window.secondary_windows.guide.isVisible()
    window.secondary_windows.guide.close()


def test_a_microphone_that_is_connected_late_appears(
    window: MainWindow, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
):
    """It is looked for every three seconds until there is one."""
    looked: list[float] = []
    view = GuideView(window, window.controller, lambda: looked.append(1.0), FixedLevels)
    view.begin(None)
    assert "Looking for microphones" in words(view)
    view.show_devices(FoundDevices())
    assert "No microphone found" in words(view)
    view.refresh()
    assert looked == []
    assert view._next_search is not None
    view._next_search -= 3.1
    view.refresh()
    view.refresh()
    assert len(looked) == 1
    view.show_devices(DEVICES)
    assert len(view.pages[0].findChildren(InputRow)) == 3
    view.close()
