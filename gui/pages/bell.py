"""What other threads ring when they have news for the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Bell(QObject):
    """Rung from other threads, heard in the window's."""

    rung = Signal()
    found = Signal(object)
