"""Fixtures that all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from realtime.transcription.model import OnnxStep
from tests.fakes import fake_model

DATA = "LISZTEN_DATA"

# Before any test module is read, as some ask for parts of the corpus when they are: ../shared/data beside the checkout.
if not os.environ.get(DATA):
    os.environ[DATA] = str(Path(__file__).resolve().parents[2] / "shared" / "data")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `pytest -n 2` one process does all tests of devices and windows, which wait more than they compute.

    They come first, as together they are the longest part.
    """
    devices = [item for item in items if item.get_closest_marker("rig") or "windows" in item.path.parts]
    for item in devices:
        item.add_marker(pytest.mark.xdist_group("devices"))
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The training data folder."""
    folder = Path(os.environ[DATA])
    if not folder.is_dir():
        pytest.skip(f"needs the training data, and {folder} does not exist; name its folder in LISZTEN_DATA")
    return folder


@pytest.fixture(scope="session")
def fake_step() -> OnnxStep:
    """The fake model, loaded once; a Pipeline resets it."""
    return OnnxStep(fake_model(), device="cpu")


@pytest.fixture(scope="session")
def fake_model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fake model as a file."""
    path = tmp_path_factory.mktemp("model") / "fake.onnx"
    path.write_bytes(fake_model())
    return path
