"""The stream contract: rates, hop, keys, heads, delays and the `StreamSpec` that travels inside the ONNX file.

Frame t of the model is computed when the samples up to (t + 1) * hop have arrived. Its reference
instant lies `tail_samples` before that: the right-hand side of the shortest window, the least sound
that an attack needs before the front-end can see it. The output of a head with label shift k at frame t
is about the sound at the reference instant of frame t - k, its reference frame; onsets are targets on that
frame and on the `confirm_frames` that follow it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Annotated, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from realtime.limits import PITCH, Limits
from realtime.validation import Count, Name, Share, Size, Text, build, read_json, within

SAMPLE_RATE = 16_000
HOP = 160
LOWEST_PITCH = PITCH.least
HIGHEST_PITCH = PITCH.most
KEYS = HIGHEST_PITCH - LOWEST_PITCH + 1
# What a piano is tuned to.
A4_PITCH, A4_HZ = 69, 440.0
# The sustain pedal (CC64, 0-127) is down from here on.
PEDAL_DOWN = 64
FORMAT_VERSION: Literal[1] = 1

FloatArray = npt.NDArray[np.float32]
Float64Array = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Shift = Annotated[int, within(Limits(0, 1000))]  # frames; nobody waits more than ten seconds for a note
Tail = Annotated[int, within(Limits(0, 1000 * HOP))]  # samples; the same
Logits = Annotated[float, within(Limits(0.0, 10.0))]

DELAYS = ("fast", "balanced", "accurate", "studio")
LIVE = "live"  # each note as soon as one of the delays is sure of it
DELAY_LIMITS_S: Mapping[str, float] = {"fast": 0.030, "balanced": 0.060, "accurate": 0.120, "studio": 0.320}
KEY_HEADS = ("onset", "frame", "keyoff", "velocity")
HEADS = (*KEY_HEADS, "pedal")
AUDIO_INPUT = "audio"
STATE_OUTPUT_PREFIX = "next_"
METADATA_KEY = "liszten.spec"


class Activations(NamedTuple):
    """The model's output for T consecutive frames at one delay; every value lies in 0-1, float32.

    onset, frame (the key sounds), keyoff (the key is released), velocity (MIDI velocity / 127, meaningful
    where an onset is): (T, 88). pedal (sustain pedal down): (T,).
    """

    onset: FloatArray
    frame: FloatArray
    keyoff: FloatArray
    velocity: FloatArray
    pedal: FloatArray


@dataclass(frozen=True)
class AnalysisWindow:
    """One analysis window: `length` samples, of which the last `tail` lie right of its peak."""

    length: Size
    tail: Tail


@dataclass(frozen=True)
class DecoderCalibration:
    """Thresholds and velocity calibration of one delay, tuned on rendered validation data.

    Thresholds are activations in 0-1; `restrike` is the onset threshold of a key that has just been played, where it is
    lower than `onset`, and `first` that of the first note after a silence, None for `onset` raised by the decoder's own
    measure. MIDI velocity = clip(velocity_offset + velocity_gain * 127 * activation, 1, 127).
    """

    onset: Share = 0.4
    restrike: Share = 0.2
    frame: Share = 0.3
    keyoff: Share = 0.5
    pedal_on: Share = 0.6
    pedal_off: Share = 0.4
    first: Share | None = None
    velocity_gain: Annotated[float, within(Limits(-100.0, 100.0))] = 1.0
    velocity_offset: Annotated[float, within(Limits(-1000.0, 1000.0))] = 0.0


@dataclass(frozen=True)
class ExpectedCalibration:
    """What the detector of expected keys (`realtime.transcription.expected`) asks for, in logits.

    lowered: how much less than its onset threshold a later delay asks for an expected key once another one of its
    group is heard; chord: how much less still once half of the others are; attempt: for each further stroke; most: the
    sum of these at most. octave: how much more it asks beside a stronger octave that is not expected.
    """

    lowered: Logits = 1.5
    chord: Logits = 1.0
    attempt: Logits = 1.0
    most: Logits = 3.5
    octave: Logits = 1.5


@dataclass(frozen=True)
class StreamSpec:
    """All that the program must know about a model; stored as JSON in the ONNX metadata under `METADATA_KEY`.

    `shifts` gives each delay's label shift in frames; `states` the name and shape of every state tensor
    (float32, all zero at the stream's start), in the order of the graph's inputs. State NAME comes back as
    output `next_NAME`. Outputs onset, frame, keyoff, velocity have shape (len(shifts), 88) and pedal
    (len(shifts), 1), a row per delay in the order of `shifts`. `live` gives the delays that tell notes in mode `live`,
    and what each asks for there; empty: the model has no such mode. `expected` is for practice.
    """

    name: Name
    windows: tuple[AnalysisWindow, ...]
    tail_samples: Tail
    shifts: Mapping[Name, Shift]
    states: Mapping[Text, tuple[Size, ...]]
    confirm_frames: Shift = 1
    sample_rate: Size = SAMPLE_RATE
    hop: Size = HOP
    calibration: Mapping[Text, DecoderCalibration] = field(default_factory=dict)
    live: Mapping[Text, DecoderCalibration] = field(default_factory=dict)
    expected: ExpectedCalibration = field(default_factory=ExpectedCalibration)
    parameters: Count = 0
    corpus: Text = ""
    licence: Text = ""
    version: Literal[1] = FORMAT_VERSION

    @property
    def modes(self) -> tuple[str, ...]:
        """The delays, and `live` if there is that mode."""
        return (*self.shifts, *((LIVE,) if self.live else ()))

    def offered(self, mode: str) -> str:
        """`mode`; for `live`, the default, in a model that lacks it: the delay that comes nearest."""
        if mode != LIVE or self.live:
            return mode
        return "balanced" if "balanced" in self.shifts else next(iter(self.shifts))

    def rows(self, mode: str) -> Mapping[str, DecoderCalibration]:
        """The delays that tell notes in a mode, with their calibrations. Raises KeyError for a mode that the model
        lacks."""
        if mode == LIVE and self.live:
            return self.live
        if mode not in self.shifts:
            raise KeyError(mode)
        return {mode: self.calibration.get(mode, DecoderCalibration())}

    def earliest(self, mode: str) -> str:
        """The delay that tells the first notes of a mode: the mode itself but in `live`."""
        return min(self.rows(mode), key=lambda delay: self.shifts[delay])

    def delay_samples(self, mode: str) -> int:
        """Samples (at the model's rate) from an onset to the last moment at which its note may leave the decoder,
        without the resampler: window tail + label shift + confirmation + the hop that has to fill up."""
        shift = max(self.shifts[delay] for delay in self.rows(mode))
        return self.tail_samples + (shift + self.confirm_frames + 1) * self.hop

    def delay(self, mode: str, resampler_s: float = 0.0) -> float:
        """Algorithmic delay in seconds; `resampler_s` is what the resampler in use declares."""
        return self.delay_samples(mode) / self.sample_rate + resampler_s

    def row(self, delay: str) -> int:
        """Index of a delay in the graph's outputs. Raises KeyError for a delay that the model lacks."""
        if delay not in self.shifts:
            raise KeyError(delay)
        return list(self.shifts).index(delay)

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> StreamSpec:
        """Inverse of `to_json`; raises DataError for any other text."""
        return build(StreamSpec, read_json(text))
