"""`liszten render`: a take as sound, played on the piano that comes with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from realtime.commands import options


def render(
    context: typer.Context,
    take: options.TakeArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.wav", help="The WAV file to write.")],
    rate: Annotated[
        int, typer.Option("--rate", min=8_000, max=192_000, metavar="HZ", help="Samples a second of the file.")
    ] = 48_000,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Play a take on a sampled piano, so that one can hear what Liszten understood."""
    from realtime.commands.progress import share_bar
    from realtime.errors import UsageError
    from realtime.report.take_files import read_take
    from realtime.sampler import Sampler, shipped_piano
    from realtime.sampler_file import write_rendering
    from realtime.storage import require_free

    if output.suffix.lower() != ".wav":
        raise UsageError(f"{output} is no name of a WAV file. Give -o a name that ends in .wav.")
    require_free(output, overwrite)
    sampler = Sampler(read_take(take), shipped_piano(), rate)
    with share_bar(context.obj, "Playing") as heard:
        write_rendering(sampler, output, heard)
    context.obj.say(f"{output}: {sampler.samples / rate:.1f} s.")
