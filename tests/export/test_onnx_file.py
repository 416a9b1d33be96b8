"""The exported graph against torch and its contract."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from export.parity import TOLERANCE, check_parity, largest_difference
from export.verify import verify
from realtime.contract import FloatArray
from realtime.errors import ModelError
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.model_file import OPERATORS
from training.calibration.onnx_metadata import rewrite_spec
from training.model.initial import load_initial
from training.model.network import PianoNetwork


def test_the_file_keeps_its_contract(exported: Path, strings: FloatArray):
    """Every clause holds for a fresh export."""
    assert [check for check in verify(exported, strings) if not check.holds] == []


def test_the_file_gives_the_activations_of_torch(exported: Path, network: PianoNetwork, strings: FloatArray):
    """Hop by hop with carried states, far within 1e-4 of the whole-clip forward, over more than ten seconds."""
    worst = largest_difference(exported, network, strings)
    assert set(worst) == {"onset", "frame", "keyoff", "velocity", "pedal"}
    assert max(worst.values()) < TOLERANCE / 10


@pytest.mark.parametrize(
    "name", ["strings.weight_hidden", "whole.bias_input", "overtones.norm.running_mean", "pedal.weight"]
)
def test_a_slightly_different_network_is_noticed(exported: Path, network: PianoNetwork, strings: FloatArray, name: str):
    """Parity is a measurement: a part of the network moved by a tenth breaks it."""
    other = PianoNetwork(network.config)
    weights = {k: v.clone() for k, v in network.state_dict().items()}
    weights[name] += 0.1 * torch.sign(weights[name])
    other.load_state_dict(weights)
    assert not check_parity(exported, other, strings).holds


def test_too_little_audio_is_refused(exported: Path, network: PianoNetwork, strings: FloatArray):
    """A second of sound proves nothing about a state."""
    with pytest.raises(ValueError, match="at least 10 s"):
        verify(exported, strings[:16000])
    with pytest.raises(ValueError, match="at least 10 s"):
        largest_difference(exported, network, strings[:16000])


def test_a_delay_beyond_its_limit_is_noticed(exported: Path, strings: FloatArray, tmp_path: Path):
    """A balanced head that speaks about four frames ago instead of three takes 68 ms, and 60 are allowed."""
    slow = shutil.copy(exported, tmp_path / "slow.onnx")
    spec = OnnxStep(slow, "cpu").spec
    rewrite_spec(slow, replace(spec, shifts=dict(spec.shifts) | {"balanced": 4}))
    broken = [check for check in verify(slow, strings) if not check.holds]
    assert [check.clause for check in broken] == ["delay balanced <= 60 ms"]
    assert broken[0].found == "68.0 ms"


def test_a_missing_delay_is_noticed(exported: Path, strings: FloatArray, tmp_path: Path):
    """Four delays belong to the contract, under their names."""
    other = shutil.copy(exported, tmp_path / "other.onnx")
    spec = OnnxStep(other, "cpu").spec
    renamed = {("slowest" if name == "studio" else name): shift for name, shift in spec.shifts.items()}
    rewrite_spec(other, replace(spec, shifts=renamed))
    assert [check.clause for check in verify(other, strings) if not check.holds] == ["delay studio"]


def test_other_state_names_are_refused(exported: Path, strings: FloatArray, tmp_path: Path):
    """A state that the spec does not know is not ours."""
    path = tmp_path / "renamed.onnx"
    model = onnx.load(exported)
    model.graph.output[-1].name = "next_something"
    model.graph.node[-1].output[0] = "next_something"
    onnx.save(model, path)
    with pytest.raises(ModelError):
        verify(path, strings)


def test_the_weights_come_back_out_of_the_file(exported: Path, network: PianoNetwork):
    """A run can start from an exported file: every weight is there, under its own name, bit for bit."""
    again = PianoNetwork(network.config)
    load_initial(again, exported)
    for name, value in network.state_dict().items():
        if value.is_floating_point():
            assert torch.equal(value, again.state_dict()[name]), name


def test_rewriting_the_spec_changes_nothing_else(exported: Path, tmp_path: Path):
    """Calibrating a file leaves its network as it was."""
    path = shutil.copy(exported, tmp_path / "copy.onnx")
    before = OnnxStep(path, "cpu").step(np.full(160, 0.1, np.float32))
    spec = OnnxStep(path, "cpu").spec
    rewrite_spec(path, replace(spec, licence="another"))
    model = OnnxStep(path, "cpu")
    after = model.step(np.full(160, 0.1, np.float32))
    assert model.spec == replace(spec, licence="another")
    assert all(np.array_equal(before[head], after[head]) for head in before)
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_written_is_allowed_and_control_flow_is_not(exported: Path) -> None:
    """Every model of ours loads; what can go on for ever is in none."""
    files = (exported, shipped_model())
    assert {node.op_type for file in files for node in onnx.load(file).graph.node} <= OPERATORS
    assert not OPERATORS & {"If", "Loop", "Scan", "SequenceMap"}
