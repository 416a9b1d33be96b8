"""What pip reads: pyproject.toml says what it means on every system."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.mark.parametrize(
    ("system", "machine", "expected"),
    [
        ("linux", "x86_64", "onnxruntime-gpu"),
        ("win32", "AMD64", "onnxruntime-gpu"),
        ("linux", "aarch64", "onnxruntime"),
        ("win32", "ARM64", "onnxruntime"),
        ("darwin", "arm64", "onnxruntime"),
        ("darwin", "x86_64", "onnxruntime"),
    ],
)
def test_every_system_gets_exactly_one_onnxruntime(system: str, machine: str, expected: str):
    """Both wheels own one folder: never both, and the GPU build only where it has wheels."""
    environment = {"sys_platform": system, "platform_machine": machine}
    wanted = [Requirement(text) for text in PROJECT["dependencies"]]
    applying = [r.name for r in wanted if r.marker is None or r.marker.evaluate(environment)]
    assert [name for name in applying if name.startswith("onnxruntime")] == [expected]


def test_extras_are_valid_requirements():
    """A typing slip here shows only when someone installs."""
    for texts in PROJECT["optional-dependencies"].values():
        assert all(Requirement(text).name for text in texts)


def test_commands_point_to_functions_that_exist():
    """The entry points of the wheel."""
    for target in PROJECT["scripts"].values():
        module, function = target.split(":")
        source = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
        assert f"def {function}(" in source
