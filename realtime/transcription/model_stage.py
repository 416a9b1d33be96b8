"""The model as a stage of the chain: hops in, activations of some delays out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from realtime.contract import KEY_HEADS, Activations, FloatArray, StreamSpec
from realtime.errors import UsageError
from realtime.words import Phrase

NO_DELAY = Phrase("model.no_delay", "There is no delay '{delay}'. This model offers {delays}.")

Outputs = dict[str, FloatArray]  # of one frame: key heads (D, 88), pedal (D, 1)


class StepModel(Protocol):
    """What the chain needs of a model; the program's own is `realtime.transcription.model.OnnxStep`."""

    spec: StreamSpec

    def step(self, audio: FloatArray) -> Outputs: ...
    def reset(self) -> None: ...


class ModelStage:
    """One hop (160,) -> its frame at each of some delays. The model computes all at once.

    delay_samples: right-hand side of the model's shortest window, at 16 kHz.
    """

    def __init__(self, model: StepModel, delays: Iterable[str]) -> None:
        """Raises KeyError for a delay that the model lacks."""
        self._model = model
        self._rows = {delay: model.spec.row(delay) for delay in delays}
        self.delay_samples = model.spec.tail_samples

    def push(self, hop: FloatArray) -> dict[str, Activations]:
        """float32 (160,) -> T = 1 for each delay."""
        outputs = self._model.step(hop)
        return {delay: frame_of(outputs, row) for delay, row in self._rows.items()}

    def reset(self) -> None:
        """The model's state to zero."""
        self._model.reset()


def frame_of(outputs: Outputs, row: int) -> Activations:
    """One delay's activations of one frame (T = 1) of model outputs."""
    keys = [outputs[head][row : row + 1] for head in KEY_HEADS]
    return Activations._make([*keys, outputs["pedal"][row]])


def require_mode(spec: StreamSpec, mode: str) -> None:
    """Raises UsageError for a delay, or mode, that the model lacks."""
    if mode not in spec.modes:
        raise UsageError(NO_DELAY(delay=mode, delays=", ".join(spec.modes)))
