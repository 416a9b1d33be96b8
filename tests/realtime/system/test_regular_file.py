"""Files that are read: never a pipe, a device or one of any size."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from export.evaluation import read_evaluation
from gui.state.settings import Settings, load
from realtime.errors import FileError
from realtime.piano.bank import read_bank_table
from realtime.system.regular_file import read_regular
from realtime.takes.folder import open_take, take_name
from realtime.takes.reader import read_take
from training.fit.config import read_config


def pipe(path: Path) -> None:
    """Whoever opens it waits for a writer."""
    os.mkfifo(path)


def device(path: Path) -> None:
    """It has no end."""
    path.symlink_to("/dev/zero")


def large(path: Path) -> None:
    """A hole of ten GB."""
    with path.open("wb") as file:
        file.truncate(10 << 30)


def folder(path: Path) -> None:
    """A folder in the place of a file."""
    path.mkdir()


OBSTACLES = (pipe, device, large, folder)


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_nothing_but_a_file_of_bounded_size_is_read(tmp_path: Path, obstacle: Callable[[Path], None]) -> None:
    """Each with a reason of its own."""
    obstacle(tmp_path / "x")
    with pytest.raises(OSError) as caught:
        read_regular(tmp_path / "x", 1 << 20)
    assert caught.value.strerror in (
        "it is a pipe or a device, not a file",
        "it is larger than 1 MiB",
        "Is a directory",
    )
    (tmp_path / "file").write_bytes(b"x" * 9)
    assert read_regular(tmp_path / "file", 9) == b"x" * 9


def settings(path: Path) -> None:
    """Settings are set aside, and everything is as at first; never an error."""
    assert load(path)[0] == Settings()


def bank(path: Path) -> None:
    """The table of a sampled piano."""
    folder = path.with_name("bank")
    folder.mkdir()
    path.rename(folder / "bank.json")
    read_bank_table(folder)


def card(path: Path) -> None:
    """A take whose name cannot be read is called by its number."""
    take = path.with_name("2026-11-21 10-00-00 Take 03")
    take.mkdir()
    path.rename(take / "take.json")
    assert str(take_name(take)) == "Take 3"


def lines(path: Path) -> None:
    """The events of a take."""
    take = path.with_name("take")
    take.mkdir()
    path.rename(take / "notes.jsonl")
    with pytest.raises(FileError):
        open_take(take)
    read_take(take)


def midi(path: Path) -> None:
    """A MIDI file."""
    path.rename(path.with_suffix(".mid"))
    read_take(path.with_suffix(".mid"))


READERS: dict[str, tuple[Callable[[Path], object], bool]] = {  # whether it has an answer without the file
    "settings": (settings, True),
    "card": (card, True),
    "bank": (bank, False),
    "lines": (lines, False),
    "midi": (midi, False),
    "scores": (read_evaluation, False),
    "training": (read_config, False),
}


@pytest.mark.parametrize("obstacle", OBSTACLES)
@pytest.mark.parametrize("name", list(READERS))
def test_every_reader_ends_in_a_sentence(tmp_path: Path, name: str, obstacle: Callable[[Path], None]) -> None:
    """At once, whatever lies in the place of its file."""
    obstacle(tmp_path / "x")
    reader, answers = READERS[name]
    if answers:
        reader(tmp_path / "x")
        return
    with pytest.raises(FileError) as caught:
        reader(tmp_path / "x")
    assert "\n" not in str(caught.value)


def test_settings_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    """As Windows' editor writes them."""
    (tmp_path / "settings.toml").write_bytes(b'\xef\xbb\xbftheme = "daylight"\n')
    assert load(tmp_path / "settings.toml") == (Settings(theme="daylight"), None)
