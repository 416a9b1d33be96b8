"""Recordings through the model and the decoder that ship, scored per file, delay and set.

The network runs once per file and tells all delays; each delay is decoded from that, as a live stream would be. Noise
sets have no notes to find: there only false notes per minute count, as levelled (-26 dBFS) and 30 dB below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from realtime import pipeline
from realtime.contract import HOP, SAMPLE_RATE, Activations, FloatArray, StreamSpec
from realtime.model import OnnxStep
from training.data.clips import read_clips
from training.data.notes import Performance
from training.data.paths import MissingCorpusError, data_folder
from training.data.recordings import pairs, read_recording
from training.heard import Heard, from_events
from training.scores import Scores, score

DEFAULT_SETS = ("maps-dev", "maps-synth")
NOISE_SETS = ("noise-dev",)
NOISE_DBFS = (-26, -56)
AS_LEVELLED_DBFS = -26
GROUPS = {"_ENSTDkCl": "close", "_ENSTDkAm": "ambient"}

Progress = Callable[[str], None]
Listener = Callable[[Path], Performance]


@dataclass(frozen=True)
class FileResult:
    """One recording at one delay (or by one peer, then `delay` is its name). group: close, ambient or None."""

    file: str
    delay: str
    seconds: float
    scores: Scores
    truth: Performance
    heard: Performance

    @property
    def group(self) -> str | None:
        return next((group for ending, group in GROUPS.items() if self.file.endswith(ending)), None)

    def row(self) -> dict[str, Any]:
        """Flat, as it stands in the JSON and CSV files."""
        return {"file": self.file, "delay": self.delay, "group": self.group, "seconds": self.seconds} | asdict(
            self.scores
        )


@dataclass(frozen=True)
class NoiseResult:
    """Notes heard where nobody plays: all of them false. level_dbfs: RMS of the clips."""

    delay: str
    level_dbfs: int
    false_notes_per_minute: float


@dataclass(frozen=True)
class SetResult:
    """All that was found on one set; `peers` has other transcribers' results on the same files."""

    name: str
    model: str
    files: list[FileResult] = field(default_factory=list)
    peers: list[FileResult] = field(default_factory=list)
    noise: list[NoiseResult] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The object that `evaluate --json` prints, without `more_sets`."""
        means: dict[str, Any] = mean_by_delay(self.files)
        for result in self.noise:
            key = f"false_notes_per_minute_{-result.level_dbfs}"
            means.setdefault(result.delay, {})[key] = result.false_notes_per_minute
        found: dict[str, Any] = {
            "set": self.name,
            "model": self.model,
            "files": [r.row() for r in self.files],
            "mean": means,
        }
        for group in sorted({r.group for r in self.files if r.group}):
            found.setdefault("groups", {})[group] = mean_by_delay([r for r in self.files if r.group == group])
        if self.peers:
            found["peers"] = {"files": [r.row() for r in self.peers], "mean": mean_by_delay(self.peers)}
        return found


def as_json(results: Sequence[SetResult]) -> dict[str, Any]:
    """One object: the first set's, with the others under `more_sets`."""
    first, *others = [result.as_json() for result in results]
    return first | ({"more_sets": others} if others else {})


def mean_scores(results: Sequence[FileResult]) -> dict[str, float | None]:
    """Each score's mean over files; files that cannot tell (None) are left out, and a score none can tell is None."""
    rows = [asdict(result.scores) for result in results]
    means: dict[str, float | None] = {}
    for name in rows[0] if rows else ():
        values = [row[name] for row in rows if row[name] is not None]
        means[name] = float(np.mean(values)) if values else None
    return means


def mean_by_delay(results: Sequence[FileResult]) -> dict[str, dict[str, float | None]]:
    """Delay (or peer) -> mean over its files, in the order in which they first occur."""
    delays = dict.fromkeys(result.delay for result in results)
    return {delay: mean_scores([r for r in results if r.delay == delay]) for delay in delays}


def find_sets(names: Sequence[str]) -> list[Path]:
    """Folders of the named sets or directories; without names, those of `DEFAULT_SETS` that are there.

    Raises MissingCorpusError, which names what is missing.
    """
    if not names:
        found = [data_folder() / name for name in DEFAULT_SETS if (data_folder() / name).is_dir()]
        if not found:
            raise MissingCorpusError(
                f"Neither {' nor '.join(DEFAULT_SETS)} is in {data_folder()}; name a folder by --set"
            )
        return found
    folders = [data_folder() / name if name in (*DEFAULT_SETS, *NOISE_SETS) else Path(name) for name in names]
    for folder in folders:
        if not folder.is_dir():
            raise MissingCorpusError(f"There is no folder {folder} with recordings and their MIDI files")
    return folders


def evaluate_set(
    model: OnnxStep,
    folder: Path,
    delays: Sequence[str],
    peers: Sequence[tuple[str, Listener]] = (),
    progress: Progress = lambda _: None,
) -> SetResult:
    """Score one folder: packed noise clips, or recordings with MIDI beside them. `progress` gets each file's name."""
    if (folder / f"{folder.name}.json").exists():
        return SetResult(folder.name, model.spec.name, noise=list(score_noise(model, folder, delays, progress)))
    result = SetResult(folder.name, model.spec.name)
    for audio, midi in pairs(folder):
        progress(audio.stem)
        recording = read_recording(audio, midi)
        truth, seconds = recording.performance, recording.seconds
        for delay, heard in listen(model, recording.audio, delays).items():
            scores = score(truth, heard.performance, seconds, heard.emitted)
            result.files.append(FileResult(audio.stem, delay, seconds, scores, truth, heard.performance))
        for name, transcribe in peers:
            performance = transcribe(audio)
            result.peers.append(
                FileResult(audio.stem, name, seconds, score(truth, performance, seconds), truth, performance)
            )
    return result


def score_noise(model: OnnxStep, folder: Path, delays: Sequence[str], progress: Progress) -> Iterator[NoiseResult]:
    """False notes per minute over all clips, per level and delay; every clip is a stream of its own."""
    clips = [clip.samples for clip in read_clips(folder, "noise")]
    minutes = sum(len(clip) for clip in clips) / SAMPLE_RATE / 60
    for level in NOISE_DBFS:
        gain = np.float32(10 ** ((level - AS_LEVELLED_DBFS) / 20))
        notes = dict.fromkeys(delays, 0)
        for i, clip in enumerate(clips):
            progress(f"{folder.name} {i + 1}/{len(clips)} at {level} dBFS")
            for delay, heard in listen(model, clip * gain, delays).items():
                notes[delay] += len(heard.performance.onset)
        for delay, count in notes.items():
            yield NoiseResult(delay, level, count / minutes)


def listen(model: OnnxStep, audio: FloatArray, delays: Sequence[str]) -> dict[str, Heard]:
    """What the shipped model and decoder hear in audio (n,) at 16 kHz, per delay."""
    activations = pipeline.activations(model, blocks(audio), SAMPLE_RATE)
    return {delay: decode(model.spec, delay, activations[delay], len(audio)) for delay in delays}


def decode(spec: StreamSpec, delay: str, activations: Activations, samples: int) -> Heard:
    """Notes and pedal that the shipped decoder, untouched by a player, makes of one delay's activations."""
    return from_events(pipeline.decode(spec, delay, activations, samples / SAMPLE_RATE))


def blocks(audio: FloatArray) -> Iterator[FloatArray]:
    """One second at a time."""
    for start in range(0, len(audio), 100 * HOP):
        yield audio[start : start + 100 * HOP]
