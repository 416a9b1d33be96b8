"""One recording decoded many times: the model runs once, and the whole chain runs on what it gave.

So in evaluation and calibration everything else is what ships: resampling, drop-outs and their concealment, silence,
gate, decoders. A network that is no ONNX file yet takes `hops_of` and gives activations for `decode`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from realtime.contract import HEADS, KEY_HEADS, KEYS, SAMPLE_RATE, Activations, Float64Array, FloatArray, StreamSpec
from realtime.events import Event
from realtime.transcription.decoder import DecoderSettings, event_position
from realtime.transcription.hops import Hops
from realtime.transcription.model_stage import Outputs, StepModel, frame_of
from realtime.transcription.pipeline import Pipeline, slowest
from realtime.transcription.silence import Silence


class _Listener:
    """In the place of a model: keeps the hops that it is given, and hears nothing in them."""

    def __init__(self, spec: StreamSpec) -> None:
        self.spec = spec
        self.hops: list[FloatArray] = []
        self._nothing = {head: values[0] for head, values in _silent_outputs(spec, 1).items()}

    def step(self, audio: FloatArray) -> Outputs:
        self.hops.append(audio)
        return self._nothing

    def reset(self) -> None: ...


class _Stored:
    """In the place of a model: gives the activations that one gave, and nothing after their end."""

    def __init__(self, spec: StreamSpec, activations: Mapping[str, Activations]) -> None:
        """Raises KeyError for a delay that the spec lacks."""
        self.spec = spec
        self._frames = min(len(one.pedal) for one in activations.values())
        self._outputs = _silent_outputs(spec, self._frames + 1)
        for delay, one in activations.items():
            for head, values in zip(HEADS, one, strict=True):
                self._outputs[head][:-1, spec.row(delay)] = values[: self._frames].reshape(self._frames, -1)
        self.reset()

    def step(self, audio: FloatArray) -> Outputs:
        frame = min(self._t, self._frames)
        self._t += 1
        return {head: values[frame] for head, values in self._outputs.items()}

    def reset(self) -> None:
        self._t = 0


def hops_of(spec: StreamSpec, blocks: Iterable[FloatArray], rate: int = SAMPLE_RATE) -> FloatArray:
    """What the chain gives a model of a whole mono recording, float32 (n,) blocks at `rate` Hz: float32 (T, 160).

    They go on after the end until the slowest delay has decided on the last note.
    """
    listener = _Listener(spec)
    pipeline = Pipeline(listener, slowest(spec), input_rate=rate)
    for block in blocks:
        pipeline.push(block)
    pipeline.flush()
    return np.stack(listener.hops)


def activations_of(model: StepModel, blocks: Iterable[FloatArray], rate: int) -> dict[str, Activations]:
    """Every delay's activations of the `hops_of` a recording; the model's state starts at zero."""
    model.reset()
    outputs = [model.step(hop) for hop in hops_of(model.spec, blocks, rate)]
    delays = enumerate(model.spec.shifts)
    return {delay: _joined([frame_of(frame, row) for frame in outputs]) for row, delay in delays}


def decode(
    spec: StreamSpec,
    delay: str,
    activations: Mapping[str, Activations],
    blocks: Iterable[FloatArray],
    rate: int = SAMPLE_RATE,
    settings: DecoderSettings | None = None,
) -> list[Event]:
    """The note and pedal events that a Pipeline gives for a recording, mono blocks at `rate` Hz.

    activations: of its `hops_of`, of the delays that tell notes in this one.
    """
    pipeline = Pipeline(_Stored(spec, activations), delay, settings, rate)
    events = [event for block in blocks for event in pipeline.push(block)]
    return [*events, *pipeline.flush()]


def silent_s(spec: StreamSpec, delay: str, blocks: Iterable[FloatArray], rate: int = SAMPLE_RATE) -> Float64Array:
    """For how long there has been digital silence where each frame of a delay lies, s, float64 (T,): as `decode` knows
    it."""
    hops, silence = Hops(rate), Silence(spec)
    parts = [hops.push(block) for block in blocks]
    parts.append(hops.push(np.zeros(hops.silence(spec, spec.shifts), np.float32)))
    seconds = []
    for frame, hop in enumerate(np.concatenate(parts)):
        silence.push(hop)
        seconds.append(silence.silent_s(event_position(spec, frame - spec.shifts[delay])))
    return np.array(seconds)


def _silent_outputs(spec: StreamSpec, frames: int) -> Outputs:
    """Of so many frames, which come first."""
    delays = len(spec.shifts)
    keys = {head: np.zeros((frames, delays, KEYS), np.float32) for head in KEY_HEADS}
    return {**keys, "pedal": np.zeros((frames, delays, 1), np.float32)}


def _joined(frames: list[Activations]) -> Activations:
    return Activations._make(np.concatenate(head) for head in zip(*frames, strict=True))
