"""`--set beginnings`: streams that begin with a stroke, streams that begin in the middle of music, and digital silence.

The first are the single notes of lone-dev, each a stream from its onset on; the second are cut out of maps-dev, where
what sounds at the cut was struck before and is no note. In digital silence no string sounds, so no pedal is down.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from realtime.contract import PEDAL_DOWN, SAMPLE_RATE, FloatArray
from realtime.events import Pedal
from realtime.notes import NoteTable
from realtime.transcription.model import OnnxStep
from realtime.transcription.pipeline import Pipeline
from training.data.corpus.midi import read_midi
from training.data.corpus.recordings import pairs, read_audio
from training.evaluation.evaluate import transcribe
from training.evaluation.results import BeginningResult, SetResult

BEGINNINGS = "beginnings"
STRUCK_IN, CUT_OUT_OF = "lone-dev", "maps-dev"
STREAM_S = 1.0
CUTS_S = (4.5, 9.0, 13.5, 18.0, 22.5)
FIRST_S = 0.1  # a stroke at the first sample is found if its key is heard within this
NEAR_S = 0.15  # a key that is struck so soon after a cut is no ghost there
SILENT_S, LIFTED_S = 5.0, 1.5  # zeros, and until when the pedal must be up in them after a sound

Progress = Callable[[str], None]


def evaluate_beginnings(
    model: OnnxStep, data: Path, delays: Sequence[str], progress: Progress = lambda _: None
) -> SetResult:
    """A result per delay; data: the folder of lone-dev and maps-dev. Raises MissingCorpusError, FileError."""
    result = SetResult(BEGINNINGS, model.spec.name)
    found, false, ghosts = (dict.fromkeys(delays, 0) for _ in range(3))
    struck = list(struck_streams(data / STRUCK_IN))
    cuts = list(cut_streams(data / CUT_OUT_OF))
    for i, (audio, reference) in enumerate([*struck, *cuts]):
        progress(f"{BEGINNINGS} {i + 1}/{len(struck) + len(cuts)}")
        for delay, estimated in transcribe(model, [audio], SAMPLE_RATE, delays).items():
            first = estimated.notes.pitch[estimated.notes.onset < FIRST_S]
            if i < len(struck):
                right = int(reference.pitch[0] in first)
                found[delay] += right
                false[delay] += len(first) - right
            else:
                ghosts[delay] += int((~np.isin(first, reference.pitch)).sum())
    for delay in delays:
        silences = (np.zeros(0, np.float32), struck[0][0])
        pedals = sum(pedal_in_silence(model, delay, before) for before in silences)
        result.beginnings.append(
            BeginningResult(
                delay, len(struck), found[delay], false[delay], len(cuts), ghosts[delay], len(silences), pedals
            )
        )
    return result


def struck_streams(folder: Path) -> Iterator[tuple[FloatArray, NoteTable]]:
    """Each stroke of recordings of lone notes, its onset the first sample, and the stroke."""
    for audio, midi in pairs(folder):
        sound, notes = read_audio(audio), read_midi(midi)
        for i in range(len(notes)):
            start = round(float(notes.onset[i]) * SAMPLE_RATE)
            yield sound[start : start + round(STREAM_S * SAMPLE_RATE)], notes.only(np.arange(len(notes)) == i)


def cut_streams(folder: Path) -> Iterator[tuple[FloatArray, NoteTable]]:
    """Stretches of recordings, cut anywhere, and the notes that are struck at their beginnings."""
    for audio, midi in pairs(folder):
        sound, notes = read_audio(audio), read_midi(midi)
        for cut in CUTS_S:
            stream = sound[round(cut * SAMPLE_RATE) : round((cut + STREAM_S) * SAMPLE_RATE)]
            if len(stream):
                yield stream, notes.only(np.abs(notes.onset - cut) < NEAR_S)


def pedal_in_silence(model: OnnxStep, delay: str, before: FloatArray) -> bool:
    """Whether the pedal is down in zeros that follow a sound, or begin a stream when that is empty."""
    pipeline = Pipeline(model, delay)
    pipeline.reset()
    zeros = np.zeros(round(SILENT_S * SAMPLE_RATE), np.float32)
    events = [*pipeline.push(np.concatenate((before, zeros))), *pipeline.flush()]
    pedals = [event for event in events if isinstance(event, Pedal)]
    lifted_s = len(before) / SAMPLE_RATE + (LIFTED_S if len(before) else 0.0)
    followed = itertools.zip_longest(pedals, pedals[1:])
    return any(pedal.value >= PEDAL_DOWN and (after is None or after.time > lifted_s) for pedal, after in followed)
