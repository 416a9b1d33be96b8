"""MusicXML by hand, for tests of what reads it."""

from __future__ import annotations

import io
import zipfile

TWO_STAVES = (
    "<staves>2</staves><clef number='1'><sign>G</sign><line>2</line></clef>"
    "<clef number='2'><sign>F</sign><line>4</line></clef>"
)
ONE_STAFF = "<clef><sign>G</sign><line>2</line></clef>"
TYPES = {1: "16th", 2: "eighth", 3: "eighth", 4: "quarter", 6: "quarter", 8: "half", 12: "half", 16: "whole"}


def note(name: str, duration: int, staff: int = 1, inside: str = "", notations: str = "", attributes: str = "") -> str:
    """A note of `duration` sixteenths. name: as "F#4"; "" for a rest; inside: after the pitch's own elements."""
    what = f"<pitch>{_pitch(name)}</pitch>" if name else "<rest/>"
    dot = "<dot/>" if duration in (3, 6, 12) else ""
    marks = f"<notations>{notations}</notations>" if notations else ""
    return (
        f"<note{attributes}>{inside if inside == '<chord/>' else ''}{what}<duration>{duration}</duration>"
        f"{inside if inside != '<chord/>' else ''}<voice>{staff}</voice><type>{TYPES[duration]}</type>{dot}"
        f"<staff>{staff}</staff>{marks}</note>"
    )


def grace(name: str, staff: int = 1) -> str:
    """A grace note."""
    return (
        f"<note><grace slash='yes'/><pitch>{_pitch(name)}</pitch><voice>{staff}</voice><type>eighth</type>"
        f"<staff>{staff}</staff></note>"
    )


def back(duration: int) -> str:
    """To the beginning of another staff's notes."""
    return f"<backup><duration>{duration}</duration></backup>"


def attributes(beats: int = 4, staves: str = TWO_STAVES, fifths: int = 0) -> str:
    """Of the first bar."""
    return (
        f"<attributes><divisions>4</divisions><key><fifths>{fifths}</fifths></key>"
        f"<time><beats>{beats}</beats><beat-type>4</beat-type></time>{staves}</attributes>"
    )


def tempo(per_minute: float, unit: str = "quarter", dots: int = 0) -> str:
    """A metronome mark."""
    return (
        f"<direction placement='above'><direction-type><metronome><beat-unit>{unit}</beat-unit>"
        f"{'<beat-unit-dot/>' * dots}<per-minute>{per_minute}</per-minute></metronome></direction-type></direction>"
    )


def tie(kind: str) -> tuple[str, str]:
    """The two elements that a tie takes: inside a note, and among its notations."""
    return f"<tie type='{kind}'/>", f"<tied type='{kind}'/>"


def part(bars: dict[str, str], name: str = "Piano", number: int = 1) -> tuple[str, str]:
    """Its line in the list, and itself. bars: by their numbers; 0 is an upbeat."""
    text = "".join(
        f"<measure number='{key}'{' implicit=' + chr(34) + 'yes' + chr(34) if key == '0' else ''}>{bar}</measure>"
        for key, bar in bars.items()
    )
    return (
        f"<score-part id='P{number}'><part-name>{name}</part-name></score-part>",
        f"<part id='P{number}'>{text}</part>",
    )


def document(*parts: tuple[str, str], title: str = "Piece") -> str:
    """The whole file."""
    listed, written = ("".join(texts) for texts in zip(*parts, strict=True))
    return (
        "<?xml version='1.0' encoding='UTF-8'?><score-partwise version='4.0'>"
        f"<work><work-title>{title}</work-title></work><part-list>{listed}</part-list>{written}</score-partwise>"
    )


def packed(text: str, name: str = "score.xml") -> bytes:
    """As .mxl."""
    container = f"<container><rootfiles><rootfile full-path='{name}'/></rootfiles></container>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/container.xml", container)
        archive.writestr(name, text)
    return buffer.getvalue()


def _pitch(name: str) -> str:
    alter = name.count("#") - name.count("b")
    altered = f"<alter>{alter}</alter>" if alter else ""
    return f"<step>{name[0]}</step>{altered}<octave>{name[-1]}</octave>"
