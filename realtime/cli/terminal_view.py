"""The stream in a terminal: a short piano-roll that falls onto 88 keys, a level meter, and one line of facts."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from rich.console import Console as RichConsole
from rich.console import Group
from rich.live import Live
from rich.text import Text

from realtime.cli.console import Console
from realtime.cli.views import LiveView
from realtime.contract import HIGHEST_PITCH, KEYS, LOWEST_PITCH, PEDAL_DOWN
from realtime.engine.messages import Message, Status
from realtime.events import NoteOff, NoteOn, Pedal, StreamStarted
from realtime.notes import OpenNotes, note_name

BLACK = frozenset((1, 3, 6, 8, 10))
ROWS = 10
SLICE_S = 0.1  # two slices a row
METER_CELLS = 40
METER_FLOOR_DB = -60.0
SILENT_DB, QUIET_DB, LOUD_DB, CLIP_DB = -70.0, -40.0, -6.0, -0.1
NAMES_SHOWN = 8
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
        super().__init__(console)
        self._terminal = RichConsole()
        self._roll = PianoRoll(self._terminal.width - 1)
        self._port = f'MIDI "{port_name}"' if port_name else "no MIDI"
        self._delay = ""
        self._notes = 0
        self._pedal = False
        self._live = Live(console=self._terminal, auto_refresh=False, transient=True)

    def show(self, message: Message) -> None:
        match message:
            case StreamStarted():
                self._roll.clear()
                self._delay = f"{message.delay} {1000 * message.delay_s:.0f} ms"
                self._live.start()
            case NoteOn():
                self._notes += 1
                self._roll.note_on(message.pitch, message.time)
            case NoteOff():
                self._roll.note_off(message.pitch, message.time)
            case Pedal():
                self._pedal = message.value >= PEDAL_DOWN
            case Status():
                self._live.update(self._picture(message), refresh=True)
        super().show(message)

    def close(self) -> None:
        """Give the terminal back."""
        self._live.stop()

    def _picture(self, status: Status) -> Group:
        held = " ".join(self._roll.held[-NAMES_SHOWN:])
        facts = f"{self._delay} · load {100 * status.load:.0f} % · {self._port} · {self._notes} notes"
        pedal = "  (pedal)" if self._pedal else ""
        roll = Text("\n".join(self._roll.rows(status.time)), NOTE, no_wrap=True)
        return Group(roll, self._roll.keyboard(), meter(status), Text(f"{facts}   {held}{pedal}", no_wrap=True))


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
