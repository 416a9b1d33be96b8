"""Public-domain pieces as text, and a player that gives them timing, dynamics and pedal.

A voice is a line of tokens PITCHES:LENGTH in sixteenths (or the piece's own unit); `r` is a rest, `+` joins a chord.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from realtime.notes import NoteTable

_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


@dataclass(frozen=True)
class Piece:
    """voices: token lines from the highest to the lowest. bar: units a bar; upbeat: units before the first full bar.
    unit_s: usual length of a unit. pedal: whether each bar is pedalled anew."""

    name: str
    voices: tuple[str, ...]
    bar: int
    unit_s: float
    upbeat: int = 0
    pedal: bool = False


def pitch_of(name: str) -> int:
    """MIDI number of a name such as F#4 or Bb3 (C4 = 60); ValueError for anything else."""
    step, accidental, octave = name[:1], name[1:-1], name[-1:]
    if step not in _STEPS or accidental not in ("", "#", "b") or not octave.isdigit():
        raise ValueError(f"{name!r} is not a pitch such as C4, F#4 or Bb3")
    return 12 * (int(octave) + 1) + _STEPS[step] + {"": 0, "#": 1, "b": -1}[accidental]


def notes_of(voice: str) -> list[tuple[int, int, int]]:
    """(start, length, pitch) of every note of a voice, in units."""
    notes: list[tuple[int, int, int]] = []
    now = 0
    for token in voice.split():
        names, length = token.split(":")
        if names != "r":
            notes.extend((now, int(length), pitch_of(name)) for name in names.split("+"))
        now += int(length)
    return notes


def _broken_chords(bars: str) -> tuple[str, str, str]:
    """Bach's figure: five notes a bar, the lower two held, the upper three played twice in every half bar."""
    upper, second, lowest = [], [], []
    for bar in bars.split("|"):
        a, b, c, d, e = bar.split()
        for _ in range(2):
            upper.append(f"r:2 {c}:1 {d}:1 {e}:1 {c}:1 {d}:1 {e}:1")
            second.append(f"r:1 {b}:7")
            lowest.append(f"{a}:8")
    return " ".join(upper), " ".join(second), " ".join(lowest)


_PRELUDE = (
    "C4 E4 G4 C5 E5|C4 D4 A4 D5 F5|B3 D4 G4 D5 F5|C4 E4 G4 C5 E5|C4 E4 A4 E5 A5|C4 D4 F#4 A4 D5|B3 D4 G4 D5 G5|"
    "B3 C4 E4 G4 C5|A3 C4 E4 G4 C5|D3 A3 D4 F#4 C5|G3 B3 D4 G4 B4|G3 Bb3 E4 G4 C#5|F3 A3 D4 A4 D5|F3 Ab3 D4 F4 B4|"
    "E3 G3 C4 G4 C5|E3 F3 A3 C4 F4|D3 F3 A3 C4 F4|G2 D3 G3 B3 F4|C3 E3 G3 C4 E4|C3 G3 Bb3 C4 E4|F2 F3 A3 C4 E4|"
    "F#2 C3 A3 C4 Eb4|Ab2 F3 B3 C4 D4|G2 F3 G3 B3 D4|G2 E3 G3 C4 E4|G2 D3 G3 C4 F4|G2 D3 G3 B3 F4|G2 Eb3 A3 C4 F#4|"
    "G2 E3 G3 C4 G4|G2 D3 G3 C4 F4|G2 D3 G3 B3 F4|C2 C3 G3 Bb3 E4"
)
_ELISE_RIGHT = (
    "E5:1 D#5:1 E5:1 B4:1 D5:1 C5:1 A4:2 r:1 C4:1 E4:1 A4:1 B4:2 r:1 E4:1 G#4:1 B4:1 C5:2 r:1 E4:1 E5:1 D#5:1 "
    "E5:1 D#5:1 E5:1 B4:1 D5:1 C5:1 A4:2 r:1 C4:1 E4:1 A4:1 B4:2 r:1 E4:1 C5:1 B4:1"
)
_ELISE_LEFT = "r:6 A2:1 E3:1 A3:1 r:3 E2:1 E3:1 G#3:1 r:3 A2:1 E3:1 A3:1 r:3"
_ELISE_LEFT += " r:6 A2:1 E3:1 A3:1 r:3 E2:1 E3:1 G#3:1 r:3"
_MINUET = (
    "D5:4 G4:2 A4:2 B4:2 C5:2 D5:4 G4:4 G4:4 E5:4 C5:2 D5:2 E5:2 F#5:2 G5:4 G4:4 G4:4 C5:4 D5:2 C5:2 B4:2 A4:2 "
    "B4:4 C5:2 B4:2 A4:2 G4:2 F#4:4 G4:2 A4:2 B4:2 G4:2 A4:12 D5:4 G4:2 A4:2 B4:2 C5:2 D5:4 G4:4 G4:4 "
    "E5:4 C5:2 D5:2 E5:2 F#5:2 G5:4 G4:4 G4:4 C5:4 D5:2 C5:2 B4:2 A4:2 B4:4 C5:2 B4:2 A4:2 G4:2 "
    "A4:4 B4:2 A4:2 G4:2 F#4:2 G4:12"
)
_MINUET_LEFT = (
    "G3+B3+D4:8 A3:4 B3:12 C4:12 B3:12 A3:12 G3:12 D4:4 B3:4 G3:4 D4:4 D3:2 C4:2 B3:2 A3:2 B3:8 A3:4 G3:4 B3:4 G3:4 "
    "C4:12 B3:4 C4:2 B3:2 A3:2 G3:2 A3:8 F#3:4 G3:8 B3:4 C4:4 D4:4 D3:4 G3:8 G2:4"
)
_GYMNOPEDIE = "r:12 r:12 r:12 r:12 r:4 F#5:4 A5:4 G5:4 F#5:4 C#5:4 B4:4 C#5:4 D5:4 A4:12 F#4:48 "
_GYMNOPEDIE += "r:4 F#5:4 A5:4 G5:4 F#5:4 C#5:4 B4:4 C#5:4 D5:4 A4:12"
_ODE = "E4:4 E4:4 F4:4 G4:4 G4:4 F4:4 E4:4 D4:4 C4:4 C4:4 D4:4 E4:4"

PIECES = (
    Piece("bach_prelude_bwv846", _broken_chords(_PRELUDE), bar=16, unit_s=0.21, pedal=True),
    Piece(
        "beethoven_fuer_elise_theme",
        (
            f"E5:1 D#5:1 {_ELISE_RIGHT} A4:4 E5:1 D#5:1 {_ELISE_RIGHT} A4:6",
            f"r:2 {_ELISE_LEFT} A2:1 E3:1 A3:1 r:3 {_ELISE_LEFT} A2:1 E3:1 A3:4",
        ),
        bar=6,
        unit_s=0.262,
        upbeat=2,
        pedal=True,
    ),
    Piece("petzold_minuet_in_g", (_MINUET, _MINUET_LEFT), bar=12, unit_s=0.12),
    Piece(
        "satie_gymnopedie_1_opening",
        (_GYMNOPEDIE, "r:4 B3+D4+F#4:8 r:4 A3+C#4+F#4:8 " * 8, "G2:12 D2:12 " * 8),
        bar=12,
        unit_s=0.21,
        pedal=True,
    ),
    Piece(
        "beethoven_ode_to_joy",
        (f"{_ODE} E4:6 D4:2 D4:8 {_ODE} D4:6 C4:2 C4:8", "C3+E3+G3:16 G2+D3+F3:16 C3+E3:16 G2+B2+F3:16 " * 2),
        bar=16,
        unit_s=0.14,
    ),
)


@dataclass(frozen=True)
class Manner:
    """How a piece is played: tempo factor (1 = usual, more = slower), middle velocity, dynamics and freedom (0-1)."""

    tempo: float = 1.0
    velocity: float = 64.0
    dynamics: float = 1.0
    freedom: float = 1.0
    legato: float = 0.95

    @staticmethod
    def drawn(random: np.random.Generator) -> Manner:
        return Manner(
            tempo=float(np.exp(random.normal(0, 0.18))),
            velocity=float(random.uniform(38, 92)),
            dynamics=float(random.uniform(0.4, 1.5)),
            freedom=float(random.uniform(0.3, 1.6)),
            legato=float(random.uniform(0.6, 1.05)),
        )


def play(piece: Piece, manner: Manner, random: np.random.Generator, lead_s: float = 0.2) -> NoteTable:
    """The piece from `lead_s` on: tempo breathes over four bars and slows down at the end, the top voice sings."""
    voices = [notes_of(voice) for voice in piece.voices]
    total = max(start + length for notes in voices for start, length, _ in notes)
    clock = _tempo(piece, total, manner) + lead_s
    rows = []
    for depth, notes in enumerate(voices):
        for start, length, pitch in notes:
            onset = clock[start] + random.normal(0, 0.006) * manner.freedom
            offset = clock[start] + (clock[start + length] - clock[start]) * manner.legato
            rows.append(
                (max(onset, 0.0), max(offset, onset + 0.04), pitch, _velocity(piece, depth, start, manner, random))
            )
    times, values = _pedal(piece, clock, total, random) if piece.pedal else ([], [])
    onsets, offsets, pitches, velocities = zip(*rows, strict=True)
    return _apart(NoteTable.build(onsets, offsets, pitches, velocities, times, values))


def _tempo(piece: Piece, total: int, manner: Manner) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """(total + 1,) s: when each unit begins."""
    unit = np.arange(total)
    phrase = (unit - piece.upbeat) / (4 * piece.bar)
    breath = 1 + 0.05 * manner.freedom * np.cos(2 * np.pi * phrase)
    slowing = 1 + 0.35 * np.clip((unit - total + 1.2 * piece.bar) / piece.bar, 0, 1) ** 2
    return np.concatenate([[0.0], np.cumsum(piece.unit_s * manner.tempo * breath * slowing)])


def _velocity(piece: Piece, depth: int, start: int, manner: Manner, random: np.random.Generator) -> int:
    place = (start - piece.upbeat) % piece.bar
    swell = 9 * np.sin(2 * np.pi * (start - piece.upbeat) / (4 * piece.bar) - 0.6)
    accent = 5 if place == 0 else (2 if place * 2 == piece.bar else 0)
    voice = 6 if depth == 0 else -7
    middle = manner.velocity + manner.dynamics * (swell + accent + voice)
    return int(np.clip(round(random.normal(middle, 3)), 8, 124))


def _pedal(
    piece: Piece, clock: np.ndarray[tuple[int], np.dtype[np.float64]], total: int, random: np.random.Generator
) -> tuple[list[float], list[int]]:
    """Changed with every bar: up as the new harmony is struck, down again a moment later."""
    times, values = [0.0], [0]
    for bar in range(piece.upbeat, total, piece.bar):
        change = float(clock[bar])
        if bar > piece.upbeat:
            times.append(change + 0.02)
            values.append(0)
        times.append(change + float(random.uniform(0.1, 0.16)))
        values.append(int(random.integers(96, 128)))
    times.append(float(clock[total]))
    values.append(0)
    return times, values


def _apart(played: NoteTable) -> NoteTable:
    """Releases moved before the next onset of the same key."""
    offset = np.minimum(played.offset, played.next_onset() - 0.015)
    return replace(played, offset=np.maximum(offset, played.onset + 0.02))
