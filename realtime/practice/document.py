"""Files of music notation as text: MusicXML, plain or packed (.mxl), and MEI, checked before any library sees them."""

from __future__ import annotations

import codecs
import html
import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Literal, NamedTuple
from xml.etree import ElementTree

from realtime.errors import FileError
from realtime.system.regular_file import MIB, read_regular
from realtime.words import Phrase

BROKEN = Phrase("notation.broken", "{path} is a broken file of sheet music. Save it once more, or get it anew.")
OTHER_XML = Phrase(
    "notation.other_xml", "{path} is not sheet music that Liszten reads. Save it as MusicXML (.musicxml or .mxl)."
)
TIMEWISE = Phrase(
    "notation.timewise", "{path} is MusicXML of the rare kind that is ordered by bars. Save it once more as MusicXML."
)
UNREADABLE = Phrase("notation.unreadable", "{path} cannot be read: {why}.")
TOO_LARGE = Phrase(
    "notation.too_large",
    "{path} has more than {most} notes. Save the movement or the part that you practise by itself.",
)

Format = Literal["musicxml", "mei"]

PACKED = b"PK\x03\x04"
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Some 300 pages of piano music, which take verovio a minute.
MOST_NOTES = 60_000
MOST_BYTES = 64 * MIB
# What the standard library raises for a damaged archive, container or text.
DAMAGE = (ValueError, LookupError, RuntimeError, zipfile.BadZipFile, zlib.error, ElementTree.ParseError, EOFError)
CONTAINER, MOST_CONTAINER = "META-INF/container.xml", MIB
ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
# Comments, the declaration and the document type come before the first element.
FIRST_ELEMENT = re.compile(r"<([A-Za-z_][\w.:-]*)")
BEFORE = re.compile(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(\[.*?\])?[^>]*>", re.DOTALL)
DIRECTION = re.compile(r"<direction\b(?:(?!</direction>).)*</direction>", re.DOTALL)
WORDS = re.compile(r"<words\b[^>]*>([^<]*)</words>")
SEGNO = re.compile(r"<segno\b")
# What words mean for who plays, and how MusicXML tells it a program.
DA_CAPO = re.compile(r"\bD\.\s*C\.|\bda\s+capo\b", re.IGNORECASE)
DAL_SEGNO = re.compile(r"\bD\.\s*S\.|\bdal\s+segno\b", re.IGNORECASE)
FINE = re.compile(r"^\s*fine\s*\.?\s*$", re.IGNORECASE)
JUMPS = ((DA_CAPO, 'dacapo="yes"'), (DAL_SEGNO, 'dalsegno="segno"'), (FINE, 'fine="yes"'))


class Document(NamedTuple):
    """The text of a file of sheet music, and what it is written in."""

    text: str
    format: Format


def read_document(path: Path) -> Document:
    """A file of sheet music. Raises FileError when it is none, broken, or too long to be drawn in reasonable time."""
    try:
        content = read_regular(path, MOST_BYTES)
        if content.startswith(PACKED):
            content = _unpacked(content)
        text = _decoded(content)
    except OSError as error:
        raise FileError(UNREADABLE(path=path, why=error.strerror or str(error))) from error
    except DAMAGE as error:
        raise FileError(BROKEN(path=path)) from error
    found = _format(text, path)
    document = Document(with_jumps(text) if found == "musicxml" else text, found)
    if text.count("<note") > MOST_NOTES:
        raise FileError(TOO_LARGE(path=path, most=MOST_NOTES))
    return document


def _unpacked(content: bytes) -> bytes:
    """The sheet music in an .mxl file, which is a ZIP archive whose container names it. Raises ValueError, KeyError and
    the errors of zipfile."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        container = ElementTree.fromstring(_member(archive, CONTAINER, MOST_CONTAINER))
        names = [name for element in container.iter() if (name := element.get("full-path"))]
        if not names:
            raise ValueError("the container names no file")
        return _member(archive, names[0], MOST_BYTES)


def _member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A file of the archive; what its head says of its size is not believed."""
    with archive.open(name) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ValueError(f"{name} is larger than {most} bytes")
    return content


def _decoded(content: bytes) -> str:
    """Text of any encoding that is declared. Raises ValueError and LookupError."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding)
    declared = ENCODING.match(content[:1024])
    return content.decode(declared[1].decode() if declared else "utf-8")


def _format(text: str, path: Path) -> Format:
    """By the first element. Raises FileError."""
    first = FIRST_ELEMENT.search(BEFORE.sub("", text[:10_000]))
    match first[1].rpartition(":")[2] if first else "":
        case "score-partwise":
            return "musicxml"
        case "mei":
            return "mei"
        case "score-timewise":
            raise FileError(TIMEWISE(path=path))
    raise FileError(OTHER_XML(path=path))


def with_jumps(text: str) -> str:
    """MusicXML in which words that send the player back, and a segno, are told programs too, where they were not: some
    programs write "D.C. al Fine" as words alone. Codas are left as they are."""
    if not (DA_CAPO.search(text) or DAL_SEGNO.search(text)):
        return text
    return DIRECTION.sub(lambda direction: _told(direction[0]), text)


def _told(direction: str) -> str:
    if "<sound" in direction:
        return direction
    words = [html.unescape(found) for found in WORDS.findall(direction)]
    sounds = [sound for meaning, sound in JUMPS if any(meaning.search(one) for one in words)]
    sounds += ['segno="segno"'] if SEGNO.search(direction) else []
    return direction if not sounds else direction.replace("</direction>", f"<sound {sounds[0]}/></direction>")
