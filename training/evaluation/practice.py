"""Wait mode in a closed loop: a pupil at a sampled piano strikes what is expected, and strikes again until it passes.

The way is the program's own: the pipeline of a live stream, told what to expect. The pianos and rooms are those that
training holds out; pieces and seeds are to be others than those that the detector was calibrated on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from realtime.analysis.strikes import strikes
from realtime.contract import HOP, KEYS, LOWEST_PITCH, SAMPLE_RATE, FloatArray, StreamSpec
from realtime.notes import NoteTable
from realtime.piano.samples import SampledPiano
from realtime.transcription.expected import EARLY, Expect, ExpectedKeys, GroupPassed, listening_delays
from realtime.transcription.model_stage import StepModel
from realtime.transcription.pipeline import Pipeline
from realtime.transcription.stored import activations_of
from training.data.corpus.clips import Clip, held_out, read_clips
from training.data.corpus.midi import read_midi
from training.data.corpus.paths import data_folder, require
from training.data.segments.piano_choice import VALIDATION_PIANOS
from training.data.segments.source_config import SourceConfig
from training.data.sound.noise_floor import fan
from training.data.sound.played_piano import PlayedPiano
from training.data.sound.synthetic_rooms import RoomLayout, impulse_response
from training.evaluation.evaluate import blocks_of
from training.evaluation.pupil import Mistake, Pupil

MOST_STROKES = 6
PATIENCE_HOPS = 150  # a pupil strikes again after 1.5 s
SETTLE_HOPS = 60
MISTAKEN = 0.15
LEVEL = 0.03  # of C4, RMS
FAN_DB, FAN_S = -20.0, 20.0
# The living room of the grid of life's conditions.
LIVING_ROOM = RoomLayout(
    np.array([4.6, 3.7, 2.5]), np.array([1.0, 0.8, 0.9]), np.array([2.9, 2.3, 1.1]), np.full(3, 0.42)
)

Keys = tuple[int, ...]
Progress = Callable[[str], None]


class Piece(NamedTuple):
    """groups: the keys that are struck together, one after the other."""

    name: str
    groups: tuple[Keys, ...]


@dataclass(frozen=True)
class Condition:
    """How a pupil is heard. level: of C4, RMS; pedal: never lifted; at_home: in a living room, beside a fan."""

    name: str
    level: float = LEVEL
    pedal: bool = False
    at_home: bool = False


CONDITIONS = (
    Condition("as usual"),
    Condition("pedal never lifted", pedal=True),
    Condition("20 dB quieter", level=LEVEL / 10),
    Condition("living room and fan", at_home=True),
)


class Practised(NamedTuple):
    """What became of one group. size: its keys; mistake: what was struck at first instead; false: it passed on that;
    early: it passed before anything was struck; strokes: right ones; passed: in the end; delay_s: from the last key of
    the stroke that made it pass until that was known."""

    piano: str
    size: int
    mistake: Mistake | None
    false: bool
    early: bool
    strokes: int
    passed: bool
    delay_s: float | None


def read_piece(path: Path) -> Piece:
    """A MIDI file's strikes. Raises FileError."""
    return Piece(path.stem, groups_of(read_midi(path)))


def groups_of(notes: NoteTable) -> tuple[Keys, ...]:
    """The keys of each strike."""
    bounds = pairwise(strikes(notes).begin.tolist())
    return tuple(tuple(sorted({*notes.pitch[begin:end].tolist()})) for begin, end in bounds)


def part_of(piece: Piece, groups: int, seed: int) -> tuple[Keys, ...]:
    """At most so many groups of a piece, from somewhere in it."""
    first = int(np.random.default_rng(seed).integers(max(len(piece.groups) - groups, 0) + 1))
    return piece.groups[first : first + groups]


def held_out_rooms() -> list[FloatArray | None]:
    """No room, and those that training never uses, from their direct sound on. Raises MissingCorpusError, FileError."""
    clips: list[Clip] = read_clips(data_folder() / "rooms", "rooms")
    rooms = held_out(clips, SourceConfig().validation_rooms, validation=True)
    return [None, *(room.samples[room.direct :] for room in rooms)]


def held_out_pianos() -> dict[str, SampledPiano]:
    """Those that training never uses. Raises MissingCorpusError, FileError."""
    folder = data_folder() / "pianos"
    return {name: SampledPiano(require(folder / name, "pianos")) for name in VALIDATION_PIANOS}


def pupil_of(piano: SampledPiano, room: FloatArray | None, condition: Condition, seed: int) -> Pupil:
    """A pupil at a piano, heard under a condition."""
    random = np.random.default_rng(seed)
    background = None
    if condition.at_home:
        room = impulse_response(LIVING_ROOM, np.random.default_rng(0)).astype(np.float32)
        noise = fan(round(FAN_S * SAMPLE_RATE), random) * condition.level * 10 ** (FAN_DB / 20)
        background = noise.astype(np.float32)
    return Pupil(PlayedPiano(piano, room, condition.level), random, condition.pedal, background)


def practise(model: StepModel, piano: str, groups: Sequence[Keys], pupil: Pupil) -> Iterator[Practised]:
    """A pupil plays groups one after the other, each until it passes."""
    listening = Pipeline(model, EARLY)

    def wait(hops: int) -> GroupPassed | None:
        """At most so long; what has passed until then."""
        for _ in range(hops):
            listening.push(pupil.hop())
            for event in listening.heard():
                if isinstance(event, GroupPassed):
                    return event
        return None

    wait(SETTLE_HOPS)
    since = pupil.now_s
    for index, keys in enumerate(groups):
        before, following = groups[max(index - 1, 0)], groups[index + 1] if index + 1 < len(groups) else ()
        listening.expect(Expect(index, keys, following, since))
        passed = wait(pupil.thinks())
        early, mistake, false, strokes, last_s = passed is not None, None, False, 0, pupil.now_s
        slips = passed is None and pupil.random.random() < MISTAKEN
        if slips and (drawn := pupil.mistakes(keys, before)) is not None:
            mistake, last_s = drawn[0], pupil.strike(drawn[1])
            passed = wait(PATIENCE_HOPS)
            false = passed is not None
        while passed is None and strokes < MOST_STROKES:
            strokes += 1
            last_s = pupil.strike(keys)
            passed = wait(PATIENCE_HOPS)
        delay_s = None if passed is None else passed.emitted - last_s
        since = pupil.now_s if passed is None else passed.time
        yield Practised(piano, len(keys), mistake, false, early, strokes, passed is not None, delay_s)


def passes_in_noise(model: StepModel, clips: Sequence[Clip], progress: Progress = lambda _: None) -> float:
    """How often a key passes in noise, for a minute of waiting for it: the mean of all keys. The begin of a clip, which
    cuts into its sound, is only listened to."""
    passes, length = 0, 0
    for number, clip in enumerate(clips):
        progress(f"noise {number + 1}/{len(clips)}")
        activations = activations_of(model, blocks_of(clip.samples), SAMPLE_RATE)
        heard = {delay: activations[delay] for delay in listening_delays(model.spec)}
        length += max(len(clip.samples) - SETTLE_HOPS * HOP, 0)
        # What never reaches the lowest threshold that there is cannot pass.
        loud = np.logical_or.reduce(
            [heard[delay].onset.max(0) >= least_threshold(model.spec, delay) for delay in heard]
        )
        for key in np.flatnonzero(loud).tolist():
            detector, frames = ExpectedKeys(model.spec), len(heard[EARLY].pedal)
            detector.expect(Expect(0, (key + LOWEST_PITCH,), since=SETTLE_HOPS * HOP / SAMPLE_RATE))
            for t in range(frames):
                frame = {delay: type(rows)(*(head[t : t + 1] for head in rows)) for delay, rows in heard.items()}
                for event in detector.push(frame):
                    if isinstance(event, GroupPassed):
                        passes += 1
                        detector.expect(Expect(0, (key + LOWEST_PITCH,), since=event.time))
    return passes / KEYS / (length / SAMPLE_RATE / 60)


def least_threshold(spec: StreamSpec, delay: str) -> float:
    """What a delay asks for at the very least."""
    onset = spec.rows(delay)[delay].onset
    return float(1 / (1 + (1 - onset) / onset * np.exp(0.0 if delay == EARLY else spec.expected.most)))
