"""The states of the first-run guide and of the advice for `gui.tools.screenshots`, each with something found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gui.pages.guide.guide_view import GuideView
from gui.pages.main_window import MainWindow
from gui.state.banners import Fault
from gui.state.device_search import FoundDevices
from gui.state.first_run import Level, Step
from gui.state.recipes import DAW
from gui.widgets.advice_view import show_advice
from realtime.audio.devices import InputDevice
from realtime.engine.messages import Tuned

DEVICES = FoundDevices(
    (
        InputDevice(1, "Scarlett 2i2 USB", "ALSA", 2, 48_000, True),
        InputDevice(2, "Built-in microphone", "ALSA", 2, 48_000, False),
        InputDevice(3, "Bluetooth headset", "ALSA", 1, 16_000, False),
    ),
    ("loopMIDI Port",),
)


class FixedLevels:
    """Two microphones, one of which picks up the piano."""

    def read(self) -> dict[str, float]:
        return {"Scarlett 2i2 USB": -14.0, "Built-in microphone": -52.0}

    def moves(self, name: str) -> bool:
        return name == "Scarlett 2i2 USB"

    def close(self) -> None: ...


def guide(step: Step) -> Callable[[MainWindow], QWidget | None]:
    """A step of the first-run guide, with something found."""

    def show(window: MainWindow) -> QWidget | None:
        view = window.secondary_windows.guide = GuideView(window, window.controller, window.search_devices, FixedLevels)
        window.secondary_windows.show_devices(DEVICES)
        window.secondary_windows.open_guide()
        view.go(step)
        state = view.guide
        state.level = Level(-8.2, -31.0)
        state.pitches, state.tuned, state.app = [60, 36], [Tuned(60, -24.0)], DAW
        state.loop_s, state.echo_done = 0.142, step is Step.ECHO
        return view

    show.__name__ = f"guide_{step.name.lower()}"
    return show


def speech(window: MainWindow) -> QWidget | None:
    """How to turn speech processing off."""
    return show_advice(window, Fault.SPEECH)


GUIDE: tuple[Callable[[MainWindow], QWidget | None], ...] = (*(guide(step) for step in Step), speech)
