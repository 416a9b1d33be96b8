"""The style sheet on what Qt makes itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from gui.stage.theme import THEMES, rgb
from gui.widgets.style import style_sheet


@pytest.mark.parametrize("name", THEMES)
def test_files_can_be_read_where_the_system_has_no_dialog_of_its_own(name: str, qtbot: QtBot, tmp_path: Path):
    """Qt's own dialog takes the text colour of the theme, and so it needs its background."""
    window = QWidget()
    window.setStyleSheet(style_sheet(THEMES[name]))
    qtbot.addWidget(window)
    dialog = QFileDialog(window, "", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    files = dialog.findChild(QTreeView).viewport()
    shown = files.grab().toImage().pixelColor(files.width() - 5, files.height() - 5)
    assert (shown.red(), shown.green(), shown.blue()) == rgb(THEMES[name].card)
