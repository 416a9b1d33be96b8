"""The pieces that there are to practise: those that come along, the player's own, and what was practised last.

What was practised is a plain file, `recent.json`, in the user's data folder. One that cannot be read is set aside.
"""

from __future__ import annotations

import json
import logging
import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

import platformdirs

from realtime.errors import DataError, FileError
from realtime.limits import Limits
from realtime.practice.reading import SUFFIXES
from realtime.practice.score import Hands
from realtime.system.regular_file import MIB, read_regular
from realtime.system.storage import make_folder, plain_name, replace_file, set_aside
from realtime.validation import Count, Name, PathText, Text, build, read_json, within
from realtime.words import Phrase, Said

logger = logging.getLogger(__name__)

SET_ASIDE = Phrase("library.set_aside", "The list of what was practised cannot be read. It was kept as {path}.")

GRADES = Limits(1, 5)
SPEED = Limits(25, 125)  # per cent of the written tempo
MOST_RECENT = 50
MOST_FILES = 5_000  # of the player's folder; a whole disk is none
VERSION = 1

Origin = Literal["bundled", "own"]


@dataclass(frozen=True)
class Piece:
    """A piece that can be opened with `read_score`. grade: 1 (five fingers) to 5 (a sonatina), 0 where it is not known.
    source: where its notes come from, "" for the player's own."""

    path: Path
    title: str
    composer: str = ""
    grade: int = 0
    source: str = ""
    origin: Origin = "own"


@dataclass(frozen=True)
class _Entry:
    """A line of the index of the pieces that come along."""

    file: Name
    grade: Annotated[int, within(GRADES)]
    title: Name
    composer: Name
    source: Name


@dataclass(frozen=True)
class Place:
    """Where the player left a piece. bar: printed number; first_bar, last_bar: of the loop, 0 and 0 for the whole;
    speed: per cent of the written tempo; opened: wall clock, ISO 8601; piece: its id, as in `Run`, "" if unknown."""

    path: PathText
    title: Text
    bar: Count = 0
    hands: Hands = "both"
    first_bar: Count = 0
    last_bar: Count = 0
    speed: Annotated[int, within(SPEED)] = 100
    opened: Name = ""
    piece: Name = ""


@dataclass(frozen=True)
class _Recent:
    version: int
    places: tuple[Place, ...]


@cache
def bundled() -> tuple[Piece, ...]:
    """The pieces that come along, by grade and title."""
    folder = Path(str(resources.files("assets"))) / "pieces"
    entries = build(tuple[_Entry, ...], read_json((folder / "index.json").read_bytes()))
    pieces = (Piece(folder / e.file, e.title, e.composer, e.grade, e.source, "bundled") for e in entries)
    return tuple(sorted(pieces, key=lambda piece: (piece.grade, _plain(piece.title))))


def own_folder() -> Path:
    """Where a player's own pieces lie, unless another folder is chosen."""
    return platformdirs.user_documents_path() / "Liszten" / "Pieces"


def own_pieces(folder: Path) -> tuple[Piece, ...]:
    """The files of a folder and of those inside it that may be pieces, by name; none where there is no folder."""
    found: list[Path] = []
    for parent, _, names in os.walk(folder):
        pieces = (Path(parent, name) for name in names if not name.startswith("."))
        found += [path for path in pieces if path.suffix.lower() in SUFFIXES]
        if len(found) > MOST_FILES:
            break
    own = [Piece(path, plain_name(path.stem)) for path in found[:MOST_FILES]]
    return tuple(sorted(own, key=lambda piece: (_plain(piece.title), piece.path)))


def search(pieces: Iterable[Piece], words: str) -> tuple[Piece, ...]:
    """Those whose title, composer or file name has every word, in any case and without accents; all for no word."""
    wanted = _plain(words).split()
    return tuple(p for p in pieces if all(w in _plain(f"{p.title} {p.composer} {p.path.name}") for w in wanted))


class Recent:
    """What was practised, last first, in a file that is read once. fault: what was wrong with it, None if nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.places, self.fault = _read(path)

    def place(self, path: Path) -> Place | None:
        """Where a piece was left; None for one that was not practised lately."""
        return next((place for place in self.places if place.path == str(path)), None)

    def remember(self, place: Place) -> None:
        """Put a piece at the head of the list, now. Raises FileError when that cannot be written."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        others = [other for other in self.places if other.path != place.path]
        self._keep((replace(place, opened=now), *others[: MOST_RECENT - 1]))

    def forget(self, path: Path) -> None:
        """Take a piece off the list. Raises FileError."""
        self._keep([place for place in self.places if place.path != str(path)])

    def _keep(self, places: Sequence[Place]) -> None:
        content = json.dumps({"version": VERSION, "places": [asdict(place) for place in places]}, indent=1)
        make_folder(self._path.parent)
        replace_file(self._path, content.encode())
        self.places = tuple(places)


def recent_path() -> Path:
    """Where the list of what was practised lies on this system."""
    return platformdirs.user_data_path("liszten", appauthor=False) / "recent.json"  # not in the folder of runs


def _read(path: Path) -> tuple[tuple[Place, ...], Said | None]:
    try:
        return build(_Recent, read_json(read_regular(path, MIB))).places, None
    except FileNotFoundError:
        return (), None
    except (OSError, DataError) as error:
        logger.warning("recent pieces: %s", error)
    try:
        return (), SET_ASIDE(path=set_aside(path))
    except FileError as error:
        return (), error.said


def _plain(text: str) -> str:
    """Without case and accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
