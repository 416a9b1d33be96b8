"""What of an ONNX file is loaded: what our exporter writes, inside a regular file of bounded size."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto
from onnx.helper import make_function, make_graph, make_node, make_opsetid, make_tensor_value_info
from onnx.numpy_helper import from_array

from realtime.errors import ModelError
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.model_file import LARGEST, read_model
from tests.fakes import fake_model


def test_a_file_is_given_as_it_is() -> None:
    """With the name that sentences call it by."""
    content = shipped_model().read_bytes()
    assert (f"The model {shipped_model()}", content) == read_model(shipped_model())
    assert ("The model", content) == read_model(content)


def node(operator: str, domain: str = "", **attributes: object) -> Callable[[onnx.ModelProto], None]:
    """Adds a node that nothing needs."""
    return lambda model: model.graph.node.append(make_node(operator, ["audio"], ["x"], domain=domain, **attributes))


def inner() -> onnx.GraphProto:
    """A graph inside a node."""
    return make_graph([], "inner", [], [make_tensor_value_info("y", TensorProto.FLOAT, [1])])


def external(model: onnx.ModelProto) -> None:
    """A weight that lies in another file."""
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")


def hidden_external(model: onnx.ModelProto) -> None:
    """The same in a constant."""
    tensor = from_array(np.zeros(4, np.float32))
    tensor.external_data.add(key="location", value="*/_ORT_MEM_ADDR_/*")
    model.graph.node.append(make_node("Constant", [], ["x"], value=tensor))


def function(model: onnx.ModelProto) -> None:
    """A function named as an allowed operator."""
    loop = make_node("Loop", ["", "", "x"], ["y"], body=inner())
    model.functions.append(make_function("liszten", "Relu", ["x"], ["y"], [loop], [make_opsetid("", 17)]))


def long(model: onnx.ModelProto) -> None:
    """A state of a size that makes onnxruntime abort the process."""
    model.graph.input[3].type.tensor_type.shape.dim[0].dim_value = 1 << 31


def negative(model: onnx.ModelProto) -> None:
    """A weight of less than nothing."""
    model.graph.initializer[0].dims[0] = -1


FOREIGN: dict[str, tuple[Callable[[onnx.ModelProto], None], str]] = {
    "Loop": (node("Loop", body=inner()), "Loop"),
    "Scan": (node("Scan", body=inner(), num_scan_inputs=1), "Scan"),
    "If": (node("If", then_branch=inner(), else_branch=inner()), "If"),
    "a graph in an allowed operator": (node("Relu", body=inner()), "g"),
    "another domain": (node("Relu", domain="com.microsoft"), "Relu"),
    "another set of operators": (lambda model: model.opset_import.append(make_opsetid("ai.onnx.ml", 3)), "ai.onnx.ml"),
    "a function": (function, "functions"),
    "a weight elsewhere": (external, "external_data"),
    "a constant elsewhere": (hidden_external, "external_data"),
    "a size beyond 32 bits": (long, "shape"),
    "a negative size": (negative, "shape"),
    "a name that is no text": (node("Relu\u202e[red]"), "Relu"),
}


@pytest.mark.parametrize("operator", ["Sub", "Div", "Tanh", "Clip", "LayerNormalization"])
def test_what_another_exporter_may_write_is_allowed(operator: str) -> None:
    """Arithmetic whose time and room its tensors bound."""
    model = onnx.load_from_string(fake_model())
    node(operator)(model)
    content = model.SerializeToString()
    assert read_model(content) == ("The model", content)


@pytest.mark.parametrize("case", list(FOREIGN))
def test_what_the_exporter_never_writes_is_refused(case: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Before onnxruntime sees it, by the part's name."""
    change, part = FOREIGN[case]
    model = onnx.load_from_string(fake_model())
    change(model)
    with pytest.raises(ModelError, match=rf"do not have \({part}") as caught:
        OnnxStep(model.SerializeToString(), device="cpu")
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_file_in_onnxruntimes_own_format_is_refused() -> None:
    """Its graph is not where the standard has it, so nobody has looked at it."""
    with pytest.raises(ModelError, match="is broken"):
        OnnxStep(b"\xfa\x01\x06XORTMX" + fake_model()[:100], device="cpu")


def test_only_regular_files_of_bounded_size_are_read(tmp_path: Path) -> None:
    """A pipe has no writer, a device no end, and a file may have holes for any size."""
    os.mkfifo(tmp_path / "pipe.onnx")
    with (tmp_path / "large.onnx").open("wb") as file:
        file.truncate(10 << 30)
    for name, why in (
        ("pipe.onnx", "a pipe or a device"),
        ("large.onnx", "larger than 64 MiB"),
        (".", "Is a directory"),
        ("none.onnx", "No such file"),
    ):
        with pytest.raises(ModelError, match=rf"cannot be read \(.*{why}"):
            read_model(tmp_path / name)
    with pytest.raises(ModelError, match="cannot be read"):
        read_model("a\0b")
    assert LARGEST == 64 << 20
