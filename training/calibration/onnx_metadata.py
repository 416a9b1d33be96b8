"""The stream contract inside an ONNX file: read it, replace it."""

from __future__ import annotations

from pathlib import Path

import onnx

from realtime.contract import METADATA_KEY, StreamSpec
from realtime.errors import ModelError
from realtime.system.storage import replace_file


def put_spec(model: onnx.ModelProto, spec: StreamSpec) -> None:
    """Write `spec` into the model's metadata, in place of an earlier one."""
    kept = [entry for entry in model.metadata_props if entry.key != METADATA_KEY]
    del model.metadata_props[:]
    model.metadata_props.extend(kept)
    model.metadata_props.add(key=METADATA_KEY, value=spec.to_json())


def rewrite_spec(path: Path, spec: StreamSpec, target: Path | None = None) -> None:
    """Replace the spec of an ONNX file, there or in a copy at `target`; a crash leaves the old file or the new one.

    Raises ModelError, FileError.
    """
    try:
        model = onnx.load(path)
    except Exception as error:  # protobuf's own error types are not part of its public interface
        raise ModelError(f"{path} is not an ONNX file.") from error
    put_spec(model, spec)
    replace_file(target or path, model.SerializeToString())
