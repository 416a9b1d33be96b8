"""`python -m tests.benchmarks.pedal_in_silence [RECORDINGS]`: how long the pedal is down in silence after music.

The begin of recordings of maps-dev fades out within 50 ms into zeros. Printed for each delay: seconds with the pedal
down later than a second after the last sound, as the program has it, and what the same activations would give over
the floor of a microphone, where no rule knows of silence.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np

from realtime.contract import PEDAL_DOWN, SAMPLE_RATE, FloatArray
from realtime.events import Event, Pedal
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.stored import activations_of, decode
from tests.benchmarks.drop_outs import recording
from training.data.corpus.paths import data_folder

SOUND_S, SILENT_S, FADE_S, AFTER_S = 8.0, 12.0, 0.05, 1.0
RECORDINGS = 4
FLOOR = 3e-4


def broken_off(sound: FloatArray) -> FloatArray:
    """Faded out at its end, and followed by zeros."""
    fade = round(FADE_S * SAMPLE_RATE)
    sound = sound.copy()
    sound[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return np.concatenate([sound, np.zeros(round(SILENT_S * SAMPLE_RATE), np.float32)])


def down_s(events: Sequence[Event]) -> float:
    """Seconds with the pedal down in the silence."""
    total, since = 0.0, None
    for event in events:
        if isinstance(event, Pedal):
            if since is not None:
                total += max(event.time - max(since, SOUND_S + AFTER_S), 0.0)
            since = event.time if event.value >= PEDAL_DOWN else None
    return total


def main(recordings: int) -> None:
    """Print the table."""
    model = OnnxStep(shipped_model(), "cpu")
    found = {delay: np.zeros(2) for delay in model.spec.modes}
    for path in sorted((data_folder() / "maps-dev").glob("*.flac"))[:recordings]:
        silent = broken_off(recording(path, SOUND_S))
        floor = np.random.default_rng(0).normal(0, FLOOR, len(silent)).astype(np.float32)
        activations = activations_of(model, [silent], SAMPLE_RATE)
        for delay in model.spec.modes:
            ways = (decode(model.spec, delay, activations, [sound]) for sound in (silent, silent + floor))
            found[delay] += [down_s(events) for events in ways]
    print("| delay | pedal down in silence, s | without the rule, s | of |\n| --- | --- | --- | --- |")
    for delay, (now, without) in found.items():
        print(f"| {delay} | {now:.1f} | {without:.1f} | {recordings * (SILENT_S - AFTER_S):.0f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDINGS)
