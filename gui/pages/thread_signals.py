"""Signals that other threads emit and the window's thread receives."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ThreadSignals(QObject):
    """woken: there is something to take in; devices_found: `FoundDevices` of a search."""

    woken = Signal()
    devices_found = Signal(object)
