"""The plots: the spectrum of the sound with the notes over it, loudness and lateness of the last notes.

pyqtgraph draws them. It takes longer to load than the whole window, so this module is loaded when plots are wanted.
"""

# ruff: noqa: N802 - Qt chooses the names of what it calls

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Collection, Sequence

import numpy as np
import pyqtgraph
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.stage.theme import THEMES, Theme
from gui.state.controller import Controller
from gui.state.histogram import counts
from gui.state.session import Session
from gui.translation import tr
from gui.widgets.label import Label, plain_tip
from realtime.audio.spectrum import BANDS
from realtime.contract import KEYS, LOWEST_PITCH
from realtime.midi.velocity import LOUDEST

WIDTH, HEIGHT = 980, 640
PAINT_MS = 66  # fifteen times a second
SPAN_S, COLUMN_S = 8.0, 0.05
COLUMNS = round(SPAN_S / COLUMN_S)
BINS, LATE_MS = 32, 400
LEAST_NOTES = 5  # what the axis at the left shows at least, so that its steps are whole
AXIS = 46  # width of the axis at the left, so that all plots begin in one line
OCTAVES = range(24, LOWEST_PITCH + KEYS, 12)
SHADES = ("stage", "single", "text")


class Plots(QWidget):
    """A window with three plots of a session, kept up to date while it is visible. closed: called when the player
    closes it."""

    def __init__(self, controller: Controller, closed: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(tr("Liszten, plots"))
        self.resize(WIDTH, HEIGHT)
        self._controller = controller
        self._closed = closed
        self.spectrum = _Spectrum()
        self.velocity = _Bars(tr("Loudness of the last notes"), tr("velocity"), LOUDEST + 1)
        self.lateness = _Bars(tr("From the sound to the note"), tr("milliseconds"), LATE_MS)
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setSpacing(16)
        grid.addWidget(self.spectrum, 0, 0, 1, 2)
        grid.addWidget(self.velocity, 1, 0)
        grid.addWidget(self.lateness, 1, 1)
        grid.setRowStretch(0, 3)
        grid.setRowStretch(1, 2)
        self._timer = QTimer(self, interval=PAINT_MS)
        self._timer.timeout.connect(self.refresh)
        self.show_settings()

    def show_settings(self) -> None:
        """Take the colours of the theme."""
        theme = THEMES[self._controller.settings.theme]
        for plot in (self.spectrum, self.velocity, self.lateness):
            plot.set_theme(theme)

    def refresh(self) -> None:
        """Draw the session as it is now."""
        session, theme = self._controller.session, THEMES[self._controller.settings.theme]
        self.spectrum.show_session(session, session.time(time.monotonic()))
        sent = [self._controller.curve.bend(velocity) for velocity in session.velocities]
        loudness = (session.velocities, theme.right, tr("heard")), (sent, theme.left, tr("sent"))
        self.velocity.show_values(loudness)
        lateness = session.lateness
        late_ms = [] if lateness is None else [1000 * late_s for late_s in lateness.latest_s]
        self.lateness.show_values([(late_ms, theme.right, tr("measured"))])
        self.lateness.explain("" if lateness is None else tr(lateness.figures()), session.lateness_words)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._controller.watch_spectrum(True)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._controller.watch_spectrum(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._closed()


class _Plot(QWidget):
    """A plot with a title in the typeface of the window. across, up: words at the axes."""

    def __init__(self, title: str, across: str, up: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._words = across, up
        self._title = Label(title)
        self._title.setObjectName("value")
        self._figures = Label()
        self._figures.setObjectName("small")
        self._figures.hide()
        self.plot = pyqtgraph.PlotWidget()
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setMouseEnabled(False, False)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.getPlotItem().layout.setContentsMargins(0, 8, 10, 0)  # else the topmost label is cut off
        self.plot.getAxis("left").setWidth(AXIS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._figures)
        column.addWidget(self.plot, 1)

    def explain(self, figures: str, sentence: str) -> None:
        """figures: one line below the title; sentence: what they are, in the tip."""
        self._figures.setText(figures)
        self._figures.setVisible(bool(figures))
        self.setToolTip(plain_tip(sentence))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.plot.setBackground(theme.window)
        for side, words in zip(("bottom", "left"), self._words, strict=True):
            axis = self.plot.getAxis(side)
            axis.setPen(theme.edge)
            axis.setTextPen(theme.second)
            axis.setLabel(words, **{"color": theme.second, "font-size": "12px"})


class _Bars(_Plot):
    """Histograms over each other, each with its name in the legend. high: where the last bin ends; the first begins
    at 0."""

    def __init__(self, title: str, across: str, high: float) -> None:
        super().__init__(title, across, tr("notes"))
        self._high = high
        self.plot.setXRange(0, high, padding=0.01)
        self.plot.setLimits(yMin=0, minYRange=LEAST_NOTES)
        self._legend = self.plot.addLegend(offset=(-8, 4), labelTextSize="12px")
        self._curves: list[pyqtgraph.PlotDataItem] = []
        self._shown: object = None

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._legend.setLabelTextColor(theme.second)
        self._shown = None

    def show_values(self, sets: Sequence[tuple[Collection[float], str, str]]) -> None:
        """sets: values, colour and name of each histogram."""
        histograms = [(counts(values, BINS, 0, self._high), colour, name) for values, colour, name in sets]
        if histograms == self._shown:
            return
        self._shown = histograms
        if not self._curves:
            self._curves = [self.plot.plot(stepMode="center", fillLevel=0, name=name) for _, _, name in histograms]
        for curve, (bars, colour, _) in zip(self._curves, histograms, strict=True):
            # The first is filled, the second an outline over it: equal ones are both seen.
            fill = QColor(colour)
            fill.setAlphaF(0.45 if curve is self._curves[0] else 0.0)
            curve.setPen(pyqtgraph.mkPen(colour, width=1.5))
            curve.setBrush(pyqtgraph.mkBrush(fill))
            curve.setData(np.linspace(0, self._high, BINS + 1), np.asarray(bars, float))
        self.setAccessibleDescription(", ".join(f"{name}: {_middle(values)}" for values, _, name in sets))


class _Spectrum(_Plot):
    """Eight seconds of sound, the keys upward, with the notes that were found drawn over it."""

    def __init__(self) -> None:
        super().__init__(tr("What is heard, and the notes that were found in it"), tr("seconds ago"), tr("key"))
        self._levels = np.zeros((COLUMNS, BANDS), np.uint8)
        self._image = pyqtgraph.ImageItem(self._levels)
        self._image.setRect(QRectF(-SPAN_S, LOWEST_PITCH - 0.5, SPAN_S, KEYS))
        self._notes = pyqtgraph.PlotDataItem(connect="pairs")
        self.plot.addItem(self._image)
        self.plot.addItem(self._notes)
        self.plot.setXRange(-SPAN_S, 0, padding=0)
        self.plot.setYRange(LOWEST_PITCH - 0.5, LOWEST_PITCH + KEYS - 0.5, padding=0)
        self.plot.getAxis("left").setTicks([[(pitch, f"C{pitch // 12 - 1}") for pitch in OCTAVES]])

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        colours = [QColor(getattr(theme, shade)) for shade in SHADES]
        shades = pyqtgraph.ColorMap([0.0, 0.6, 1.0], [colour.getRgb() for colour in colours])
        self._image.setLookupTable(shades.getLookupTable(0.0, 1.0, 256))
        self._notes.setPen(pyqtgraph.mkPen(theme.left, width=3))

    def show_session(self, session: Session, now: float) -> None:
        """Columns and notes of the last eight seconds before stream time `now`."""
        self._levels[:] = 0
        for column in session.spectrum:
            index = COLUMNS - 1 - round((now - column.time) / COLUMN_S)
            if 0 <= index < COLUMNS:
                self._levels[index] = np.frombuffer(column.levels, np.uint8)
        self._image.setImage(self._levels, levels=(0, 255), autoLevels=False)
        ends = [
            (block.onset - now, (now if block.release is None else block.release) - now, block.pitch)
            for block in session.roll.blocks
            if block.release is None or block.release > now - SPAN_S
        ]
        times = np.array([(begin, end) for begin, end, _ in ends], float).reshape(-1)
        self._notes.setData(times, np.repeat([float(pitch) for *_, pitch in ends], 2))


def _middle(values: Collection[float]) -> str:
    """The median in words, for a screen reader."""
    return f"{statistics.median(values):.0f}" if values else tr("nothing yet")
