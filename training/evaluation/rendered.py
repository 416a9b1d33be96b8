"""`--set rendered`: validation performances on pianos, in rooms and noise that training never uses, as files.

They are written as FLAC with MIDI beside it, so that our transcriber and others read them like any other recording.
The same seeds give the same sound on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import soundfile

from realtime.contract import SAMPLE_RATE
from realtime.errors import FileError
from training.data.corpus.midi import write_midi
from training.data.segments.segments import Mixture, Segment, SegmentSource, SourceConfig
from training.data.segments.source_config import FULL_CORPUS
from training.evaluation.metrics import repeated_pairs

RENDERED, REPEATS = "rendered", "rendered-repeats"
SEGMENTS = {RENDERED: 36, REPEATS: 12}
SECONDS = 20.0
FEWEST_PAIRS = 20  # in a segment of repeated notes
_FIRST_SEED = 8_000_000_000  # beyond the seeds of training, calibration and a run's validation

Progress = Callable[[str], None]


def render_sets(parent: Path, corpus: SourceConfig = FULL_CORPUS, progress: Progress = lambda _: None) -> list[Path]:
    """Write two sets under `parent` and return their folders: excerpts of the validation split's performances, and
    generated notes that are struck again and again. Raises MissingCorpusError, FileError."""
    missing = dict(SEGMENTS)
    drawn = segments(corpus)
    while any(missing.values()):
        segment = next(drawn)
        name = set_of(segment)
        if name is not None and missing[name]:
            write(parent / name / f"{SEGMENTS[name] - missing[name]:02d}_{segment.piano}.flac", segment)
            missing[name] -= 1
            progress(f"rendering, {sum(missing.values())} to go")
    return [parent / name for name in SEGMENTS]


def segments(corpus: SourceConfig) -> Iterator[Segment]:
    """Endless segments of the corpus's validation split; never a performance's own recording."""
    mixture = Mixture(rendered=0.4, recording=0.0, generated=0.6, noise=0.0)
    hops = round(SECONDS * 100)
    source = SegmentSource(replace(corpus, split="validation", hops=hops, mixture=mixture, real_audio=0.0))
    return (source.segment(seed) for seed in count(_FIRST_SEED))


def set_of(segment: Segment) -> str | None:
    """The set that a segment belongs to; None for generated notes of which too few are repeated 75-150 ms apart."""
    if segment.kind == "rendered":
        return RENDERED
    return REPEATS if len(repeated_pairs(segment.performance.started_inside())[0]) >= FEWEST_PAIRS else None


def write(path: Path, segment: Segment) -> None:
    """Write the sound, and beside it the notes that begin in it. Raises FileError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, segment.audio, SAMPLE_RATE, subtype="PCM_24")
        write_midi(segment.performance.started_inside(), path.with_suffix(".mid"))
    except (OSError, soundfile.LibsndfileError) as error:
        raise FileError(f"The rendered set cannot be written to {path.parent}: {error}.") from error
