"""`liszten render`: a take as sound, played on the piano that comes with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from realtime.cli.commands import options
from realtime.cli.commands.takes import read_take
from realtime.limits import RATE_HZ
from realtime.words import Phrase

NO_WAV = Phrase("render.no_wav", "{output} is no name of a WAV file. Give -o a name that ends in .wav.")


def render(
    context: typer.Context,
    take: options.TakeArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.wav", help="The WAV file to write.")],
    rate: Annotated[
        int,
        typer.Option("--rate", min=RATE_HZ.least, max=RATE_HZ.most, metavar="HZ", help="Samples a second of the file."),
    ] = 48_000,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Play a take on a sampled piano, so that one can hear what Liszten understood."""
    from realtime.cli.commands.progress import share_bar
    from realtime.errors import UsageError
    from realtime.piano.render import write_rendering
    from realtime.piano.sampler import Sampler, shipped_piano
    from realtime.system.storage import require_free

    if output.suffix.lower() != ".wav":
        raise UsageError(NO_WAV(output=output))
    require_free(output, overwrite)
    sampler = Sampler(read_take(take, context.obj), shipped_piano(), rate)
    with share_bar(context.obj, "Playing") as progress:
        write_rendering(sampler, output, progress)
    context.obj.say(f"{output}: {sampler.samples / rate:.1f} s.")
