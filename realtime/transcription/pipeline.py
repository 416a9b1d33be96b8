"""The way of a sample: resampler -> model step -> decoder -> events. A file and a microphone take the same road."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from realtime.audio.files import open_audio
from realtime.audio.mono import Channel, Mono
from realtime.audio.resample import Resampler
from realtime.clock import DECIMALS, Timeline, seconds
from realtime.contract import HOP, KEY_HEADS, SAMPLE_RATE, Activations, FloatArray, StreamSpec
from realtime.errors import UsageError
from realtime.events import End, Event, Gap, NoteOn, StreamStarted
from realtime.system.storage import plain_name
from realtime.transcription.decoder import Decoder, DecoderSettings

Outputs = dict[str, FloatArray]  # of one frame: key heads (D, 88), pedal (D, 1)

SILENCE_POWER = 1e-12
SILENCE_DB = -120.0


class StepModel(Protocol):
    """What the pipeline needs of a model; `realtime.transcription.model.OnnxStep` is the one that ships."""

    spec: StreamSpec

    def step(self, audio: FloatArray) -> Outputs: ...
    def reset(self) -> None: ...


class Pipeline:
    """Mono float32 audio at `input_rate` -> events.

    Event times are seconds of the input's clock, which counts the samples pushed and lost. The same samples give
    the same events however they are cut. One pipeline at a time may use a model, as the model holds the state.
    delay_s: from a sound to the last moment at which its note leaves. level_db: of the last hop, dBFS.
    """

    def __init__(
        self,
        model: StepModel,
        delay: str,
        settings: DecoderSettings | None = None,
        input_rate: int = SAMPLE_RATE,
        gate_db: float | None = None,
        tuning_cents: float = 0.0,
    ) -> None:
        """gate_db: no new notes while the input stays below this level (dBFS); None: no gate. tuning_cents: by which
        the piano lies above A4 = 440 Hz, corrected on the way to the model.

        Raises UsageError for a delay that the model lacks, ValueError for an impossible rate or tuning.
        """
        self._model = model
        self._row = row_of(model.spec, delay)
        self._delay = delay
        self._rate = input_rate
        self._resampler = Resampler(input_rate, tuning_cents)
        self._decoder = Decoder(model.spec, delay, settings)
        self._gate_db = gate_db
        shifts = model.spec.shifts.values()
        self._history: deque[Outputs] = deque(maxlen=max(shifts) - min(shifts))
        self._levels: deque[float] = deque(maxlen=max(map(self._gate_hops, shifts)))
        self._begin(0)

    @property
    def delay_s(self) -> float:
        """Algorithmic delay of the present mode, in seconds."""
        resampler = self._resampler
        return round(self._model.spec.delay(self._delay) * resampler.pace + resampler.delay_s, DECIMALS)

    @property
    def level_db(self) -> float:
        """RMS level of the last hop, dBFS."""
        return self._levels[-1]

    def push(self, block: FloatArray) -> list[Event]:
        """float32 (n,) -> the events that have become certain."""
        self._received += len(block)
        return self._hear(block)

    def flush(self) -> list[Event]:
        """The input has ended: what its last moments still hold, then note-offs; a later push begins afresh.

        No note begins at or after the end; what was held ends there at the latest.
        """
        heard = self._received - self._began
        silence = np.zeros(silence_after(self._model.spec, self._delay, heard, self._resampler), np.float32)
        self._decoder.timeline = replace(self._decoder.timeline, end_s=self._received / self._rate)
        events = [*self._hear(silence), *self._decoder.flush()]
        self._begin(self._received)
        return events

    def gap(self, lost_samples: int) -> list[Event]:
        """`lost_samples` of the input were lost: end as `flush` does, tell it, advance the clock, begin afresh."""
        events = self.flush()
        at_s = seconds(self._received, self._rate)
        self._received += lost_samples
        self._begin(self._received)
        return [*events, Gap(at_s, at_s, seconds(lost_samples, self._rate))]

    def set_delay(self, delay: str) -> list[Event]:
        """Change the delay between two pushes; held notes go on, no note is told twice, none is left out.

        Raises UsageError for a delay that the model lacks.
        """
        row = row_of(self._model.spec, delay)
        allowed = self._gate_open()
        self._delay, self._row = delay, row
        again = self._decoder.set_delay(delay)
        events: list[Event] = []
        for outputs in list(self._history)[len(self._history) - again :]:
            events += self._decoder.push(frame_of(outputs, self._row), allowed)
        return events

    def set_decoder(self, settings: DecoderSettings, gate_db: float | None) -> None:
        """Change the decoder's settings and the gate between two pushes."""
        self._decoder.settings = settings
        self._gate_db = gate_db

    def set_tuning(self, tuning_cents: float) -> list[Event]:
        """Correct another tuning from here on: what was heard until now is told first, and held notes end.

        Raises ValueError beyond 50 cents.
        """
        events = self.flush()
        self._resampler = Resampler(self._rate, tuning_cents)
        self._begin(self._received)
        return events

    def reset(self) -> None:
        """As new, with the delay and settings in force."""
        self._received = 0
        self._begin(0)

    def _begin(self, position: int) -> None:
        """Start every stage afresh, with the input's clock at `position` samples."""
        self._received = self._began = position
        self._rest = np.zeros(0, np.float32)
        self._levels.append(SILENCE_DB)
        self._model.reset()
        self._resampler.reset()
        lag_s, pace = self._resampler.delay_s, self._resampler.pace
        self._decoder.timeline = Timeline(start_s=position / self._rate, lag_s=lag_s, pace=pace)
        self._decoder.reset()

    def _hear(self, block: FloatArray) -> list[Event]:
        audio = np.concatenate((self._rest, self._resampler.push(block)))
        whole = len(audio) - len(audio) % HOP
        self._rest = audio[whole:]
        events: list[Event] = []
        for hop in audio[:whole].reshape(-1, HOP):
            outputs = self._model.step(hop)
            self._history.append(outputs)
            self._levels.append(10 * math.log10(float(hop @ hop) / HOP + SILENCE_POWER))
            events += self._decoder.push(frame_of(outputs, self._row), self._gate_open())
        return events

    def _gate_open(self) -> npt.NDArray[np.bool_] | None:
        """(1,): whether it was loud enough, since the onsets that the present frame may tell of, for a note."""
        if self._gate_db is None:
            return None
        hops = self._gate_hops(self._model.spec.shifts[self._delay])
        return np.array([max(list(self._levels)[-hops:]) >= self._gate_db])

    def _gate_hops(self, shift: int) -> int:
        return shift + math.ceil(self._model.spec.tail_samples / HOP) + 1


def transcribe_file(
    path: Path | str,
    model: StepModel,
    delay: str = "studio",
    settings: DecoderSettings | None = None,
    start_s: float = 0.0,
    end_s: float | None = None,
    channel: Channel = "auto",
    tuning_cents: float = 0.0,
) -> Iterator[Event]:
    """StreamStarted, the events of start_s .. end_s (times count from start_s), End. tuning_cents: as in Pipeline.

    Raises FileError for a file that cannot be read, UsageError for a delay, channel or stretch that is not there.
    """
    audio = open_audio(path)
    if audio.samples is not None and start_s * audio.rate >= audio.samples:
        length_s = seconds(audio.samples, audio.rate)
        raise UsageError(f"{path} lasts only {length_s:.1f} s. Give an earlier --start.")
    blocks = audio.blocks(start_s, end_s)
    first = next((block for block in blocks if len(block)), None)
    if first is None:  # its length was unknown, or an estimate
        raise UsageError(f"{path} ends before {start_s:g} s. Give an earlier --start.")
    pipeline = Pipeline(model, delay, settings, audio.rate, tuning_cents=tuning_cents)
    mono = Mono(channel, audio.channels, audio.rate)
    started = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield StreamStarted(model.spec.name, delay, pipeline.delay_s, audio.rate, plain_name(path), started)
    received = notes = 0
    for block in chain((first,), blocks):
        received += len(block)
        for event in pipeline.push(mono.push(block)):
            notes += isinstance(event, NoteOn)
            yield event
    for event in pipeline.flush():
        notes += isinstance(event, NoteOn)
        yield event
    at_s = seconds(received, audio.rate)
    yield End(at_s, at_s, notes, 0, "end of file")


def activations(model: StepModel, blocks: Iterable[FloatArray], rate: int) -> dict[str, Activations]:
    """Every delay's activations of a whole mono recording, float32 (n,) blocks at `rate` Hz.

    They go on after the end for as long as the slowest delay needs to tell of the last note; the model's state
    starts at zero. `decode` turns them into events without running the model again.
    """
    model.reset()
    resampler, received, heard = Resampler(rate), 0, []
    for block in blocks:
        received += len(block)
        heard.append(resampler.push(block))
    silence = max(silence_after(model.spec, delay, received, resampler) for delay in model.spec.shifts)
    audio = np.concatenate([*heard, resampler.push(np.zeros(silence, np.float32))])
    frames = [model.step(hop) for hop in audio[: len(audio) - len(audio) % HOP].reshape(-1, HOP)]
    delays = enumerate(model.spec.shifts)
    return {delay: _joined([frame_of(outputs, row) for outputs in frames]) for row, delay in delays}


def decode(
    spec: StreamSpec,
    delay: str,
    heard: Activations,
    duration_s: float,
    rate: int = SAMPLE_RATE,
    settings: DecoderSettings | None = None,
) -> list[Event]:
    """The note and pedal events that a Pipeline gives for a recording of `duration_s` seconds at `rate` Hz.

    heard: its `activations` at this delay.
    """
    lag_s = Resampler(rate).delay_s
    decoder = Decoder(spec, delay, settings, Timeline(lag_s=lag_s, end_s=duration_s))
    frames = frames_until(spec, delay, duration_s + lag_s)
    return [*decoder.push(Activations(*(head[:frames] for head in heard))), *decoder.flush()]


def frame_of(outputs: Outputs, row: int) -> Activations:
    """One delay's activations of one frame (T = 1) of model outputs."""
    keys = [outputs[head][row : row + 1] for head in KEY_HEADS]
    return Activations._make([*keys, outputs["pedal"][row]])


def frames_until(spec: StreamSpec, delay: str, end_s: float) -> int:
    """How many frames a stream must have until every onset before `end_s` (model clock) has been told."""
    last_onset = math.ceil((end_s * SAMPLE_RATE + spec.tail_samples) / HOP) - 1
    return last_onset + spec.shifts[delay] + spec.confirm_frames + 1


def _joined(frames: list[Activations]) -> Activations:
    return Activations._make(np.concatenate(head) for head in zip(*frames, strict=True))


def silence_after(spec: StreamSpec, delay: str, samples: int, resampler: Resampler) -> int:
    """How many samples of silence at the input's rate make `frames_until` the end of a recording of `samples`."""
    frames = frames_until(spec, delay, (samples + resampler.delay_samples) / resampler.taken_rate)
    return -(-frames * HOP * resampler.taken_rate // SAMPLE_RATE) - samples


def row_of(spec: StreamSpec, delay: str) -> int:
    """Row of a delay in the model's outputs. Raises UsageError for one that the model lacks."""
    if delay not in spec.shifts:
        raise UsageError(f"There is no delay '{delay}'. This model offers {', '.join(spec.shifts)}.")
    return spec.row(delay)
