"""What fades and slides in and out around the stage. Who wants less motion sees the same, at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QPoint, QPropertyAnimation, QRect, Qt, QTimer
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from gui.widgets.label import Label

APPEAR_MS, LEAVE_MS, CROSS_FADE_MS = 200, 150, 250
PANEL_MS, SHEET_MS = 180, 220


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


class Sliding:
    """Shows a widget at its place, where it comes in from the right, and lets it leave there, unless `calm`.

    arrived: called when it has come or gone, if that took its time; time_ms: how long it takes.
    """

    def __init__(self, widget: QWidget, arrived: Callable[[], None], time_ms: int = PANEL_MS) -> None:
        self.calm = False
        self._widget = widget
        self._home = QRect()
        self._shown = False
        self._way = QPropertyAnimation(widget, b"pos", widget)
        self._way.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._way.setDuration(time_ms)
        self._way.finished.connect(self._arrive)
        self._way.finished.connect(arrived)

    @property
    def coming(self) -> bool:
        """Whether it is on its way in."""
        return self._shown and self._way.state() == QAbstractAnimation.State.Running

    def place(self, home: QRect, shown: bool, slides: bool) -> None:
        """Where it is at home, and whether it is to be there. slides: not where all around it changes as well."""
        turned, stands = shown != self._shown, home == self._home
        self._home, self._shown = home, shown
        if stands and not turned and slides:
            return
        self._way.stop()
        if not (turned and slides) or self.calm or not self._widget.window().isVisible():
            self._arrive()
            return
        outside = home.topRight() + QPoint(1, 0)
        self._widget.resize(home.size())
        if not self._widget.isVisible():
            self._widget.move(outside)
            self._widget.show()
        self._way.setStartValue(self._widget.pos())
        self._way.setEndValue(home.topLeft() if shown else outside)
        self._way.start()

    def _arrive(self) -> None:
        self._widget.setGeometry(self._home)
        self._widget.setVisible(self._shown)


def cross_fade(window: QWidget) -> None:
    """Let what a window shows now fade away over what it will show next. Call it before that changes."""
    before = Label(parent=window)
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
