"""The engine's sentences are recognised and translated; none that the window may show is forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import realtime
from gui.state.sentences import SENTENCES, sentence
from gui.translation import ENGLISH, use
from realtime.errors import FileError
from realtime.system.storage import file_error
from realtime.words import plain

# Modules whose sentences can reach the window; the others speak on the command line only.
SPEAKING = {
    *("audio/files", "audio/capture", "midi/port", "midi/system", "transcription/batch", "transcription/model"),
    *("system/storage", "takes/recorder", "takes/folder"),
}
# What a banner says in its own words, or only the command line can bring about.
LEFT = (
    "There is no device '{}'. Choose one of {}.",
    "{} is a folder. Give the file a name.",
)
ERRORS = ("Error", "PortState")


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    use("de")
    yield
    use(ENGLISH)


def test_every_sentence_is_the_engine_s() -> None:
    """Word for word, so that it is recognised."""
    source = " ".join(literals(path) for path in Path(realtime.__file__).parent.rglob("*.py"))
    assert [known for known in SENTENCES if known not in source] == []


def test_none_is_forgotten() -> None:
    """What the modules behind the window raise."""
    said = {words for path in modules() for words in raised(path) if " " in words}
    assert said - {*SENTENCES, *LEFT} == set()


def test_names_and_reasons_find_their_place() -> None:
    """Also where a reason is a sentence of its own."""
    full = file_error(OSError(28, "No space left on device"), "/takes/Take 3")
    assert sentence(full.said) == (
        "/takes/Take 3 lässt sich nicht schreiben: Die Festplatte ist voll; schaffen Sie Platz oder wählen Sie einen "
        "anderen Ordner."
    )
    assert sentence(plain("letter.docx is broken or no audio that Liszten can read. Try to convert it to WAV.")) == (
        "letter.docx ist beschädigt oder keine Aufnahme, die Liszten lesen kann. Wandeln Sie sie in WAV um."
    )


def test_other_words_stay() -> None:
    """Names, words that are translated already, sentences of the system."""
    for words in ("Scarlett 2i2 USB", "Aufnahme 7", str(FileError("permission denied"))):
        assert sentence(plain(words)) == words


def modules() -> list[Path]:
    return [Path(realtime.__file__).parent / f"{name}.py" for name in sorted(SPEAKING)]


def literals(path: Path) -> str:
    """All strings of a module, with {} for what is put in."""
    return " ".join(template(node) or "" for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def raised(path: Path) -> Iterator[str]:
    """Strings that a module gives to an error, directly or through a constant of its own."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kept = {a.targets[0].id: template(a.value) for a in tree.body if isinstance(a, ast.Assign) and named(a.targets[0])}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and named(call.func) and call.func.id.endswith(ERRORS):  # type: ignore[attr-defined]
            for argument in (*call.args, *(word.value for word in call.keywords)):
                words = template(argument) or kept.get(getattr(inner(argument), "id", ""))
                if words:
                    yield words


def inner(node: ast.expr) -> ast.expr:
    """X of X.format(...)."""
    return node.func.value if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else node


def named(node: ast.expr) -> bool:
    return isinstance(node, ast.Name)


def template(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{\w*\}", "{}", node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None
