"""Sheet music by the line: its notes are those of the score, whatever the width."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from realtime.errors import FileError
from realtime.practice.engraving import engrave
from realtime.practice.reading import read_score
from tests.realtime.practice.sheets import sheet

NOTE = re.compile(r'<g id="([^"]+)" class="note"')


@pytest.mark.parametrize(("width", "scale", "lines"), [(900, 60, 6), (1400, 45, 3)])
def test_each_note_of_the_score_is_on_one_line(tmp_path: Path, width: int, scale: int, lines: int):
    """By its id and in order, as wide as was asked for; a larger page has fewer lines."""
    file = tmp_path / "piece.musicxml"
    file.write_text(sheet(24))
    engraved = engrave(file, width, scale)
    assert len(engraved) == lines
    assert all(line.startswith(f'<svg width="{width}px"') for line in engraved)
    drawn = [note for line in engraved for note in NOTE.findall(line)]
    assert drawn == [note.id for group in read_score(file).groups for note in group.notes]
    assert len({*drawn}) == 96


def test_what_is_no_sheet_music_is_told(tmp_path: Path):
    """As when it is read."""
    file = tmp_path / "letter.musicxml"
    file.write_text("<letter/>")
    with pytest.raises(FileError, match=r"letter\.musicxml is not sheet music that Liszten reads"):
        engrave(file, 900, 50)
