"""The transport of a replay: to the start, play or pause, loop, tempo, the clock, and the strip on which one seeks."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt

from gui.stage.theme import Palette, Theme
from gui.state.formatting import clock_text
from gui.takes.replay import Ramp
from gui.takes.takes_controller import TakesController
from gui.translation import tr
from gui.widgets.controls import button
from gui.widgets.label import plain_tip
from gui.widgets.style import icon
from gui.widgets.transport.loop_strip import LoopStrip
from gui.widgets.transport.ramp_button import RampButton, growing
from gui.widgets.transport.tempo_view import TempoView
from gui.widgets.transport.transport_bar import TransportBar


class ReplayBar(TransportBar):
    """Everything here acts on the piece that is on."""

    def __init__(self, takes: TakesController) -> None:
        super().__init__()
        self._takes, self._replay = takes, takes.replay
        self._theme: Theme | None = None
        self._held = False  # whether it played when the playhead was grabbed
        self._begin = button(tr("To the start"), "round", tr("To the start"), self._to_begin, "begin")
        self._play = button(tr("Play"), "round", tr("Play or pause"), lambda: takes.toggle_play(_now()), "play")
        tip = tr("Loop (L); A and B set where it begins and ends")
        self._loop = button(tr("Loop"), "round", tip, self._toggle_loop)
        self._loop.setCheckable(True)
        self.tempo = TempoView()
        self.tempo.moved.connect(self._set_tempo)
        self._clock.setFixedWidth(128)
        self._name.setFixedWidth(128)
        self.seek = LoopStrip()
        self.seek.looped.connect(lambda begin, end: self._replay.set_loop(begin, end, _now()))
        self.seek.sought.connect(lambda place: self._replay.seek(place, _now()))
        self.seek.grabbed.connect(self._grab)
        self.ramp = RampButton()
        self.ramp.chosen.connect(self._set_ramp)
        self._lay_out((self._begin, self._play, self._loop), self.seek, self.tempo, self.ramp)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of the stage."""
        self.seek.set_palette(palette)

    def show_replay(self, now: float, sight_s: float) -> None:
        """Bring buttons, clock and strip up to date. sight_s: how much the stage shows."""
        assert self._theme is not None
        replay, piece = self._replay, self._replay.piece
        ink = self._theme.third if piece is None else self._theme.text
        self._begin.setIcon(icon("begin", ink))
        self._play.setIcon(icon("pause" if replay.playing else "listen", ink))
        self._play.setAccessibleName(tr("Pause") if replay.playing else tr("Play"))
        self._loop.setIcon(icon("loop", self._theme.accent if replay.looping else ink))
        self._loop.setChecked(replay.looping)
        for made in (self._begin, self._play, self._loop):
            made.setEnabled(piece is not None)
        self._show_tempo()
        self.ramp.show_ramp(replay.ramp, self._theme, piece is not None)
        self._clock.setText(clock_text(replay.position(now)))
        title = "" if piece is None else piece.title
        self._name.setText(self._name.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, self._name.width()))
        self._name.setToolTip(plain_tip(title))
        self.seek.show_piece(None if piece is None else piece.outline, 0.0 if piece is None else piece.length_s)
        self.seek.show_beats(() if piece is None else piece.roll.beats)
        self.show_place(now, sight_s)

    def show_place(self, now: float, sight_s: float) -> None:
        """Move the playhead."""
        replay = self._replay
        self.seek.show_place(replay.position(now), sight_s, replay.loop)

    def _set_tempo(self, tempo: int) -> None:
        self._replay.set_tempo(tempo, _now())
        self._show_tempo()

    def _set_ramp(self, ramp: Ramp) -> None:
        """A tempo that grows does so in a loop."""
        begins = ramp.every and not self._replay.ramp.every
        self._replay.ramp = growing(ramp, self._replay.tempo) if begins else ramp
        if ramp.every and not self._replay.looping:
            self._replay.toggle_loop(_now())

    def _show_tempo(self) -> None:
        piece = self._replay.piece
        self.tempo.show_tempo(self._replay.tempo, piece is not None and piece.recorded, piece is not None)

    def _toggle_loop(self) -> None:
        self._replay.toggle_loop(_now())

    def _to_begin(self) -> None:
        self._replay.seek(0.0, _now())

    def _grab(self, held: bool) -> None:
        """While the playhead is held there is no sound."""
        if held:
            self._held = self._replay.playing
            self._replay.pause(_now())
        elif self._held:
            self._takes.toggle_play(_now())


def _now() -> float:
    return time.monotonic()
