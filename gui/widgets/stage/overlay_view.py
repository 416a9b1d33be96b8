"""The stage without anything behind its blocks, for a window that lies over another program's score.

How much each pixel covers is found by drawing twice, on black and on white (Smith & Blinn, "Blue screen matting",
SIGGRAPH 1996, section 4): what is the same on both is opaque, what differs by all of it is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPaintEvent

from gui.stage.geometry import geometry
from gui.stage.stage import Look, Stage
from gui.stage.surface import pygame
from gui.state.session import Session
from gui.widgets.stage.stage_view import StageView

BLACK, WHITE = "#000000", "#FFFFFF"


class OverlayView(StageView):
    """Blocks alone. Its keyboard lies below its lower edge: `height_for` gives the height for that."""

    FORMAT = QImage.Format.Format_ARGB32_Premultiplied

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__(session, _on(look, BLACK))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._twin: tuple[Stage, Stage] | None = None  # on black, on white

    def set_look(self, look: Look) -> None:
        """Draw in another way."""
        super().set_look(_on(look, BLACK))

    def height_for(self, width: int, height: int) -> int:
        """The height at which `height` of it lie above the keyboard, logical px."""
        whole = height
        for _ in range(3):  # the keyboard's own height depends on it
            whole = height + geometry(width, whole, 1.0, self._look.keys).keyboard
        return whole

    def advance(self, now: float) -> bool:
        """Draw the frame of monotonic time `now`; whether the next one will differ."""
        session, time, fresh = self._session, self._session.now(now), self.fresh
        black, white = self.twin
        changed = black.draw(session.roll, time, pressed=session.pressed)
        white.draw(session.roll, time, pressed=session.pressed)
        _cover(black, white, changed)
        self.repaint_only(changed, fresh)
        return black.moving

    @property
    def twin(self) -> tuple[Stage, Stage]:
        """The stage on black, which is shown, and the same on white."""
        black = self.stage
        if self._twin is None or self._twin[0] is not black:
            size = black.geometry
            white = Stage(size.width, size.height, size.scale, replace(black.look, ground=WHITE))
            _cover(black, white, [black.canvas.surface.get_rect()])
            self._twin = black, white
        return self._twin

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt chooses the name
        _ = self.twin  # what was never drawn covers nothing, once it is made
        super().paintEvent(event)


def _on(look: Look, ground: str) -> Look:
    """Blocks and nothing else; light that is added would be opaque on white and nothing on black."""
    theme = replace(look.palette.theme, glow=False, shadow=False)
    return replace(look, palette=replace(look.palette, theme=theme), ground=ground, signs=False, chords=False)


def _cover(black: Stage, white: Stage, boxes: Sequence[pygame.Rect]) -> None:
    """Write into the fourth byte of what was drawn on black how much it covers."""
    for box in boxes:
        rows, columns = slice(box.top, box.bottom), slice(box.left, box.right)
        drawn, other = black.canvas.pixels[rows, columns], white.canvas.pixels[rows, columns]
        covered = 255 - (other[:, :, 1] - drawn[:, :, 1])
        for colour in range(3):  # rounding must not leave a colour that is brighter than it covers
            np.maximum(covered, drawn[:, :, colour], out=covered)
        drawn[:, :, 3] = covered
