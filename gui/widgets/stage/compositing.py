"""Whether the desktop can show what lies behind a window that is transparent."""

from __future__ import annotations

import ctypes
import ctypes.util

from PySide6.QtGui import QGuiApplication

X11 = "xcb"


def compositing() -> bool:
    """Of the systems that Qt knows only X11 may be without: there a transparent window would be black.

    Whoever composes windows there owns the selection _NET_WM_CM_Sn of screen n (Extended Window Manager Hints 1.5).
    """
    if QGuiApplication.platformName() != X11:
        return True
    library = ctypes.util.find_library("X11")
    if library is None:
        return False
    x = ctypes.CDLL(library)
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.restype = x.XGetSelectionOwner.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x.XOpenDisplay(None))
    if not display:
        return False
    try:
        name = f"_NET_WM_CM_S{x.XDefaultScreen(display)}".encode()
        return bool(x.XGetSelectionOwner(display, ctypes.c_ulong(x.XInternAtom(display, name, False))))
    finally:
        x.XCloseDisplay(display)
