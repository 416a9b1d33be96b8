"""Stand-ins for what a test should not need: a trained model, and a piano that it understands.

The fake model finds eight keys, each as a sine of its own frequency. It is a real ONNX graph, of the operators that
our exporter writes, with real recurrent state: the samples of its window, the last two levels of every key (their rise
is an onset, their fall a key-off) and a delay line that makes the longer delays. A constant offset of the signal above
0.3 is its sustain pedal.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from realtime.contract import HEADS, HOP, KEYS, METADATA_KEY, AnalysisWindow, DecoderCalibration, FloatArray, StreamSpec

FAKE_KEYS = tuple(range(4, KEYS, 11))
LEFT, RIGHT = 480, 128
WINDOW = LEFT + RIGHT
SHIFTS = {"fast": 0, "balanced": 3, "accurate": 9, "studio": 28}
ROW = 4 * KEYS + 1
THRESHOLD = 0.05
OPSET, IR_VERSION = 17, 8

FAKE_SPEC = StreamSpec(
    name="fake",
    windows=(AnalysisWindow(WINDOW, RIGHT),),
    tail_samples=RIGHT,
    shifts=SHIFTS,
    states={"samples": (1, WINDOW - HOP), "levels": (2, KEYS), "rows": (max(SHIFTS.values()), ROW)},
    live={
        "fast": DecoderCalibration(onset=0.48, restrike=0.45),
        "balanced": DecoderCalibration(onset=0.42, restrike=0.4),
        "accurate": DecoderCalibration(onset=0.35, restrike=0.3),
    },
)


def fake_frequency(key: int) -> float:
    """The frequency in Hz that the fake model takes for a key (0-87) of FAKE_KEYS."""
    return 400.0 + 600.0 * FAKE_KEYS.index(key)


def fake_recording(
    notes: Sequence[tuple[int, float, float]], duration_s: float, rate: int = 16_000, amplitude: float = 0.5
) -> FloatArray:
    """Mono sound of notes (key, onset_s, offset_s) as the fake model understands them, float32 (n,)."""
    time = np.arange(round(duration_s * rate)) / rate
    audio = np.zeros(len(time))
    for key, onset_s, offset_s in notes:
        sounding = (time >= onset_s) & (time < offset_s)
        audio += amplitude * sounding * np.sin(2 * np.pi * fake_frequency(key) * (time - onset_s))
    return audio.astype(np.float32)


@functools.cache
def fake_model() -> bytes:
    """The fake model as an ONNX file, with a Liszten spec inside."""
    spec = FAKE_SPEC
    inputs = {"audio": (1, HOP), **spec.states}
    delays = len(spec.shifts)
    outputs = {head: (delays, 1 if head == "pedal" else KEYS) for head in HEADS}
    outputs |= {f"next_{name}": shape for name, shape in spec.states.items()}
    graph = helper.make_graph(
        _nodes(),
        "fake",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in inputs.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
        [numpy_helper.from_array(value, name) for name, value in _constants().items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    helper.set_model_props(model, {METADATA_KEY: spec.to_json()})
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString()
    return content


def _nodes() -> list[onnx.NodeProto]:
    node = helper.make_node
    return [
        node("Concat", ["samples", "audio"], ["window"], axis=1),
        node("Slice", ["window", "hop", "end", "axis1"], ["next_samples"]),
        node("MatMul", ["window", "cosine"], ["re"]),
        node("MatMul", ["window", "sine"], ["im"]),
        node("Mul", ["re", "re"], ["re2"]),
        node("Mul", ["im", "im"], ["im2"]),
        node("Add", ["re2", "im2"], ["power"]),
        node("Sqrt", ["power"], ["level"]),  # (1, 88)
        node("Concat", ["levels", "level"], ["all_levels"], axis=0),
        node("Slice", ["all_levels", "one", "end", "axis0"], ["next_levels"]),
        node("Slice", ["all_levels", "zero", "one", "axis0"], ["before"]),
        *_gate("level", "loud", 200.0),
        *_gate("before", "was_loud", 200.0),
        *_gate("level", "quiet", -200.0),
        *_gate("before", "was_quiet", -200.0),
        node("Mul", ["loud", "was_quiet"], ["now_onset"]),
        node("Mul", ["quiet", "was_loud"], ["now_keyoff"]),
        node("Relu", ["level"], ["positive"]),
        node("Add", ["positive", "minus_one"], ["beyond_one"]),
        node("Relu", ["beyond_one"], ["excess"]),
        node("Mul", ["excess", "minus_one"], ["less_excess"]),
        node("Add", ["positive", "less_excess"], ["now_velocity"]),
        node("ReduceSum", ["audio", "axis1"], ["sum"], keepdims=1),
        node("Mul", ["sum", "per_sample"], ["offset"]),
        node("Add", ["offset", "minus_pedal_threshold"], ["over"]),
        node("Mul", ["over", "steep"], ["pedal_logit"]),
        node("Sigmoid", ["pedal_logit"], ["now_pedal"]),
        node("Concat", ["now_onset", "loud", "now_keyoff", "now_velocity", "now_pedal"], ["row"], axis=1),
        node("Concat", ["rows", "row"], ["all_rows"], axis=0),
        node("Slice", ["all_rows", "one", "end", "axis0"], ["next_rows"]),
        node("Gather", ["all_rows", "chosen_rows"], ["delayed"], axis=0),
        *(node("Slice", ["delayed", f"begin_{head}", f"end_{head}", "axis1"], [head]) for head in HEADS),
    ]


def _gate(level: str, name: str, steepness: float) -> list[onnx.NodeProto]:
    """sigmoid(steepness * (level - THRESHOLD))"""
    return [
        helper.make_node("Add", [level, "minus_threshold"], [f"{name}_over"]),
        helper.make_node("Constant", [], [f"{name}_steep"], value_float=steepness),
        helper.make_node("Mul", [f"{name}_over", f"{name}_steep"], [f"{name}_logit"]),
        helper.make_node("Sigmoid", [f"{name}_logit"], [name]),
    ]


def _constants() -> dict[str, np.ndarray]:
    rising = np.hanning(2 * LEFT)[:LEFT]
    falling = np.hanning(2 * RIGHT)[RIGHT:]
    shape = np.concatenate((rising, falling))
    time = np.arange(WINDOW) / 16_000
    waves = np.zeros((2, WINDOW, KEYS), np.float32)
    for key in FAKE_KEYS:
        phase = 2 * np.pi * fake_frequency(key) * time
        waves[:, :, key] = 2 / shape.sum() * shape * np.array([np.cos(phase), np.sin(phase)])
    integers = {"hop": [HOP], "end": [1 << 30], "zero": [0], "one": [1], "axis0": [0], "axis1": [1]}
    integers |= {
        "chosen_rows": [max(SHIFTS.values()) - shift for shift in SHIFTS.values()],
        **{f"begin_{head}": [KEYS * place] for place, head in enumerate(HEADS)},
        **{f"end_{head}": [KEYS * (place + 1)] for place, head in enumerate(HEADS)},
    }
    floats = {
        "minus_threshold": -THRESHOLD,
        "minus_one": -1.0,
        "minus_pedal_threshold": -0.3,
        "per_sample": 1 / HOP,
        "steep": 50.0,
    }
    return {
        "cosine": waves[0],
        "sine": waves[1],
        **{name: np.array(value, np.int64) for name, value in integers.items()},
        **{name: np.array(value, np.float32) for name, value in floats.items()},
    }
