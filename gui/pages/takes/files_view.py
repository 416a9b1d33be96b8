"""The page of files: where recordings are dropped, and the queue of those that are being transcribed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from gui.stage.theme import NIGHT, Theme
from gui.state.formatting import length_text, note_count
from gui.takes.transcriptions import Transcription, TranscriptionState
from gui.translation import tr
from gui.widgets.controls import button
from gui.widgets.label import Label, plain_tip
from gui.widgets.style import icon, pixmap

ROW_HEIGHT = 56
WIDEST = 980


class FilesView(QWidget):
    """`cancelled`, `played`: what is to be done with a Transcription. choose: let the player choose files; clear:
    forget those that are over."""

    cancelled = Signal(object)
    played = Signal(object)

    def __init__(self, choose: Callable[[], None], clear: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = NIGHT
        self.zone = _DropZone(choose)
        self._clear = button(tr("Clear the list"), "link", tr("Forget the files that are done"), clear)
        self._clear.setText(tr("Clear the list"))
        self._rows: list[_FileRow] = []
        title = Label(tr("Files"))
        title.setObjectName("title")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._clear)
        self._inside = QWidget()
        self._inside.setObjectName("page")
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(0, 0, 0, 16)
        self._list.setSpacing(6)
        self._list.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("files")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inside)
        narrow = QWidget()
        narrow.setMaximumWidth(WIDEST)
        column = QVBoxLayout(narrow)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.zone)
        column.addWidget(scroll, 1)
        middle = QHBoxLayout(self)
        middle.setContentsMargins(28, 24, 20, 0)
        middle.addStretch(1)
        middle.addWidget(narrow, 100)
        middle.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.zone.set_theme(theme)
        for row in self._rows:
            row.set_theme(theme)

    def show_files(self, files: list[Transcription]) -> None:
        """Bring the queue up to date, the newest on top."""
        if [row.item for row in self._rows] != files:
            for row in self._rows:
                self._list.removeWidget(row)
                row.deleteLater()
            self._rows = [_FileRow(item, self.cancelled.emit, self.played.emit) for item in files]
            for row in self._rows:
                row.set_theme(self._theme)
                self._list.insertWidget(0, row)
        for row in self._rows:
            row.bring_up_to_date()
        self._clear.setVisible(any(item.over for item in files))


class _DropZone(QFrame):
    """Where files are dropped, or chosen."""

    def __init__(self, choose: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("zone")
        self._sign = Label()
        words, more = Label(tr("Drop recordings here — WAV, FLAC, MP3, OGG, M4A.")), Label()
        more.setText(tr("Each becomes a take. A MIDI file is replayed at once."))
        words.setObjectName("empty")
        more.setObjectName("small")
        self._choose = button(tr("Choose files"), "", tr("Choose files"), choose, "files")
        self._choose.setText(tr("Choose files …"))
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addWidget(words)
        lines.addWidget(more)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 26, 28, 26)
        row.setSpacing(20)
        row.addWidget(self._sign)
        row.addLayout(lines, 1)
        row.addWidget(self._choose)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._sign.setPixmap(pixmap("drop", theme.accent, 36))


class _FileRow(QFrame):
    """One recording of the queue."""

    def __init__(
        self, item: Transcription, cancel: Callable[[Transcription], None], play: Callable[[Transcription], None]
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setMinimumHeight(ROW_HEIGHT)
        self.item = item
        self._sign, self._name, self._length, self._state = Label(), Label(), Label(), Label()
        self._name.setText(item.title)
        self._name.setObjectName("value")
        self._name.setToolTip(plain_tip(str(item.job.audio)))
        self._length.setObjectName("small")
        self._state.setObjectName("small")
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._cancel = button(tr("Cancel"), "icon", tr("Cancel"), lambda: cancel(item))
        self._play = button(tr("Replay"), "icon", tr("Replay"), lambda: play(item))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addWidget(self._name)
        row.addWidget(self._length)
        row.addStretch(1)
        row.addWidget(self._state, 2)
        for widget in (self._bar, self._cancel, self._play):
            row.addWidget(widget)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._cancel.setIcon(icon("close", theme.second, 16))
        self._play.setIcon(icon("listen", theme.accent, 16))

    def bring_up_to_date(self) -> None:
        """Show where the recording stands."""
        item, theme = self.item, self._theme
        transcribing = item.state is TranscriptionState.TRANSCRIBING
        signs = {TranscriptionState.DONE: ("check", theme.good), TranscriptionState.FAILED: ("warning", theme.error)}
        sign = signs[TranscriptionState.FAILED] if item.warnings else signs.get(item.state, ("note", theme.third))
        self._sign.setPixmap(pixmap(*sign, 20))
        words = state_words(item)
        if self._state.text() != words:
            self._state.setText(words)
            self._state.setWordWrap(item.state is TranscriptionState.FAILED or bool(item.warnings))
            self.setAccessibleName(f"{item.title}, {words}")
        self._length.setText(length_text(item.length_s) if item.length_s else "")
        self._bar.setVisible(transcribing)
        self._bar.setRange(0, 1000 if item.length_s else 0)
        self._bar.setValue(round(1000 * item.share))
        self._cancel.setVisible(not item.over)
        self._play.setVisible(item.state is TranscriptionState.DONE)


def state_words(item: Transcription) -> str:
    """Where a recording stands."""
    match item.state:
        case TranscriptionState.WAITING:
            return tr("Waiting")
        case TranscriptionState.TRANSCRIBING:
            return tr("Listening {:.0f} %", 100 * item.share)
        case TranscriptionState.DONE:
            return " ".join((note_count(item.notes), *map(tr, item.warnings)))
        case TranscriptionState.CANCELLED:
            return tr("Cancelled")
        case TranscriptionState.FAILED:
            return tr(item.problem or "")
