"""The chain of stages: mono -> resampler -> hops -> model step -> decoder -> events.

All that transcribes uses it. `Pipeline` is the whole chain, for the blocks of a microphone or of a file
(`realtime.transcription.recording`). Where one recording is decoded many times, in evaluation and calibration,
`activations_of` is its first half and `decode` its second; a network that is no ONNX file yet uses the same `Hops` and
the same `decode`.

Every stage has `push`, `reset` and `delay_samples`; the sum of the last is the declared delay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from realtime.clock import DECIMALS, Timeline, seconds
from realtime.contract import SAMPLE_RATE, Activations, FloatArray, StreamSpec
from realtime.events import Event, Gap
from realtime.lateness import DesignDelay
from realtime.transcription.concealment import Concealment
from realtime.transcription.decoder import DecoderSettings
from realtime.transcription.delays import DelayDecoders
from realtime.transcription.gate import Gate
from realtime.transcription.hops import Hops, frames_until
from realtime.transcription.model_stage import ModelStage, StepModel, frame_of, require_mode
from realtime.transcription.silence import LONGEST_S, Silence


class Pipeline:
    """Mono float32 audio at `input_rate` -> events.

    Event times are seconds of the input's clock, which counts the samples pushed and lost. The same samples give
    the same events however they are cut. One pipeline at a time may use a model, as the model holds the state.
    """

    def __init__(
        self,
        model: StepModel,
        delay: str,
        settings: DecoderSettings | None = None,
        input_rate: int = SAMPLE_RATE,
        gate_db: float | None = None,
        tuning_cents: float = 0.0,
        changeable: bool = False,
    ) -> None:
        """gate_db: no new notes while the input stays below this level (dBFS); None: no gate. tuning_cents: by which
        the piano lies above A4 = 440 Hz, corrected on the way to the model. changeable: the delay may be changed,
        so all of them are decoded.

        Raises UsageError for a delay that the model lacks, ValueError for an impossible rate or tuning.
        """
        require_mode(model.spec, delay)
        self._spec, self._rate = model.spec, input_rate
        self._hops = Hops(input_rate, tuning_cents)
        self._gate = Gate(model.spec, gate_db)
        self._silence = Silence(model.spec)
        self._concealment = Concealment(self._silence)
        others = model.spec.shifts if changeable else ()
        self._decoder = DelayDecoders(model.spec, delay, settings, silence=self._silence, others=others)
        self._model = ModelStage(model, self._decoder.delays)
        self._begin(0)

    def push(self, block: FloatArray) -> list[Event]:
        """float32 (n,) -> the events that are decided now."""
        self._received += len(block)
        return self._step(self._hops.push(block))

    def _step(self, hops: FloatArray) -> list[Event]:
        events: list[Event] = []
        for hop in hops:
            self._gate.push(hop)
            self._silence.push(hop)
            activations = self._model.push(self._concealment.push(hop))
            events += self._decoder.push(activations, self._gate.open(self._decoder.delays))
        return events

    def flush(self) -> list[Event]:
        """The input has ended: the events of its last moments, then the last note-offs; a later push begins afresh.

        No note begins at or after the end; held notes end there at the latest.
        """
        self._silence.end()
        self._decoder.timeline = replace(self._decoder.timeline, end_s=self._received / self._rate)
        events = [*self._step(self._hops.end(self._spec, self._spec.rows(self._decoder.mode))), *self._decoder.flush()]
        self._begin(self._received)
        return events

    @property
    def design(self) -> DesignDelay:
        """Algorithmic delay of the present mode."""
        mode = self._decoder.mode
        between = self._spec.delay_samples(mode) - self._spec.delay_samples(self._spec.earliest(mode))
        least_s = self.delay_s - between / SAMPLE_RATE * self._hops.resampler.pace
        return DesignDelay(self.delay_s, round(least_s, DECIMALS))

    @property
    def delay_s(self) -> float:
        """Algorithmic delay of the present mode: from a sound to the last moment at which its note leaves, seconds."""
        stages = (self._hops, self._gate, self._silence, self._concealment, self._model, self._decoder)
        model_s = sum(stage.delay_samples for stage in stages) / SAMPLE_RATE
        resampler = self._hops.resampler
        return round(model_s * resampler.pace + resampler.delay_s, DECIMALS)

    def gap(self, lost_samples: int) -> list[Event]:
        """`lost_samples` of the input were lost: a Gap, and the clock advances by them.

        A short loss counts as zeros: what is held goes on. After a longer one all begins afresh.
        """
        at_s = seconds(self._received, self._rate)
        gap = Gap(at_s, at_s, seconds(lost_samples, self._rate))
        if lost_samples <= LONGEST_S * self._rate:
            return [gap, *self.push(np.zeros(lost_samples, np.float32))]
        events = self.flush()
        self._begin(self._received + lost_samples)
        return [*events, gap]

    def set_delay(self, delay: str) -> list[Event]:
        """Change the delay between two pushes; held notes go on, no note is emitted twice, none is left out.

        Raises UsageError for a delay that the model lacks.
        """
        require_mode(self._spec, delay)
        return self._decoder.set_mode(delay)

    def set_decoder(self, settings: DecoderSettings, gate_db: float | None) -> None:
        """Change the decoder's settings and the gate between two pushes."""
        self._decoder.set_settings(settings)
        self._gate.threshold_db = gate_db

    def set_tuning(self, tuning_cents: float) -> list[Event]:
        """Correct another tuning from here on: the events until now are emitted first, and held notes end.

        Raises ValueError beyond 50 cents.
        """
        events = self.flush()
        self._hops = Hops(self._rate, tuning_cents)
        self._begin(self._received)
        return events

    def reset(self) -> None:
        """As new, with the delay and settings in force."""
        self._begin(0)

    def _begin(self, position: int) -> None:
        """Start every stage afresh, with the input's clock at `position` samples."""
        self._received = position
        resampler = self._hops.resampler
        start_s = position / self._rate
        self._decoder.timeline = Timeline(start_s, lag_s=resampler.delay_s, pace=resampler.pace)
        for stage in (self._hops, self._gate, self._silence, self._concealment, self._model, self._decoder):
            stage.reset()


def activations_of(model: StepModel, blocks: Iterable[FloatArray], rate: int) -> dict[str, Activations]:
    """Every delay's activations of a whole mono recording, float32 (n,) blocks at `rate` Hz.

    They go on after the end until the slowest delay has decided on the last note; the model's state
    starts at zero. `decode` turns them into events without running the model again.
    """
    model.reset()
    hops = Hops(rate)
    frames = [model.step(hop) for block in blocks for hop in hops.push(block)]
    frames += [model.step(hop) for hop in hops.end(model.spec, model.spec.shifts)]
    delays = enumerate(model.spec.shifts)
    return {delay: _joined([frame_of(outputs, row) for outputs in frames]) for row, delay in delays}


def decode(
    spec: StreamSpec,
    delay: str,
    activations: Mapping[str, Activations],
    duration_s: float,
    rate: int = SAMPLE_RATE,
    settings: DecoderSettings | None = None,
) -> list[Event]:
    """The note and pedal events that a Pipeline gives for a recording of `duration_s` seconds at `rate` Hz.

    activations: as `activations_of` gives them, of the delays that tell notes in this one.
    """
    lag_s = Hops(rate).resampler.delay_s
    decoder = DelayDecoders(spec, delay, settings, Timeline(lag_s=lag_s, end_s=duration_s))
    frames = max(frames_until(spec, row, duration_s + lag_s) for row in decoder.delays)
    first = {row: Activations(*(head[:frames] for head in activations[row])) for row in decoder.delays}
    return [*decoder.push(first), *decoder.flush()]


def _joined(frames: list[Activations]) -> Activations:
    return Activations._make(np.concatenate(head) for head in zip(*frames, strict=True))
