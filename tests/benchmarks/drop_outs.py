"""`python -m tests.benchmarks.drop_outs [SECONDS]`: what drop-outs of the input do to the notes.

Zeros are cut out of recordings of maps-dev, every so often, and the notes are compared with those of the uncut sound,
through the whole chain. Found: notes that the uncut sound gives; one whose onset falls into zeros may come when the
sound is back. Struck again: notes that it does not give, of keys that sounded lately. Then keys of the sampled piano
that are cut off hard to zeros and struck again after them, which look like a drop-out and are none.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import soundfile
import soxr

from realtime.contract import SAMPLE_RATE, FloatArray
from realtime.events import NoteOn
from realtime.notes import NoteTable
from realtime.piano.sampler import Sampler, shipped_piano
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.stored import activations_of, decode
from tests.benchmarks.alarms import chopped
from training.data.corpus.paths import data_folder

SECONDS = 12.0
RECORDINGS = 3, 8, 13  # of maps-dev: none of them served to choose a rule
CUTS_MS = ((5, 150), (40, 150), (100, 400))
SAME_S, SOUNDED_S = 0.05, 3.0
PITCHES, VELOCITIES, REPEATS = (36, 45, 55, 64, 72, 84), (50, 90), 5
STRUCK_S, PAUSES_MS = 0.15, (50, 100, 150, 190)
Note = tuple[float, int]  # time, s, and MIDI number


def notes_of(model: OnnxStep, sound: FloatArray) -> dict[str, list[Note]]:
    """At each delay, through the whole chain."""
    activations = activations_of(model, [sound], SAMPLE_RATE)
    events = {delay: decode(model.spec, delay, activations, [sound]) for delay in model.spec.modes}
    return {delay: [(e.time, e.pitch) for e in given if isinstance(e, NoteOn)] for delay, given in events.items()}


def compared(uncut: Sequence[Note], cut: Sequence[Note], late_s: float) -> tuple[int, int]:
    """Notes found, and notes struck again. late_s: by so much later may a note come whose onset was cut out."""
    unused = list(cut)
    found = 0
    for time, pitch in uncut:
        fits = [note for note in unused if note[1] == pitch and -SAME_S <= note[0] - time <= SAME_S + late_s]
        if fits:
            unused.remove(min(fits, key=lambda note: abs(note[0] - time)))
            found += 1
    again = sum(any(p == pitch and 0 < at - t <= SOUNDED_S for t, p in uncut) for at, pitch in unused)
    return found, again


def recording(path: Path, seconds: float) -> FloatArray:
    """Its begin, mono at 16 kHz."""
    sound, rate = soundfile.read(path, frames=round(seconds * soundfile.info(path).samplerate), always_2d=True)
    return soxr.resample(sound.mean(axis=1), rate, SAMPLE_RATE).astype(np.float32)


def staccato(pitch: int, velocity: int, pause_ms: int) -> FloatArray:
    """One key, cut off hard after 0.15 s and struck again after zeros; before it half a second of faint noise."""
    key = Sampler(
        NoteTable.build(*(np.array([value]) for value in (0.0, 1.0, pitch, velocity))), shipped_piano(), SAMPLE_RATE
    ).render()[: round(STRUCK_S * SAMPLE_RATE)]
    pause = np.zeros(round(pause_ms * SAMPLE_RATE / 1000), np.float32)
    begin = np.random.default_rng(0).normal(0, 1e-4, SAMPLE_RATE // 2).astype(np.float32)
    return np.concatenate([begin, *[np.concatenate([key, pause]) for _ in range(REPEATS + 1)]])


def main() -> None:
    """Print the two tables."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    model = OnnxStep(shipped_model(), "cpu")
    paths = sorted((data_folder() / "maps-dev").glob("*.flac"))
    sounds = [recording(paths[number], seconds) for number in RECORDINGS]
    print("| zeros | delay | notes of the uncut sound | found | struck again |\n| --- | --- | --- | --- | --- |")
    whole = [notes_of(model, sound) for sound in sounds]
    for length_ms, every_ms in CUTS_MS:
        cut = [notes_of(model, chopped(length_ms, every_ms)(sound)) for sound in sounds]
        for delay in model.spec.modes:
            both = [(one[delay], other[delay]) for one, other in zip(whole, cut, strict=True)]
            pairs = [compared(*notes, length_ms / 1000) for notes in both]
            found, again = (sum(column) for column in zip(*pairs, strict=True))
            notes = sum(len(uncut) for uncut, _ in both)
            print(f"| {length_ms} ms every {every_ms} | {delay} | {notes} | {found} | {again} |", flush=True)
    print("\n| zeros between | delay | repeats | found | other notes |\n| --- | --- | --- | --- | --- |")
    for pause_ms in PAUSES_MS:
        found, other = Counter[str](), Counter[str]()
        for pitch, velocity in product(PITCHES, VELOCITIES):
            times = 0.5 + (STRUCK_S + pause_ms / 1000) * np.arange(REPEATS + 1)
            for delay, given in notes_of(model, staccato(pitch, velocity, pause_ms)).items():
                hits, _ = compared([(time, pitch) for time in times[1:].tolist()], given, 0.0)
                first = any(p == pitch and abs(t - times[0]) <= SAME_S for t, p in given)
                found[delay] += hits
                other[delay] += len(given) - hits - first
        for delay in model.spec.modes:
            repeats = REPEATS * len(PITCHES) * len(VELOCITIES)
            print(f"| {pause_ms} ms | {delay} | {repeats} | {found[delay]} | {other[delay]} |", flush=True)


if __name__ == "__main__":
    main()
