"""The plots show the session, at most twenty times a second, and only while they are visible."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.pages.plots import PAINT_MS, Plots
from gui.state.histogram import counts
from realtime.audio.spectrum import BANDS
from realtime.contract import LOWEST_PITCH
from realtime.engine.messages import Configure, SpectrumColumn
from realtime.lateness import DesignDelay, Lateness
from tests.gui.conftest import AT_FIRST, FakeLink
from tests.gui.pages.test_main_window import receive
from tests.gui.state.test_session import STREAM, on, status


@pytest.fixture
def plots(window: MainWindow) -> Plots:
    """The plots of a window, opened."""
    window.secondary_windows.toggle_plots()
    assert window.secondary_windows.plots is not None
    return window.secondary_windows.plots


def test_the_engine_is_asked_only_while_they_are_seen(window: MainWindow, link: FakeLink, qtbot: QtBot):
    """G opens and closes them; hidden, they rest."""
    qtbot.keyClick(window.stage, Qt.Key.Key_G)
    plots = window.secondary_windows.plots
    assert plots is not None
    assert plots._timer.isActive()
    assert plots._timer.interval() == PAINT_MS >= 50
    plots.hide()
    assert not plots._timer.isActive()
    plots.show()
    qtbot.keyClick(window.stage, Qt.Key.Key_G)
    assert window.secondary_windows.plots is None
    assert link.orders == [Configure(replace(AT_FIRST, show_spectrum=True)), Configure(AT_FIRST)] * 2


def test_a_stream_that_begins_later_sends_its_spectrum_too(window: MainWindow, link: FakeLink, plots: Plots):
    """It is part of the start."""
    window.controller.listen()
    assert link.orders[-1].settings.show_spectrum  # type: ignore[union-attr]


def test_the_spectrum_stands_at_its_time_and_the_notes_over_it(window: MainWindow, plots: Plots):
    """A column of now is the last one; one of nine seconds ago is none."""
    receive(window, STREAM, status(10.0))
    now = window.controller.session.time(time.monotonic())
    bright, dark = bytes([255] * BANDS), bytes([0] * BANDS)
    for at, levels in ((now - 9.0, bright), (now - 4.0, bright), (now - 2.0, dark)):
        window.controller.session.apply(SpectrumColumn(at, levels), time.monotonic())
    receive(window, on(60, now - 1.0))
    plots.spectrum.show_session(window.controller.session, now)
    (lit,) = np.flatnonzero(plots.spectrum._levels.max(axis=1))
    assert lit == pytest.approx(79, abs=1)  # of 160 columns, half of eight seconds ago
    times, pitches = plots.spectrum._notes.getData()
    assert (times[0], pitches.tolist()) == (pytest.approx(-1.0, abs=1e-6), [60, 60])
    assert plots.spectrum._image.boundingRect().height() == BANDS
    assert LOWEST_PITCH == 21


def test_loudness_is_shown_as_played_and_as_sent(window: MainWindow, plots: Plots):
    """The curve bends the second."""
    receive(window, STREAM, status(1.0), on(60, 1.0), on(64, 1.0))
    window.controller.set_port(velocity_low=100, velocity_high=100)
    plots.refresh()
    played, sent = (curve.getData()[1] for curve in plots.velocity._curves)
    assert played.sum() == sent.sum() == 2
    assert np.flatnonzero(sent).tolist() == [25]
    assert plots.velocity.accessibleDescription() == "heard: 80, sent: 100"


def test_counts():
    """By hand; the outermost bins take what lies beyond them."""
    assert counts([0, 3.99, 4, 127], 32) == [2, 1, *[0] * 28, 0, 1]
    assert counts([-5, 500], 4, 0, 400) == [1, 0, 0, 1]
    assert counts([], 3) == [0, 0, 0]


def test_lateness_is_what_was_measured(window: MainWindow, plots: Plots):
    """A histogram of the last notes, the figures in a line, and what they are in the tip; nothing before any note."""
    receive(window, STREAM, status(1.0), on(60, 1.0))
    plots.refresh()
    assert plots.lateness._curves[0].getData()[1].sum() == 0
    assert plots.lateness._figures.isHidden()
    receive(window, Lateness(DesignDelay(0.05, 0.05), (0.055, 0.06, 0.9), 3, "midi"))
    plots.refresh()
    assert np.flatnonzero(plots.lateness._curves[0].getData()[1]).tolist() == [
        4,
        31,
    ]  # of 12.5 ms each
    assert plots.lateness._figures.text() == "50 ms by design, 60 ms measured, 95 % within 816 ms"
    assert plots.lateness.toolTip() == window.controller.session.lateness_words
