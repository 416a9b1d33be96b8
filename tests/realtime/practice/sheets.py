"""Sheet music for the tests of practice."""

from __future__ import annotations

MUSIC = """<?xml version="1.0" encoding="UTF-8"?><score-partwise version="4.0"><work><work-title>Two lines</work-title>
</work><part-list><score-part id="P1"><part-name></part-name></score-part></part-list><part id="P1">{}</part>
</score-partwise>"""
KEYS = """<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time>
<clef><sign>G</sign><line>2</line></clef></attributes>"""
NOTE = "<note><pitch><step>{}</step><octave>4</octave></pitch><duration>1</duration><type>quarter</type></note>"


def sheet(bars: int, steps: str = "CDEF") -> str:
    """MusicXML of so many bars, each of these four quarters from C4 to B4."""
    notes = "".join(NOTE.format(step) for step in steps)
    inside = (f'<measure number="{bar}">{KEYS if bar == 1 else ""}{notes}</measure>' for bar in range(1, bars + 1))
    return MUSIC.format("".join(inside))
