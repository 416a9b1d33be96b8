"""`liszten listen`: the piano, live."""

from __future__ import annotations

from typing import Annotated

import typer

from realtime.cli.commands import options
from realtime.cli.commands.options import Delay, Device


def listen(
    context: typer.Context,
    input: Annotated[
        str | None, typer.Option("--input", metavar="NAME|N", help="Microphone by name or number. [default: system's]")
    ] = None,
    channel: options.ChannelOption = "auto",
    delay: options.DelayOption = Delay.live,
    midi_out: options.MidiOutOption = None,
    midi_channel: options.MidiChannelOption = 1,
    transpose: options.TransposeOption = 0,
    tuning: options.TuningOption = "0",
    velocity_curve: options.VelocityCurveOption = 1.0,
    sensitivity: options.SensitivityOption = 50.0,
    gate: options.GateOption = None,
    min_note: options.MinNoteOption = 30.0,
    no_pedal: options.NoPedalOption = False,
    record: options.RecordOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print events as JSON lines.")] = False,
    levels: options.LevelsOption = False,
    seconds: options.SecondsOption = None,
    model: options.ModelOption = None,
    device: options.DeviceOption = Device.auto,
) -> None:
    """Hear the piano through a microphone; show and send the notes. Ctrl-C ends; M, or SIGUSR1, ends a pause of
    MIDI."""
    from realtime.audio.mono import parse_channel
    from realtime.cli.commands.live import LiveOptions, run_live
    from realtime.engine.messages import MicrophoneSource, Start
    from realtime.engine.settings import StreamSettings
    from realtime.system.storage import make_folder
    from realtime.transcription.decoder import DecoderSettings

    if record is not None:
        make_folder(record)
    cents = options.parse_tuning(tuning)
    start = Start(
        source=MicrophoneSource(input, parse_channel(channel)),
        model=model,
        device=device.value,
        seconds=seconds,
        record=record,
        settings=StreamSettings(
            delay=delay.value,
            decoder=DecoderSettings(sensitivity, min_note, not no_pedal, velocity_curve),
            gate_db=gate,
            tuning_cents=cents or 0.0,
            find_tuning=cents is None,
        ),
    )
    live = LiveOptions(start, midi_out, midi_channel, transpose, json or levels, levels)
    raise typer.Exit(run_live(live, context.obj))
