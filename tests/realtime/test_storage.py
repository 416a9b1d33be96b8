"""Files that replace others: whole or not at all, whatever they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime.storage import replacing


@pytest.mark.parametrize("name", ["x" * 251 + ".mid", "é" * 125 + ".mid", "音" * 83 + ".mid"])
def test_a_name_may_be_as_long_as_the_system_allows(name: str, tmp_path: Path) -> None:
    """The hidden file that becomes it is called no longer, and is cut between two letters."""
    with replacing(tmp_path / name) as file:
        file.write(b"whole")
        (part,) = tmp_path.iterdir()
        assert part.name.endswith(".part")
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_a_block_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """And nothing beside it."""
    target = tmp_path / "notes.mid"
    target.write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), replacing(target) as file:
        file.write(b"half")
        1 / 0  # noqa: B018
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("notes.mid", b"before")]
