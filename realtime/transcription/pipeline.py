"""The chain of stages: mono -> resampler -> hops -> model step -> decoder -> events.

All that transcribes uses it. `Pipeline` is the whole chain, for the blocks of a microphone or of a file
(`realtime.transcription.recording`). Where one recording is decoded many times, in evaluation and calibration, it runs
on a model's stored activations (`realtime.transcription.stored`).

Every stage has `push`, `reset` and `delay_samples`; the sum of the last is the declared delay.

A live pipeline tells the notes of its mode and, beside them, keeps those of the slowest delay, which is surest. These
have a decoder of their own: in mode `live` those that tell decide together what counts as silence, and all end sooner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from realtime.clock import DECIMALS, Timeline, seconds
from realtime.contract import SAMPLE_RATE, Activations, BoolArray, FloatArray, StreamSpec
from realtime.errors import UsageError
from realtime.events import Event, Gap, StreamStarted
from realtime.lateness import DesignDelay
from realtime.transcription.concealment import Concealment
from realtime.transcription.decoder import DecoderSettings
from realtime.transcription.delays import DelayDecoders
from realtime.transcription.expected import Expect, ExpectedEvent, ExpectedKeys, can_expect, listening_delays
from realtime.transcription.gate import Gate
from realtime.transcription.hops import Hops
from realtime.transcription.model_stage import ModelStage, StepModel, require_mode
from realtime.transcription.silence import AFTER_OFFSET, LONGEST_S, Silence
from realtime.words import Phrase

CANNOT_EXPECT = Phrase(
    "model.cannot_expect", "This model cannot be practised with: it lacks the delays balanced and accurate."
)
# An end that looked like the work of a drop-out is told so much later.
DOUBT_S = LONGEST_S + AFTER_OFFSET / SAMPLE_RATE


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
        so all of them are decoded, and the slowest is kept.

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
        self._expected = ExpectedKeys(model.spec, silence=self._silence) if can_expect(model.spec) else None
        self._stage_delays = {*self._decoder.delays, *(listening_delays(model.spec) if self._expected else ())}
        self._model = ModelStage(model, self._stage_delays)
        self._heard: list[ExpectedEvent] = []
        self._surest: DelayDecoders | None = None
        if changeable:
            self._surest = DelayDecoders(model.spec, slowest(model.spec), settings, silence=self._silence)
        self._kept: list[Event] = []
        self._begin(0)

    def begins(self, source: str) -> StreamStarted:
        """The first event of a stream that begins now, of the input of this name."""
        design = self.design
        return StreamStarted(
            model=self._spec.name,
            delay=self._decoder.mode,
            delay_s=design.most_s,
            least_delay_s=design.other_least_s,
            sample_rate=self._rate,
            source=source,
            started=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )

    def push(self, block: FloatArray) -> list[Event]:
        """float32 (n,) -> the events that are decided now."""
        self._received += len(block)
        return self._step(self._hops.push(block))

    def kept(self) -> list[Event]:
        """The events of the slowest delay since the last call, those that `transcribe` gives at this delay; none unless
        the pipeline is changeable."""
        events, self._kept = self._kept, []
        return events

    def expect(self, wanted: Expect) -> None:
        """Tell what is heard of a group of keys, from here on in place of another one. Raises UsageError for a model
        that cannot."""
        if self._expected is None:
            raise UsageError(CANNOT_EXPECT())
        self._heard += self._expected.expect(wanted)

    def stop_expecting(self) -> None:
        """No group is waited for any more."""
        if self._expected is not None:
            self._expected.stop()

    def heard(self) -> list[ExpectedEvent]:
        """What was heard of the expected keys since the last call."""
        heard, self._heard = self._heard, []
        return heard

    @property
    def kept_onsets_s(self) -> float:
        """The stream time before which every kept note has begun."""
        return 0.0 if self._surest is None else self._surest.reached_s

    @property
    def kept_s(self) -> float:
        """The stream time before which every kept event has come."""
        return self.kept_onsets_s - DOUBT_S

    def flush(self) -> list[Event]:
        """The input has ended: the events of its last moments, then the last note-offs; a later push begins afresh.

        No note begins at or after the end; held notes end there at the latest. What is kept is complete then.
        """
        self._silence.end()
        self._set_timeline(replace(self._decoder.timeline, end_s=self._received / self._rate))
        told = self._hops.silence(self._spec, self._spec.rows(self._decoder.mode))
        later = [*(self._surest.delays if self._surest else ()), *(listening_delays(self._spec) if self._waits else ())]
        most = max(told, self._hops.silence(self._spec, later)) if later else told
        events = [*self._step(self._hops.push(np.zeros(told, np.float32))), *self._decoder.flush()]
        for frame in self._frames(self._hops.push(np.zeros(most - told, np.float32))):  # these decide later
            self._decide_later(*frame)
        if self._surest is not None:
            self._kept += self._surest.flush()
        self._begin(self._received)
        return events

    def _step(self, hops: FloatArray) -> list[Event]:
        events: list[Event] = []
        for frame in self._frames(hops):
            events += self._decoder.push(*frame)
            self._decide_later(*frame)
        return events

    def _decide_later(self, activations: Mapping[str, Activations], gate_open: Mapping[str, BoolArray] | None) -> None:
        """What is kept, and what is heard of expected keys."""
        if self._surest is not None:
            self._kept += self._surest.push(activations, gate_open)
        if self._expected is not None:
            self._heard += self._expected.push(activations, gate_open)

    def _frames(self, hops: FloatArray) -> Iterator[tuple[Mapping[str, Activations], Mapping[str, BoolArray] | None]]:
        """What the decoders get of each hop."""
        for hop in hops:
            self._gate.push(hop)
            self._silence.push(hop)
            yield self._model.push(self._concealment.push(hop)), self._gate.open(self._stage_delays)

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
            self._keep(gap)
            return [gap, *self.push(np.zeros(lost_samples, np.float32))]
        events = self.flush()
        self._keep(gap)
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
        for decoder in self._decoders:
            decoder.set_settings(settings)
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
        self._kept.clear()
        self._heard.clear()
        self._begin(0)

    def _begin(self, position: int) -> None:
        """Start every stage afresh, with the input's clock at `position` samples."""
        self._received = position
        resampler = self._hops.resampler
        start_s = position / self._rate
        self._set_timeline(Timeline(start_s, lag_s=resampler.delay_s, pace=resampler.pace))
        for stage in (self._hops, self._gate, self._silence, self._concealment, self._model):
            stage.reset()
        for decoder in self._decoders:
            decoder.reset()
        if self._expected is not None:
            self._expected.reset()

    @property
    def _waits(self) -> bool:
        """Whether keys are expected."""
        return self._expected is not None and self._expected.listening

    @property
    def _decoders(self) -> Iterator[DelayDecoders]:
        yield self._decoder
        if self._surest is not None:
            yield self._surest

    def _set_timeline(self, timeline: Timeline) -> None:
        for decoder in self._decoders:
            decoder.timeline = timeline
        if self._expected is not None:
            self._expected.timeline = timeline

    def _keep(self, gap: Gap) -> None:
        if self._surest is not None:
            self._kept.append(gap)


def slowest(spec: StreamSpec) -> str:
    """The delay that is surest of its notes: the slowest of a model's."""
    return max(spec.shifts, key=lambda delay: spec.shifts[delay])
