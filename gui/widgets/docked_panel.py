"""The panel of a page with a stage: beside the stage where there is room, else over it when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from gui.widgets.motion import Sliding

BESIDE_STAGE = 1280  # px: in a narrower page, a stage has the whole width
LOW = 704  # px: in a lower page, the transport is smaller
TRANSPORT, LOW_TRANSPORT = 72, 56


class DockedPanel:
    """Shows `panel` at the right of a page, above the transport. wanted: whether it is wanted beside a stage.

    arrived: called when it has come or gone, if that took its time.
    """

    def __init__(self, panel: QWidget, arrived: Callable[[], None]) -> None:
        self.wanted = True
        self._panel, self._flying = panel, False
        self._sliding = Sliding(panel, arrived)
        self._page, self._shown = QSize(), object()

    def set_calm(self, calm: bool) -> None:
        """calm: nothing slides."""
        self._sliding.calm = calm

    def fold(self, page: QSize) -> bool:
        """Bring it over the stage or away, where the page is too narrow for both; whether it is."""
        narrow = page.width() < BESIDE_STAGE
        self._flying ^= narrow
        return narrow

    def fold_away(self) -> bool:
        """Away from over the stage; whether it was there."""
        flew, self._flying = self._flying, False
        return flew

    def place(self, page: QSize, transport: int, shown: object, stage: bool, list_has: bool = False) -> int:
        """Lay it out; how many px it takes from what lies beside it.

        transport: height below, px; shown: what the page shows, the same for the same; stage: whether that is a stage;
        list_has: whether what is no stage has the panel beside it, in a page of any width.
        """
        wide = self._panel.width()
        beside = self.wanted and page.width() >= BESIDE_STAGE if stage else list_has
        same, self._page, self._shown = (page, shown) == (self._page, self._shown), page, shown
        home = QRect(page.width() - wide, 0, wide, page.height() - transport)
        self._sliding.place(home, beside or (stage and self._flying), slides=same)
        self._panel.raise_()
        return wide if beside and not self._sliding.coming else 0


def transport_height(page: QSize) -> int:
    """That of the transport below a stage, px."""
    return LOW_TRANSPORT if page.height() < LOW else TRANSPORT
