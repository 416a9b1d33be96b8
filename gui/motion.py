"""What fades in and out around the stage. Who wants less motion sees the same, at once."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, Qt, QTimer
from PySide6.QtWidgets import QGraphicsOpacityEffect, QLabel, QWidget

APPEAR_MS, LEAVE_MS, CROSS_FADE_MS = 200, 150, 250


class Fading:
    """Shows and hides a widget, fading unless `calm`."""

    def __init__(self, widget: QWidget) -> None:
        self.calm = False
        self._widget = widget
        self._effect = QGraphicsOpacityEffect(widget)
        self._effect.setEnabled(False)  # it costs a picture of the widget each time that is painted
        widget.setGraphicsEffect(self._effect)
        self._way = QPropertyAnimation(self._effect, b"opacity", widget)
        self._way.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._way.finished.connect(self._arrive)
        self._shown = widget.isVisible()

    def show(self, shown: bool) -> None:
        """Let it come or go, from however far it has come or gone."""
        if shown == self._shown:
            return
        self._shown = shown
        here = self._effect.opacity() if self._effect.isEnabled() else float(not shown)
        self._way.stop()
        if self.calm or not self._widget.window().isVisible():
            self._arrive()
            return
        self._widget.show()
        self._effect.setOpacity(here)
        self._effect.setEnabled(True)
        self._way.setDuration(APPEAR_MS if shown else LEAVE_MS)
        self._way.setStartValue(here)
        self._way.setEndValue(float(shown))
        self._way.start()

    def _arrive(self) -> None:
        self._effect.setEnabled(False)
        self._widget.setVisible(self._shown)


def cross_fade(window: QWidget) -> None:
    """Let what a window shows now fade away over what it will show next. Call it before that changes."""
    before = QLabel(window)
    before.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    before.setPixmap(window.grab())
    before.setGeometry(window.rect())
    effect = QGraphicsOpacityEffect(before)
    before.setGraphicsEffect(effect)
    way = QPropertyAnimation(effect, b"opacity", before)
    way.setDuration(CROSS_FADE_MS)
    way.setEasingCurve(QEasingCurve.Type.OutCubic)
    way.setStartValue(1.0)
    way.setEndValue(0.0)
    way.finished.connect(before.deleteLater)
    before.show()
    before.raise_()
    QTimer.singleShot(0, before, way.start)  # what changes takes longer than a frame, and is not to be cut out of it
