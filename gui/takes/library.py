"""The takes on disk as the player sees them: a row each, newest first, read in the background."""

from __future__ import annotations

import queue
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from gui.state.failures import explain
from gui.state.formatting import take_title
from gui.takes.outline import Outline
from realtime.audio.files import recorded_s
from realtime.events import StreamStarted
from realtime.notes import NoteTable
from realtime.system.storage import discard_parts, file_error, make_folder
from realtime.takes.edits import is_improved, rename_take
from realtime.takes.folder import DELETED, EVENTS, NAME, is_left_behind, open_take, read_lines, take_audio
from realtime.takes.reader import read_take
from realtime.words import Said

BEST = "studio"  # the delay of the surest notes
DATE = "%Y-%m-%d %H-%M-%S"
# What was deleted may have to be copied to where the system keeps it; what is left the next start lets go.
CLOSE_LIMIT_S = 10.0


@dataclass(frozen=True, eq=False)
class _Scan:
    """A wish to know which takes there are. changes: how many the player had made to them by then."""

    parent: Path
    running: Path | None
    changes: int


@dataclass(frozen=True, eq=False)
class Row:
    """A take in the list. model, delay: by and at which its notes were transcribed; recorded: whether its sound is
    there; stamp: changes with its notes and its name; problem: a sentence when its notes cannot be read."""

    folder: Path
    name: str
    when: datetime
    length_s: float
    outline: Outline
    model: str
    delay: str
    improved: bool
    recorded: bool
    stamp: tuple[float, ...]
    problem: Said | None = None

    @property
    def notes(self) -> int:
        """How many."""
        return len(self.outline.pitch)


def read_row(folder: Path) -> Row:
    """Read a take for the list. Raises FileError when it is none, or damaged."""
    notes = read_take(folder)
    row = _bare_row(folder)
    outline, length_s = Outline.of(notes), max(row.length_s, notes.duration_s)
    model, delay = _heard(folder)
    improved = is_improved(folder)
    return replace(row, outline=outline, length_s=length_s, model=model, delay=delay, improved=improved)


def unreadable_row(folder: Path, problem: Said) -> Row:
    """A take whose notes cannot be read, with what is known without them. Raises OSError."""
    return replace(_bare_row(folder), problem=problem)


def _bare_row(folder: Path) -> Row:
    """What is known of a take without its notes."""
    stamp = _stamp(folder)
    sound_s = recorded_s(take_audio(folder))
    when = datetime.fromtimestamp(stamp[0])
    if (match := NAME.fullmatch(folder.name)) is not None:
        with suppress(ValueError):
            when = datetime.strptime(match[1], DATE)
    return Row(
        folder=folder,
        name=take_title(folder),
        when=when,
        length_s=sound_s or 0.0,
        outline=Outline.of(NoteTable()),
        model="",
        delay="",
        improved=False,
        recorded=sound_s is not None,
        stamp=stamp,
    )


class Library:
    """The takes under a folder. `rows` changes only in `pump`; wake: called in another thread when it has work.

    discard: lets a deleted take go for good, or to where the system keeps what was deleted.
    """

    def __init__(self, wake: Callable[[], None], discard: Callable[[Path], None] = shutil.rmtree) -> None:
        self.rows: list[Row] = []
        self.looked = False  # whether it is known which takes there are
        self.recovered: list[Row] = []  # takes that a killed program left behind, found since the last look
        self.deleted: Row | None = None
        self._wake = wake
        self._discard = discard
        self._wanted: queue.SimpleQueue[_Scan | Path | None] = queue.SimpleQueue()  # a Path: to be discarded
        self._newest: _Scan | None = None
        self._changes = 0
        self._found: queue.SimpleQueue[tuple[_Scan, list[Row], list[Row]]] = queue.SimpleQueue()
        self._known: dict[Path, Row] = {}
        self._closing = False
        self._thread: threading.Thread | None = None

    def refresh(self, parent: Path, running: Path | None) -> None:
        """Look again in the background. running: the take that is being recorded, which is not ready to be shown."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="library", daemon=True)
            self._thread.start()
        self._newest = _Scan(parent, running, self._changes)
        self._wanted.put(self._newest)

    def pump(self) -> bool:
        """Take in what was found; whether the rows have changed."""
        changed = False
        while not self._found.empty():
            scan, rows, recovered = self._found.get()
            self.recovered += recovered
            if scan.changes == self._changes:
                self.rows, self.looked, changed = rows, True, True
            elif scan is self._newest:  # a take was renamed, deleted or brought back meanwhile
                self.refresh(scan.parent, scan.running)
        return changed

    def row(self, folder: Path) -> Row | None:
        """The row of a take."""
        return next((row for row in self.rows if row.folder == folder), None)

    def rename(self, row: Row, name: str) -> Row:
        """Give a take a name. Raises FileError."""
        rename_take(row.folder, name)
        self._changes += 1
        renamed = replace(row, name=take_title(row.folder))
        self.rows = [renamed if other.folder == row.folder else other for other in self.rows]
        return renamed

    def delete(self, row: Row) -> None:
        """Put a take aside; `undo` brings it back, until another one is deleted or `settle` is called.

        Raises FileError.
        """
        self.settle()
        _move(row.folder, _aside(row.folder))
        self.deleted = row
        self._changes += 1
        self.rows = [other for other in self.rows if other is not row]

    def undo(self) -> Row | None:
        """Bring the deleted take back. Raises FileError."""
        row = self.deleted
        if row is not None:
            _move(_aside(row.folder), row.folder)
            self.deleted = None
            self._changes += 1
            self.rows = sorted([*self.rows, row], key=_newest_first)
        return row

    def settle(self) -> None:
        """The deleted take is not wanted any more; it goes in the background, as another disk may have to take it."""
        if self.deleted is not None:
            self._wanted.put(_aside(self.deleted.folder))
            self.deleted = None

    def close(self) -> None:
        """End looking, once what was deleted has gone."""
        self.settle()
        self._closing = True
        self._wanted.put(None)
        if self._thread is not None:
            self._thread.join(CLOSE_LIMIT_S)

    def _work(self) -> None:
        parents: set[Path] = set()
        while (wanted := self._wanted.get()) is not None:
            if isinstance(wanted, Path):
                with suppress(OSError):
                    self._discard(wanted)
                continue
            if wanted.parent not in parents:
                parents.add(wanted.parent)
                self._discard_rest(wanted.parent)
            if wanted is self._newest:
                self._scan(wanted)
        for parent in parents:
            with suppress(OSError):
                (parent / DELETED).rmdir()

    def _discard_rest(self, parent: Path) -> None:
        """What was deleted when the program ended before it could be let go, and what it was still copying."""
        for folder in _folders(parent):
            discard_parts(folder)
        with suppress(OSError):
            for folder in (parent / DELETED).iterdir():
                self._discard(folder)

    def _scan(self, scan: _Scan) -> None:
        recovered = []
        known = {}
        for folder in _folders(scan.parent):
            if self._closing:
                return
            if folder == scan.running:
                continue
            with suppress(OSError):  # it has just been moved away
                row, was_lost = self._read(folder)
                if row is not None:
                    known[folder] = row
                    recovered += [row] if was_lost else []
        self._known = known
        self._found.put((scan, sorted(known.values(), key=_newest_first), recovered))
        self._wake()

    def _read(self, folder: Path) -> tuple[Row | None, bool]:
        """The row of a folder, None when it is no take; whether a killed program had left it behind. One take that
        cannot be read, whatever the reason, must not end the list of all. Raises OSError."""
        row, lost = self._known.get(folder), is_left_behind(folder)
        if row is not None and not lost and row.stamp == _stamp(folder):
            return row, False
        try:
            if lost:
                open_take(folder)
            return read_row(folder), lost
        except OSError:
            raise
        except Exception as error:
            return (unreadable_row(folder, explain(error)) if NAME.fullmatch(folder.name) else None), False


def _folders(parent: Path) -> list[Path]:
    try:
        return [entry for entry in parent.iterdir() if (entry / EVENTS).is_file()]
    except OSError:
        return []


def _heard(folder: Path) -> tuple[str, str]:
    """Model and delay of its notes: those that are kept are the surest, whatever was sent meanwhile."""
    lines = read_lines(folder / EVENTS)
    stream = next(lines).event
    if not isinstance(stream, StreamStarted):
        return "", ""
    return stream.model, BEST if any(stage == "kept" for _, stage in lines) else stream.delay


def _stamp(folder: Path) -> tuple[float, ...]:
    """Raises OSError."""
    return ((folder / EVENTS).stat().st_mtime, folder.stat().st_mtime)


def _aside(folder: Path) -> Path:
    return folder.parent / DELETED / folder.name


def _move(folder: Path, to: Path) -> None:
    make_folder(to.parent)
    try:
        folder.rename(to)
    except OSError as error:
        raise file_error(error, folder) from error


def _newest_first(row: Row) -> tuple[float, str]:
    return -row.when.timestamp(), row.folder.name
