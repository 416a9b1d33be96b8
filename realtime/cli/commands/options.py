"""The options that several commands share: one name, one meaning, one type each."""

from __future__ import annotations

import math
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from realtime.limits import (
    DURATION_S,
    GATE_DB,
    MIDI_CHANNEL,
    MIN_NOTE_MS,
    SENSITIVITY,
    TRANSPOSE,
    TUNING_CENTS,
    VELOCITY_GAMMA,
)
from realtime.words import Phrase

NO_TUNING = Phrase(
    "tuning.unknown", "There is no tuning '{text}'. Give cents from {least:g} to {most:g} above A = 440 Hz, or auto."
)


class Delay(StrEnum):
    """The delays of design, and `live`; the names are checked against the contract by a test."""

    live = "live"
    fast = "fast"
    balanced = "balanced"
    accurate = "accurate"
    studio = "studio"


class Device(StrEnum):
    """Where the model computes."""

    auto = "auto"
    cpu = "cpu"
    cuda = "cuda"


DelayOption = Annotated[
    Delay,
    typer.Option(
        "--delay",
        help="How long Liszten waits before it is sure: 30, 60, 120 or 320 ms for every note, as it should be with a "
        "synthesiser; live: each note as soon as it is sure.",
    ),
]
ChannelOption = Annotated[str, typer.Option("--channel", metavar="N|mix|auto", help="Which channel to hear.")]
TuningOption = Annotated[
    str,
    typer.Option(
        "--tuning", metavar="CENTS|auto", help="How far the piano lies above A = 440 Hz, -50 to 50; auto finds it out."
    ),
]
MidiOutOption = Annotated[
    str | None,
    typer.Option(
        "--midi-out",
        metavar="virtual|NAME|none",
        help="Where notes are sent: a port of our own called Liszten Out, or another one by name. [default: virtual]",
    ),
]
MidiChannelOption = Annotated[
    int,
    typer.Option("--midi-channel", min=MIDI_CHANNEL.least, max=MIDI_CHANNEL.most, help="MIDI channel."),
]
TransposeOption = Annotated[
    int,
    typer.Option(
        "--transpose",
        min=TRANSPOSE.least,
        max=TRANSPOSE.most,
        metavar="N",
        help="Semitones by which sent notes are shifted.",
    ),
]
VelocityCurveOption = Annotated[
    float,
    typer.Option(
        "--velocity-curve",
        min=VELOCITY_GAMMA.least,
        max=VELOCITY_GAMMA.most,
        metavar="γ",  # noqa: RUF001
        help="Below 1 soft strokes count more, above 1 less.",
    ),
]
SensitivityOption = Annotated[
    float,
    typer.Option(
        "--sensitivity",
        min=SENSITIVITY.least,
        max=SENSITIVITY.most,
        help="More hears softer notes, and more that are none.",
    ),
]
GateOption = Annotated[
    float | None,
    typer.Option(
        "--gate",
        min=GATE_DB.least,
        max=GATE_DB.most,
        metavar="DB",
        help="No new notes below this level in dBFS. [default: off]",
    ),
]
MinNoteOption = Annotated[
    float,
    typer.Option(
        "--min-note",
        min=MIN_NOTE_MS.least,
        max=MIN_NOTE_MS.most,
        metavar="MS",
        help="No note is shorter than this.",
    ),
]
NoPedalOption = Annotated[bool, typer.Option("--no-pedal", help="Send no sustain pedal.")]
RecordOption = Annotated[
    Path | None, typer.Option("--record", metavar="DIR", help="Record sound and notes as a take in this folder.")
]
LevelsOption = Annotated[
    bool, typer.Option("--levels", help="Print input levels, and how late notes are, among the JSON lines.")
]
SecondsOption = Annotated[
    float | None,
    typer.Option(
        "--seconds",
        min=DURATION_S.least,
        max=DURATION_S.most,
        metavar="S",
        help="End after this much sound.",
    ),
]
ModelOption = Annotated[
    Path | None, typer.Option("--model", metavar="FILE", help="Another model than the one that comes with Liszten.")
]
DeviceOption = Annotated[
    Device, typer.Option("--device", help="Where the model computes; auto takes what is faster, mostly the CPU.")
]
OverwriteOption = Annotated[bool, typer.Option("--overwrite", help="Replace files that are there.")]
TakeArgument = Annotated[
    Path, typer.Argument(metavar="TAKE", help="The folder of a take, its notes.jsonl, or a MIDI file.")
]


def parse_tuning(text: str) -> float | None:
    """The option --tuning: cents, None for "auto". Raises UsageError."""
    from realtime.errors import UsageError

    if text == "auto":
        return None
    try:
        cents = float(text)
    except ValueError:
        cents = math.nan
    if not TUNING_CENTS.least <= cents <= TUNING_CENTS.most:
        raise UsageError(NO_TUNING(text=text, least=TUNING_CENTS.least, most=TUNING_CENTS.most))
    return cents
