"""`python -m tests.benchmarks.out_of_tune [RECORDINGS]`: what a piano that is out of tune costs, and what correcting it
gives back, with the cents that are right and with those that `--tuning auto` finds.

The first recordings of maps-dev, and the same performances on the sampled piano that ships, as if the piano had been
tuned flat or sharp as a whole: their sound resampled, and the times of their notes with it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

import numpy as np
import soundfile
import soxr

from realtime.cli import main as cli
from realtime.contract import FloatArray
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.notes import NoteTable
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.recording import transcribe_file
from training.data.corpus.midi import read_midi
from training.data.corpus.paths import data_folder
from training.data.corpus.recordings import pairs
from training.evaluation.estimated import from_events
from training.evaluation.metrics import compute_metrics

LENGTH_S, RECORDINGS = 24.0, 3
CENTS, DELAYS = (0.0, -50.0, -48.0, -40.0, -30.0, -20.0, -10.0, 10.0, 20.0, 30.0, 40.0), ("balanced", "studio")


def detuned(audio: FloatArray, reference: NoteTable, rate: int, cents: float) -> tuple[FloatArray, NoteTable]:
    """The first seconds of a performance on a piano that lies so many cents off."""
    pace = 2 ** (-cents / 1200)
    sound = soxr.resample(audio, rate, rate * pace)[: round(LENGTH_S * rate)] if cents else audio
    estimated = reference.onset * pace < LENGTH_S - 0.5
    times = reference.onset[estimated] * pace, np.minimum(reference.offset[estimated] * pace, LENGTH_S)
    notes = *times, reference.pitch[estimated], reference.velocity[estimated]
    return sound, NoteTable.build(*notes, reference.pedal_time * pace, reference.pedal_value)


def onset_f1(model: OnnxStep, path: Path, reference: NoteTable, delay: str, correction: float | None) -> float:
    """As `liszten-train evaluate` scores it. correction: cents, None to find them."""
    events: Iterator[Event] = transcribe_file(path, model, delay, end_s=LENGTH_S, tuning_cents=correction)
    estimated = from_events(event for event in events if isinstance(event, NoteOn | NoteOff | Pedal))
    return compute_metrics(reference, estimated.notes, LENGTH_S, estimated.emitted).onset_f1_50


def main(recordings: int) -> None:
    """Print the mean onset F1 of recorded and of sampled pianos, out of tune and corrected."""
    model = OnnxStep(shipped_model(), "cpu")
    found: dict[tuple[str, float, str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        played = Path(scratch) / "played.wav"
        for audio, midi in pairs(data_folder() / "maps-dev")[:recordings]:
            sampled = Path(scratch) / f"{audio.stem}.wav"
            cli.run(["render", str(midi), "-o", str(sampled), "--quiet"])
            for piano, recording in (("recorded", audio), ("sampled", sampled)):
                sound, rate = soundfile.read(recording, dtype="float32", always_2d=True)
                for cents in CENTS:
                    shifted, reference = detuned(sound.mean(1), read_midi(midi), rate, cents)
                    soundfile.write(played, shifted, rate)
                    for delay in DELAYS:
                        for words, correction in {"as it is": 0.0, "corrected": cents, "found": None}.items():
                            f1 = onset_f1(model, played, reference, delay, correction)
                            found.setdefault((piano, cents, delay, words), []).append(f1)
    for (piano, cents, delay, words), scores in found.items():
        print(f"{piano:9} {cents:+4.0f} cents  {delay:9} {words:10} {fmean(scores):.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDINGS)
