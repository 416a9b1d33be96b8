"""What the player can do with takes and files: every action, on library, replay and recordings at once."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from gui.state.controller import Controller
from gui.state.formatting import length_text
from gui.state.toast import TOAST_S, UNDO_S, Toast
from gui.takes.comparison import Comparison
from gui.takes.dropped import files_in
from gui.takes.last_take import LastTake
from gui.takes.library import Library, Row
from gui.takes.opener import Opened, Opener
from gui.takes.recordings import Recordings
from gui.takes.replay import Loudspeaker, Replay
from gui.takes.share_forms import Form, Order, write
from gui.takes.sharing import Sharing
from gui.takes.transcriptions import Transcription, Transcriptions, TranscriptionState
from gui.translation import tr
from realtime.errors import LisztenError
from realtime.midi.reader import MIDI_SUFFIXES
from realtime.takes.edits import undo_improvement
from realtime.words import Said

CLOSED_S = 0.5


class TakesController:
    """The takes and files of one window. controller: of the live stage; wake: called in other threads when `pump` has
    work."""

    def __init__(
        self,
        controller: Controller,
        wake: Callable[[], None],
        loudspeaker: Loudspeaker,
        discard: Callable[[Path], None] = shutil.rmtree,
        transcriptions: Transcriptions | None = None,
    ) -> None:
        self.library = Library(wake, discard)
        self.replay = Replay(loudspeaker)
        self.recordings = Recordings(controller, transcriptions or Transcriptions(wake))
        self.last = LastTake(wake)
        self.sharing = Sharing()
        self.chosen: Row | None = None
        self.lost: Row | None = None  # the last take that a killed program left behind
        self.toast: Toast | None = None
        self.first_shown = False  # whether an improved take is replayed as it was transcribed first
        self.comparison: Comparison | None = None  # of the chosen take, if it was improved
        self._controller = controller
        self._source: Path | None = None  # of what was chosen: the list may not have it yet
        self._opener = Opener(wake)
        self._play_next = self._listen_again = False  # once the piece is read; once the player turns to the piano
        self._running: Path | None = None
        self._refresh_at: float | None = None

    def refresh(self) -> None:
        """Look for takes again."""
        self.library.refresh(self._controller.settings.takes_folder, self._controller.session.take)

    def pump(self, now: float) -> bool:
        """Take in what threads have done; whether there was anything."""
        self._watch_recording(now)
        changed = self.last.pump() | self.library.pump()
        if changed and self._source is not None:
            self.chosen = self.library.row(self._source)
        if (opened := self._opener.take()) is not None:
            changed = True
            self._put_on(opened, now)
        for item, improved in self.recordings.ended():
            changed = True
            self._transcription_ended(item, improved, now)
        return changed

    def newly_lost(self) -> str | None:
        """Name and length of a take that a killed program left behind, once for each."""
        if not self.library.recovered:
            return None
        self.lost = self.library.recovered.pop()
        return f"{self.lost.name} ({length_text(self.lost.length_s)})"

    def tick(self, now: float) -> None:
        """Let time pass: for the replay, and for the toast."""
        self.replay.tick(now)
        if self._refresh_at is not None and now >= self._refresh_at:
            self._refresh_at = None
            self.refresh()
        if self.toast is not None and now >= self.toast.until:
            if self.toast.undo:
                self.library.settle()
            self.toast = None

    def choose(self, row: Row | None, now: float) -> None:
        """Select a take; its replay is made ready."""
        if row is None or self.chosen is None or row.folder != self.chosen.folder:
            self.first_shown, self.comparison = False, None
            self.replay.pause(now)
            self.replay.load(None)
            self._opener.forget()
            if row is not None:
                self._open(row.folder)
        self.chosen, self._source = row, None if row is None else row.folder

    def open_file(self, path: Path) -> None:
        """Replay a MIDI file, or a take by its folder, from the begin."""
        self.chosen, self._source, self.first_shown = self.library.row(path), path, False
        self._open(path, play=True)

    def toggle_play(self, now: float) -> None:
        """Play or pause. While a take is recorded the replay is silent; else listening pauses, so that the loudspeaker
        is not transcribed as a piano."""
        if self.replay.playing or self.replay.piece is None:  # without a piece, listening has nothing to pause for
            self.replay.pause(now)
            return
        recording = self._controller.session.take is not None
        if not recording and self._controller.listening:
            self._listen_again = True
            self._controller.toggle_listening()
        self.replay.play(now, audible=not recording)

    def back_to_live(self, now: float) -> None:
        """The player turns to the piano: the replay pauses, and listening goes on where it was interrupted."""
        self._play_next = False
        self.replay.rest(now)
        if self._listen_again and not self._controller.listening:
            self._controller.listen()
        self._listen_again = False

    def rename(self, row: Row, name: str, now: float) -> None:
        """Give a take another name."""
        with self._errors_as_toast(now):
            self.chosen = self.library.rename(row, name)
            if self.last.row is not None and self.last.row.folder == row.folder:
                self.last.row = self.chosen
            if self.replay.piece is not None and self.replay.piece.source == row.folder:
                self.replay.load(replace(self.replay.piece, title=self.chosen.name))

    def rename_last(self, name: str, now: float) -> None:
        """Give the take that was just recorded a name."""
        if self.last.row is not None:
            with self._errors_as_toast(now):
                self.last.row = self.library.rename(self.last.row, name)

    def delete(self, row: Row, now: float) -> None:
        """Delete a take; for ten seconds it can be brought back."""
        if self.library.row(row.folder) is None:  # a key pressed twice: the first one can still be undone
            return
        if (improving := self.recordings.improvement(row)) is not None:
            self.recordings.cancel(improving)
        self.choose(None, now)
        with self._errors_as_toast(now):
            self.library.delete(row)
            if self.last.row is not None and self.last.row.folder == row.folder:
                self.last.dismiss()
            self.toast = Toast(tr("“{}” was deleted.", row.name), now + UNDO_S, undo=True)

    def undo_delete(self, now: float) -> None:
        """Bring the deleted take back."""
        if self.library.deleted is None:
            self.show_toast(tr("There is nothing to bring back."), now)
            return
        self.toast = None  # so that a failure, which is shown, does not settle the deletion
        with self._errors_as_toast(now):
            self.choose(self.library.undo(), now)

    def save_midi(self, row: Row, to: Path, now: float) -> None:
        """Copy the notes of a take to a place of the player's choice."""
        with self._errors_as_toast(now):
            write(Order(Form.MIDI, row.folder, row.name, to), lambda _share: None)
            self.show_toast(tr("The notes were saved as {}.", to.name), now)

    def undo_improvement(self, row: Row, now: float) -> None:
        """Give a take the notes back that were transcribed first."""
        with self._errors_as_toast(now):
            undo_improvement(row.folder)
            self.first_shown = False
            self._open(row.folder)
            self.refresh()

    def show_first(self, row: Row, first: bool) -> None:
        """Replay an improved take as it was transcribed first, or as it is now; at the same place."""
        if first != self.first_shown:
            self.first_shown = first
            self._open(row.folder)

    def drop(self, paths: Iterable[Path]) -> bool:
        """Queue recordings, those in folders too; the first MIDI file is replayed. Whether there was one."""
        midi = None
        for path in files_in(paths):
            if path.suffix.lower() in MIDI_SUFFIXES:
                midi = midi or path
            else:
                self.recordings.transcribe(path)
        if midi is not None:
            self.open_file(midi)
        return midi is not None

    def show_toast(self, text: str | Said, now: float) -> None:
        """Show a toast; what could still be undone no longer can."""
        if self.toast is not None and self.toast.undo:
            self.library.settle()
        self.toast = Toast(tr(text) if isinstance(text, Said) else text, now + TOAST_S)

    def close(self) -> None:
        """End sound, threads and processes."""
        self._opener.forget()
        self.sharing.cancel()
        self.replay.close()
        self.recordings.close()
        self.library.close()

    def _watch_recording(self, now: float) -> None:
        """Look for takes when one has ended or was made; its files are complete a moment later."""
        session = self._controller.session
        if session.take != self._running:
            if self._running is not None:
                self._refresh_at = now + CLOSED_S
            if session.take is not None:
                self.last.dismiss()
            self._running = session.take
        for folder in session.saved:
            self.last.saved(folder)
            self._refresh_at = now
        session.saved.clear()
        if session.unsaved:
            self.show_toast(session.unsaved, now)
            session.unsaved = None

    def _transcription_ended(self, item: Transcription, improved: Path | None, now: float) -> None:
        """A recording is over. improved: the folder of its take, if it had been one."""
        if improved is not None:
            if item.problem is not None:
                self.show_toast(item.problem, now)
            if item.state is TranscriptionState.DONE and self.chosen is not None and self.chosen.folder == improved:
                self._open(improved)
        if item.state is TranscriptionState.DONE:
            self.refresh()

    def _open(self, path: Path, play: bool = False) -> None:
        self._play_next = play
        self._opener.open(path, self.first_shown)

    def _put_on(self, opened: Opened, now: float) -> None:
        self.comparison = opened.comparison
        if opened.problem is not None:
            self.show_toast(opened.problem, now)
        if opened.piece is None:
            return
        if opened.piece.notes.remarks:
            self.show_toast(" ".join(tr(remark) for remark in opened.piece.notes.remarks), now)
        self.replay.load(opened.piece)
        if self._play_next and not self.replay.playing:
            self.toggle_play(now)

    @contextlib.contextmanager
    def _errors_as_toast(self, now: float) -> Iterator[None]:
        """A LisztenError within is shown as a toast instead of raised."""
        try:
            yield
        except LisztenError as error:
            self.show_toast(error.said, now)
