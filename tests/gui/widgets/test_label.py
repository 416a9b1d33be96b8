"""Names from outside are shown as they are, wherever the window shows one."""

from __future__ import annotations

import ast
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import Qt, QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget

import gui
from gui.pages.main_window import MainWindow
from gui.state.banners import Fault
from gui.state.device_search import FoundDevices
from gui.widgets.label import Label, plain_tip
from realtime.audio.devices import InputDevice
from realtime.engine.messages import TakeStarted
from realtime.midi.port_server import PortState
from realtime.words import plain
from tests.gui.conftest import FakeLink
from tests.gui.state.test_session import STREAM, status

HOSTILE = '<b>x</b><img src="file:///etc/hostname">'


def shown(label: QLabel) -> str:
    """The words that a reader of a label sees."""
    plainly = label.textFormat() == Qt.TextFormat.PlainText
    return label.text() if plainly else QTextDocumentFragment.fromHtml(label.text()).toPlainText()


def test_a_label_shows_words_as_they_are(qapp: QApplication) -> None:
    """Also when they change."""
    label = Label(HOSTILE)
    assert (Qt.TextFormat.PlainText, HOSTILE) == (label.textFormat(), label.text())


@pytest.mark.parametrize("words", [HOSTILE, "<i>", "a<br>b", "<qt>x", '<a href="x">x</a>', "<table>"])
def test_no_tip_is_taken_for_html(words: str) -> None:
    """As Qt would take it; the words stay the same to the eye."""
    assert Qt.mightBeRichText(words)
    assert not Qt.mightBeRichText(plain_tip(words))
    assert words == plain_tip(words).replace("\u2060", "")


@pytest.mark.parametrize("path", sorted(Path(gui.__file__).parent.glob("**/*.py")), ids=lambda path: path.name)
def test_no_words_come_into_the_window_another_way(path: Path) -> None:
    """Every label is ours, and every tip that is no literal is made plain."""
    for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        assert name not in ("QLabel", "QMessageBox", "QToolTip.showText")
        if name.endswith(("setToolTip", "setStatusTip", "setWhatsThis")):
            made = call.args[0]
            assert isinstance(made, ast.Call)
            assert ast.unparse(made.func) == "plain_tip" or isinstance(made.args[0], ast.Constant)


def test_hostile_names_are_words(window: MainWindow, link: FakeLink, tmp_path: Path) -> None:
    """Of devices, models, ports, takes and faults, in every label, tip and list of the window."""
    session = window.controller.session
    window.controller.settings.input = HOSTILE
    link.news += [
        replace(STREAM, source=HOSTILE, model=HOSTILE, delay=HOSTILE),
        status(1.0),
        PortState(True, HOSTILE, HOSTILE),
        TakeStarted(tmp_path / HOSTILE.replace("/", "")),
    ]
    session.faults.raise_(Fault.FAILED, plain(HOSTILE))
    window.controller.pump(time.monotonic())
    window._show_devices(FoundDevices([InputDevice(1, HOSTILE, HOSTILE, 2, 48_000, True)], [HOSTILE]))
    window._next_words = 0.0
    window.advance()
    labels = [shown(label) for label in window.findChildren(QLabel) if "<b>x" in shown(label) or "&lt;" in label.text()]
    assert len(labels) >= 2  # the status line and the banner
    assert all("<img" in words for words in labels)
    for label in window.findChildren(QLabel):
        assert label.textFormat() != Qt.TextFormat.AutoText
        assert "<img" not in label.text() or label.textFormat() == Qt.TextFormat.PlainText
    for widget in window.findChildren(QWidget):
        assert not Qt.mightBeRichText(widget.toolTip())
    for choice in window.findChildren(QComboBox):
        tips = [choice.itemData(index, Qt.ItemDataRole.ToolTipRole) for index in range(choice.count())]
        assert not any(Qt.mightBeRichText(tip) for tip in tips if tip)
