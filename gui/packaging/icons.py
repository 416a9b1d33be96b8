"""`python gui/packaging/icons.py`: the sizes of the icon as PNG files, made from the drawings in assets/icons."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "icons"
# What desktops of freedesktop.org, Windows (up to 256) and macOS (up to 1024) ask for.
SIZES = (16, 32, 48, 64, 128, 256, 512, 1024)
SMALLEST = 16  # has a drawing of its own


def draw(source: Path, size: int) -> QImage:
    """The drawing as a picture of size × size px, transparent where it is empty."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(source)).render(painter)
    painter.end()
    return picture


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    for size in SIZES:
        drawing = "liszten-small.svg" if size == SMALLEST else "liszten.svg"
        draw(FOLDER / drawing, size).save(str(FOLDER / f"liszten-{size}.png"))
