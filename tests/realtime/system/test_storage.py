"""Files that replace others: whole or not at all, whatever they are called."""

from __future__ import annotations

import ast
import errno
from pathlib import Path

import pytest

from realtime.errors import FileError
from realtime.system.storage import file_error, plain_name, replacing, require_free
from tests.e2e.program import ROOT


@pytest.mark.parametrize("name", ["x" * 251 + ".mid", "é" * 125 + ".mid", "音" * 83 + ".mid"])
def test_a_name_may_be_as_long_as_the_system_allows(name: str, tmp_path: Path) -> None:
    """The hidden file that becomes it is called no longer, and is cut between two letters."""
    with replacing(tmp_path / name) as file:
        file.write(b"whole")
        (part,) = tmp_path.iterdir()
        assert part.name.endswith(".part")
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_nothing_is_computed_while_an_empty_file_waits() -> None:
    """What is written at once is written by `replace_file`, to which it is given whole: only what is made piece by
    piece has a block of its own."""
    blocks = [
        (path, block)
        for package in ("realtime", "gui", "training", "export")
        for path in sorted((ROOT / package).rglob("*.py"))
        for block in ast.walk(ast.parse(path.read_text()))
        if isinstance(block, ast.With) and any("replacing(" in ast.unparse(item) for item in block.items)
    ]
    assert blocks
    at_once = [
        f"{path.relative_to(ROOT)}:{block.lineno}"
        for path, block in blocks
        if len(block.body) == 1 and not isinstance(block.body[0], ast.For | ast.While)
        if ".write(" in ast.unparse(block.body[0]) and path.name != "storage.py"
    ]
    assert at_once == []


def test_a_read_only_disk_is_one_where_nobody_may_write() -> None:
    """The sentence has a way out."""
    error = file_error(OSError(errno.EROFS, "Read-only file system"), "take")
    assert str(error) == "take cannot be written: you may not write there; choose another folder."


def test_a_block_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """And nothing beside it."""
    target = tmp_path / "notes.mid"
    target.write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), replacing(target) as file:
        file.write(b"half")
        1 / 0  # noqa: B018
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("notes.mid", b"before")]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Für Elise 月 🎹", "Für Elise 月 🎹"),
        ("old \udce9t\udce9", "old \ufffdt\ufffd"),
        ("half \ud83d", "half \ufffd"),
        ("bell\x07 \x1b[31m\nred\x85", "bell   [31m red "),
    ],
)
def test_a_name_is_text_that_every_file_can_hold(name: str, plain: str) -> None:
    """Bytes that are no letters, halves of letters, and what a terminal obeys."""
    assert plain_name(name) == plain
    assert plain.encode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none/x.pdf", "no such folder; create it"),
        ("file/x.pdf", "a file is in the way"),
        ("x" * 300, "too long"),
        ("folder", "is a folder"),
        ("file", "--overwrite"),
    ],
)
def test_what_cannot_be_written_is_known_before_the_work(name: str, words: str, tmp_path: Path) -> None:
    """One sentence each; a free name in a folder that is there is fine."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(FileError, match=words):
        require_free(tmp_path / name, overwrite=False)
    require_free(tmp_path / "file", overwrite=True)
    require_free(tmp_path / "folder" / "x.pdf", overwrite=False)
