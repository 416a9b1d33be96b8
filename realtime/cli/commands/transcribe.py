"""`liszten transcribe`: recordings into MIDI files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from realtime.cli.commands import options
from realtime.cli.commands.options import Delay, Device
from realtime.limits import DURATION_S
from realtime.words import Phrase

END_FIRST = Phrase("transcribe.end_first", "--end {end:g} lies before --start {start:g}.")


class Format(StrEnum):
    """What is written."""

    mid = "mid"
    jsonl = "jsonl"
    csv = "csv"


def transcribe(
    context: typer.Context,
    audio: Annotated[list[Path], typer.Argument(metavar="AUDIO...", help="Recordings; - for standard input.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Folder for the files; - for standard output."),
    ] = None,
    delay: options.DelayOption = Delay.studio,
    json: Annotated[
        bool, typer.Option("--json", help="Print events as JSON lines; files are written only with -o.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", help="What is written.")] = Format.mid,
    start: Annotated[float, typer.Option("--start", min=0, metavar="S", help="Begin at this second.")] = 0.0,
    end: Annotated[
        float | None, typer.Option("--end", min=0, max=DURATION_S.most, metavar="S", help="End at this second.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, metavar="N", help="Recordings at once. [default: one a processor]")
    ] = None,
    overwrite: options.OverwriteOption = False,
    channel: options.ChannelOption = "auto",
    tuning: options.TuningOption = "auto",
    velocity_curve: options.VelocityCurveOption = 1.0,
    sensitivity: options.SensitivityOption = 50.0,
    min_note: options.MinNoteOption = 30.0,
    no_pedal: options.NoPedalOption = False,
    model: options.ModelOption = None,
    device: options.DeviceOption = Device.auto,
) -> None:
    """Write down what recordings play: AUDIO.mid beside each, or in DIR. A failed one does not stop the others."""
    from realtime.audio.mono import parse_channel
    from realtime.cli.commands.transcription import Transcription
    from realtime.errors import UsageError
    from realtime.transcription.batch import Job
    from realtime.transcription.decoder import DecoderSettings

    if end is not None and end <= start:
        raise UsageError(END_FIRST(end=end, start=start))
    template = Job(
        audio=Path(),
        source="",
        output=None,
        format=format.value,
        delay=delay.value,
        channel=parse_channel(channel),
        start_s=start,
        end_s=end,
        settings=DecoderSettings(sensitivity, min_note, not no_pedal, velocity_curve),
        model=model,
        device=device.value,
        tuning_cents=options.parse_tuning(tuning),
    )
    transcription = Transcription(template, output, json, overwrite, context.obj)
    raise typer.Exit(transcription.run(audio, jobs))
