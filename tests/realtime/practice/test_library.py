"""The pieces that there are: those that come along, the player's own, and the last places."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from realtime.errors import FileError
from realtime.practice import library
from realtime.practice.document import read_document
from realtime.practice.library import Piece, Place, Recent, bundled, own_pieces, search
from realtime.practice.notation import notated
from realtime.practice.score import Score

# title, grade, bars as they are printed (the upbeat too) and as they are played, groups, quarters a bar, first keys
PIECES = {
    "Frère Jacques": (1, 10, 10, 46, 4.0, (60,)),
    "Mary Had a Little Lamb": (1, 8, 8, 26, 4.0, (48, 64)),
    "Ode to Joy": (1, 16, 16, 62, 4.0, (48, 64)),
    "Ah ! vous dirai-je, maman": (2, 12, 12, 42, 4.0, (48, 60)),
    "Au clair de la lune": (2, 12, 16, 44, 4.0, (55, 67)),
    "Lullaby": (3, 17, 17, 61, 3.0, (64,)),
    "Minuet in G": (4, 32, 64, 274, 3.0, (55, 59, 62, 74)),
    "Minuet in G minor": (4, 32, 64, 268, 3.0, (55, 82)),
    "Prelude in C": (5, 35, 35, 545, 4.0, (60,)),
    "Sonatina op. 36 no. 1, first movement": (5, 38, 76, 514, 4.0, (48, 72)),
}


def score(piece: Piece) -> Score:
    return notated(read_document(piece.path), str(piece.path), piece.path.stem)


def test_the_pieces_that_come_along() -> None:
    """By grade, each with where its notes come from; every file of the folder is one."""
    assert [(piece.title, piece.grade) for piece in bundled()] == [(title, row[0]) for title, row in PIECES.items()]
    assert all(piece.composer and piece.source and piece.origin == "bundled" for piece in bundled())
    folder = bundled()[0].path.parent
    assert {piece.path for piece in bundled()} == set(folder.glob("*.musicxml"))


@pytest.mark.parametrize("piece", bundled(), ids=lambda piece: piece.path.stem)
def test_a_piece_is_whole(piece: Piece) -> None:
    """Every bar has its length, an upbeat and its last bar together have one; it says tempo, title and hands."""
    _, printed, played, groups, quarters, first = PIECES[piece.title]
    read = score(piece)
    assert (read.title, read.remarks) == (piece.title, ())
    assert (len({bar.number for bar in read.bars}), len(read.bars), len(read.groups)) == (printed, played, groups)
    assert read.groups[0].pitches == first
    lengths = [bar.length for bar in read.bars]
    if read.bars[0].number == 0:
        lengths = [*lengths[1:-1], lengths[0] + lengths[-1]]
    assert set(lengths) == {quarters}
    assert {note.hand for group in read.groups for note in group.notes} == {"left", "right"}
    assert 60 <= read.tempos[0][1] <= 140


def test_the_first_bars_of_the_minuet() -> None:
    """Hand-written; the mordent of bar 3 adds its neighbours, the grace note of bar 8 is optional."""
    minuet = score(next(piece for piece in bundled() if piece.title == "Minuet in G"))
    right = [(g.beat, g.pitches) for g in minuet.hand("right").between(1, 3).groups]
    assert right == [
        *[(0.0, (74,)), (1.0, (67,)), (1.5, (69,)), (2.0, (71,)), (2.5, (72,)), (3.0, (74,)), (4.0, (67,))],
        *[(5.0, (67,)), (6.0, (76,)), (7.0, (72,)), (7.5, (74,)), (8.0, (76,)), (8.5, (78,))],
    ]
    left = [(g.beat, g.pitches) for g in minuet.hand("left").between(1, 3).groups]
    assert left == [(0.0, (55, 59, 62)), (2.0, (57,)), (3.0, (59,)), (6.0, (60,))]
    ornaments = {g.beat: [n.pitch for n in g.notes if n.optional] for g in minuet.groups if g.beat < 24}
    assert {beat: pitches for beat, pitches in ornaments.items() if pitches} == {
        7.0: [70, 71, 72],
        12.0: [70, 71, 72],
        21.0: [71],
    }


def test_a_search_knows_neither_case_nor_accents() -> None:
    """Every word has to be there, in title, composer or file name."""
    assert [piece.title for piece in search(bundled(), "FRERE jac")] == ["Frère Jacques"]
    assert [piece.title for piece in search(bundled(), "petzold minor")] == ["Minuet in G minor"]
    assert [piece.title for piece in search(bundled(), "op-36")] == ["Sonatina op. 36 no. 1, first movement"]
    assert search(bundled(), "petzold prelude") == ()
    assert search(bundled(), " ") == bundled()


def test_the_players_own_folder(tmp_path: Path) -> None:
    """Pieces of every kind, also in folders, by name; nothing else, and no error without a folder."""
    for name in ("b.MID", "Élégie.mxl", "deep/er/a.musicxml", "notes.txt", ".hidden.mid"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert own_pieces(tmp_path) == (
        Piece(tmp_path / "deep/er/a.musicxml", "a"),
        Piece(tmp_path / "b.MID", "b"),
        Piece(tmp_path / "Élégie.mxl", "Élégie"),
    )
    assert own_pieces(tmp_path / "none") == ()


def test_the_last_place_is_remembered(tmp_path: Path) -> None:
    """Last first, each piece once, at most fifty, and again after a restart."""
    path = tmp_path / "practice" / "recent.json"
    recent = Recent(path)
    assert (recent.places, recent.fault) == ((), None)
    for number in range(51):
        recent.remember(Place(f"/{number}.mid", str(number)))
    recent.remember(Place("/7.mid", "7", 12, "left", 9, 16, 70, piece="abc"))
    again = Recent(path)
    assert again.places == recent.places
    assert [place.title for place in again.places] == ["7", *(str(n) for n in range(50, 0, -1) if n != 7)]
    left = again.place(Path("/7.mid"))
    assert left is not None
    assert (left.bar, left.hands, left.first_bar, left.last_bar, left.speed) == (12, "left", 9, 16, 70)
    assert left.piece == "abc"
    assert left.opened.endswith("+00:00")
    again.forget(Path("/7.mid"))
    assert Recent(path).place(Path("/7.mid")) is None


def test_a_title_of_any_length_is_remembered(tmp_path: Path) -> None:
    """A work's, its movement's and its editor's names together may be long."""
    path = tmp_path / "recent.json"
    Recent(path).remember(Place("/a.mid", "a" * 201))
    again = Recent(path)
    assert ([place.title for place in again.places], again.fault) == (["a" * 201], None)


@pytest.mark.parametrize(
    "content",
    [b"{", b"[]", b'{"version": 1, "places": [{"path": "/a", "title": "a", "speed": 126}]}', b"\xff"],
)
def test_a_broken_list_is_set_aside(content: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is kept beside the new one, and the player is told."""
    path = tmp_path / "recent.json"
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        recent = Recent(path)
    (aside,) = tmp_path.iterdir()
    assert aside.read_bytes() == content
    assert str(recent.fault) == f"The list of what was practised cannot be read. It was kept as {aside}."
    assert "recent pieces" in caplog.text
    recent.remember(Place("/a.mid", "a"))
    assert [place.path for place in Recent(path).places] == ["/a.mid"]


def test_a_list_that_cannot_be_written(tmp_path: Path) -> None:
    """One sentence; what is known stays known."""
    (tmp_path / "practice").touch()
    recent = Recent(tmp_path / "practice" / "recent.json")
    with pytest.raises(FileError, match="a file is in the way"):
        recent.remember(Place("/a.mid", "a"))
    assert recent.places == ()


def test_where_they_lie(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In the folders of the system."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert library.recent_path() == tmp_path / "liszten" / "recent.json"
    assert library.own_folder().parts[-2:] == ("Liszten", "Pieces")
