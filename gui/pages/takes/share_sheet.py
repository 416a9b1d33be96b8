"""The dialog that shares a take: as what, how large, where to, how far it is, and where it lies then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.pages.takes.takes_model import file_name
from gui.takes.library import Row
from gui.takes.share_forms import Form, Order, missing, suffix
from gui.takes.sharing import Sharing
from gui.translation import mark, tr
from gui.widgets.controls import DropDown, button
from gui.widgets.label import Label, plain_tip

WIDTH, BESIDE_PLACE, LOOK_MS = 560, 200, 100
WORDS = {
    Form.FILM: (mark("Film"), mark("Falling blocks with the sound, as every player shows them")),
    Form.PDF: (mark("Sheet music"), mark("Pages to print (PDF): a draft, whose rhythm and bars are estimated")),
    Form.MUSICXML: (mark("MusicXML"), mark("The same for a notation program")),
    Form.RECORDING: (mark("Recording"), mark("The sound as it was recorded")),
    Form.PIANO: (mark("Sampled piano"), mark("What Liszten understood, played on another piano (WAV)")),
    Form.MIDI: (mark("MIDI"), mark("The notes for other music programs")),
    Form.PAGE: (mark("Report"), mark("What was heard, as a page for the browser")),
}
SIZES = ((1920, 1080), (1280, 720), (3840, 2160), (1080, 1920), (1080, 1080))


class ShareSheet(QDialog):
    """For one take at a time. show_folder: opens a folder in the system's own window."""

    def __init__(self, parent: QWidget, sharing: Sharing, show_folder: Callable[[Path], None]) -> None:
        super().__init__(parent)
        self.setObjectName("share")
        self.setMinimumWidth(WIDTH)
        self._sharing, self._show_folder = sharing, show_folder
        self._row: Row | None = None
        self._folder = Path.home()  # where the last one went
        self._to = Path()
        self._chosen = False  # whether the player has chosen the place, and so an existing file is to be replaced
        self._title = Label()
        self._title.setObjectName("title")
        self.forms: dict[Form, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.form = Form.FILM
        self._about = _small(Label())
        self.size_box = DropDown(tr("Size of the film"))
        self.size_box.offer([(_size_words(size), _size_key(size)) for size in SIZES], _size_key(SIZES[0]))
        self.size_box.currentIndexChanged.connect(self._resize)
        self._size_words = Label(tr("Size"))
        self._place = Label()
        self.change = _wide(tr("Change …"), tr("Choose where it goes"), self._choose_place)
        self._note = Label()
        self._note.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(tr("Progress"))
        self.show_in_folder = _wide(tr("Show in folder"), tr("Show where it lies"), self._reveal)
        self.close_button = _wide(tr("Close"), "", self.reject)
        self.save = _wide(tr("Save"), tr("Write the file"), self._begin, "main")
        self.save.setDefault(True)
        self._lay_out()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.refresh)

    def open_for(self, row: Row) -> None:
        """Offer to share a take."""
        self._row, self._chosen = row, False
        self._sharing.forget()
        self.setWindowTitle(tr("Share “{}”", row.name))
        self._title.setText(self.windowTitle())
        self.forms[Form.RECORDING].setEnabled(row.recorded)
        self.choose(self.form if self.forms[self.form].isEnabled() else Form.FILM)
        self._timer.start()
        self.open()
        self.forms[self.form].setFocus()

    def choose(self, form: Form) -> None:
        """Share it as this."""
        self.form, self._chosen = form, False
        self.forms[form].setChecked(True)
        self._sharing.forget()
        if self._row is not None:
            self._to = free_name(self._folder / f"{file_name(self._row.name)}{suffix(form, self._row.folder)}")
        self.refresh()

    def _resize(self) -> None:
        """Another size than that of the film that was written is another film."""
        if self._sharing.done:
            self.choose(Form.FILM)

    def refresh(self) -> None:
        """Bring it up to date."""
        sharing = self._sharing
        sharing.pump()
        running, lacks = sharing.running, missing(self.form)
        self._about.setText(tr(WORDS[self.form][1]))
        self._size_words.setVisible(self.form is Form.FILM)
        self.size_box.setVisible(self.form is Form.FILM)
        self._place.setText(
            self.fontMetrics().elidedText(str(self._to), Qt.TextElideMode.ElideMiddle, self.width() - BESIDE_PLACE)
        )
        self._place.setToolTip(plain_tip(str(self._to)))
        self._place.setAccessibleName(tr("Goes to {}", str(self._to)))
        note = ""
        if sharing.problem is not None:
            note = tr(sharing.problem)
        elif sharing.done:
            note = tr("Saved as {}.", self._to.name)
        elif running:
            note = tr("Writing … {:.0f} %", 100 * sharing.share)
        elif lacks is not None:
            note = tr(lacks)
        if self._note.text() != note:
            self._note.setText(note)
        self.progress.setVisible(running)
        self.progress.setValue(round(1000 * sharing.share))
        self.show_in_folder.setVisible(sharing.done)
        self.close_button.setText(tr("Cancel") if running else tr("Close"))
        self.close_button.setAccessibleName(self.close_button.text())
        self.save.setVisible(not sharing.done)
        self.save.setEnabled(not running and lacks is None)
        for part in (*self.forms.values(), self.size_box, self.change):
            part.setEnabled(not running)
        if self._row is not None and not self._row.recorded:
            self.forms[Form.RECORDING].setEnabled(False)

    def reject(self) -> None:
        """Cancel what runs; else close."""
        if self._sharing.running:
            self._sharing.cancel()
            self.refresh()
            return
        super().reject()

    def done(self, result: int) -> None:
        """The end, however it comes."""
        self._timer.stop()
        super().done(result)

    def _begin(self) -> None:
        if self._row is None or missing(self.form) is not None:
            return
        if not self._chosen:
            self._to = free_name(self._to)
        width, height = str(self.size_box.currentData()).split("x")
        self._sharing.begin(Order(self.form, self._row.folder, self._row.name, self._to, (int(width), int(height))))
        self._folder = self._to.parent
        self.refresh()

    def _choose_place(self) -> None:
        ending = self._to.suffix
        kind = tr("Files ({})", f"*{ending}")
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Where should it go?"), str(self._to), kind)
        if chosen:
            path = Path(chosen)
            self._to = path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")
            self._chosen = path == self._to
            self._sharing.forget()
            self.refresh()

    def _reveal(self) -> None:
        self._show_folder(self._to.parent)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(6)
        for index, (form, (words, about)) in enumerate(WORDS.items()):
            made = self.forms[form] = button(tr(words), "shareForm", tr(about), partial(self.choose, form))
            made.setText(tr(words))
            made.setCheckable(True)
            made.setAutoDefault(False)
            self._group.addButton(made)
            grid.addWidget(made, index // 4, index % 4)
        size, place, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        size.addWidget(self._size_words)
        size.addWidget(self.size_box, 1)
        place.addWidget(self._place, 1)
        place.addWidget(self.change)
        foot.addWidget(self.show_in_folder)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addLayout(grid)
        column.addWidget(self._about)
        column.addLayout(size)
        column.addLayout(place)
        column.addWidget(self._note)
        column.addWidget(self.progress)
        column.addLayout(foot)


def free_name(path: Path) -> Path:
    """A path at which nothing lies yet: "Take 1 (2).mid"."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def _size_key(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def _size_words(size: tuple[int, int]) -> str:
    width, height = size
    words = f"{width} × {height}"  # noqa: RUF001
    if width < height:
        return tr("{} (upright)", words)
    return tr("{} (square)", words) if width == height else words


def _small(label: Label) -> Label:
    label.setObjectName("small")
    label.setWordWrap(True)
    return label


def _wide(words: str, tip: str, pressed: Callable[[], None], kind: str = "") -> QPushButton:
    made = button(words, kind, tip, pressed)
    made.setText(words)
    made.setAutoDefault(False)
    return made
