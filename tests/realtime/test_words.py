"""What is said: a phrase and its values, English where it is asked for, whole after a pipe."""

from __future__ import annotations

import ast
import pickle
from pathlib import Path

import pytest

import realtime
from realtime.errors import FileError, LisztenError
from realtime.words import Phrase, Said, plain

BROKEN = Phrase("file.broken_after", "{path} is broken after {at:.1f} s: {why}.")
FULL = Phrase("storage.full", "the disk is full", in_window="full")


def test_english_is_made_of_the_values() -> None:
    """Formatted as their place says, what is said within it included; a path is text."""
    said = BROKEN(path=Path("/a/b.wav"), at=12, why=FULL())
    assert said == Said(BROKEN, (("at", 12), ("path", "/a/b.wav"), ("why", Said(FULL))))
    assert str(said) == "/a/b.wav is broken after 12.0 s: the disk is full."
    assert str(plain("{no place}")) == "{no place}"


@pytest.mark.parametrize("values", [{}, {"path": "a", "at": 1}, {"path": "a", "at": 1, "why": "b", "more": 2}])
def test_each_place_wants_its_value(values: dict[str, str | int]) -> None:
    """Where it is said, not where it is shown."""
    with pytest.raises(TypeError, match=r"file\.broken_after takes \['at', 'path', 'why'\]"):
        BROKEN(**values)


def test_an_error_keeps_its_phrase_through_a_pipe() -> None:
    """Its kind, code and values; a developer's sentence stays a sentence."""
    error = pickle.loads(pickle.dumps(FileError(BROKEN(path="a", at=1.5, why=FULL()))))
    assert type(error) is FileError
    assert error.said == BROKEN(path="a", at=1.5, why=FULL())
    assert str(error) == "a is broken after 1.5 s: the disk is full."
    assert LisztenError("Give one of them.").said == plain("Give one of them.")
    assert hash(error.said) == hash(BROKEN(path="a", at=1.5, why=FULL()))


def test_no_failure_comes_as_a_finished_sentence() -> None:
    """What the engine and the window raise is a phrase; only developers' tools may give a sentence."""
    root = Path(realtime.__file__).parents[1]
    kinds = {LisztenError.__name__, *(kind.__name__ for kind in LisztenError.__subclasses__())}
    found = [
        f"{path.name}:{call.lineno}"
        for room in ("realtime", "gui")
        for path in (root / room).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in kinds
        if isinstance(call.args[0], ast.Constant | ast.JoinedStr)
    ]
    assert found == []
