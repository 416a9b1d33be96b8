"""A piece to practise from any file that holds one: MusicXML, MEI, MIDI, or a take of one's own."""

from __future__ import annotations

from pathlib import Path

from realtime.errors import FileError
from realtime.midi.reader import MIDI_SUFFIXES
from realtime.practice.document import PACKED, UNREADABLE
from realtime.practice.drafted import drafted
from realtime.practice.midi_score import read_midi_score
from realtime.practice.notation import read_notation
from realtime.practice.score import Score
from realtime.system.regular_file import regular_file
from realtime.takes.reader import MIDI_HEADER, RIFF_MIDI, read_take
from realtime.words import Phrase

MISSING = Phrase("practice.missing", "{path} does not exist. Give a piece as MusicXML, MEI or MIDI, or a take.")
NO_PIECE = Phrase(
    "practice.no_piece", "{path} is no piece that Liszten can read. Give it as MusicXML (.musicxml, .mxl), MEI or MIDI."
)

NOTATION_SUFFIXES = (".musicxml", ".mxl", ".xml", ".mei")
SUFFIXES = (*NOTATION_SUFFIXES, *MIDI_SUFFIXES)
HEAD_BYTES = 4096
MOST_BYTES = 2**40  # only its head is read here
MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"  # of an encoding, and space before the first element


def read_score(path: Path, part: str = "") -> Score:
    """The score of a piece, by what the file holds and not by its name. part: of sheet music for several players, its
    number or name. May take seconds: not for a window's thread.

    Raises FileError with what is wrong with the file.
    """
    if path.is_dir():
        return drafted(read_take(path))
    head = _head(path)
    if head.startswith(PACKED) or head.lstrip(MARKS).startswith(b"<"):
        return read_notation(path, part)
    if head.startswith(MIDI_HEADER) or RIFF_MIDI.match(head) or path.suffix.lower() in MIDI_SUFFIXES:
        return read_midi_score(path)
    if head.lstrip().startswith(b"{"):
        return drafted(read_take(path))
    raise FileError(NO_PIECE(path=path))


def _head(path: Path) -> bytes:
    """The first bytes of a file. Raises FileError."""
    try:
        with regular_file(path, MOST_BYTES) as file:
            return file.read(HEAD_BYTES)
    except FileNotFoundError as error:
        raise FileError(MISSING(path=path)) from error
    except OSError as error:
        raise FileError(UNREADABLE(path=path, why=error.strerror or str(error))) from error
