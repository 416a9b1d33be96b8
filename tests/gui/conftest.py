"""Fixtures of the window's tests: a link without an engine, and windows without a screen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

# Before Qt is loaded: no test here may open a window on the screen of whoever runs it.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QApplication

from gui.pages.main_window import MainWindow
from gui.pages.thread_signals import ThreadSignals
from gui.state.controller import Controller
from gui.state.settings import Settings
from gui.takes.replay import Loudspeaker
from realtime.engine.messages import Start
from realtime.engine.settings import StreamSettings
from realtime.engine.supervisor import News, Order
from realtime.midi.port_server import PortSettings
from realtime.transcription.decoder import DecoderSettings

# What the settings of the first start set a stream to.
AT_FIRST = StreamSettings(decoder=DecoderSettings(50.0, 40.0, True))


class FakeLink:
    """Keeps the orders that were sent; `take` returns what a test puts into `news`."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.news: list[News] = []
        self.opened: tuple[Start, PortSettings] | None = None
        self.closed = False

    def open(self, start: Start, port: PortSettings) -> None:
        self.opened = start, port

    def send(self, order: Order) -> None:
        self.orders.append(order)

    def take(self) -> list[News]:
        news, self.news = self.news, []
        return news

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def link() -> FakeLink:
    return FakeLink()


@pytest.fixture
def controller(link: FakeLink, tmp_path: Path) -> Controller:
    """A controller with the settings of the first start, and a folder for takes."""
    return Controller(replace(Settings(), takes=str(tmp_path / "takes")), link, tmp_path / "settings.toml")


@pytest.fixture
def window(qapp: QApplication, controller: Controller) -> Iterator[MainWindow]:
    """A shown window of 1600 × 1000 on a fake line."""
    with shown_window(qapp, controller) as window:
        yield window


@contextmanager
def shown_window(
    qapp: QApplication, controller: Controller, loudspeaker: Loudspeaker | None = None
) -> Iterator[MainWindow]:
    """A window on the screen. loudspeaker: plays what is replayed."""
    window = MainWindow(controller, ThreadSignals())
    window.pages.loudspeaker = loudspeaker
    window.pages.practised = controller.settings_folder / "practice", controller.settings_folder / "recent.json"
    window.show()
    qapp.processEvents()
    yield window
    window.close()
    window.deleteLater()
    qapp.processEvents()
