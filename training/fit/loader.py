"""Batches for the fit loop: segments rendered in worker processes, with the front-end's features and the targets."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, default_collate

from realtime.errors import LisztenError
from realtime.system.interrupts import ENDING
from training.data.segments.segments import Segment, SegmentSource, SourceConfig
from training.fit.targets import make_targets
from training.model.config import NetworkConfig
from training.model.frontend import FrontEnd

SPARSE_KINDS = ("lone", "noise")  # segments with few onsets or none
Batch = dict[str, Tensor]


class SegmentDataset(Dataset[Batch | LisztenError]):
    """Item i is the segment of seed `i`: features (T, bands, windows) bfloat16, uint8 targets and `sparse`, 1 where
    onsets are few, or the error that prevents it: an error raised in a worker would arrive as its whole traceback."""

    def __init__(self, corpus: SourceConfig, network: NetworkConfig) -> None:
        self.corpus, self.network = corpus, network
        self.source: SegmentSource | None = None  # made in the worker: banks are large and need not be sent there
        self.frontend = FrontEnd(network)

    def __getitem__(self, seed: int) -> Batch | LisztenError:
        try:
            if self.source is None:
                self.source = SegmentSource(self.corpus)
            return self.item(self.source.segment(seed))
        except LisztenError as error:
            return error

    def item(self, segment: Segment) -> Batch:
        """Features and targets of a segment."""
        with torch.no_grad():
            audio = torch.from_numpy(segment.audio)[None]
            features, _ = self.frontend(audio, audio.new_zeros(1, self.frontend.memory_samples))
        targets = make_targets(segment.performance, segment.sounding_end, self.corpus.hops, self.network.tail_samples)
        rolls = {name: torch.from_numpy(roll) for name, roll in targets._asdict().items()}
        sparse = torch.tensor(segment.kind in SPARSE_KINDS, dtype=torch.uint8)
        return {"features": features[0].to(torch.bfloat16), "sparse": sparse, **rolls}


class SeedBatches:
    """Endless batches of seeds from a given step on: process `rank` of `world` takes its share of every step."""

    def __init__(self, batch: int, first_step: int, seed: int, rank: int = 0, world: int = 1) -> None:
        self.batch, self.first_step, self.seed, self.rank, self.world = batch, first_step, seed, rank, world

    def __iter__(self) -> Iterator[list[int]]:
        step = self.first_step
        while True:
            start = self.seed * 1_000_000_000 + (step * self.world + self.rank) * self.batch
            yield list(range(start, start + self.batch))
            step += 1


def collated(items: list[Batch | LisztenError]) -> Batch | LisztenError:
    """One batch of all segments, or the first error among them."""
    error = next((item for item in items if isinstance(item, Exception)), None)
    return error or default_collate(items)


def _begin_worker(_worker: int) -> None:
    """A worker uses one core, and leaves Ctrl-C and the end of the terminal to the process that reads from it."""
    torch.set_num_threads(1)
    for number in ENDING:
        if number != signal.SIGTERM:  # with which torch itself ends a worker
            signal.signal(number, signal.SIG_IGN)


def batches(dataset: SegmentDataset, seeds: SeedBatches, workers: int) -> Iterator[Batch]:
    """Batches in the order of their seeds, whatever the number of workers. Raises what `SegmentSource` raises,
    wherever that runs."""
    for batch in make_loader(dataset, seeds, workers):
        if isinstance(batch, Exception):
            raise batch
        yield batch


@contextlib.contextmanager
def lost_workers_as_errors() -> Iterator[None]:
    """Raise LisztenError when a worker has died, for which torch raises a RuntimeError anywhere in the block."""
    try:
        yield
    except RuntimeError as error:
        if "DataLoader worker (pid" not in str(error):
            raise
        raise LisztenError(
            "A process that renders segments is gone, mostly because memory was short (each needs 1 to 3 GB): give "
            "fewer workers under [fit], and go on from the last checkpoint with --resume."
        ) from error


def make_loader(dataset: SegmentDataset, seeds: SeedBatches, workers: int) -> DataLoader[Batch | LisztenError]:
    """As `batches`, with an error in place of a batch."""
    return DataLoader(
        dataset,
        collate_fn=collated,
        batch_sampler=seeds,
        num_workers=workers,
        prefetch_factor=8 if workers else None,
        multiprocessing_context="spawn" if workers else None,
        persistent_workers=workers > 0,
        worker_init_fn=_begin_worker if workers else None,
    )
