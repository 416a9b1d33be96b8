"""`liszten demo`: the shipped recording through the engine, in real time."""

from __future__ import annotations

from typing import Annotated

import typer

from realtime.audio.demo import demo_recording
from realtime.cli.commands import options
from realtime.cli.commands.options import Delay, Device


def demo(
    context: typer.Context,
    headless: Annotated[bool, typer.Option("--headless", help="Print events as JSON lines instead of keys.")] = False,
    levels: options.LevelsOption = False,
    delay: options.DelayOption = Delay.live,
    midi_out: options.MidiOutOption = None,
    seconds: options.SecondsOption = None,
    record: options.RecordOption = None,
    model: options.ModelOption = None,
    device: options.DeviceOption = Device.auto,
) -> None:
    """Play a short recording through Liszten as if it were your piano. Needs no microphone."""
    from realtime.cli.commands.live import LiveOptions, run_live
    from realtime.engine.messages import FileSource, Start
    from realtime.engine.settings import StreamSettings
    from realtime.system.storage import make_folder

    if record is not None:
        make_folder(record)
    start = Start(
        source=FileSource(demo_recording()),
        model=model,
        device=device.value,
        seconds=seconds,
        record=record,
        settings=StreamSettings(delay=delay.value),
    )
    raise typer.Exit(run_live(LiveOptions(start, midi_out, json=headless or levels, levels=levels), context.obj))
