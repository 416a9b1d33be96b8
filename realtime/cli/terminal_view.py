"""The stream in a terminal: a short piano-roll that falls onto 88 keys, a level meter, and one line of facts."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO

from rich.console import Console as RichConsole
from rich.console import Group
from rich.live import Live
from rich.text import Text

from realtime.cli.console import Console
from realtime.cli.output import LEFT_OUT, Output
from realtime.cli.resume import HAS_KEYS
from realtime.cli.views import LiveView
from realtime.contract import HIGHEST_PITCH, KEYS, LOWEST_PITCH, PEDAL_DOWN
from realtime.engine.messages import MIDI_RESUMED, Configured, Message, Notice, Status, TakeSaved, TakeStarted
from realtime.events import Event, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.lateness import DesignDelay, Lateness
from realtime.notes import OpenNotes, note_name
from realtime.system.terminal import visible
from realtime.system.unbuffered import unbuffered

BLACK = frozenset((1, 3, 6, 8, 10))
ROWS = 10
SLICE_S = 0.1  # two slices a row
METER_CELLS = 40
METER_FLOOR_DB = -60.0
SILENT_DB, QUIET_DB, LOUD_DB, CLIP_DB = -70.0, -40.0, -6.0, -0.1
PAUSED = "MIDI paused (M: send again)" if HAS_KEYS else "MIDI paused"
NAMES_SHOWN = 8
PICTURES_WAITING = 2  # a terminal that is late gets no more of them
NOTE, KEY_DOWN = "bright_cyan", "black on bright_cyan"
WHITE_KEY, BLACK_KEY, EDGE = "black on white", "grey15 on grey15", "grey50 on white"
# Upper and lower slice of a cell -> character.
CELLS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


@dataclass
class Sounding:
    """A note on the roll, in seconds; `end` is None while its key is down."""

    pitch: int
    begin: float
    end: float | None = None


class PianoRoll:
    """The notes of the last two seconds, as text. `span`: how many keys fit, taken from the middle of the piano."""

    def __init__(self, span: int = KEYS) -> None:
        hidden = max(KEYS - span, 0)
        self._pitches = range(LOWEST_PITCH + hidden // 2, HIGHEST_PITCH + 1 - (hidden - hidden // 2))
        self._notes: deque[Sounding] = deque()
        self._keys: OpenNotes[int, Sounding] = OpenNotes()

    def note_on(self, pitch: int, time_s: float) -> None:
        """A key went down."""
        note = Sounding(pitch, time_s)
        self._end(self._keys.note_on(pitch, note), time_s)
        self._notes.append(note)

    def note_off(self, pitch: int, time_s: float) -> None:
        """A key was released."""
        self._end(self._keys.note_off(pitch), time_s)

    def clear(self) -> None:
        """A new stream."""
        self._notes.clear()
        self._keys.down.clear()

    def rows(self, now: float) -> list[str]:
        """The roll, oldest row first; a character is a key, its two halves are a tenth of a second each."""
        last = int(now / SLICE_S)
        first = last - 2 * ROWS + 1
        while self._notes and self._notes[0].end is not None and self._notes[0].end < first * SLICE_S:
            self._notes.popleft()
        filled = {(note.pitch, part) for note in self._notes for part in _slices(note, first, last)}
        return [
            "".join(
                CELLS[(pitch, first + 2 * row) in filled, (pitch, first + 2 * row + 1) in filled]
                for pitch in self._pitches
            )
            for row in range(ROWS)
        ]

    def keyboard(self) -> Text:
        """Two lines of keys, those that are down in colour."""
        upper, lower = Text(), Text()
        for pitch in self._pitches:
            down, black = pitch in self._keys.down, pitch % 12 in BLACK
            # The characters alone show the keys where colours are not wanted.
            mark = "•" if down else "█" if black else " "
            upper.append(mark, KEY_DOWN if down else BLACK_KEY if black else WHITE_KEY)
            lower.append("│" if black else " ", EDGE if black else KEY_DOWN if down else WHITE_KEY)
        return upper.append("\n").append(lower)

    @property
    def held(self) -> list[str]:
        """Names of the keys that are down, lowest first."""
        return [note_name(pitch) for pitch in sorted(self._keys.down)]

    @staticmethod
    def _end(note: Sounding | None, time_s: float) -> None:
        if note is not None:
            note.end = time_s


def meter(status: Status) -> Text:
    """The input level from -60 to 0 dBFS as a bar, with a word."""
    cells = round(METER_CELLS * min(max(1 - status.peak_db / METER_FLOOR_DB, 0.0), 1.0))
    word, colour = _level(status.peak_db)
    bar = Text("Level ").append("█" * cells, colour).append("·" * (METER_CELLS - cells), "grey37")
    return bar.append(f" {max(status.peak_db, METER_FLOOR_DB):4.0f} dB  {word}")


class TerminalView(LiveView):
    """Draws the stream in place while it runs; sentences appear above."""

    def __init__(self, console: Console, port_name: str) -> None:
        self._terminal = RichConsole(file=unbuffered(sys.stdout))
        self._roll = PianoRoll(self._terminal.width - 1)
        self._port = visible(f'MIDI "{port_name}"') if port_name else "no MIDI"
        self._paused = False
        self.resume_hint = "To send again at once press M." if HAS_KEYS else ""
        self._delay = self._figures = ""
        self._notes = 0
        self._pedal = False
        # Nothing is redirected: another thread that writes a line must not wait for this terminal.
        self._live = Live(
            console=self._terminal,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        super().__init__(_AboveThePicture(console, lambda: self._live))

    def show(self, message: Message | Lateness) -> None:
        try:
            self._draw(message)
        except OSError:  # the terminal is gone, and what is played need not stop for that
            self._live = Live(console=RichConsole(file=StringIO()), auto_refresh=False)
        super().show(message)

    def close(self, hurried: Callable[[], bool] = lambda: False) -> None:
        """Give the terminal back."""
        with suppress(OSError):
            self._live.stop()

    def _draw(self, message: Message | Lateness) -> None:
        match message:
            case StreamStarted():
                self._roll.clear()
                self._delay = visible(message.delay)
                self._figures = str(DesignDelay.of(message).said())
                self._live.start()
            case Lateness():
                self._figures = str(message.figures())
            case NoteOn():
                self._notes += 1
                self._roll.note_on(message.pitch, message.time)
            case NoteOff():
                self._roll.note_off(message.pitch, message.time)
            case Pedal():
                self._pedal = message.value >= PEDAL_DOWN
            case Configured():
                self._paused = message.midi_paused
            case Notice(code=code) if code == MIDI_RESUMED:
                self._paused = False
            case Status():
                self._live.update(self._picture(message), refresh=True)

    def _picture(self, status: Status) -> Group:
        held = " ".join(self._roll.held[-NAMES_SHOWN:])
        port = PAUSED if self._paused else self._port
        facts = f"load {100 * status.load:.0f} % · {port} · {self._notes} notes"
        pedal = "  (pedal)" if self._pedal else ""
        roll = Text("\n".join(self._roll.rows(status.time)), NOTE, no_wrap=True)
        delay = Text(f"Delay {self._delay}: {self._figures}", no_wrap=True)
        facts_and_keys = Text(f"{facts}   {held}{pedal}", no_wrap=True)
        return Group(roll, self._roll.keyboard(), meter(status), delay, facts_and_keys)


class _AboveThePicture(Console):
    """Sentences on standard error, or above the picture while there is one."""

    def __init__(self, console: Console, live: Callable[[], Live]) -> None:
        super().__init__(console.quiet)
        self._console = console
        self._live = live

    def warn(self, text: str) -> None:
        live = self._live()
        if live.is_started:
            with suppress(OSError):
                live.console.print(Text(text))
        else:
            self._console.warn(text)


class QueuedTerminal(LiveView):
    """A TerminalView that draws in a thread of its own."""

    def __init__(self, console: Console, port_name: str) -> None:
        super().__init__(console)
        view = TerminalView(console, port_name)
        self._messages: Output[Message | Lateness] = Output(view.show, _left_out, console.warn, view.close)

    def show(self, message: Message | Lateness) -> None:
        late = isinstance(message, Status) and self._messages.waiting >= PICTURES_WAITING
        if isinstance(message, Event | Status | Lateness | TakeStarted | TakeSaved | Notice | Configured) and not late:
            self._messages.put(message)

    def close(self, hurried: Callable[[], bool] = lambda: False) -> None:
        """Draw what is queued, and give the terminal back."""
        self._messages.close(hurried)


def _left_out(count: int) -> Notice:
    return Notice("output_dropped", LEFT_OUT(count=count))


def _slices(note: Sounding, first: int, last: int) -> range:
    """The slices that a note fills; every note fills at least one."""
    begin = int(note.begin / SLICE_S)
    end = last if note.end is None else max(begin, int(note.end / SLICE_S) - 1)
    return range(max(begin, first), min(end, last) + 1)


def _level(peak_db: float) -> tuple[str, str]:
    if peak_db >= CLIP_DB:
        return "too loud", "red"
    if peak_db >= LOUD_DB:
        return "loud", "yellow"
    if peak_db >= QUIET_DB:
        return "good level", "green"
    return ("quiet", "green") if peak_db >= SILENT_DB else ("silent", "grey37")
