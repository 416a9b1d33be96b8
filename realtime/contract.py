"""The stream contract: rates, hop, keys, heads, delays and the `StreamSpec` that travels inside the ONNX file.

Frame t of the model is computed when the samples up to (t + 1) * hop have arrived. Its reference
instant lies `tail_samples` before that: the right-hand side of the shortest window, the least sound
that an attack needs before the front-end can see it. A head of label shift k speaks, at frame t,
about what sounded at the reference instant of frame t - k; onsets are targets on that frame and on
the `confirm_frames` that follow it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 16_000
HOP = 160
KEYS = 88
LOWEST_PITCH = 21
FORMAT_VERSION = 1

FloatArray = npt.NDArray[np.float32]

DELAYS = ("fast", "balanced", "accurate", "studio")
DELAY_LIMITS_S: Mapping[str, float] = {"fast": 0.030, "balanced": 0.060, "accurate": 0.120, "studio": 0.320}
KEY_HEADS = ("onset", "frame", "keyoff", "velocity")
HEADS = (*KEY_HEADS, "pedal")
AUDIO_INPUT = "audio"
STATE_OUTPUT_PREFIX = "next_"
METADATA_KEY = "liszten.spec"


class Activations(NamedTuple):
    """What the model says at one delay about T consecutive frames; every value lies in 0-1, float32.

    onset, frame (the key sounds), keyoff (the key is released), velocity (MIDI velocity / 127, meaningful
    where an onset is): (T, 88). pedal (sustain pedal down): (T,).
    """

    onset: FloatArray
    frame: FloatArray
    keyoff: FloatArray
    velocity: FloatArray
    pedal: FloatArray


@dataclass(frozen=True)
class Window:
    """One analysis window: `length` samples, of which the last `tail` lie right of its peak."""

    length: int
    tail: int


@dataclass(frozen=True)
class DecoderCalibration:
    """Thresholds and velocity calibration of one delay, tuned on rendered validation data.

    Thresholds are activations in 0-1; `restrike` is the onset's of a key that was just struck, where it is lower than
    `onset`. MIDI velocity = clip(velocity_offset + velocity_gain * 127 * activation, 1, 127).
    """

    onset: float = 0.4
    restrike: float = 0.2
    frame: float = 0.3
    keyoff: float = 0.5
    pedal_on: float = 0.6
    pedal_off: float = 0.4
    velocity_gain: float = 1.0
    velocity_offset: float = 0.0


@dataclass(frozen=True)
class StreamSpec:
    """All that a player must know of a model; stored as JSON in the ONNX metadata under `METADATA_KEY`.

    `shifts` gives each delay's label shift in frames; `states` the name and shape of every state tensor
    (float32, all zero at the stream's start), in the order of the graph's inputs. State NAME comes back as
    output `next_NAME`. Outputs onset, frame, keyoff, velocity have shape (len(shifts), 88) and pedal
    (len(shifts), 1), a row per delay in the order of `shifts`.
    """

    name: str
    windows: tuple[Window, ...]
    tail_samples: int
    shifts: Mapping[str, int]
    states: Mapping[str, tuple[int, ...]]
    confirm_frames: int = 1
    sample_rate: int = SAMPLE_RATE
    hop: int = HOP
    calibration: Mapping[str, DecoderCalibration] = field(default_factory=dict)
    parameters: int = 0
    corpus: str = ""
    licence: str = ""
    version: int = FORMAT_VERSION

    def delay_samples(self, mode: str) -> int:
        """Samples (at the model's rate) from an onset to the last moment at which its note may leave the decoder,
        without the resampler: window tail + label shift + confirmation + the hop that has to fill up."""
        return self.tail_samples + (self.shifts[mode] + self.confirm_frames + 1) * self.hop

    def delay(self, mode: str, resampler_s: float = 0.0) -> float:
        """Algorithmic delay in seconds; `resampler_s` is what the resampler in use declares."""
        return self.delay_samples(mode) / self.sample_rate + resampler_s

    def row(self, mode: str) -> int:
        """Index of a delay in the graph's outputs. Raises KeyError for a delay that the model lacks."""
        if mode not in self.shifts:
            raise KeyError(mode)
        return list(self.shifts).index(mode)

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> StreamSpec:
        """Inverse of `to_json`; raises ValueError, KeyError or TypeError for any other text."""
        raw: dict[str, Any] = json.loads(text)
        if raw.get("version") != FORMAT_VERSION:
            raise ValueError(f"spec version {raw.get('version')!r}, expected {FORMAT_VERSION}")
        raw["windows"] = tuple(Window(**w) for w in raw["windows"])
        raw["states"] = {name: tuple(shape) for name, shape in raw["states"].items()}
        raw["calibration"] = {mode: DecoderCalibration(**c) for mode, c in raw["calibration"].items()}
        return StreamSpec(**raw)
