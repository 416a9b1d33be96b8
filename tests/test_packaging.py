"""What pip reads and unpacks: pyproject.toml says what it means on every system, and the wheel is the program."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder
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


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    (path,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    return Path(path)


@pytest.mark.slow
def test_the_wheel_holds_the_program_and_no_tools(wheel: Path):
    """Every module of the five packages but those that make pictures, translations and bundles; every asset."""
    tools = ("gui/tools/", "gui/packaging/")
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    tracked = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not tracked:
        pytest.skip("needs the git checkout to know what belongs to the program")
    packages = ("realtime/", "training/", "gui/", "export/", "assets/")
    expected = {name for name in tracked.splitlines() if name.startswith(packages) and not name.startswith(tools)}
    held = {name for name in ZipFile(wheel).namelist() if not name.startswith("liszten-")}
    assert held == expected


@pytest.mark.slow
def test_the_wheel_can_be_imported(wheel: Path):
    """The commands, and every module of the window, from the wheel alone: none needs a tool that stayed behind."""
    names = [name for name in ZipFile(wheel).namelist() if name.startswith("gui/") and name.endswith(".py")]
    modules = [name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in names]
    modules = [name for name in modules if name != "gui.__main__"]
    modules += [target.partition(":")[0] for target in PROJECT["scripts"].values()]
    program = f"import importlib, sys; sys.path.insert(0, {str(wheel)!r})\nfor name in {modules!r}:\n    "
    program += "assert importlib.import_module(name).__spec__.origin.startswith(sys.path[0]), name"
    imported = subprocess.run([sys.executable, "-c", program], cwd=wheel.parent, capture_output=True, text=True)
    assert (imported.returncode, imported.stderr) == (0, "")
