"""Evaluate recordings, read and decoded as the program does it, per file, delay and set.

The network runs once per file and gives the activations of all delays; each delay is decoded from these, as a live
stream would be. Noise sets have no notes to find: there only false notes per minute count, as levelled (-26 dBFS) and
30 dB below. A file that cannot be read is kept as a sentence, and the others are evaluated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path

import numpy as np

from realtime.audio.files import open_audio
from realtime.audio.mono import mono_blocks
from realtime.contract import HOP, SAMPLE_RATE, Activations, FloatArray, StreamSpec
from realtime.errors import FileError
from realtime.notes import NoteTable
from realtime.system.storage import plain_name
from realtime.transcription import stored
from realtime.transcription.model import OnnxStep
from training.data.corpus.clips import Clip, read_clips
from training.data.corpus.midi import read_midi
from training.data.corpus.paths import MissingCorpusError, data_folder
from training.data.corpus.recordings import pairs, with_midi
from training.evaluation.estimated import Estimated, from_events
from training.evaluation.metrics import compute_metrics
from training.evaluation.results import FileResult, NoiseResult, SetResult
from training.evaluation.stages import stages_of

DEFAULT_SETS = ("maps-dev", "maps-synth")
NAMED_SETS = (*DEFAULT_SETS, "lone-dev", "noise-dev")  # folders of the corpus
NOISE_DBFS = (-26, -56)
AS_LEVELLED_DBFS = -26

Progress = Callable[[str], None]
Transcriber = Callable[[Path], NoteTable]


def find_sets(names: Sequence[str]) -> dict[str, Path]:
    """Name -> folder of the named sets or directories; without names, those of `DEFAULT_SETS` that are there.

    A folder given twice counts once; other folders of the same name are numbered. Raises MissingCorpusError, which
    names what is missing, also of a folder without recordings.
    """
    if names:
        folders = [data_folder() / name if name in NAMED_SETS else Path(name) for name in names]
    elif not (folders := [data_folder() / name for name in DEFAULT_SETS if (data_folder() / name).is_dir()]):
        raise MissingCorpusError(f"Neither {' nor '.join(DEFAULT_SETS)} is in {data_folder()}; name a folder by --set")
    found: dict[str, Path] = {}
    for whole, folder in {folder.resolve(): folder for folder in folders}.items():
        if not folder.is_dir():
            raise MissingCorpusError(f"There is no folder {folder} with recordings and their MIDI files")
        named = whole if folder.name in ("", "..") else folder
        if not is_noise(named):
            pairs(named)
        numbered = (f"{named.name}-{number}" for number in count(2))
        found[next(name for name in chain([named.name], numbered) if name not in found)] = named
    return found


def is_noise(folder: Path) -> bool:
    """Whether a set is one of packed noise clips."""
    return (folder / f"{folder.name}.json").exists()


def evaluate_set(
    model: OnnxStep,
    name: str,
    folder: Path,
    delays: Sequence[str],
    peers: Sequence[tuple[str, Transcriber]] = (),
    progress: Progress = lambda _: None,
    failed: Progress = lambda _: None,
) -> SetResult:
    """Evaluate one folder: packed noise clips, or recordings with MIDI beside them.

    `progress` gets each file's name; `failed` the sentence of each that could not be evaluated, as it happens.
    """
    result = SetResult(name, model.spec.name)

    def leave_out(error: FileError) -> None:
        result.failed.append(str(error))
        failed(str(error))

    if is_noise(folder):
        try:
            result.noise.extend(evaluate_noise(model, folder, delays, progress))
        except FileError as error:
            leave_out(error)
        return result
    recordings = with_midi(folder)
    if alone := [plain_name(audio.name) for audio, midi in recordings if midi is None]:
        failed(f"Left out, as no MIDI file of the same name lies beside them: {', '.join(alone)}.")
    stems = Counter(audio.stem for audio, _ in recordings)
    for audio, midi in recordings:
        if midi is None:
            continue
        called = audio.name if stems[audio.stem] > 1 else audio.stem
        progress(called)
        try:
            result.files.extend(evaluate_file(model, audio, midi, delays, plain_name(called)))
        except FileError as error:
            leave_out(error)
            continue
        ours = result.files[-1]
        for peer, transcribe in peers:
            try:
                result.peers.append(evaluate_peer(peer, transcribe, audio, ours))
            except FileError as error:
                leave_out(error)
    return result


def evaluate_file(model: OnnxStep, audio: Path, midi: Path, delays: Sequence[str], name: str) -> list[FileResult]:
    """A result per delay under the name `name`. Raises FileError when the sound or its notes cannot be read, or there
    are no notes: an F1 of 0 where nothing can be found would spoil the mean."""
    reference = read_midi(midi)
    if not len(reference):
        raise FileError(f"{midi} holds no notes, so nothing can be scored by it. Take it out of the folder.")
    blocks, rate = read_blocks(audio)
    seconds = sum(map(len, blocks)) / rate
    results = []
    for delay, estimated in transcribe(model, blocks, rate, delays).items():
        metrics = compute_metrics(reference, estimated.notes, seconds, estimated.emitted)
        stages = stages_of(reference, estimated)
        results.append(FileResult(name, delay, seconds, metrics, reference, estimated.notes, stages))
    return results


def evaluate_peer(name: str, transcribe: Transcriber, audio: Path, ours: FileResult) -> FileResult:
    """A peer's result on the recording that `ours` is about. Raises FileError when the peer fails on it."""
    try:
        estimated = transcribe(audio)
    except Exception as error:  # other people's code may fail in any way, and our own results are kept
        raise FileError(f"{name} cannot hear {audio}: {error}.") from error
    metrics = compute_metrics(ours.reference, estimated, ours.seconds)
    return FileResult(ours.file, name, ours.seconds, metrics, ours.reference, estimated)


def evaluate_noise(model: OnnxStep, folder: Path, delays: Sequence[str], progress: Progress) -> Iterator[NoiseResult]:
    """False notes per minute over all clips, per level and delay; every clip is a stream of its own.

    Raises FileError when the clips cannot be read.
    """
    clips = [clip.samples for clip in noise_clips(folder)]
    minutes = sum(len(clip) for clip in clips) / SAMPLE_RATE / 60
    for level in NOISE_DBFS:
        gain = np.float32(10 ** ((level - AS_LEVELLED_DBFS) / 20))
        notes = dict.fromkeys(delays, 0)
        for i, clip in enumerate(clips):
            progress(f"{folder.name} {i + 1}/{len(clips)} at {level} dBFS")
            for delay, estimated in transcribe(model, blocks_of(clip * gain), SAMPLE_RATE, delays).items():
                notes[delay] += len(estimated.notes.onset)
        for delay, heard_notes in notes.items():
            yield NoiseResult(delay, level, heard_notes / minutes)


def noise_clips(folder: Path) -> list[Clip]:
    """The packed clips. Raises FileError when they cannot be read, or there is none."""
    try:
        clips = read_clips(folder, "noise")
    except MissingCorpusError as error:
        raise FileError(f"{error}.") from error
    if not clips:
        raise FileError(f"There is no noise clip with any sound in {folder}.")
    return clips


def read_blocks(path: Path) -> tuple[list[FloatArray], int]:
    """A recording as the program reads it: clean mono blocks, float32 (n,), at the file's own rate, and that rate.

    Raises FileError.
    """
    file = open_audio(path)
    blocks = list(mono_blocks(file))
    if not any(map(len, blocks)):
        raise FileError(f"{path} holds no sound.")
    return blocks, file.rate


def blocks_of(audio: FloatArray) -> Iterator[FloatArray]:
    """Audio (n,) one second (at 16 kHz) at a time."""
    for start in range(0, len(audio), 100 * HOP):
        yield audio[start : start + 100 * HOP]


def transcribe(model: OnnxStep, blocks: Iterable[FloatArray], rate: int, delays: Sequence[str]) -> dict[str, Estimated]:
    """The notes that the model and the shipped decoder give for mono blocks at `rate` Hz, per delay."""
    blocks = list(blocks)
    activations = stored.activations_of(model, blocks, rate)
    return {delay: decode(model.spec, delay, activations, blocks, rate) for delay in delays}


def decode(
    spec: StreamSpec,
    delay: str,
    activations: Mapping[str, Activations],
    blocks: Iterable[FloatArray],
    rate: int = SAMPLE_RATE,
) -> Estimated:
    """Notes and pedal that the program with its own settings makes of a recording, mono blocks at `rate` Hz, and of the
    activations that a model gave for it."""
    return from_events(stored.decode(spec, delay, activations, blocks, rate))
