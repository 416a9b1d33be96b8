"""The button on an empty stage that plays an example, and the way back from it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from gui.pages.pages import Pages
from gui.stage.chips import EMPTY_HEIGHT, TOP
from gui.state.controller import Controller
from gui.translation import tr
from gui.widgets.controls import TAB
from gui.widgets.stage.stage_view import StageView

BELOW_WORDS = 26  # px


class ExampleButton(QPushButton):
    """Lies over the live stage: below the words of an empty one, at the top while the example plays."""

    def __init__(self, stage: StageView, controller: Controller, pages: Pages) -> None:
        super().__init__(stage)
        self.setObjectName("chip")
        self.setFocusPolicy(TAB)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._stage, self._controller, self._pages = stage, controller, pages
        self.clicked.connect(self._press)
        self.hide()

    def show_session(self, top: int) -> None:
        """Bring it up to date. top: logical y of the signs at the top of the stage."""
        controller, session = self._controller, self._controller.session
        playing = controller.example
        empty = not session.roll.notes and session.take is None and session.state != "starting"
        self.setVisible(playing or (empty and not controller.demo))
        words = tr("Back to my piano") if playing else tr("Hear and see an example")
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(words)
        self.setEnabled(not self._pages.example.waiting)
        self.adjustSize()
        geometry = self._stage.stage.geometry
        below = geometry.hit / geometry.scale * EMPTY_HEIGHT + BELOW_WORDS
        self.move((self._stage.width() - self.width()) // 2, max(top, TOP) if playing else round(below))

    def _press(self) -> None:
        if self._controller.example:
            self._pages.example.stop()
        else:
            self._pages.example.play()
        self._stage.setFocus()
