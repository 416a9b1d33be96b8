"""The way of a sample: resampler -> model step -> decoder -> events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from realtime.audio import Channel
from realtime.contract import Activations, FloatArray, StreamSpec
from realtime.decoder import DecoderSettings
from realtime.events import Event
from realtime.model import OnnxStep


class Pipeline:
    """Mono float32 audio at `input_rate` -> events; the same road for files, tests and microphones.

    delay_s: from a sound to the last moment at which its note leaves. level_db: of the last hop, in dBFS.
    Event times are seconds of the input's clock, which counts samples pushed and lost.
    """

    delay_s: float

    def __init__(
        self,
        model: OnnxStep,
        delay: str,
        settings: DecoderSettings | None = None,
        input_rate: int = 48_000,
        gate_db: float | None = None,
    ) -> None:
        """gate_db: no new notes while the input stays below this level (dBFS); None: no gate."""
        raise NotImplementedError

    def push(self, block: FloatArray) -> list[Event]:
        """float32 (n,) -> the events that have become certain."""
        raise NotImplementedError

    def gap(self, lost_samples: int) -> list[Event]:
        """Samples were lost: close what is held, advance the clock, begin afresh."""
        raise NotImplementedError

    def set_delay(self, delay: str) -> list[Event]:
        """Change the delay between two pushes; held notes go on. Raises UsageError for a delay the model lacks."""
        raise NotImplementedError

    def set_decoder(self, settings: DecoderSettings, gate_db: float | None) -> None:
        """Change the decoder's settings and the gate between two pushes."""
        raise NotImplementedError

    def flush(self) -> list[Event]:
        """The input has ended: what the last seconds still hold, then note-offs for all that sounds."""
        raise NotImplementedError


def transcribe_file(
    path: Path | str,
    model: OnnxStep,
    delay: str = "studio",
    settings: DecoderSettings | None = None,
    start_s: float = 0.0,
    end_s: float | None = None,
    channel: Channel = "auto",
) -> Iterator[Event]:
    """StreamStarted, the events of start_s .. end_s (times count from start_s), End. Raises FileError, UsageError."""
    raise NotImplementedError


def activations(model: OnnxStep, blocks: Iterable[FloatArray], rate: int) -> Mapping[str, Activations]:
    """All delays' activations of a whole mono recording, long enough to decode its last notes at every delay."""
    raise NotImplementedError


def decode(
    spec: StreamSpec, delay: str, heard: Activations, duration_s: float, settings: DecoderSettings, rate: int
) -> list[Event]:
    """The events that a Pipeline at input rate `rate` gives for a recording whose `activations` are `heard`."""
    raise NotImplementedError
