"""The window speaks German: every word that it shows is translated, and none is shown past the translation."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from gui import translation
from gui.pages.main_window import MainWindow
from gui.pages.side_panel import SidePanel
from gui.stage import chips
from gui.stage.theme import NIGHT
from gui.start import load_language
from gui.tools.screenshot_pages import SHELF
from gui.tools.screenshots import STATES, fill
from gui.tools.translation_sources import words, words_of
from gui.translation import ENGLISH, catalogue, languages, mark, tr, use
from realtime.practice.library import bundled
from realtime.system.log import log_path
from realtime.takes.folder import take_name
from realtime.words import Phrase, plain

GUI = Path(translation.__file__).parent
# Calls whose words a player reads or hears.
SHOWING = {"QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QAction", "addAction", "addTab", "addItem", "head"}
SHOWING |= {"setText", "setToolTip", "setWindowTitle", "setPlaceholderText", "setAccessibleName", "setTitle"}
SHOWING |= {"setAccessibleDescription", "setTabText", "setStatusTip", "button", "Switch", "DropDown", "Segments"}
SHOWING |= {"ValueSlider", "getOpenFileName", "getOpenFileNames", "getExistingDirectory", "getSaveFileName"}
# Arguments that name a style or a command, not words; names that are the same everywhere.
STYLE_NAMES = {"button": (1, 4)}
NAMES = {"Liszten", "liszten"}
# Names in the pictures: of a take, of files, of microphones and ports, of other programs.
FILES = ("Nocturne in E flat.flac", "Lesson of 14 October.m4a", "Prelude.wav", "letter.docx", "Invention 8.mp3")
DEVICES = ("Built-in microphone", "Bluetooth headset", "loopMIDI Port")
PROGRAMS = ("Synthesia", "Sightread", "PianoBooster", "Neothesia")
TAKES = tuple(name for _, name, _ in SHELF if name)
EXAMPLES = (*TAKES, *FILES, *DEVICES, *PROGRAMS)
OPENED, CLOSED = "⟦", "⟧"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use(ENGLISH)


def test_everything_is_translated():
    """Each word of the window in each language, no more and no less.

    `python -m gui.tools.translation_sources` adds them.
    """
    wanted = set(words())
    for language in languages()[1:]:
        assert wanted == set(catalogue(language))


def test_values_find_their_place():
    """A translation takes the values that its source takes."""
    for language in languages()[1:]:
        for (source, _), translated in catalogue(language).items():
            assert fields(source) == fields(translated), source


def test_a_code_is_one_phrase():
    """Of all that the window and the commands can say; so a program can go by it."""
    said = [
        (_text(call.args[0]), _text(call.args[1]))
        for room in ("gui", "realtime")
        for path in sorted((GUI.parent / room).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Phrase"
    ]
    codes = [code for code, _ in said]
    assert len(said) > 100
    assert sorted(set(codes)) == sorted(codes)


def _text(node: ast.expr) -> str:
    assert isinstance(node, ast.Constant)
    return str(node.value)


def test_german_is_spoken():
    """What is kept by `mark` as well as what is asked for at once; Austrians read German, others English."""
    assert use("de_AT.UTF-8") == "de"
    assert tr("Notes {}", 7) == "Noten 7"
    assert tr(take_name(Path("2026-11-21 10-00-00 Take 07"))) == "Aufnahme 7"
    assert tr(mark("Listening", "state"), about="state") == "Hört zu"
    assert tr("Listening") == "Zuhören"
    assert use("tlh") == ENGLISH
    assert tr("Notes {}", 7) == "Notes 7"
    assert tr(take_name(Path("2026-11-21 10-00-00 Take 07"))) == "Take 7"


def test_qt_speaks_german(qapp: QApplication):
    """The words of Qt's own dialogs."""
    load_language("de")
    assert qapp.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_words_hidden_in_an_expression_are_refused():
    """They would not be found; a variable is left to its mark."""
    source = """
tr(name)
tr("A {}", 1)
mark("B", "port")
tr("C", about="state")
Phrase("d.code", "D")
Phrase("e.code", "E, or --e", in_window="E")
Phrase("plain", "{words}")
"""
    assert list(words_of(source, "m")) == [
        ("A {}", ""),
        ("B", "port"),
        ("C", "state"),
        ("D", "d.code"),
        ("E", "e.code"),
    ]
    for hidden in ('tr("A" if x else "B")', 'mark(f"{x}")', 'Phrase("a", TEXT)', 'Phrase(CODE, "A")'):
        with pytest.raises(ValueError, match="m:1"):
            list(words_of(hidden, "m"))


def test_a_phrase_is_worded_in_the_language(monkeypatch: pytest.MonkeyPatch):
    """With what is said within it, by the code and not by the words; names stay, and so does what has no words."""
    why = Phrase("full", "the disk is full")
    phrase = Phrase(
        "save.failed", "{path} cannot be kept: {why}, or use --none. Try in {wait:.1f} s.", in_window="{path}: {why}."
    )
    monkeypatch.setattr(
        translation,
        "_catalogue",
        {
            ("{path}: {why}.", "save.failed"): "{why}: {path}!",
            ("the disk is full", "full"): "voll",
            ("full", ""): "nie",
        },
    )
    said = phrase(path="full", why=why(), wait=1.25)
    assert tr(said) == "voll: full!"
    assert tr(phrase(path="A", why=plain("full"), wait=2)) == "full: A!"
    assert str(said) == "full cannot be kept: the disk is full, or use --none. Try in 1.2 s."


def test_no_literal_is_shown_past_the_translation():
    """In what is given to Qt: a word of two letters in a row, not wrapped in `tr`."""
    found = [place for path in sorted(GUI.rglob("*.py")) for place in bare_words(path)]
    assert found == []


def test_every_state_is_translated(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """With each translation put in brackets, nothing readable stands outside of them, in no state of the window."""
    monkeypatch.setattr(translation, "_catalogue", Brackets())
    fresh = MainWindow(window.controller, window._signals)
    fresh.pages.practised = tmp_path / "practice", tmp_path / "recent.json"
    fill(fresh.controller)
    drawn: list[str] = []
    monkeypatch.setattr(chips, "text", lambda words, *rest: drawn.append(words) or original(words, *rest))
    fresh.show()
    names = {
        fresh.controller.session.stream.source,
        fresh.controller.session.stream.model,
        fresh.controller.session.port.name,
    }
    names |= {str(log_path()), str(Path.home()), *EXAMPLES, *(piece.title for piece in bundled())}
    for state in STATES.values():
        fresh.controller.settings.takes = str(tmp_path / state.__name__)  # each state makes the takes that it shows
        names |= {fresh.controller.settings.takes, state.__name__}
        state(fresh)
        fresh._next_words = 0.0
        fresh.advance()
        shown = {*visible_words(fresh), *drawn}
        assert [words for words in shown if untranslated(words, names)] == [], state.__name__
    fresh.close()


original = chips.text


class Brackets(dict[tuple[str, str], str]):
    """A language in which every word is the English one, in brackets."""

    def get(self, key: tuple[str, str], default: object = None) -> str:  # type: ignore[override]
        return f"{OPENED}{key[0]}{CLOSED}"


def visible_words(top: QWidget) -> Iterator[str]:
    """What the widgets show, say in tool tips, and tell a screen reader."""
    for widget in [top, *top.findChildren(QWidget)]:
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(index) for index in range(widget.count()))
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif callable(getattr(widget, "text", None)):
            yield widget.text()


def untranslated(words: str, names: set[str]) -> bool:
    """Whether something readable is left when tags, names, units and what is in brackets are taken away."""
    left = re.sub(r"<[^>]*>|&nbsp;", " ", words)
    for name in sorted(names | NAMES, key=len, reverse=True):
        left = left.replace(name, "")
    while (shorter := re.sub(rf"{OPENED}[^{OPENED}{CLOSED}]*{CLOSED}", "", left)) != left:
        left = shorter
    return re.search(r"[A-Za-z]{2,}", re.sub(r"\b(ms|kHz|dBFS|dB|ALSA|mid|mp4|wav)\b", "", left)) is not None


def bare_words(path: Path) -> Iterator[str]:
    """Places in a module where a literal goes straight to what shows it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in SHOWING:
            continue
        for index, argument in enumerate(node.args):
            literal = "".join(spoken(argument))
            if index not in STYLE_NAMES.get(name, ()) and literal not in NAMES and re.search(r"[A-Za-z]{2,}", literal):
                yield f"{path.name}:{node.lineno}: {literal}"


def spoken(argument: ast.expr) -> Iterator[str]:
    """The literal parts of an argument, as far as no call stands around them."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield re.sub(r"<[^>]*>", "", argument.value)
    elif isinstance(argument, ast.JoinedStr | ast.IfExp | ast.BinOp):
        for part in ast.iter_child_nodes(argument):
            if isinstance(part, ast.expr):
                yield from spoken(part)


def fields(words: str) -> list[tuple[str | None, str | None]]:
    """Names and formats of the values that a string takes, in order of name."""
    return sorted((name, spec) for _, name, spec, _ in string.Formatter().parse(words) if name is not None)


@pytest.mark.parametrize("language", languages())
def test_the_panel_is_as_wide_as_its_words(qapp: QApplication, window: MainWindow, language: str):
    """In no language a row of controls is wider than the panel, whose scroll bar takes its share."""
    use(language)
    panel = SidePanel(window.controller, lambda: None)
    panel.set_theme(NIGHT)
    panel.setStyleSheet(window.styleSheet())
    panel.resize(panel.width(), 400)
    panel.show_settings()
    panel.show()
    qapp.processEvents()
    inside = panel.widget()
    assert inside is not None
    assert inside.width() <= panel.viewport().width()
    panel.close()
