"""Every setting as it was at first, and the offer to take that back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gui.state.controller import Controller
from gui.state.settings import Settings
from gui.state.toast import UNDO_S, Toast
from gui.translation import tr
from gui.widgets.toast_view import ToastView


class ResetOffer:
    """Lies over the foot of a sheet once everything was reset: for ten seconds, or until something else is changed."""

    def __init__(self, sheet: QWidget, controller: Controller) -> None:
        self._controller = controller
        self._before = self._after = Settings()
        self.toast = ToastView(sheet, self._undo)
        self._over = QTimer(sheet, singleShot=True, interval=round(1000 * UNDO_S))
        self._over.timeout.connect(self.end)

    def reset(self) -> None:
        """Reset every setting."""
        self._before = self._controller.reset()
        self._after = replace(self._controller.settings)
        words = tr("Every setting is as it was at first.")
        self.toast.show_toast(Toast(words, UNDO_S, undo=self._before != self._after))
        self._over.start()

    def look(self) -> None:
        """What was changed since is not to be undone with the rest."""
        if self._controller.settings != self._after:
            self.end()

    def end(self) -> None:
        """The offer is over."""
        self._over.stop()
        self.toast.show_toast(None)

    def _undo(self) -> None:
        self.end()
        self._controller.restore(self._before)
