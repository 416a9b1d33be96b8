"""Every reader gives a value or one of our errors, whatever its file holds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.readers import Reader, outcome, readers

CASES = 25


@pytest.mark.parametrize("reader", readers(), ids=lambda reader: reader.name)
def test_what_was_made_is_read(reader: Reader, tmp_path: Path) -> None:
    """The files that the others are made of are good."""
    for seed in reader.seeds:
        (tmp_path / reader.name).write_bytes(seed)
        assert outcome(reader, tmp_path / reader.name) == "value"


@pytest.mark.parametrize("reader", readers(), ids=lambda reader: reader.name)
def test_hostile_files_end_in_a_sentence(reader: Reader, tmp_path: Path) -> None:
    """A failure names the number of its case, which makes the same file again."""
    for case in range(CASES):
        path = tmp_path / reader.name
        path.write_bytes(reader.mutate(reader.seeds, random.Random(f"{reader.name} {case}")))
        try:
            outcome(reader, path)
        except Exception as error:
            error.add_note(f"{reader.name}, case {case}")
            raise
