"""`python -m gui.tools.screenshots DIR [STATE...]`: pictures of the window in each of its states, without a screen.

The states are played by a made-up engine, so that the pictures are always the same.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QWidget

import gui.pages.main_window
from gui.pages.main_window import MainWindow
from gui.pages.thread_signals import ThreadSignals
from gui.stage.roll import Block
from gui.start import application
from gui.state.controller import Controller
from gui.state.options import KEYS
from gui.state.settings import Settings
from gui.tools.screenshot_guide import GUIDE
from gui.tools.screenshot_pages import PAGES, fill_shelf, wait
from gui.tools.screenshot_practice import PRACTICE_STATES
from realtime.audio.spectrum import BANDS, PER_SEMITONE
from realtime.contract import LOWEST_PITCH
from realtime.engine.messages import Failed, Notice, SpectrumColumn, Start, Status, TakeSaved, TakeStarted
from realtime.engine.supervisor import News, Order
from realtime.engine.watches.watches import WRONG_CHANNEL
from realtime.events import Event, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.lateness import DesignDelay, Lateness
from realtime.midi.port_server import PortSettings, PortState
from realtime.words import plain

WIDTH, HEIGHT = 1600, 1000
PORT = PortState(True, "Liszten Out", "ALSA")
STREAM = StreamStarted(
    "liszten", "live", 0.118, 48_000, "Scarlett 2i2 USB", "2026-11-21T10:00:00Z", least_delay_s=0.028
)
TEMPO_S = 0.55
LEFT = ((36, 55, 58, 64), (41, 53, 57, 60), (38, 57, 60, 65), (43, 55, 59, 62), (36, 55, 58, 64))
RIGHT = (72, 74, 76, 79, 77, 76, 74, 72, 79, 77, 79, 81, 79, 77, 76, 72, 72, 79, 84, 84)
NOW_S = 10.1
STEP_S = 0.06


class UnconnectedLink:
    """A link without engine and port: what is shown is put into the session by hand."""

    def open(self, start: Start, port: PortSettings) -> None: ...
    def send(self, order: Order) -> None: ...
    def take(self) -> list[News]:
        return []

    def close(self) -> None: ...


def music() -> Iterator[Event]:
    """Ten seconds of two hands and a pedal, in order."""
    events: list[Event] = []
    for bar, chord in enumerate(LEFT):
        begin = bar * 4 * TEMPO_S
        events += [Pedal(begin + 0.05, begin + 0.1, 127), Pedal(begin + 3.9 * TEMPO_S, begin + 3.9 * TEMPO_S, 0)]
        events += _note(chord[0], begin, 0.9, 66)
        for beat, pitch in enumerate((chord[1], chord[2], chord[3], chord[2]) * 2):
            events += _note(pitch, begin + (beat + 1) * TEMPO_S / 2, 0.2, 50 + 6 * (beat % 3))
    for beat, pitch in enumerate(RIGHT):
        events += _note(pitch, beat * TEMPO_S + 0.01, 0.45, 72 + beat * 7 % 45)
    for pitch, velocity in ((55, 80), (58, 74), (64, 90), (84, 104)):
        events += _note(pitch, NOW_S - 0.25, 5.0, velocity)
    return iter(sorted((event for event in events if _time(event) < NOW_S), key=_time))


def fill(controller: Controller, peak_db: float = -13.0) -> None:
    """Ten seconds of music into the session, as if it had just been played."""
    now = time.monotonic()
    controller.session.apply(STREAM, now - NOW_S)
    controller.session.port_is(PORT)
    late_s = tuple(0.05 + 0.0003 * (note * note % 47) for note in range(100))
    controller.session.apply(Lateness(DesignDelay.of(STREAM), late_s, 100, "midi"), now)
    for event in music():
        controller.session.apply(event, now - NOW_S + _time(event) + 0.058)
    for step in range(12):
        at = NOW_S - 0.05 * (11 - step)
        controller.session.apply(status(at, peak_db), now - NOW_S + at)


def status(at: float, peak_db: float) -> Status:
    """How the stream is at a moment."""
    return Status(at, "running", peak_db, peak_db - 9, 0, 0.09, 0.0008, 0.0014, 0, 0, recent_s=190.0)


def go_on(controller: Controller, begun: float) -> None:
    """Let the clock of `fill`'s stream run, unless something is wrong with it. begun: when that was, monotonic."""
    now, session = time.monotonic(), controller.session
    if session.stream is STREAM and session.faults.shown(now) is None and session.roll.blocks:
        session.apply(status(NOW_S + now - begun, -13.0), now)


def recording(window: MainWindow) -> None:
    """A take is running."""
    take = Path("Takes") / "2026-11-21 10-00-00 Take 07"
    window.controller.session.apply(TakeStarted(take), time.monotonic() - 42.8 % NOW_S)


def recorded(window: MainWindow) -> None:
    """A take has just ended."""
    now = time.monotonic()
    window.controller.session.apply(TakeSaved(fill_shelf(window.controller.settings.takes_folder)[3]), now)
    wait(window, lambda: window.pages.takes.last.row is not None)


def daylight(window: MainWindow) -> None:
    """The bright theme."""
    window.controller.set_display(theme="daylight")


def contrast(window: MainWindow) -> None:
    """High contrast, the left hand hatched."""
    window.controller.set_display(theme="contrast")


def pitch_colours(window: MainWindow) -> None:
    """A colour for every pitch class."""
    window.controller.set_display(colours="pitch")


def unplugged(window: MainWindow) -> None:
    """The microphone has gone."""
    window.controller.session.apply(Notice("unplugged", plain("")), time.monotonic())


def no_microphone(window: MainWindow) -> None:
    """There never was one."""
    window.controller.session.apply(Failed(plain(""), 3, ""), time.monotonic())


def too_slow(window: MainWindow) -> None:
    """Advice without a button."""
    window.controller.session.apply(Notice("too_slow", plain("")), time.monotonic())


def echo(window: MainWindow) -> None:
    """The speakers play what is sent."""
    window.controller.session.apply(Notice("echo", plain("")), time.monotonic())


def wrong_channel(window: MainWindow) -> None:
    """The piano is at the other socket."""
    window.controller.session.apply(Notice("wrong_channel", WRONG_CHANNEL(silent=1, other=2)), time.monotonic())


def folded(window: MainWindow) -> None:
    """The panel is folded."""
    window.controller.set_display(panel=False)


def small(window: MainWindow) -> None:
    """The least size."""
    window.resize(gui.pages.main_window.LEAST_WIDTH, gui.pages.main_window.LEAST_HEIGHT)


def small_panel(window: MainWindow) -> None:
    """The least size with the panel over the stage."""
    small(window)
    window.open_section("midi")


def empty(window: MainWindow) -> None:
    """Before the first note."""
    now = time.monotonic()
    window.controller.session.apply(STREAM, now)
    window.controller.session.apply(status(0.1, -58.0), now)


def few_keys(window: MainWindow) -> None:
    """61 keys, a hidden hand, no glow."""
    window.controller.set_display(keys=61, glow=0)
    window.controller.toggle_hand("left")


def large_text(window: MainWindow) -> None:
    """The largest text."""
    window.controller.set_display(text=160)


def settings(window: MainWindow) -> None:
    """The settings sheet."""
    window.secondary_windows.open_settings()


def shortcuts(window: MainWindow) -> None:
    """The keys in the settings sheet: one was chosen, another is refused."""
    window.secondary_windows.open_settings()
    sheet = window.secondary_windows.settings
    assert sheet is not None
    window.controller.choose_key("record", "F7")
    sheet.go_to(KEYS)
    row = next(row for row in sheet.shortcuts.rows if row.command.name == "recent")
    row.field.setKeySequence("T")
    row.field.editingFinished.emit()


def keys(window: MainWindow) -> QWidget | None:
    """The table of keys."""
    window.secondary_windows.open_shortcut_table()
    return window.secondary_windows.shortcut_table


def second_screen(window: MainWindow) -> QWidget | None:
    """The stage alone, in another theme, with fewer keys."""
    window.controller.set_display(second_theme="daylight", second_keys=49)
    window.secondary_windows.toggle_second()
    return window.secondary_windows.second


def plots(window: MainWindow) -> QWidget | None:
    """The plots, with a spectrum that fits the notes."""
    for column in spectrum(list(window.controller.session.roll.blocks)):
        window.controller.session.apply(column, time.monotonic())
    window.secondary_windows.toggle_plots()
    assert window.secondary_windows.plots is not None
    window.secondary_windows.plots.refresh()
    return window.secondary_windows.plots


def spectrum(blocks: list[Block]) -> Iterator[SpectrumColumn]:
    """Eight seconds in which every note has five partials that fade."""
    for step in range(round(8 / 0.05)):
        at = NOW_S - 8 + 0.05 * step
        levels = np.full(BANDS, 20.0)
        for block in blocks:
            if block.onset <= at and (block.damped is None or at < block.damped):
                for partial, above in enumerate((0, 12, 19, 24, 28)):
                    band = round((block.pitch + above - LOWEST_PITCH) * PER_SEMITONE) + 1
                    if band < BANDS:
                        levels[band] += 1.6 * block.velocity * 0.72**partial * 0.6 ** (at - block.onset)
        smeared = np.convolve(levels, (0.25, 0.5, 0.25), "same") * 1.4
        yield SpectrumColumn(at, bytes(np.clip(smeared, 0, 255).astype(np.uint8)))


def live(_window: MainWindow) -> None:
    """Music."""


STATES: dict[str, Callable[[MainWindow], QWidget | None]] = {
    state.__name__: state
    for state in (
        *(live, recording, recorded, daylight, contrast, pitch_colours, unplugged, no_microphone, too_slow),
        *(folded, small, small_panel, empty, few_keys, large_text, settings, shortcuts, keys, second_screen, plots),
        *(echo, wrong_channel, *PAGES, *PRACTICE_STATES, *GUIDE),
    )
}


def main(folder: Path, wanted: list[str]) -> None:
    """Write DIR/STATE.png for every state, or the wanted ones."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = application()
    folder.mkdir(parents=True, exist_ok=True)
    for name in wanted or STATES:
        with tempfile.TemporaryDirectory() as scratch:
            chosen = Settings(width=WIDTH, height=HEIGHT, takes=f"{scratch}/Takes")
            controller = Controller(chosen, UnconnectedLink(), Path(scratch) / "settings.toml")
            window = MainWindow(controller, ThreadSignals())
            window.pages.practised = Path(scratch) / "practice", Path(scratch) / "recent.json"
            window.show()
            fill(controller)
            begun = time.monotonic()
            shown = STATES[name](window) or window
            for _ in range(6):
                time.sleep(STEP_S)  # a chord is named once it stands, and what fades has come
                go_on(controller, begun)
                app.processEvents()
                window.advance()
            shown.grab().save(str(folder / f"{name}.png"))
            window.close()
            window.deleteLater()
            app.processEvents()


def _note(pitch: int, onset: float, length: float, velocity: int) -> list[Event]:
    on = NoteOn(onset, onset + 0.058, pitch, velocity, 0.9)
    return [on, NoteOff(onset + length, onset + length + 0.06, pitch)]


def _time(event: Event) -> float:
    return 0.0 if isinstance(event, StreamStarted) else event.time


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
