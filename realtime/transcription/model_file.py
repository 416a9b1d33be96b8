"""Model files from anywhere, checked before onnxruntime loads them.

ONNX can express endless loops, functions of its own, operators of foreign libraries and weights at any address. Allowed
is what an exporter makes of such a network: one graph of the operators below, with its weights inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError

from realtime.errors import ModelError
from realtime.system.regular_file import MIB, read_regular
from realtime.words import Phrase

UNREADABLE = Phrase("model.unreadable", "The model {path} cannot be read ({why}). Check the path.")
BROKEN = Phrase("model.broken", "{name} is broken or no ONNX file. Fetch it again, or leave out --model.")
FOREIGN_PART = Phrase(
    "model.foreign_part",
    "{name} has a part that Liszten's models do not have ({part}). Leave out --model to use the shipped one.",
)

LARGEST = 64 * MIB  # ten times the shipped one
# What torch's exporter makes of the network, whatever its sizes, and what another release of it may make. Each takes a
# time that its tensors bound.
OPERATORS = frozenset(
    (
        "Abs",
        "Add",
        "BatchNormalization",
        "Cast",
        "CastLike",
        "Clip",
        "Concat",
        "Constant",
        "Conv",
        "DFT",
        "Div",
        "Equal",
        "Erf",
        "Exp",
        "Expand",
        "Flatten",
        "GRU",
        "Gather",
        "Greater",
        "Identity",
        "LSTM",
        "LayerNormalization",
        "LeakyRelu",
        "Less",
        "Log",
        "MatMul",
        "Max",
        "Min",
        "Mul",
        "Neg",
        "Pad",
        "Pow",
        "Reciprocal",
        "ReduceMax",
        "ReduceMean",
        "ReduceSum",
        "Relu",
        "Reshape",
        "SequenceAt",
        "Shape",
        "Sigmoid",
        "Slice",
        "Softmax",
        "Softplus",
        "Split",
        "SplitToSequence",
        "Sqrt",
        "Squeeze",
        "Sub",
        "Tanh",
        "Transpose",
        "Unsqueeze",
        "Where",
    )
)
ONNX_DOMAINS = (b"", b"ai.onnx")  # of the standard's own operators; two names of one
GRAPH_ATTRIBUTES = ("g", "graphs", "sparse_tensor", "sparse_tensors")
LONGEST_SIDE = LARGEST // 4  # of a tensor; sizes beyond 32 bits make onnxruntime abort the process
EXTERNAL = 1  # a tensor's data lie in another file

# Message -> field -> (number, repeated, type): the part of the standard's onnx.proto that is looked at. All others, as
# the weights, are left as they are.
_BYTES, _NUMBER = "bytes", "int64"
_SCHEMA: dict[str, dict[str, tuple[int, bool, str]]] = {
    "Model": {"graph": (7, False, "Graph"), "opset_import": (8, True, "OperatorSet"), "functions": (25, True, _BYTES)},
    "OperatorSet": {"domain": (1, False, _BYTES)},
    "Graph": {
        "node": (1, True, "Node"),
        "initializer": (5, True, "Tensor"),
        "input": (11, True, "Value"),
        "output": (12, True, "Value"),
        "value_info": (13, True, "Value"),
        "sparse_initializer": (15, True, _BYTES),
    },
    "Node": {
        "op_type": (4, False, _BYTES),
        "attribute": (5, True, "Attribute"),
        "domain": (7, False, _BYTES),
    },
    "Attribute": {
        "t": (5, False, "Tensor"),
        "g": (6, False, _BYTES),
        "tensors": (10, True, "Tensor"),
        "graphs": (11, True, _BYTES),
        "sparse_tensor": (22, False, _BYTES),
        "sparse_tensors": (23, True, _BYTES),
    },
    "Value": {"type": (2, False, "Type")},
    "Type": {"tensor_type": (1, False, "TensorType")},
    "TensorType": {"shape": (2, False, "Shape")},
    "Shape": {"dim": (1, True, "Dimension")},
    "Dimension": {"dim_value": (1, False, _NUMBER)},
    "Tensor": {"dims": (1, True, _NUMBER), "external_data": (13, True, _BYTES), "data_location": (14, False, _NUMBER)},
}


def read_model(source: Path | str | bytes) -> tuple[str, bytes]:
    """-> a name to show, and the content, which onnxruntime may load. Raises ModelError."""
    if isinstance(source, bytes):
        name, content = "The model", source
    else:
        name, content = f"The model {source}", _content(Path(source))
    _check(name, content)
    return name, content


def _content(path: Path) -> bytes:
    try:
        return read_regular(path, LARGEST)
    except OSError as error:
        raise ModelError(UNREADABLE(path=path, why=str(error.strerror))) from error
    except ValueError as error:  # a zero byte in the path
        raise ModelError(UNREADABLE(path=path, why=str(error))) from error


def _check(name: str, content: bytes) -> None:
    """Raises ModelError."""
    try:
        model = _Model.FromString(content)
    except DecodeError as error:
        raise ModelError(BROKEN(name=name)) from error
    if part := next(_foreign_parts(model), None):
        raise ModelError(FOREIGN_PART(name=name, part=part))


def _foreign_parts(model: Any) -> Iterator[str]:
    """What the exporter does not write, as the file names it."""
    if model.functions:
        yield "functions"
    for used in model.opset_import:
        if used.domain not in ONNX_DOMAINS:
            yield _shown(used.domain)
    if model.graph.sparse_initializer:
        yield "sparse_initializer"
    tensors = list(model.graph.initializer)
    for node in model.graph.node:
        if node.domain not in ONNX_DOMAINS or _shown(node.op_type) not in OPERATORS:
            yield _shown(node.op_type)
        for attribute in node.attribute:
            yield from (kind for kind in GRAPH_ATTRIBUTES if getattr(attribute, kind))
            tensors += [attribute.t, *attribute.tensors]
    values = [*model.graph.input, *model.graph.output, *model.graph.value_info]
    sides = [side.dim_value for value in values for side in value.type.tensor_type.shape.dim]
    if any(not 0 <= side <= LONGEST_SIDE for side in (*sides, *(side for tensor in tensors for side in tensor.dims))):
        yield "shape"
    if any(tensor.external_data or tensor.data_location == EXTERNAL for tensor in tensors):
        yield "external_data"


def _shown(name: bytes) -> str:
    return name.decode("utf-8", "replace")[:40]


def _model_class() -> Any:
    """The class of `Model` messages."""
    file = descriptor_pb2.FileDescriptorProto(name="liszten/onnx.proto", package="liszten", syntax="proto2")
    field = descriptor_pb2.FieldDescriptorProto
    for name, entries in _SCHEMA.items():
        message = file.message_type.add(name=name)
        for key, (number, repeated, kind) in entries.items():
            label = field.LABEL_REPEATED if repeated else field.LABEL_OPTIONAL
            added = message.field.add(name=key, number=number, label=label)
            if kind in _SCHEMA:
                added.type, added.type_name = field.TYPE_MESSAGE, f".liszten.{kind}"
            else:
                added.type = field.TYPE_BYTES if kind == _BYTES else field.TYPE_INT64
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("liszten.Model"))


_Model = _model_class()
