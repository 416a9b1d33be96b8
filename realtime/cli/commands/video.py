"""`liszten video`: a take as a film."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from realtime.cli.commands import options
from realtime.words import Phrase

NOT_A_SIZE = Phrase("video.not_a_size", "{size} is no size for a video. Give width and height, as in 1280x720.")
NO_VIDEO = Phrase("video.no_video", "{output} is no name of a video. Give -o a name that ends in .mp4.")

SIZE = re.compile(r"(\d{1,5})[x×](\d{1,5})")  # noqa: RUF001


def video(
    context: typer.Context,
    take: options.TakeArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.mp4", help="The video file to write.")],
    size: Annotated[str, typer.Option("--size", metavar="WxH", help="Width and height in pixels.")] = "1920x1080",
    fps: Annotated[int, typer.Option("--fps", metavar="N", help="Pictures a second.")] = 60,
    overwrite: options.OverwriteOption = False,
) -> None:
    """Show a take as falling blocks with its sound, as a video for everyone."""
    import time

    from realtime.cli.commands.progress import share_bar
    from realtime.errors import UsageError
    from realtime.system.storage import require_free

    measures = SIZE.fullmatch(size)
    if measures is None:
        raise UsageError(NOT_A_SIZE(size=size))
    if output.suffix.lower() != ".mp4":
        raise UsageError(NO_VIDEO(output=output))
    require_free(output, overwrite)

    from gui.takes.video import Film, write_video

    film = Film(int(measures[1]), int(measures[2]), fps)
    begun = time.monotonic()
    with share_bar(context.obj, "Drawing") as progress:
        length_s = write_video(take, output, film, progress, lambda remark: context.obj.say(str(remark)))
    context.obj.say(f"{output}: {length_s:.1f} s of video in {time.monotonic() - begun:.0f} s.")
