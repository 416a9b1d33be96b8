"""The pages of takes and files as they are used; without a screen, without a loudspeaker and without an engine."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from gui.pages.main_window import MainWindow
from gui.pages.takes.gallery import Gallery
from gui.pages.takes.take_delegate import play_box
from gui.pages.thread_signals import ThreadSignals
from gui.stage.geometry import Key
from gui.state.controller import Controller
from gui.state.formatting import date_text, length_text
from gui.takes.takes_controller import TakesController
from gui.takes.transcriptions import TranscriptionState
from gui.widgets.tabs import FILES, LISTEN, PRACTICE, TAKES
from realtime.engine.messages import Record, SaveRecent, Stop, TakeSaved, TakeStarted
from realtime.events import Event, Kept, NoteOff, NoteOn, Pedal
from realtime.midi.file import midi_bytes
from realtime.piano.speaker_messages import PlaybackFailed
from realtime.takes.folder import MIDI, open_take
from realtime.takes.recorder import TakeSink
from realtime.transcription.batch import Job, Outcome, Worker
from realtime.words import plain
from tests.gui.conftest import FakeLink, shown_window
from tests.gui.state.test_session import on, status
from tests.gui.takes.test_replay import FakeLoudspeaker
from tests.realtime.takes.test_folder import STREAM
from tests.waiting import WAIT_S

NOTES: list[Event] = [
    *(NoteOn(0.2, 0.3, 60, 90, 1.0), Pedal(0.3, 0.3, 127), NoteOff(1.0, 1.1, 60)),
    *(NoteOn(1.2, 1.3, 67, 60, 1.0), NoteOff(1.9, 1.9, 67), Pedal(1.95, 1.95, 0)),
]
STUDIO = replace(STREAM, delay="studio")


def make_take(parent: Path, name: str, keeps: bool = False) -> Path:
    """A take of two seconds. keeps: whether it has the surest notes, too."""
    sink = TakeSink(parent)
    sink.open(STREAM)
    sink.audio(0, np.zeros(2 * STREAM.sample_rate, np.float32))
    for event in NOTES:
        sink.send(event)
        if keeps:
            sink.keep(Kept(event))  # type: ignore[arg-type]
    sink.close()
    return sink.folder.rename(parent / name)


@pytest.fixture
def loudspeaker() -> FakeLoudspeaker:
    return FakeLoudspeaker()


@pytest.fixture
def window(qapp: QApplication, controller: Controller, loudspeaker: FakeLoudspeaker) -> Iterator[MainWindow]:
    """A shown window with two takes on disk."""
    parent = controller.settings.takes_folder
    make_take(parent, "2026-01-02 03-04-05 Take 01")
    make_take(parent, "2026-01-03 03-04-05 Take 02")
    with shown_window(qapp, controller, loudspeaker) as window:
        yield window


def until(window: MainWindow, there: Callable[[], object]) -> None:
    """Let threads work and the window draw until something is there."""
    deadline = time.monotonic() + WAIT_S
    while not there():
        assert time.monotonic() < deadline
        QApplication.processEvents()
        turn(window)
        time.sleep(0.005)


def turn(window: MainWindow) -> None:
    """One frame with fresh words."""
    window._take_messages()
    window._next_words = 0.0
    window.advance()


@pytest.fixture
def gallery(window: MainWindow) -> Gallery:
    """The page of takes, with both in its list."""
    window.pages.turn(TAKES)
    until(window, lambda: len(window.pages.takes.library.rows) == 2)
    turn(window)
    return window.pages.gallery


@pytest.fixture
def takes(gallery: Gallery) -> TakesController:
    return gallery.takes


def pick(window: MainWindow, gallery: Gallery, place: int) -> None:
    """Choose a row as the mouse does, and wait for its replay."""
    gallery.list.list.setCurrentIndex(gallery.list.list.model().index(place, 0))
    until(window, lambda: gallery.takes.replay.piece is not None)
    turn(window)


def words(gallery: Gallery) -> list[str]:
    model = gallery.list.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_pages_turn_by_tab_and_key(window: MainWindow, qtbot: QtBot):
    """What is not shown is not in the way of the Tab key either."""
    for page, shown in ((PRACTICE, ""), (TAKES, "list"), (FILES, "files"), (LISTEN, "")):
        qtbot.keyClick(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        gallery = window.pages.gallery
        assert window.pages.page == page
        assert window.stage.isVisible() == (page == LISTEN)
        assert window.pages.practice.isVisible() == (page == PRACTICE)
        assert [part for part in ("list", "files", "stage") if getattr(gallery, part).isVisible()] == [shown][
            : len(shown)
        ]


def test_takes_are_listed_and_replayed(
    window: MainWindow, gallery: Gallery, loudspeaker: FakeLoudspeaker, qtbot: QtBot
):
    """A double click shows falling blocks and lights the key that sounds."""
    assert words(gallery) == ["Take 2", "Take 1"]
    row = gallery.list.list.visualRect(gallery.list.list.model().index(1, 0))
    qtbot.mouseClick(gallery.list.list.viewport(), Qt.MouseButton.LeftButton, pos=play_box(row).center())
    until(window, lambda: gallery.takes.replay.playing)
    assert loudspeaker.orders == [(0.0, None)]
    gallery.takes.replay.pause(time.monotonic())
    gallery.takes.replay.seek(0.5, time.monotonic())
    turn(window)
    key: Key = gallery.stage.stage.geometry.key(60)
    shown = gallery.stage.grab().toImage()
    lit, dark = (shown.pixelColor(key.x + 5 + by, gallery.stage.height() - 20) for by in (0, key.width))
    assert lit.blue() > lit.red() + 50
    assert dark.red() > 230
    assert gallery.stage.accessibleDescription() in ("C4", "")


def test_listening_pauses_for_the_loudspeaker(window: MainWindow, gallery: Gallery, link: FakeLink):
    """The piano in the loudspeaker is not to be transcribed as a piano; back on the live stage listening goes on."""
    receive(window, STREAM)
    link.orders.clear()
    pick(window, gallery, 0)
    gallery.takes.toggle_play(time.monotonic())
    assert link.orders == [Stop("paused")]
    window.controller.session.state = "paused"
    window.pages.turn(LISTEN)
    assert not gallery.takes.replay.playing
    assert window.controller.session.state == "starting"


def test_without_a_piece_listening_goes_on(window: MainWindow, gallery: Gallery, link: FakeLink, qtbot: QtBot):
    """Space has nothing to play, and so no reason to pause listening."""
    receive(window, STREAM)
    link.orders.clear()
    qtbot.keyClick(gallery, Qt.Key.Key_Space)
    assert link.orders == []


def test_who_has_turned_away_hears_no_replay(
    window: MainWindow, gallery: Gallery, takes: TakesController, link: FakeLink
):
    """A long take may be read when the player sits at the piano again; it waits, and listening goes on."""
    receive(window, STREAM)
    link.orders.clear()
    gallery.replay(takes.library.rows[0])
    window.pages.turn(LISTEN)
    until(window, lambda: takes.replay.piece is not None)
    assert not takes.replay.playing
    assert link.orders == []


def receive(window: MainWindow, *messages: object) -> None:
    assert isinstance(window.controller._link, FakeLink)
    window.controller._link.news += list(messages)  # type: ignore[arg-type]
    turn(window)


def test_a_replay_is_silent_while_a_take_is_recorded(
    window: MainWindow, gallery: Gallery, loudspeaker: FakeLoudspeaker, link: FakeLink
):
    """Recording goes on."""
    receive(window, STREAM, TakeStarted(Path("Take 03")))
    link.orders.clear()
    pick(window, gallery, 0)
    gallery.takes.toggle_play(time.monotonic())
    assert gallery.takes.replay.playing
    assert (loudspeaker.orders, link.orders) == ([], [])


def test_keys_of_a_replay(window: MainWindow, gallery: Gallery, takes: TakesController, qtbot: QtBot):
    """Space, arrows, Home, End, L, A and B; Esc goes back to the list."""
    pick(window, gallery, 0)
    replay = takes.replay
    qtbot.keyClick(gallery.list.list, Qt.Key.Key_Space)
    assert replay.playing
    assert gallery.on_stage
    qtbot.keyClick(gallery.stage, Qt.Key.Key_Space)
    assert not replay.playing
    qtbot.keyClick(gallery.stage, Qt.Key.Key_End)
    assert replay.position(0.0) == 2.0
    qtbot.keyClick(gallery.stage, Qt.Key.Key_Left)
    assert replay.position(0.0) == 0.0
    qtbot.keyClick(gallery.stage, Qt.Key.Key_L)
    assert replay.loop == (0.0, 2.0)
    replay.seek(1.0, 0.0)
    qtbot.keyClick(gallery.stage, Qt.Key.Key_B)
    assert replay.loop == (0.0, 1.0)
    qtbot.keyClick(gallery.stage, Qt.Key.Key_Escape)
    assert not gallery.on_stage
    assert gallery.list.isVisible()


def test_a_key_that_is_held_down_plays_once(window: MainWindow, gallery: Gallery, takes: TakesController):
    """Only the arrows go on."""
    pick(window, gallery, 1)
    plain = Qt.KeyboardModifier.NoModifier
    for key, repeated in ((Qt.Key.Key_Space, False), (Qt.Key.Key_Space, True)):
        QApplication.sendEvent(gallery, QKeyEvent(QKeyEvent.Type.KeyPress, key, plain, " ", repeated))
    assert takes.replay.playing
    takes.replay.pause(0.0)
    takes.replay.seek(0.0, 0.0)
    QApplication.sendEvent(gallery, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Right, plain, "", True))
    assert takes.replay.position(0.0) > 0.0


def test_seeking_with_the_mouse(
    window: MainWindow, gallery: Gallery, loudspeaker: FakeLoudspeaker, takes: TakesController, qtbot: QtBot
):
    """Silent while the playhead is held; where it is let go it plays on. A click elsewhere goes there, a drag makes a
    loop."""
    pick(window, gallery, 0)
    takes.toggle_play(time.monotonic())
    seek = gallery.bar.seek
    begin, middle, late = (QPoint(round(x), 30) for x in (3, seek.width() / 2, seek.width() * 0.8))
    qtbot.mousePress(seek, Qt.MouseButton.LeftButton, pos=begin)
    assert not takes.replay.playing
    qtbot.mouseMove(seek, middle)
    qtbot.mouseRelease(seek, Qt.MouseButton.LeftButton, pos=middle)
    assert takes.replay.playing
    qtbot.mouseClick(seek, Qt.MouseButton.LeftButton, pos=late)
    assert loudspeaker.orders[-1] == (pytest.approx(1.6, abs=0.01), None)
    gallery.bar.seek.looped.emit(0.5, 1.5)
    assert loudspeaker.orders[-1] == (0.5, (0.5, 1.5))


def test_a_take_is_renamed_in_the_list(window: MainWindow, gallery: Gallery, takes: TakesController, qtbot: QtBot):
    """F2, a name, Enter; letters typed there are no shortcuts."""
    pick(window, gallery, 1)
    qtbot.keyClick(gallery.list.list, Qt.Key.Key_F2)
    editor = gallery.list.list.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "Reverie")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    until(window, lambda: words(gallery) == ["Take 2", "Reverie"])
    turn(window)
    assert gallery.panel._name.text() == gallery.bar._name.text() == "Reverie"
    assert not gallery.on_stage
    assert window.controller.session.take is None


def test_a_name_is_shown_as_it_was_typed(window: MainWindow, gallery: Gallery, takes: TakesController):
    """It is no markup, whatever it looks like."""
    pick(window, gallery, 0)
    takes.rename(takes.library.rows[0], "<b>Waltz</b>", time.monotonic())
    turn(window)
    takes.show_toast("<b>Waltz</b>", time.monotonic())
    turn(window)
    for label in (gallery.panel._name, gallery.bar._name, window.pages.toast._text):
        assert label.text() == "<b>Waltz</b>"
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_delete_and_undo(window: MainWindow, gallery: Gallery, takes: TakesController, qtbot: QtBot):
    """By key; ten seconds later it has gone for good."""
    pick(window, gallery, 0)
    folder = takes.library.rows[0].folder
    qtbot.keyClick(gallery.list.list, Qt.Key.Key_Delete)
    turn(window)
    assert words(gallery) == ["Take 1"]
    assert window.pages.toast.isVisible()
    window.pages.toast._undo.click()
    turn(window)
    assert words(gallery) == ["Take 2", "Take 1"]
    takes.delete(takes.library.rows[0], 100.0)
    takes.tick(109.0)
    assert takes.toast is not None
    takes.tick(111.0)
    assert takes.toast is None
    until(window, lambda: not list(folder.parent.glob(".deleted/*")))


def test_a_take_that_cannot_be_brought_back_is_not_thrown_away(gallery: Gallery, takes: TakesController):
    """It still lies where it was put aside."""
    row = takes.library.rows[0]
    takes.delete(row, 0.0)
    row.folder.mkdir()
    (row.folder / "in the way").touch()
    takes.undo_delete(1.0)
    assert takes.toast is not None
    assert (row.folder.parent / ".deleted" / row.folder.name / MIDI).exists()


@pytest.mark.parametrize("by_key", [True, False])
def test_who_deletes_on_the_stage_is_back_at_the_list(
    window: MainWindow, gallery: Gallery, takes: TakesController, qtbot: QtBot, by_key: bool
):
    """The stage would have nothing to show."""
    pick(window, gallery, 0)
    gallery.replay(takes.library.rows[0])
    turn(window)
    if by_key:
        qtbot.keyClick(gallery.stage, Qt.Key.Key_Delete)
    else:
        gallery.panel._delete.click()
    turn(window)
    assert words(gallery) == ["Take 1"]
    assert gallery.list.isVisible()
    assert not gallery.stage.isVisible()


def test_a_key_pressed_twice_deletes_once(window: MainWindow, gallery: Gallery, takes: TakesController, qtbot: QtBot):
    """The second press comes before the list is drawn again; the take can still be brought back."""
    pick(window, gallery, 0)
    qtbot.keyClick(gallery.list.list, Qt.Key.Key_Delete)
    qtbot.keyClick(gallery.list.list, Qt.Key.Key_Delete)
    assert takes.toast is not None
    assert takes.toast.undo
    takes.undo_delete(0.0)
    turn(window)
    assert words(gallery) == ["Take 2", "Take 1"]


def test_a_row_is_dragged_out_as_a_midi_file(gallery: Gallery, takes: TakesController):
    """With the name of the take, made fit for a file."""
    takes.rename(takes.library.rows[0], 'What? A "waltz"', 0.0)
    gallery.list.show_takes(None, True)
    model = gallery.list.list.model()
    (url,) = model.mimeData([model.index(0, 0)]).urls()
    path = Path(url.toLocalFile())
    assert path.name == "What- A -waltz-.mid"
    assert path.read_bytes() == open_take(takes.library.rows[0].folder).midi.read_bytes()
    gallery.close_down()
    assert not path.exists()


class FakeWorker(Worker):
    """Hears at once, or never: what the name of the recording says."""

    def begin(self, job: Job):  # type: ignore[no-untyped-def]
        self.job = job
        reader, writer = os.pipe()
        self.pipe, self._writer = os.fdopen(reader, "rb"), os.fdopen(writer, "wb", buffering=0)  # type: ignore[assignment]
        if "slow" not in job.audio.name:
            self._writer.write(b"!")
        return self.pipe

    def answer(self) -> Outcome:
        self.pipe.read(1)  # type: ignore[attr-defined]
        return Outcome(self.job, (STUDIO, *NOTES[:1]))

    def end(self) -> None: ...


@pytest.fixture
def fake_workers(takes: TakesController) -> None:
    takes.recordings._queue._new_worker = lambda transcriber: FakeWorker(True, transcriber)


@pytest.mark.usefixtures("fake_workers")
def test_a_take_is_improved_compared_and_restored(window: MainWindow, gallery: Gallery, takes: TakesController):
    """One button; then both versions can be seen at the same place, and undo brings the first back."""
    pick(window, gallery, 0)
    folder = takes.library.rows[0].folder
    assert gallery.panel.improve.start.isVisible()
    gallery.panel.improve.start.click()
    until(window, lambda: gallery.panel.improve.undo.isVisible())
    assert len(takes.replay.piece.roll.blocks) == 1  # type: ignore[union-attr]
    assert gallery.panel.improve._words.text() == "2 notes before, 1 now: 0 came, 1 went."
    takes.replay.seek(1.0, 0.0)
    gallery.panel.improve.versions.chosen.emit("before")
    until(window, lambda: len(takes.replay.piece.roll.blocks) == 2)  # type: ignore[union-attr]
    assert takes.replay.position(0.0) == 1.0
    gallery.panel.improve.undo.click()
    until(window, lambda: gallery.panel.improve.start.isVisible())
    assert len([event for event in open_take(folder).events if isinstance(event, NoteOn)]) == 2


def test_a_take_that_keeps_the_surest_notes_needs_no_second_hearing(
    window: MainWindow, gallery: Gallery, takes: TakesController
):
    """It says so, and offers none, while the model that heard it listens; with another model there is more to hear."""
    kept = make_take(takes.library.rows[0].folder.parent, "2026-01-04 03-04-05 Take 03", keeps=True)
    takes.refresh()
    until(window, lambda: len(takes.library.rows) == 3)
    pick(window, gallery, 0)
    improve, session = gallery.panel.improve, window.controller.session
    assert takes.library.rows[0].folder == kept
    for model, words in (
        (None, "Liszten has heard this as exactly as it can."),
        (STREAM.model, "Liszten has heard this as exactly as it can."),
        ("another", "Another model heard this. Liszten can listen to the recording once more."),
    ):
        session.stream = None if model is None else replace(STREAM, model=model)
        turn(window)
        assert improve._words.text() == words
        assert improve.start.isVisible() == (model == "another")


@pytest.mark.parametrize("there", [True, False])
def test_another_ear_is_offered_where_it_is_installed(
    qapp: QApplication, controller: Controller, monkeypatch: pytest.MonkeyPatch, there: bool
):
    """Its button begins a process of its own; without the package there is none."""
    asked: list[str] = []

    def worker(transcriber: str) -> Worker:
        asked.append(transcriber)
        return FakeWorker(True, transcriber)

    monkeypatch.setattr("realtime.transcription.transkun.installed", lambda: there)
    make_take(controller.settings.takes_folder, "2026-01-02 03-04-05 Take 01")
    window = MainWindow(controller, ThreadSignals())
    window.show()
    window.pages.turn(TAKES)
    until(window, lambda: window.pages.takes.library.rows)
    window.pages.takes.recordings._queue._new_worker = worker
    pick(window, window.pages.gallery, 0)
    other = window.pages.gallery.panel.improve.other
    assert other.isVisible() == there
    if there:
        other.click()
        until(window, lambda: window.pages.gallery.panel.improve.undo.isVisible())
        assert asked == ["realtime.transcription.transkun:work"]
        assert not other.isVisible()
    window.close()
    window.deleteLater()
    qapp.processEvents()


def test_a_deleted_take_is_not_improved(window: MainWindow, gallery: Gallery, takes: TakesController):
    """Not even by what is being written just then; no failure is shown, which would end the time for undo."""
    deleted = threading.Event()

    class HeldWorker(FakeWorker):
        """Answers when the take has been deleted."""

        def answer(self) -> Outcome:
            assert deleted.wait(WAIT_S)
            return super().answer()

    takes.recordings._queue._new_worker = lambda transcriber: HeldWorker(True, transcriber)
    pick(window, gallery, 0)
    row = takes.library.rows[0]
    takes.recordings.improve(row)
    improving = takes.recordings.improvement(row)
    assert improving is not None
    takes.delete(row, time.monotonic())
    deleted.set()
    until(window, lambda: improving in takes.recordings._seen)
    assert improving.state is TranscriptionState.CANCELLED
    assert takes.toast is not None
    assert takes.toast.undo


def drop(window: MainWindow, *paths: Path) -> None:
    """Drag files over the window and let them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(300, 300), action, data, button, none)
    QApplication.sendEvent(window, over)
    assert over.isAccepted()
    assert window.pages.drop.veil.isVisible()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), action, data, button, none))
    assert not window.pages.drop.veil.isVisible()


@pytest.mark.usefixtures("fake_workers")
def test_dropped_files_become_takes(window: MainWindow, takes: TakesController, gallery: Gallery, tmp_path: Path):
    """Each in its turn; what is no recording is said to be none, and one that is cancelled stays without a take."""
    names = ("song.wav", "slow.wav", "letter.wav")
    for name in names[:2]:
        soundfile.write(tmp_path / name, [0.0] * 8_000, 8_000)
    (tmp_path / "letter.wav").write_text("Dear Clara")
    drop(window, *(tmp_path / name for name in names))
    assert window.pages.page == FILES
    song, slow, letter = takes.recordings.files
    until(window, lambda: song.over and letter.over and slow.state is TranscriptionState.TRANSCRIBING)
    takes.recordings.cancel(slow)
    until(window, lambda: len(takes.library.rows) == 3)
    turn(window)
    assert [item.state for item in takes.recordings.files] == [
        TranscriptionState.DONE,
        TranscriptionState.CANCELLED,
        TranscriptionState.FAILED,
    ]
    assert "no audio that Liszten can read" in str(letter.problem)
    made = next(row for row in takes.library.rows if row.folder == song.take)
    assert (made.name, made.notes, made.recorded, made.delay) == ("song", 1, True, "studio")
    takes.recordings.clear_files()
    turn(window)
    assert gallery.files._rows == []


def test_a_dropped_midi_file_falls(
    window: MainWindow, takes: TakesController, tmp_path: Path, loudspeaker: FakeLoudspeaker
):
    """At once and with sound; it is no take, so it can neither be deleted nor improved."""
    (tmp_path / "etude.mid").write_bytes(midi_bytes(STREAM, NOTES))
    drop(window, tmp_path / "etude.mid")
    until(window, lambda: takes.replay.playing)
    assert window.pages.gallery.on_stage
    assert loudspeaker.orders == [(0.0, None)]
    assert window.pages.gallery.panel._name.text() == "etude"
    assert not window.pages.gallery.panel.improve.isVisible()


def test_what_of_a_midi_file_could_not_be_read_is_a_toast(window: MainWindow, tmp_path: Path) -> None:
    """What is there is replayed."""
    content = midi_bytes(STREAM, NOTES)
    (tmp_path / "etude.mid").write_bytes(content.replace(b"\0\1\0\2", b"\0\1\0\3", 1)[:-1])
    drop(window, tmp_path / "etude.mid")
    until(window, lambda: window.pages.takes.replay.piece)
    toast = window.pages.takes.toast
    assert toast is not None
    assert toast.text == (
        f"Track 2 of the MIDI file could be read to 1.9 s only (byte {len(content) - 4}). "
        "Tracks in the MIDI file: 2, although it says 3."
    )


def test_a_broken_midi_file_is_shown_as_such(window: MainWindow, takes: TakesController, tmp_path: Path):
    """In one sentence."""
    (tmp_path / "etude.mid").write_text("Dear Clara")
    drop(window, tmp_path / "etude.mid")
    until(window, lambda: takes.toast is not None)
    assert takes.toast is not None
    assert "not a MIDI file" in takes.toast.text


def test_a_folder_is_emptied_into_the_queue(window: MainWindow, takes: TakesController, tmp_path: Path):
    """What does not look like music stays out of it; where nothing does, that is said."""
    folder, empty = tmp_path / "songs", tmp_path / "letters"
    for made in (folder, empty):
        made.mkdir()
        (made / "letter.txt").write_text("Dear Clara")
    (folder / "b.mp3").touch()
    (folder / "a.WAV").touch()
    drop(window, folder)
    assert [item.title for item in takes.recordings.files] == ["a.WAV", "b.mp3"]
    drop(window, empty)
    assert takes.toast is not None
    assert takes.toast.text == "There is no recording in what was dropped."


def test_a_folder_that_may_not_be_read_is_empty(
    window: MainWindow, takes: TakesController, monkeypatch: pytest.MonkeyPatch
):
    """It is said, instead of nothing at all."""

    def forbidden(_folder: Path) -> Iterator[Path]:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", forbidden)
    window.pages.gallery.drop([window.controller.settings.takes_folder])
    assert takes.toast is not None


def test_without_a_loudspeaker_the_reason_is_shown(
    window: MainWindow, gallery: Gallery, takes: TakesController, loudspeaker: FakeLoudspeaker
):
    """And the blocks fall all the same."""
    pick(window, gallery, 0)
    takes.toggle_play(time.monotonic())
    loudspeaker.pending.append(PlaybackFailed(1, plain("No loudspeaker answers.")))
    turn(window)
    turn(window)
    assert window.pages.toast._text.text() == "No loudspeaker answers."
    assert takes.replay.playing


def test_the_last_minutes_become_a_take(window: MainWindow, link: FakeLink, qtbot: QtBot):
    """Shift+R asks for them, on any page; what became of it is shown."""
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert link.orders == [SaveRecent(window.controller.settings.takes_folder)]
    folder = window.controller.settings.takes_folder / "2026-01-03 03-04-05 Take 02"
    receive(window, TakeSaved(folder, recent=True))
    assert window.pages.takes.last.unseen == {folder}


def test_a_take_may_begin_with_the_first_note(window: MainWindow, link: FakeLink):
    """If the player wants that: with the sound just before."""
    receive(window, STREAM, status(5.0), on(60, 5.0))
    assert link.orders == []
    window.controller.choose("first_note", True)
    receive(window, on(62, 6.0), on(64, 6.1))
    assert link.orders == [Record(window.controller.settings.takes_folder, 5.0)]


def test_a_take_of_a_killed_program_is_offered(window: MainWindow, qtbot: QtBot):
    """A banner with its name and length; its button replays it."""
    folder = window.controller.settings.takes_folder / "2026-01-02 03-04-05 Take 01"
    (folder / MIDI).unlink()
    old = time.time() - 60
    for part in folder.iterdir():
        os.utime(part, (old, old))
    receive(window, STREAM)
    window.pages._look_for_lost()
    until(window, lambda: window.banner.banner is not None)
    assert window.banner._title.text() == "Liszten was closed unexpectedly."
    assert window.banner._text.text() == "Take 1 (0:02) was saved."
    window.banner._buttons[0].click()
    until(window, lambda: window.pages.takes.replay.playing)
    assert window.pages.gallery.on_stage


def test_a_take_that_has_ended_is_in_the_list(window: MainWindow, gallery: Gallery, takes: TakesController):
    """A moment later, without asking; the running one is not."""
    receive(window, STREAM)
    folder = make_take(window.controller.settings.takes_folder, "2026-01-04 03-04-05 Take 03")
    receive(window, TakeStarted(folder))
    takes.refresh()
    until(window, lambda: takes.library.pump() or True)
    assert len(takes.library.rows) == 2
    window.controller.session.take_ends()
    until(window, lambda: len(takes.library.rows) == 3)


@pytest.mark.parametrize(("width", "beside"), [(1600, True), (1100, False)])
def test_in_a_narrow_window_the_stage_has_all_the_room(window: MainWindow, gallery: Gallery, width: int, beside: bool):
    """The panel comes over it when it is asked for, and nothing is lost in the list."""
    window.resize(width, 700)
    assert gallery.panel.isVisible()
    pick(window, gallery, 0)
    gallery.replay(gallery.takes.library.rows[0])
    assert gallery.panel.isVisible() == beside
    assert gallery.stage.width() == width - (gallery.panel.width() if beside else 0)
    window.fold()
    until(window, lambda: gallery.panel.isVisible() != beside)


def test_files_that_are_chosen_among_the_takes_are_seen(
    window: MainWindow,
    gallery: Gallery,
    takes: TakesController,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    """Ctrl+O turns to the page of files: their queue would grow unseen."""
    audio = tmp_path / "waltz.mp3"
    audio.touch()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_arguments: ([str(audio)], ""))
    qtbot.keyClick(gallery, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert [item.title for item in takes.recordings.files] == ["waltz.mp3"]
    assert gallery.files.isVisible()


def test_keys_that_are_not_for_the_pages_go_on(window: MainWindow, gallery: Gallery):
    """R records on every page."""
    assert not gallery.obey("record")


def test_lengths_and_dates_in_words():
    """As one reads them."""
    today = datetime(2026, 11, 21, 20, 0)
    assert [length_text(s) for s in (0.4, 62.4, 3725)] == ["0:00", "1:02", "1:02:05"]
    days = (datetime(2026, 11, 21, 8, 5), datetime(2026, 11, 20, 23, 59), datetime(2026, 3, 1), datetime(2025, 3, 1))
    expected = ["Today, 08:05", "Yesterday, 23:59", "1 March, 00:00", "1 March 2025, 00:00"]
    assert [date_text(day, today) for day in days] == expected


def test_space_plays_the_newest_take(window: MainWindow, gallery: Gallery, takes: TakesController, qtbot: QtBot):
    """Where none was chosen: record, stop, next page, listen."""
    assert takes.chosen is None
    qtbot.keyClick(gallery.list.list, Qt.Key.Key_Space)
    until(window, lambda: takes.replay.playing)
    assert gallery.on_stage
    assert takes.chosen is takes.library.rows[0]


def test_the_take_in_the_panel_is_marked_in_the_list(window: MainWindow, gallery: Gallery, takes: TakesController):
    """Also where the list chose it, as it got the focus."""
    index = gallery.list.list.model().index(1, 0)
    ground = gallery.list.list.visualRect(index).center()

    def colour() -> str:
        return gallery.list.list.viewport().grab().toImage().pixelColor(ground).name()

    before = colour()
    gallery.list.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
    assert takes.chosen is takes.library.rows[1]
    assert colour() != before
