"""The table of keyboard shortcuts."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from gui.translation import mark, tr

KEYS = (
    (mark("Space"), mark("listen or pause")),
    ("R", mark("record on or off")),
    (mark("Shift+R"), mark("keep the last five minutes as a take")),
    (mark("Ctrl+Tab"), mark("next page")),
    (mark("Ctrl+O"), mark("choose recordings to transcribe, or a MIDI file to replay")),
    (mark("Space, Home, End, ← →"), mark("in a replay: play or pause, go to the start, to the end, five seconds")),
    ("L, A, B", mark("in a replay: loop, its begin, its end")),
    (mark("F2, Del"), mark("name the chosen take, delete it")),
    (mark("Ctrl+R"), mark("report of the chosen take")),
    (mark("Esc"), mark("close what is open, leave full screen; else silence every note")),
    ("↑ ↓", mark("speed of the blocks")),
    ("T", mark("theme")),
    ("C", mark("colours of the notes")),
    ("N", mark("note names")),
    ("1 2 3", mark("show the left hand, the right one, both")),
    ("P", mark("fold the panel")),
    ("F11", mark("full screen")),
    (mark("Ctrl+Shift+D"), mark("second screen")),
    ("G", mark("plots")),
    (mark("Ctrl+,"), mark("settings")),
    (mark("Ctrl+Shift+L"), mark("read level and state aloud")),
    (mark("F1 or ?"), mark("this table")),
)


def show_keys(parent: QWidget) -> QDialog:
    """Open the table over the window; Esc closes it."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(tr("Keyboard shortcuts"))
    dialog.setStyleSheet(parent.styleSheet())
    grid = QGridLayout(dialog)
    grid.setContentsMargins(28, 24, 28, 24)
    grid.setHorizontalSpacing(28)
    grid.setVerticalSpacing(12)
    for row, (key, does) in enumerate(KEYS):
        name = QLabel(tr(key))
        name.setObjectName("value")
        grid.addWidget(name, row, 0)
        grid.addWidget(QLabel(tr(does)), row, 1)
    dialog.open()
    return dialog
