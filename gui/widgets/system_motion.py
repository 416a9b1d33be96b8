"""Whether the system's settings ask for less motion. Where the system has no such setting, all motion stays.

Qt 6.11 has no word for it, so each system is asked in its own way: the desktop portal's settings of GNOME (what
`gtk-enable-animations` comes from), SPI_GETCLIENTAREAANIMATION of Windows, NSWorkspace of macOS.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import logging
import sys
from collections.abc import Callable

logger = logging.getLogger(__name__)
PORTAL, PORTAL_PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
PORTAL_SETTINGS, PORTAL_READ = "org.freedesktop.portal.Settings", "Read"
GNOME, GNOME_ANIMATIONS = "org.gnome.desktop.interface", "enable-animations"
SPI_GETCLIENTAREAANIMATION = 0x1042


def ask_for_calm(answer: Callable[[bool], None], platform: str = sys.platform) -> None:
    """Call `answer` with whether less motion is wanted, at once or later; never, where the system has no such
    setting."""
    try:
        if platform == "win32":
            answer(_windows())
        elif platform == "darwin":
            answer(_macos())
        else:
            _ask_portal(answer)
    except (ImportError, OSError, AttributeError) as error:  # a library, or a function of it, that is not there
        logger.info("reduced motion: %s", error)


def _ask_portal(answer: Callable[[bool], None]) -> None:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return
    question = QDBusMessage.createMethodCall(PORTAL, PORTAL_PATH, PORTAL_SETTINGS, PORTAL_READ)
    question.setArguments([GNOME, GNOME_ANIMATIONS])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(question))

    def finished() -> None:
        reply = watcher.reply().arguments()
        value = reply[0] if reply else None
        while isinstance(value, QDBusVariant):  # the portal wraps a value twice
            value = value.variant()
        if isinstance(value, bool):
            answer(not value)

    watcher.finished.connect(finished)


def _windows() -> bool:
    animated = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(  # type: ignore[attr-defined]
        SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animated), 0
    )
    return not animated.value


def _macos() -> bool:
    """`[[NSWorkspace sharedWorkspace] accessibilityDisplayShouldReduceMotion]`; Qt itself has loaded AppKit."""
    objc = ctypes.CDLL(ctypes.util.find_library("objc"))
    objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
    objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]
    workspace = objc.objc_getClass(b"NSWorkspace")
    if not workspace:
        return False
    # One C function of many types: each call needs its own.
    pair = (ctypes.c_void_p, ctypes.c_void_p)
    shared = ctypes.CFUNCTYPE(ctypes.c_void_p, *pair)(("objc_msgSend", objc))
    reduces = ctypes.CFUNCTYPE(ctypes.c_bool, *pair)(("objc_msgSend", objc))
    one = shared(workspace, objc.sel_registerName(b"sharedWorkspace"))
    return bool(reduces(one, objc.sel_registerName(b"accessibilityDisplayShouldReduceMotion")))
