"""The model as one step: an ONNX session with its state.

One thread and no spinning: a second thread costs more than it gives for a model of this size, and spinning
threads burn a whole core between two hops.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from realtime.contract import (
    AUDIO_INPUT,
    HEADS,
    HOP,
    KEYS,
    METADATA_KEY,
    SAMPLE_RATE,
    STATE_OUTPUT_PREFIX,
    FloatArray,
    StreamSpec,
)
from realtime.errors import DataError, ModelError, UsageError
from realtime.transcription.model_file import BROKEN, read_model
from realtime.transcription.onnx_runtime import onnxruntime
from realtime.words import Phrase

NO_DEVICE = Phrase("model.no_device", "There is no device '{device}'. Choose one of {devices}.")
MISSING = Phrase(
    "model.missing", "The model {path} is missing. Install Liszten again, or name a model file with --model."
)
NO_CUDA = Phrase(
    "model.no_cuda", "Inference on CUDA is not possible here. Use --device cpu, or see what liszten doctor says."
)
FOREIGN = Phrase("model.foreign", "{name} was not made by Liszten. Leave out --model to use the shipped one.")
OTHER_VERSION = Phrase("model.other_version", "{name} was made for another version of Liszten. Export it again.")
OTHER_CONTRACT = Phrase(
    "model.other_contract", "{name} has another sample rate, hop or no delay at all. Export it again."
)
OTHER_VALUES = Phrase(
    "model.other_values", "{name} gives values that are not between 0 and 1 ({tensor}). Export it again."
)
LARGE_STATE = Phrase("model.large_state", "{name} has a larger state than Liszten allows. Export it again.")
OTHER_TENSORS = Phrase(
    "model.other_tensors", "{name} has other tensors than Liszten expects ({detail}). Export it again."
)
TENSOR = Phrase("model.tensor", "{tensor}: {found} instead of {wanted}")

DEVICES = ("auto", "cpu", "cuda")
PROVIDERS = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider"}
SHIPPED_MODEL = "liszten.onnx"
WARM_UP_STEPS = 5
BENCHMARK_S = 0.5  # per device
FIRST_RUN_LIMIT_S = 30.0  # CUDA takes seconds for its first step, everything else milliseconds
MOST_STATE = 1 << 24  # numbers: 64 MiB
SILENT, WARNINGS = 4, 2  # onnxruntime's log severities


class OnnxStep:
    """One hop of audio in, activations of every delay out; the state stays here between steps.

    device: "cpu", "cuda", or "auto": the faster one in a benchmark of a second, where onnxruntime has CUDA at all.
    `provider` is the chosen one: "cpu" or "cuda".
    """

    spec: StreamSpec
    provider: str

    def __init__(self, source: Path | str | bytes, device: str = "auto") -> None:
        """Load, check names and shapes, warm up. Raises ModelError, and UsageError for a device that is not there."""
        if device not in DEVICES:
            raise UsageError(NO_DEVICE(device=device, devices=", ".join(DEVICES)))
        name, content = read_model(source)
        self.spec = _checked_spec(name, content)
        sessions = _open_sessions(name, content, device)
        for session in sessions.values():
            _run_once(name, session, self.spec)
        self._outputs = [*HEADS, *(STATE_OUTPUT_PREFIX + state for state in self.spec.states)]
        self.provider = self._fastest(sessions)
        self._session = sessions[self.provider]
        self.reset()
        for _ in range(WARM_UP_STEPS):
            self.step(np.zeros(HOP, np.float32))
        self.reset()

    def step(self, audio: FloatArray) -> dict[str, FloatArray]:
        """float32 (160,) -> onset, frame, keyoff, velocity (D, 88) and pedal (D, 1), rows as in `spec.shifts`."""
        self._feed[AUDIO_INPUT] = audio.reshape(1, HOP)
        results = self._session.run(self._outputs, self._feed)
        self._feed.update(zip(self.spec.states, results[len(HEADS) :], strict=True))
        for head in results[: len(HEADS)]:  # in 0-1 already, unless the graph is not what it should be; NaN becomes 0
            np.fmin(np.fmax(head, 0.0, out=head), 1.0, out=head)
        return dict(zip(HEADS, results, strict=False))

    def reset(self) -> None:
        """State to zero: a new stream."""
        self._feed = {state: np.zeros(shape, np.float32) for state, shape in self.spec.states.items()}

    def _fastest(self, sessions: dict[str, Any]) -> str:
        """The device whose session steps faster, by the median over half a second."""
        if len(sessions) == 1:
            return next(iter(sessions))
        medians = {}
        for provider, self._session in sessions.items():
            self.reset()
            medians[provider] = np.median([*self._step_times(BENCHMARK_S)])
        return min(medians, key=lambda provider: medians[provider])

    def _step_times(self, duration_s: float) -> Iterator[float]:
        audio = np.zeros(HOP, np.float32)
        end = time.perf_counter() + duration_s
        while (begin := time.perf_counter()) < end:
            self.step(audio)
            yield time.perf_counter() - begin


def shipped_model() -> Path:
    """The model file that comes with the program. Raises ModelError when the installation lacks it."""
    path = Path(str(resources.files("assets"))) / "models" / SHIPPED_MODEL
    if not path.is_file():
        raise ModelError(MISSING(path=str(path)))
    return path


def _checked_spec(name: str, content: bytes) -> StreamSpec:
    """The spec of a file that computes a hop in time. Raises ModelError.

    Optimising computes constant parts of a graph, whatever they cost, and cannot be stopped; so the graph runs once as
    it is.
    """
    session = _open_session(name, content, "cpu", optimised=False)
    spec = _read_spec(name, session)
    _run_once(name, session, spec)
    return spec


def _open_sessions(name: str, content: bytes, device: str) -> dict[str, Any]:
    """A session for each device that may be used. Raises ModelError, UsageError."""
    sessions = {} if device == "cuda" else {"cpu": _open_session(name, content, "cpu")}
    if device != "cpu" and PROVIDERS["cuda"] in onnxruntime.get_available_providers():
        with contextlib.suppress(ModelError):
            session = _open_session(name, content, "cuda")
            if PROVIDERS["cuda"] in session.get_providers():  # onnxruntime falls back to the CPU silently
                sessions["cuda"] = session
    if not sessions:
        raise UsageError(NO_CUDA())
    return sessions


def _open_session(name: str, content: bytes, provider: str, optimised: bool = True) -> Any:
    levels = onnxruntime.GraphOptimizationLevel
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = levels.ORT_ENABLE_ALL if optimised else levels.ORT_DISABLE_ALL
    options.add_session_config_entry("session.load_model_format", "ONNX")  # the one that was checked
    options.add_session_config_entry("session.use_env_allocators", "1")  # with its limit of memory
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = SILENT
    onnxruntime.set_default_logger_severity(SILENT)  # CUDA libraries that are missing are no news to a pianist
    try:
        return onnxruntime.InferenceSession(content, options, providers=[PROVIDERS[provider]], enable_fallback=0)
    except Exception as error:  # onnxruntime's errors have no common base
        raise ModelError(BROKEN(name=name)) from error
    finally:
        onnxruntime.set_default_logger_severity(WARNINGS)


def _run_once(name: str, session: Any, spec: StreamSpec) -> None:
    """One hop of silence: what fails or takes for ever is found before the stream begins. Raises ModelError."""
    options = onnxruntime.RunOptions()
    options.log_severity_level = SILENT
    limit = threading.Timer(FIRST_RUN_LIMIT_S, setattr, (options, "terminate", True))
    limit.start()
    inputs = {AUDIO_INPUT: (1, HOP), **spec.states}
    try:
        silence = {tensor: np.zeros(shape, np.float32) for tensor, shape in inputs.items()}
        activations = session.run(HEADS, silence, options)
    except Exception as error:  # onnxruntime's errors have no common base
        raise ModelError(BROKEN(name=name)) from error
    finally:
        limit.cancel()
    for head, values in zip(HEADS, activations, strict=True):
        if not ((values >= 0) & (values <= 1)).all():
            raise ModelError(OTHER_VALUES(name=name, tensor=head))


def _read_spec(name: str, session: Any) -> StreamSpec:
    """The spec from the metadata, with the graph's inputs and outputs checked against it. Raises ModelError."""
    text = session.get_modelmeta().custom_metadata_map.get(METADATA_KEY)
    if text is None:
        raise ModelError(FOREIGN(name=name))
    try:
        spec = StreamSpec.from_json(text)
    except DataError as error:
        raise ModelError(OTHER_VERSION(name=name)) from error
    if (spec.sample_rate, spec.hop) != (SAMPLE_RATE, HOP) or not spec.shifts or AUDIO_INPUT in spec.states:
        raise ModelError(OTHER_CONTRACT(name=name))
    if sum(math.prod(shape) for shape in spec.states.values()) > MOST_STATE:
        raise ModelError(LARGE_STATE(name=name))
    delays = len(spec.shifts)
    heads = {head: (delays, 1 if head == "pedal" else KEYS) for head in HEADS}
    expected_in = {AUDIO_INPUT: (1, HOP), **spec.states}
    expected_out = heads | {STATE_OUTPUT_PREFIX + state: shape for state, shape in spec.states.items()}
    for nodes, expected in ((session.get_inputs(), expected_in), (session.get_outputs(), expected_out)):
        found = {node.name: tuple(node.shape) for node in nodes if node.type == "tensor(float)"}
        if wrong := [tensor for tensor in {**expected, **found} if expected.get(tensor) != found.get(tensor)]:
            shapes = TENSOR(tensor=wrong[0], found=str(found.get(wrong[0])), wanted=str(expected.get(wrong[0])))
            raise ModelError(OTHER_TENSORS(name=name, detail=shapes))
    return spec
