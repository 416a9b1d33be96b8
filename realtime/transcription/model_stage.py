"""The model as a stage of the chain: hops in, one delay's activations out."""

from __future__ import annotations

from collections import deque
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
    """One hop (160,) -> its frame at the delay in force. The model computes all delays at once; which one is given may
    change.

    delay_samples: right-hand side of the model's shortest window, at 16 kHz.
    """

    def __init__(self, model: StepModel, delay: str) -> None:
        """Raises UsageError for a delay that the model lacks."""
        self._model = model
        self._row = row_of(model.spec, delay)
        shifts = model.spec.shifts.values()
        self._latest: deque[Outputs] = deque(maxlen=max(shifts) - min(shifts))
        self.delay_samples = model.spec.tail_samples

    def push(self, hop: FloatArray) -> Activations:
        """float32 (160,) -> T = 1."""
        outputs = self._model.step(hop)
        self._latest.append(outputs)
        return frame_of(outputs, self._row)

    def set_delay(self, delay: str) -> None:
        """Give another delay from the next frame on. Raises UsageError for one that the model lacks."""
        self._row = row_of(self._model.spec, delay)

    def again(self, frames: int) -> list[Activations]:
        """The latest frames, at most as many as delays lie apart, now of the delay in force."""
        return [frame_of(outputs, self._row) for outputs in list(self._latest)[len(self._latest) - frames :]]

    def reset(self) -> None:
        """The model's state to zero, and no frames kept."""
        self._model.reset()
        self._latest.clear()


def frame_of(outputs: Outputs, row: int) -> Activations:
    """One delay's activations of one frame (T = 1) of model outputs."""
    keys = [outputs[head][row : row + 1] for head in KEY_HEADS]
    return Activations._make([*keys, outputs["pedal"][row]])


def row_of(spec: StreamSpec, delay: str) -> int:
    """Row of a delay in the model's outputs. Raises UsageError for one that the model lacks."""
    if delay not in spec.shifts:
        raise UsageError(NO_DELAY(delay=delay, delays=", ".join(spec.shifts)))
    return spec.row(delay)
