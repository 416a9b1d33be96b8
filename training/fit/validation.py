"""Evaluate a run's averaged weights on rendered segments that it never learns from."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from realtime.contract import Activations, FloatArray
from realtime.notes import NoteTable
from realtime.transcription import stored
from training.data.segments.segments import SegmentSource
from training.evaluation.estimated import from_events
from training.evaluation.metrics import match_notes, precision_recall_f1
from training.fit.config import RunConfig
from training.fit.loader import Batch, SegmentDataset
from training.fit.loss import network_loss
from training.model.network import Logits, PianoNetwork

_FIRST_SEED = 7_000_000_000


class Example(NamedTuple):
    """A validation segment: a batch of one, its notes, and its sound, float32 (n,)."""

    batch: Batch
    reference: NoteTable
    audio: FloatArray


class ValidationResult(NamedTuple):
    """scalars: loss, its parts, and onset F1 (50 ms) per delay. picture: (3, height, T) of the first segment."""

    scalars: dict[str, float]
    picture: Tensor


class Validation:
    """The same segments for the whole run, rendered when they are first needed."""

    def __init__(self, config: RunConfig) -> None:
        """Raises MissingCorpusError when a part of the corpus is not there."""
        self.config = config
        self.corpus = replace(config.corpus, split="validation")
        SegmentSource(self.corpus)  # a missing part is reported now and not after the first minutes
        self.examples: list[Example] = []

    @torch.no_grad()
    def evaluate(self, averaged: dict[str, Tensor]) -> ValidationResult:
        """averaged: a network's state by name, on any device."""
        if not self.examples:
            self.examples = self._render()
        network = PianoNetwork(self.config.ear)
        network.load_state_dict({name: value.cpu() for name, value in averaged.items()})
        network.eval()
        batches = [example.batch["features"].float() for example in self.examples]
        outputs = [network.forward_features(features, network.initial_state())[0] for features in batches]
        rows = [self._scalars(network, example, logits) for example, logits in zip(self.examples, outputs, strict=True)]
        scalars = {name: float(np.mean([row[name] for row in rows if name in row])) for name in rows[0]}
        return ValidationResult(scalars, self._picture(outputs[0], self.examples[0].batch))

    def _render(self) -> list[Example]:
        dataset, source = SegmentDataset(self.corpus, self.config.ear), SegmentSource(self.corpus)
        spec = PianoNetwork(self.config.ear).spec(self.config.name)
        examples = []
        for seed in range(_FIRST_SEED, _FIRST_SEED + self.config.fit.validation_segments):
            segment = source.segment(seed)
            heard = segment._replace(audio=stored.hops_of(spec, [segment.audio])[: self.corpus.hops].reshape(-1))
            batch = {name: value[None] for name, value in dataset.item(heard).items()}
            examples.append(Example(batch, segment.performance, segment.audio))
        return examples

    def _scalars(self, network: PianoNetwork, example: Example, logits: Logits) -> dict[str, float]:
        targets = {name: roll for name, roll in example.batch.items() if name != "features"}
        shifts = self.config.ear.shifts
        loss, parts = network_loss(logits, targets, list(shifts.values()), self.config.loss)
        scalars = {name: float(value) for name, value in {"loss": loss, **parts}.items()}
        reference = example.reference.started_inside()
        spec = network.spec(self.config.name)
        for row, delay in enumerate(shifts):
            heads = [*logits.keys[row][0].unbind(-1), logits.pedal[0, :, row]]
            activations = Activations._make(head.sigmoid().numpy() for head in heads)
            found = from_events(stored.decode(spec, delay, {delay: activations}, [example.audio])).notes
            matched = len(match_notes(reference, found, tolerance_s=0.05))
            if len(reference.onset):
                scalars[f"onset_f1_{delay}"] = precision_recall_f1(matched, len(found.onset), len(reference.onset))[2]
        return scalars

    def _picture(self, logits: Logits, targets: Batch) -> Tensor:
        """Labels above, each delay's activations below, moved back by its shift; red: frame, green: onset."""
        rolls = [torch.stack([targets["frame"][0].float(), targets["onset"][0].float()])]
        for keys, shift in zip(logits.keys, self.config.ear.shifts.values(), strict=True):
            activations = keys[0, ..., :2].sigmoid().permute(2, 0, 1)[[1, 0]]
            rolls.append(functional.pad(activations[:, shift:], (0, 0, 0, shift)))
        strips = [torch.cat([roll, torch.zeros_like(roll[:1])]).transpose(1, 2).flip(1) for roll in rolls]
        return torch.cat(strips, 1).clamp(0, 1)
