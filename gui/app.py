"""The program with a window: `open_window` runs it until the window is closed."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path

from realtime.audio.demo import demo_recording
from realtime.errors import LisztenError
from realtime.system.interrupts import StopRequest
from realtime.words import Phrase

NO_DISPLAY = Phrase(
    "window.no_display",
    "There is no screen to open a window on. `liszten listen` shows the notes here, `liszten --help` the rest.",
)
NO_LIBRARIES = Phrase(
    "window.no_libraries",
    "The window needs system libraries that are missing ({missing}). Install them with: sudo apt install "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libegl1 libxkbcommon-x11-0; or use `liszten listen`.",
)


class DisplayError(LisztenError):
    """There is nothing to show a window on."""


def main(demo: bool = False, model: Path | None = None) -> int:
    """Open the window and return the exit status. demo: play the shipped recording instead of listening.

    Ctrl-C and its like are requests from here on: an exception inside Qt would crash it.
    Raises DisplayError without a screen.
    """
    with StopRequest() as stop:
        check_display()
        try:
            from gui.start import run
        except ImportError as error:  # Qt without the system libraries that it is built on
            raise DisplayError(NO_LIBRARIES(missing=str(error))) from error
        return run(stop, demo_recording() if demo else None, model)


def check_display(environment: Callable[[str], str | None] = os.environ.get, platform: str = sys.platform) -> None:
    """Raise DisplayError where Qt would end the process because no window can be opened."""
    if not platform.startswith("linux") or environment("QT_QPA_PLATFORM") in ("offscreen", "minimal", "vnc"):
        return
    if environment("WAYLAND_DISPLAY"):
        return
    if not environment("DISPLAY") or not _x_answers():
        raise DisplayError(NO_DISPLAY())
    _check_libraries()


def _x_answers() -> bool:
    """Whether the X server of $DISPLAY lets us in."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed


def _check_libraries() -> None:
    """Raise DisplayError when a library is missing without which Qt cannot speak to X, and would abort."""
    import PySide6

    plugin = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if not plugin.exists():
        return
    import PySide6.QtGui

    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        raise DisplayError(NO_LIBRARIES(missing=str(error).partition(":")[0])) from error
