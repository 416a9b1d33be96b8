"""The ONNX step: its state, and the clear sentences for files that are not ours."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto
from onnx.helper import make_node, make_tensor_value_info
from onnx.numpy_helper import from_array

from realtime.contract import AUDIO_INPUT, HOP, KEYS, METADATA_KEY, FloatArray
from realtime.errors import ModelError, UsageError
from realtime.transcription import model as model_module
from realtime.transcription.model import OnnxStep
from tests.fakes import FAKE_KEYS, FAKE_SPEC, fake_model, fake_recording


def hops(seed: int = 0, count: int = 40) -> FloatArray:
    """Loud notes in noise, (count, 160)."""
    noise = 0.05 * np.random.default_rng(seed).standard_normal(count * HOP)
    notes = [(FAKE_KEYS[0], 0.05, 0.2), (FAKE_KEYS[3], 0.1, 0.15)]
    return (noise + fake_recording(notes, count * HOP / 16_000)).astype(np.float32).reshape(-1, HOP)


def run(model: OnnxStep, audio: FloatArray) -> dict[str, FloatArray]:
    """All hops one after another, (T, ...) for each head."""
    steps = [model.step(hop) for hop in audio]
    return {head: np.stack([step[head] for step in steps]) for head in steps[0]}


def test_a_step_gives_every_delay_its_row(fake_model_file: Path) -> None:
    """Shapes of the contract, the spec from the file, and a longer delay says the same some frames later."""
    model = OnnxStep(fake_model_file, device="cpu")
    assert model.spec == FAKE_SPEC
    outputs = run(model, hops())
    delays = len(FAKE_SPEC.shifts)
    assert [(40, delays, KEYS)] * 4 + [(40, delays, 1)] == [value.shape for value in outputs.values()]
    assert all(value.dtype == np.float32 for value in outputs.values())
    assert outputs["onset"][:, 0].max() > 0.9
    assert np.array_equal(outputs["onset"][:-9, 0], outputs["onset"][9:, 2])


def test_state_goes_on_and_reset_equals_new() -> None:
    """Four parts: new (warm-up leaves no trace), once more without a reset, then after one."""
    model = OnnxStep(fake_model(), device="cpu")
    first, second = run(model, hops()), run(model, hops())
    model.reset()
    third = run(model, hops())
    for head in first:
        assert np.array_equal(first[head], third[head])
    assert not np.array_equal(first["onset"], second["onset"])


def test_two_models_do_not_share_state() -> None:
    """The state belongs to the step object."""
    one, other = OnnxStep(fake_model(), device="cpu"), OnnxStep(fake_model(), device="cpu")
    run(one, hops(1))
    assert np.array_equal(run(OnnxStep(fake_model(), device="cpu"), hops())["frame"], run(other, hops())["frame"])


def test_what_was_given_out_does_not_change(fake_step: OnnxStep) -> None:
    """The arrays of a step are the caller's to keep."""
    fake_step.reset()
    kept = fake_step.step(hops()[10])
    copies = {head: value.copy() for head, value in kept.items()}
    run(fake_step, hops())
    assert all(np.array_equal(copies[head], kept[head]) for head in kept)


def changed(change: Callable[[onnx.ModelProto], None]) -> bytes:
    """The fake model after a change."""
    model = onnx.load_from_string(fake_model())
    change(model)
    content: bytes = model.SerializeToString()
    return content


def set_spec(model: onnx.ModelProto, text: str) -> None:
    """Put other metadata into the file."""
    del model.metadata_props[:]
    onnx.helper.set_model_props(model, {METADATA_KEY: text})


def respell(model: onnx.ModelProto, **changes: object) -> None:
    """Put metadata with other values into the file."""
    set_spec(model, json.dumps(json.loads(FAKE_SPEC.to_json()) | changes))


def rename_state(model: onnx.ModelProto) -> None:
    """Give the state `levels` another name, as a foreign model would."""
    model.graph.input[2].name = "hidden"
    for node in model.graph.node:
        node.input[:] = ["hidden" if name == "levels" else name for name in node.input]


def widen_state(model: onnx.ModelProto) -> None:
    """Let the spec claim another shape than the graph has."""
    set_spec(model, FAKE_SPEC.to_json().replace('"levels": [2, 88]', '"levels": [3, 88]'))


def double_head(model: onnx.ModelProto) -> None:
    """Let a head come in double precision."""
    next(node for node in model.graph.node if node.output == ["onset"]).output[0] = "single_onset"
    model.graph.node.append(make_node("Cast", ["single_onset"], ["onset"], to=TensorProto.DOUBLE))
    model.graph.output[0].type.tensor_type.elem_type = TensorProto.DOUBLE


FOREIGN: dict[str, tuple[Callable[[onnx.ModelProto], None], str]] = {
    "no metadata": (lambda model: model.metadata_props.clear(), "was not made by Liszten"),
    "other metadata": (lambda model: set_spec(model, "hello"), "another version"),
    "a list": (lambda model: set_spec(model, "[]"), "another version"),
    "a later version": (
        lambda model: set_spec(model, FAKE_SPEC.to_json().replace('"version": 1', '"version": 2')),
        "another version",
    ),
    "no name": (lambda model: respell(model, name=5), "another version"),
    "a number as text": (lambda model: respell(model, tail_samples="128"), "another version"),
    "a shift before its time": (lambda model: respell(model, shifts={"fast": -1, "balanced": 3}), "another version"),
    "a shift of hours": (lambda model: respell(model, shifts={"fast": 0, "balanced": 10**6}), "another version"),
    "a shift beyond any number": (lambda model: respell(model, shifts={"fast": 10**400}), "another version"),
    "no threshold": (lambda model: respell(model, calibration={"fast": {"onset": math.nan}}), "another version"),
    "a list of delays": (lambda model: respell(model, shifts=[0, 3]), "another version"),
    "nested": (lambda model: set_spec(model, "[" * 100_000), "another version"),
    "another hop": (lambda model: set_spec(model, FAKE_SPEC.to_json().replace('"hop": 160', '"hop": 200')), "hop"),
    "other names": (rename_state, "other tensors"),
    "other shapes": (widen_state, r"levels: \(2, 88\) instead of \(3, 88\)"),
    "a state named as the sound": (
        lambda model: respell(model, states={**FAKE_SPEC.states, AUDIO_INPUT: [1, HOP]}),
        "another sample rate",
    ),
    "no delays": (lambda model: respell(model, shifts={}), "no delay at all"),
    "a tail of hours": (lambda model: respell(model, tail_samples=10**9), "another version"),
    "a name of pages": (lambda model: respell(model, name="x" * 10_000), "another version"),
    "halves": (double_head, "onset: None instead of"),
    "a head less": (lambda model: model.graph.output.pop(0), "onset: None instead of"),
}


@pytest.mark.parametrize("case", list(FOREIGN))
def test_a_file_that_is_not_ours_is_refused(case: str) -> None:
    """Before the first sample of a stream, in one sentence and a way out."""
    change, sentence = FOREIGN[case]
    with pytest.raises(ModelError, match=sentence) as caught:
        OnnxStep(changed(change), device="cpu")
    assert "\n" not in str(caught.value)


def slow(model: onnx.ModelProto) -> None:
    """Let large products of constants come before the sound: optimising computes all of them at a stretch."""
    size = from_array(np.array([1500, 1500], np.int64), "side")
    nought = from_array(np.zeros(1, np.float32), "nought")
    model.graph.initializer.extend([size, nought])
    nodes = [make_node("Expand", ["nought", "side"], ["product_0"])]
    nodes += [make_node("MatMul", [f"product_{i}"] * 2, [f"product_{i + 1}"]) for i in range(200)]
    nodes += [make_node("ReduceSum", ["product_200"], ["last"]), make_node("Add", ["audio", "last"], ["slow"])]
    redirect(model, nodes)


def redirect(model: onnx.ModelProto, nodes: list[onnx.NodeProto]) -> None:
    """Put nodes before the graph's others, which get the last one's output as the sound."""
    for node in model.graph.node:
        node.input[:] = [nodes[-1].output[0] if name == AUDIO_INPUT else name for name in node.input]
    for first in reversed(nodes):
        model.graph.node.insert(0, first)


def test_a_graph_that_takes_for_ever_is_refused(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Before the first sample of a stream, and with no output of onnxruntime's own."""
    monkeypatch.setattr(model_module, "FIRST_RUN_LIMIT_S", 0.2)
    with pytest.raises(ModelError, match="is broken"):
        OnnxStep(changed(slow), device="cpu")
    assert capfd.readouterr() == ("", "")


def huge(model: onnx.ModelProto) -> None:
    """Ask for 64 GB in a few bytes."""
    model.graph.initializer.append(from_array(np.array([100_000_000, HOP], np.int64), "shape"))
    redirect(
        model,
        [
            make_node("Expand", [AUDIO_INPUT, "shape"], ["copies"]),
            make_node("ReduceSum", ["copies"], ["all"]),
            make_node("Mul", ["all", AUDIO_INPUT], ["huge"]),
        ],
    )


def test_a_graph_that_asks_for_all_memory_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    """It fails at once instead of taking what other programs need."""
    with pytest.raises(ModelError, match="is broken"):
        OnnxStep(changed(huge), device="cpu")
    assert capfd.readouterr() == ("", "")


def test_a_state_beyond_all_measure_is_refused() -> None:
    """In graph and spec alike."""

    def grow(model: onnx.ModelProto) -> None:
        shape = [1 << 15, 1 << 15]
        model.graph.input.append(make_tensor_value_info("more", TensorProto.FLOAT, shape))
        model.graph.output.append(make_tensor_value_info("next_more", TensorProto.FLOAT, shape))
        model.graph.node.append(make_node("Identity", ["more"], ["next_more"]))
        respell(model, states={**FAKE_SPEC.states, "more": shape})

    with pytest.raises(ModelError, match="larger state"):
        OnnxStep(changed(grow), device="cpu")


@pytest.mark.parametrize("value", [math.nan, math.inf, -0.5, 1.5])
def test_activations_beyond_0_and_1_are_refused(value: float) -> None:
    """On silence already, by the head that gives them."""

    def scale(model: onnx.ModelProto) -> None:
        model.graph.initializer.append(from_array(np.array(value, np.float32), "added"))
        next(node for node in model.graph.node if node.output == ["velocity"]).output[0] = "plain_velocity"
        model.graph.node.append(make_node("Add", ["plain_velocity", "added"], ["velocity"]))

    with pytest.raises(ModelError, match=r"not between 0 and 1 \(velocity\)"):
        OnnxStep(changed(scale), device="cpu")


def test_later_activations_stay_between_0_and_1() -> None:
    """Whatever a sound makes of a graph that keeps to them in silence; what is no number is nothing."""

    def enlarge(model: onnx.ModelProto) -> None:
        next(node for node in model.graph.node if node.output == ["velocity"]).output[0] = "plain"
        model.graph.initializer.append(from_array(np.array(1e30, np.float32), "large"))
        model.graph.initializer.append(from_array(np.array(-1, np.float32), "opposite"))
        model.graph.node.extend(
            [
                make_node("Mul", ["plain", "large"], ["once"]),
                make_node("Mul", ["once", "large"], ["infinite"]),
                make_node("Mul", ["infinite", "opposite"], ["negative"]),
                make_node("Add", ["infinite", "negative"], ["velocity"]),  # infinity less infinity
            ]
        )

    def twice(model: onnx.ModelProto) -> None:
        next(node for node in model.graph.node if node.output == ["velocity"]).output[0] = "plain"
        model.graph.initializer.append(from_array(np.array(100, np.float32), "hundred"))
        model.graph.node.append(make_node("Mul", ["plain", "hundred"], ["velocity"]))

    sure = run(OnnxStep(fake_model(), device="cpu"), hops())["velocity"] > 0.02
    for change, wanted in ((enlarge, 0.0), (twice, 1.0)):
        velocity = run(OnnxStep(changed(change), device="cpu"), hops())["velocity"]
        assert np.isfinite(velocity).all()
        assert {wanted} == set(velocity[sure].tolist())


@pytest.mark.skipif(not Path("/dev/zero").is_char_device(), reason="needs /dev/zero")
def test_a_device_without_end_is_no_model() -> None:
    """Reading it to its end would take all the memory that there is."""
    with pytest.raises(ModelError, match="/dev/zero cannot be read"):
        OnnxStep("/dev/zero")


def test_a_broken_or_missing_file_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing of onnxruntime's own noise reaches the terminal."""
    (tmp_path / "half.onnx").write_bytes(fake_model()[:3_000])
    (tmp_path / "text.onnx").write_text("hello")
    for name in ("half.onnx", "text.onnx", "none.onnx", "."):
        with pytest.raises(ModelError, match=r"is broken|cannot be read") as caught:
            OnnxStep(tmp_path / name)
        assert str(tmp_path / name) in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_devices(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """auto is the CPU where there is no CUDA, quietly, even where onnxruntime lists it without being able to."""
    with pytest.raises(UsageError, match="auto, cpu, cuda"):
        OnnxStep(fake_model(), device="gpu")
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CPUExecutionProvider"])
    with pytest.raises(UsageError, match="--device cpu"):
        OnnxStep(fake_model(), device="cuda")
    assert OnnxStep(fake_model(), device="auto").provider == "cpu"
    monkeypatch.undo()
    assert OnnxStep(fake_model(), device="auto").provider in ("cpu", "cuda")
    assert capfd.readouterr() == ("", "")
