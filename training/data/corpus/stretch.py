"""A stretch of a long recording, without reading the rest of the file."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from realtime.audio.clean import clean
from realtime.contract import SAMPLE_RATE
from realtime.errors import FileError

# The resampler's filter rings at both ends of its input.
_MARGIN_S = 0.01


def read_stretch(path: Path, start_s: float, seconds: float) -> tuple[npt.NDArray[np.float32], float]:
    """float32 (n,) mono at 16 kHz, `seconds` long, and the time in the file of its first sample (s).

    The stretch begins within a sample of `start_s`, or earlier where the file would end before it, but never before 0.
    Raises FileError for a file that cannot be read or holds no sound.
    """
    try:
        with soundfile.SoundFile(path) as file:
            rate, margin = int(file.samplerate), math.ceil(_MARGIN_S * file.samplerate)
            first = round(max(0.0, min(start_s, file.frames / rate - seconds)) * rate)
            begin = max(0, first - margin)
            file.seek(begin)
            audio = file.read(first - begin + math.ceil(seconds * rate) + margin, dtype="float32", always_2d=True)
    except (OSError, RuntimeError) as error:
        raise FileError(f"{path} cannot be read as audio: {error}") from error
    if not len(audio):
        raise FileError(f"{path} holds no sound")
    mono = clean(audio)[0].mean(axis=1)
    if rate != SAMPLE_RATE:
        mono = soxr.resample(mono, rate, SAMPLE_RATE)
    skipped = (first - begin) * SAMPLE_RATE // rate
    wanted = math.ceil(seconds * SAMPLE_RATE)
    return np.ascontiguousarray(mono[skipped : skipped + wanted], np.float32), begin / rate + skipped / SAMPLE_RATE
