"""The README of the bundle."""

from __future__ import annotations

REQUIREMENTS = (
    "torch lightning tensorboard mir_eval scipy onnx onnxruntime onnxscript numpy soundfile soxr av mido typer rich "
    "platformdirs msgspec matplotlib librosa"
)

TEXT = """# Liszten's ear, to be trained elsewhere

`code` is the program, `data` a corpus: performances of MAESTRO's train and validation splits, sampled pianos with one
microphone each at a low bit-rate, rooms, noise, and some recordings. Licences lie beside what they are for; MAESTRO
(CC BY-NC-SA 4.0) and MAPS are not for commercial use, and neither is what learns from them.

Python 3.11 or newer with

    pip install {requirements}

Then, in this folder:

    export LISZTEN_DATA=$PWD/data PYTHONPATH=$PWD/code
    python -m training.cli fit code/training/runs/first-light.toml --minutes 25 --out run

A GPU is found by itself. `--init code/assets/models/liszten.onnx` starts from the shipped model, `--resume` goes on
with the folder that `--out` names, and with several GPUs `torchrun --nproc-per-node N -m training.cli fit ...` uses
all. Segments are rendered by processes beside the step: `workers` under `[fit]`, as many as there are cores to spare.

Bring `run/last.ckpt` home and export it there: `liszten-export onnx run/last.ckpt -o mine.onnx`.
"""


def readme() -> str:
    """Markdown."""
    return TEXT.format(requirements=REQUIREMENTS)
