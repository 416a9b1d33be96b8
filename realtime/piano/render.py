"""A take as a WAV file, written in blocks, so that an hour needs no more memory than a minute."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from realtime.audio.wav import BYTES_PER_SAMPLE, HEADER_BYTES, SIZE_LIMIT, pcm24, wav_header
from realtime.errors import FileError
from realtime.piano.sampler import Sampler
from realtime.system.storage import replacing
from realtime.words import Phrase

NO_NOTES = Phrase("render.no_notes", "The take holds no notes, so there is nothing to play.")
TOO_LONG = Phrase(
    "render.too_long",
    "The take lasts {hours:.0f} hours, more than a WAV file can hold. Cut it before you render it.",
)

_BLOCK_S = 0.5


def write_rendering(sampler: Sampler, path: Path, progress: Callable[[float], None] = lambda share: None) -> None:
    """Write all of `sampler` to `path`, 24 bit mono; an existing file is replaced once the new one is whole.

    progress: called with the share that is done, 0-1. Raises FileError when there is nothing to play, when it is
    longer than a WAV file can hold, or when the file cannot be written.
    """
    if sampler.samples == 0:
        raise FileError(NO_NOTES())
    if sampler.samples * BYTES_PER_SAMPLE > SIZE_LIMIT - HEADER_BYTES:
        hours = sampler.samples / sampler.rate / 3600
        raise FileError(TOO_LONG(hours=hours))
    sampler.prepare()
    step = round(_BLOCK_S * sampler.rate)
    with replacing(path) as file:
        file.write(wav_header(sampler.rate, sampler.samples))
        for start in range(0, sampler.samples, step):
            file.write(pcm24(sampler.block(start, min(step, sampler.samples - start))))
            progress(min(1.0, (start + step) / sampler.samples))
