"""Excerpts rendered on a sampled piano in a room and transcribed by the model that ships.

The pianos and rooms are those that the model's training held out, so it errs here as it does on an unknown piano. The
weights are those of the ONNX file; they run in torch, a batch of excerpts at once, which gives the same activations in
half the time. Events come from the decoder that ships.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from realtime.contract import HOP, KEY_HEADS, SAMPLE_RATE, Activations, StreamSpec
from realtime.notes import NoteTable
from realtime.transcription.model import OnnxStep
from realtime.transcription.stored import decode, hops_of
from training.data.corpus.clips import held_out, read_clips
from training.data.corpus.paths import data_folder, require
from training.data.segments.source_config import SourceConfig
from training.data.sound.augment import Audio, AugmentationConfig, Augmenter
from training.data.sound.piano import Bank
from training.data.sound.renderer import RenderSettings, render
from training.data.sound.surroundings import Surroundings
from training.evaluation.estimated import from_events
from training.model.initial import load_initial
from training.model.network import PianoNetwork

PIANOS = ("splendid", "petrof_upright")  # a grand and an upright
DELAYS = ("balanced", "studio")  # of live takes, and of recordings
LEAD_S, TAIL_S = 0.3, 1.0
LONGEST_S = 20.0  # of an excerpt
BATCH = 4
BLOCK_FRAMES = 200
# A piano in a room at home: no speech, little noise, always a room's or a microphone's colour on most excerpts.
HOME = AugmentationConfig(
    clean=0.0,
    equaliser=0.5,
    room=0.8,
    microphone=0.3,
    compression=0.15,
    clipping=0.0,
    noise=0.4,
    speech_share=0.0,
    snr_db=(15.0, 40.0),
    direct_db=(0.0, 10.0),
    gain_db=(-20.0, 0.0),
    peak_dbfs=(-25.0, -1.0),
)


class TranscribedExcerpt(NamedTuple):
    """notes: per delay, on the excerpt's own time line.

    pooled: float32 (P,) means and deviations of activations over time (see `Transcriber.pooled`).
    """

    notes: dict[str, NoteTable]
    pooled: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Room:
    """One piano in many rooms: an excerpt's random settings depend on the piano and the excerpt's number alone."""

    bank: Bank
    augmenter: Augmenter

    @staticmethod
    def open(piano: str) -> Room:
        """`piano` is one of `PIANOS`. Raises MissingCorpusError."""
        data, held = data_folder(), SourceConfig()
        rooms = held_out(read_clips(require(data / "rooms", "rooms"), "rooms"), held.validation_rooms, True)
        noise = held_out(read_clips(require(data / "noise", "noise"), "noise"), held.validation_noise, True)
        surroundings = Surroundings(rooms, [clip for clip in noise if clip.kind != "speech"])
        return Room(Bank(require(data / "pianos", "pianos") / piano), Augmenter(HOME, surroundings))

    def play(self, numbers: Sequence[int], excerpts: Sequence[NoteTable]) -> list[Audio]:
        """float32 (n,) audio of each excerpt, LEAD_S before its first note to TAIL_S after its last release."""
        seeds = [np.random.default_rng([PIANOS.index(self.bank.name), number]) for number in numbers]
        all_settings = [RenderSettings.drawn(seed) for seed in seeds]
        lengths = [excerpt.last_s + TAIL_S for excerpt in excerpts]
        audio = render(excerpts, self.bank, max(lengths), all_settings).audio.numpy()
        return [
            self.augmenter(sound[: round(length * SAMPLE_RATE)], seed)
            for sound, length, seed in zip(audio, lengths, seeds, strict=True)
        ]


def trimmed(performance: NoteTable) -> NoteTable:
    """The excerpt's first LONGEST_S with its first onset at LEAD_S, without the silence that its file ends in."""
    start = float(performance.onset[0]) - LEAD_S
    length = min(float(performance.offset.max()) - start, LONGEST_S)
    excerpt = performance.slice(start, length)
    return replace(excerpt, offset=np.minimum(excerpt.offset, length))


class Transcriber:
    """A model file's network in torch, with the calibration of its decoder."""

    def __init__(self, model: Path) -> None:
        """Raises ModelError for a file that is not ours."""
        self.spec: StreamSpec = OnnxStep(model, device="cpu").spec
        self.network = PianoNetwork()
        load_initial(self.network, model)
        self.network.eval()

    def transcribe(self, sounds: Sequence[Audio]) -> list[TranscribedExcerpt]:
        """Each recording (n,) at 16 kHz as a stream of its own."""
        padded = [hops_of(self.spec, [sound]).reshape(-1) for sound in sounds]
        longest = max(map(len, padded))
        audio = np.stack([np.pad(sound, (0, longest - len(sound))) for sound in padded])
        heads, hidden = self._run(torch.from_numpy(audio))
        found = []
        for item, sound in enumerate(sounds):
            activations = {delay: [head[item, :, row] for head in heads] for row, delay in enumerate(self.spec.shifts)}
            found.append(self._excerpt(activations, sound, hidden[item]))
        return found

    @torch.no_grad()
    def _run(self, audio: Tensor) -> tuple[list[npt.NDArray[np.float32]], npt.NDArray[np.float32]]:
        """-> key heads (B, T, delays, 88) and pedal (B, T, delays); the global GRU's state (B, T, hidden)."""
        hidden: list[Tensor] = []
        hook = self.network.whole.register_forward_hook(lambda _module, _inputs, outputs: hidden.append(outputs[0]))
        state, parts = self.network.initial_state(len(audio)), []
        for start in range(0, audio.shape[1], BLOCK_FRAMES * HOP):
            outputs, state = self.network(audio[:, start : start + BLOCK_FRAMES * HOP], state)
            parts.append([outputs[head] for head in (*KEY_HEADS, "pedal")])
        hook.remove()
        heads = [torch.cat(head, 1).numpy() for head in zip(*parts, strict=True)]
        return heads, torch.cat(hidden).transpose(0, 1).numpy()

    def _excerpt(
        self, activations: dict[str, list[npt.NDArray[np.float32]]], sound: Audio, hidden: npt.NDArray[np.float32]
    ) -> TranscribedExcerpt:
        notes = {}
        for delay in DELAYS:
            events = decode(self.spec, delay, {delay: Activations._make(activations[delay])}, [sound])
            notes[delay] = from_events(events).notes
        return TranscribedExcerpt(notes, self.pooled(activations["studio"], hidden, len(sound) / SAMPLE_RATE))

    @staticmethod
    def pooled(
        activations: Sequence[npt.NDArray[np.float32]], hidden: npt.NDArray[np.float32], seconds: float
    ) -> npt.NDArray[np.float32]:
        """Means and standard deviations over the recording's frames: of the global GRU (T, 256), of the pedal, and of
        each key head summed over the keyboard's octaves."""
        frames = max(1, round(seconds * SAMPLE_RATE / HOP))
        octaves = [head[:frames].reshape(len(head[:frames]), 8, 11).sum(2) for head in activations[:-1]]
        columns = np.concatenate([hidden[:frames], activations[-1][:frames, None], *octaves], axis=1)
        return np.concatenate([columns.mean(0), columns.std(0)]).astype(np.float32)
