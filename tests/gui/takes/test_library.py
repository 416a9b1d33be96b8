"""The list of takes: found, named, deleted and brought back; what improving changed; takes that begin by themselves."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from gui.state.failures import UNEXPECTED
from gui.state.first_note import FirstNote
from gui.takes.comparison import Comparison, compare_versions, compared
from gui.takes.library import Library, Row, read_row
from gui.takes.piece import open_piece
from realtime.audio.libsndfile import SoundFileAudio
from realtime.errors import FileError
from realtime.events import End, NoteOff, NoteOn, to_json
from realtime.notes import NoteTable
from realtime.takes.edits import improve_take
from realtime.takes.folder import MIDI, open_take
from tests.realtime.takes.test_folder import EVENTS, STREAM, recorded
from tests.waiting import WAIT_S, wait_until


def found(library: Library, parent: Path, running: Path | None = None) -> list[Row]:
    """The rows after looking."""
    library.refresh(parent, running)
    wait_until(library.pump)
    return library.rows


@pytest.fixture
def library() -> Library:
    return Library(lambda: None)


def take(parent: Path, name: str) -> Path:
    folder = recorded(parent).folder
    return folder.rename(parent / name)


def test_a_row_names_the_delay_of_the_notes_that_are_kept(tmp_path: Path):
    """Of a take that was recorded the surest: there is nothing to improve with the same model. One of
    version 1 has what was sent, and one that was transcribed says at which delay."""
    folder = recorded(tmp_path).folder
    row = read_row(folder)
    assert (row.model, row.delay) == (STREAM.model, "studio")
    (folder / "notes.jsonl").write_text("".join(to_json(event) + "\n" for event in (STREAM, *EVENTS)))
    assert read_row(folder).delay == STREAM.delay == "fast"
    (folder / "notes.jsonl").write_text(to_json(STREAM) + "\n" + to_json(EVENTS[0], "live") + "\n")
    assert read_row(folder).delay == "fast"


def test_takes_are_listed_newest_first(library: Library, tmp_path: Path):
    """With what a list shows; what is no take, or is being recorded, is not listed."""
    old = take(tmp_path, "2026-01-02 03-04-05 Take 01")
    new = take(tmp_path, "2026-03-02 03-04-05 Take 02")
    running = take(tmp_path, "2026-04-02 03-04-05 Take 03")
    (tmp_path / "letters").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "notes.jsonl").write_text("no take")
    rows = found(library, tmp_path, running)
    assert [row.folder for row in rows] == [new, old]
    assert (rows[1].name, rows[1].notes, rows[1].length_s, rows[1].recorded) == ("Take 1", 1, 2.0, True)
    assert f"{rows[1].when:%d.%m.%Y %H:%M}" == "02.01.2026 03:04"
    assert found(library, tmp_path / "nowhere") == []


def test_what_has_not_changed_is_not_read_again(library: Library, tmp_path: Path):
    """Row for row, the same object; a changed take is another row."""
    folder, _ = take(tmp_path, "2026-01-02 03-04-05 Take 01"), take(tmp_path, "2026-01-02 03-04-06 Take 02")
    before = {row.folder: row for row in found(library, tmp_path)}
    improve_take(folder, STREAM, [NoteOn(0.5, 0.6, 61, 72, 0.9)])
    after = {row.folder: row for row in found(library, tmp_path)}
    assert sum(before[path] is after[path] for path in before) == 1
    assert after[folder].improved


def test_a_name_is_shown_at_once(library: Library, tmp_path: Path):
    """And is still there when one looks again."""
    take(tmp_path, "2026-01-02 03-04-05 Take 01")
    (row,) = found(library, tmp_path)
    library.rename(row, "Nocturne")
    assert [row.name for row in library.rows] == ["Nocturne"]
    assert [row.name for row in found(library, tmp_path)] == ["Nocturne"]


def test_a_deleted_take_can_be_brought_back(library: Library, tmp_path: Path):
    """Until it is settled; then it is discarded, and nothing of it stays."""
    folder = take(tmp_path, "2026-01-02 03-04-05 Take 01")
    other = take(tmp_path, "2026-01-02 03-04-06 Take 02")
    rows = found(library, tmp_path)
    library.delete(rows[1])
    assert not folder.exists()
    assert [row.folder for row in found(library, tmp_path)] == [other]
    library.undo()
    assert folder.exists()
    assert [row.folder for row in library.rows] == [other, folder]
    library.delete(library.rows[1])
    library.settle()
    assert library.undo() is None
    library.close()
    assert [entry.name for entry in tmp_path.iterdir()] == [other.name]


def test_a_second_delete_settles_the_first(tmp_path: Path):
    """Where the system keeps what was deleted is the caller's affair."""
    gone: list[str] = []
    library = Library(lambda: None, lambda folder: gone.append(folder.name) or shutil.rmtree(folder))  # type: ignore[func-returns-value]
    for number in (1, 2):
        take(tmp_path, f"2026-01-02 03-04-0{number} Take 0{number}")
    second, first = found(library, tmp_path)
    library.delete(first)
    library.delete(second)
    wait_until(lambda: gone == [first.folder.name])
    library.close()
    assert gone == [first.folder.name, second.folder.name]


def test_what_a_killed_program_left_to_delete_goes(tmp_path: Path):
    """The next time that anyone looks."""
    aside = tmp_path / ".deleted" / "2026-01-02 03-04-05 Take 01"
    aside.mkdir(parents=True)
    library = Library(lambda: None)
    assert found(library, tmp_path) == []
    assert not aside.exists()
    library.close()
    assert not aside.parent.exists()


def test_a_take_that_cannot_be_moved_stays(library: Library, tmp_path: Path):
    """One sentence, and the row is still there."""
    take(tmp_path, "2026-01-02 03-04-05 Take 01")
    (row,) = found(library, tmp_path)
    (tmp_path / ".deleted").write_text("a file is in the way")
    with pytest.raises(FileError, match="in the way"):
        library.delete(row)
    assert library.rows == [row]


def test_a_recording_that_does_not_tell_its_length_is_one(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What a browser recorded: the take has its sound, and lasts as long as its stream did."""
    folder = take(tmp_path, "2026-01-02 03-04-05 Take 01")
    untold = lambda path: SoundFileAudio(path, 48_000, 1, None)  # noqa: E731
    monkeypatch.setattr("realtime.audio.files.open_audio", untold)
    (row,) = found(library, tmp_path)
    assert (row.recorded, row.length_s) == (True, 2.0)
    piece = open_piece(folder)
    assert (piece.recording, piece.length_s) == (folder / "audio.wav", 2.0)


def test_what_a_killed_program_was_still_copying_goes(tmp_path: Path):
    """Once nobody has written to it for an hour; what else lies there stays."""
    folder = take(tmp_path, "2026-01-02 03-04-05 Take 01")
    names = (".audio.flac.123.part", ".audio.flac.456.part", "mine.part", ".mine")
    for name in names:
        (folder / name).write_bytes(b"half")
        if "456" not in name:
            os.utime(folder / name, (0, 0))
    assert len(found(Library(lambda: None), tmp_path)) == 1
    assert [name for name in names if (folder / name).exists()] == list(names[1:])


def test_a_take_of_a_killed_program_is_finished_and_shown(library: Library, tmp_path: Path):
    """Not while somebody may still be recording it."""
    folder = take(tmp_path, "2026-01-02 03-04-05 Take 01")
    (folder / MIDI).unlink()
    (folder / "notes.jsonl").write_text("".join(to_json(event) + "\n" for event in (STREAM, *EVENTS[:1])))
    found(library, tmp_path)
    assert library.recovered == []
    assert open_take(folder).events == tuple(EVENTS[:1])
    (folder / MIDI).unlink()
    old = time.time() - 60
    for part in folder.iterdir():
        os.utime(part, (old, old))
    found(library, tmp_path)
    assert [row.folder for row in library.recovered] == [folder]
    assert (folder / MIDI).exists()
    ends = (NoteOff(2.0, 2.0, 60), End(2.0, 2.0, 1, 0, "cut off"))
    assert open_take(folder).events == (*EVENTS[:1], *ends)


def test_a_damaged_take_is_listed_as_unreadable(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """With its sound and a sentence; the others are listed beside it, whatever goes wrong, and so is the next look."""
    bad = take(tmp_path, "2026-01-02 03-04-05 Take 01")
    odd = take(tmp_path, "2026-01-02 03-04-06 Take 02")
    good = take(tmp_path, "2026-01-02 03-04-07 Take 03")
    events = (bad / "notes.jsonl").read_text()
    (bad / "notes.jsonl").write_text(events.replace('"velocity":72', '"velocity":"loud"'))

    def reading(folder: Path) -> Row:
        if folder == odd:
            raise RecursionError
        return read_row(folder)

    monkeypatch.setattr("gui.takes.library.read_row", reading)
    rows = found(library, tmp_path)
    assert [(row.folder, row.notes, row.recorded) for row in rows] == [(good, 1, True), (odd, 0, True), (bad, 0, True)]
    assert [row.problem for row in rows[:2]] == [None, UNEXPECTED()]
    assert "is damaged" in str(rows[2].problem)
    (bad / "notes.jsonl").write_text(events)
    assert [row.problem is None for row in found(library, tmp_path)] == [True, False, True]


def test_a_take_that_was_listed_while_it_was_recorded_elsewhere_is_finished_later(library: Library, tmp_path: Path):
    """Nothing of it has changed since: it has only grown old."""
    folder = take(tmp_path, "2026-01-02 03-04-05 Take 01")
    (folder / MIDI).unlink()
    (listed,) = found(library, tmp_path)
    old = time.time() - 60
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("realtime.takes.folder.time.time", lambda: old + 120)
        found(library, tmp_path)
    assert [row.folder for row in library.recovered] == [listed.folder]


@pytest.mark.parametrize("change", ["rename", "delete", "settle", "undo"])
def test_what_was_looked_up_before_a_change_is_looked_up_again(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
):
    """What the player has just done is not shown as undone, not even until the next look."""
    take(tmp_path, "2026-01-02 03-04-05 Take 01"), take(tmp_path, "2026-01-02 03-04-06 Take 02")
    row = found(library, tmp_path)[0]
    if change == "undo":
        library.delete(row)
    old = threading.Semaphore(0)
    scan = library._scan
    monkeypatch.setattr(library, "_scan", lambda wanted: (scan(wanted), old.release()))
    library.refresh(tmp_path, None)
    assert old.acquire(timeout=WAIT_S)
    if change == "rename":
        library.rename(row, "Nocturne")
    elif change == "undo":
        library.undo()
    else:
        library.delete(row)
    if change == "settle":
        library.settle()
    shown = [row.name for row in library.rows]
    wait_until(library.pump)
    assert [row.name for row in library.rows] == shown
    assert shown == {"rename": ["Nocturne", "Take 1"], "undo": ["Take 2", "Take 1"]}.get(change, ["Take 1"])


def test_what_is_deleted_goes_elsewhere(tmp_path: Path):
    """Another disk may have to take all of a long recording: the window does not wait, but when it closes."""
    begun, go_on = threading.Event(), threading.Event()

    def discard(folder: Path) -> None:
        begun.set()
        go_on.wait(WAIT_S)
        shutil.rmtree(folder)

    library = Library(lambda: None, discard)
    folder = take(tmp_path, "2026-01-02 03-04-05 Take 01")
    library.delete(found(library, tmp_path)[0])
    library.settle()
    assert begun.wait(WAIT_S)
    assert (tmp_path / ".deleted" / folder.name).exists()
    go_on.set()
    library.close()
    assert list(tmp_path.iterdir()) == []


def test_looking_happens_elsewhere(tmp_path: Path):
    """The window's thread is never held up."""
    woken: list[str] = []
    library = Library(lambda: woken.append(threading.current_thread().name))
    found(library, tmp_path)
    assert set(woken) == {"library"}


def struck(*notes: tuple[float, int]) -> NoteTable:
    """Notes of (onset, pitch)."""
    return NoteTable.from_events(NoteOn(onset, onset, pitch, 70, 1.0) for onset, pitch in notes)


def test_what_improving_changed(tmp_path: Path):
    """Notes within 50 ms are the same; each has one partner only."""
    before = struck((0.0, 60), (1.0, 60), (2.0, 64))
    after = struck((0.05, 60), (1.06, 60), (2.0, 64), (2.01, 64), (3.0, 90))
    assert compared(before, after) == Comparison(3, 5, 3, 1)
    assert compared(struck((1.0, 60), (1.03, 60)), struck((1.0, 60))) == Comparison(2, 1, 0, 1)
    folder = recorded(tmp_path).folder
    improve_take(folder, STREAM, [*EVENTS, NoteOn(1.9, 1.9, 64, 70, 1.0), NoteOff(1.95, 1.95, 64)])
    assert compare_versions(folder) == Comparison(1, 2, 1, 0)


def test_a_take_begins_with_the_first_note():
    """A second before it, once, and ends after half a minute without a note."""
    first = FirstNote()
    assert first.note_played(5.0, 100.0, recording=False) == 4.0
    assert first.note_played(5.1, 100.1, recording=False) is None
    assert first.note_played(6.0, 101.0, recording=True) is None
    assert not first.is_over(130.9, recording=True)
    assert first.is_over(131.1, recording=True)
    assert first.note_played(0.2, 140.0, recording=False) == 0.0


def test_who_stops_and_plays_on_wants_no_take():
    """The next one begins after a rest; a take that the player began never ends by itself."""
    first = FirstNote()
    first.note_played(5.0, 100.0, recording=False)
    first.pressed()
    assert first.note_played(7.0, 102.9, recording=False) is None
    assert first.note_played(9.0, 105.0, recording=False) is None
    assert first.note_played(20.0, 109.0, recording=False) == 19.0
    first.pressed()
    assert not first.is_over(1000.0, recording=True)
