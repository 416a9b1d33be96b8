"""The first-run guide and the process that measures all microphones for it end when the window does."""

from __future__ import annotations

from gui.pages.main_window import MainWindow
from gui.state.input_levels import InputLevels

PATIENCE_S = 30.0


def test_it_ends_on_request_while_nobody_reads():
    """A program that ends ends its processes and waits for them: one that did not end would hold it for ever."""
    levels = InputLevels()
    levels._process.terminate()
    levels._process.join(PATIENCE_S)
    alive = levels._process.is_alive()
    levels.close()
    assert not alive


def test_the_guide_opens_on_no_window_that_is_closed(window: MainWindow):
    """The first start opens it a little later: a window that was closed until then would leave it behind, alone."""
    window.close()
    window.secondary_windows.open_guide()
    assert window.secondary_windows.guide is None
