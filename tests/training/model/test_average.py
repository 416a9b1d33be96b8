"""The mean of several checkpoints."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from typer.testing import CliRunner

from realtime.errors import FileError, UsageError
from training.cli import app
from training.model.average import average
from training.model.checkpoint import Checkpoint


def checkpoint(path: Path, value: float, size: int = 3) -> Path:
    """All weights alike; a counter of 10 * value."""
    weights = {"weight": torch.full((size,), value), "steps": torch.tensor(int(10 * value))}
    Checkpoint({"name": path.stem}, int(value), 1.0, weights, weights, {}).save(path)
    return path


def test_the_mean_goes_by_the_weights(tmp_path: Path) -> None:
    """1, 2 and 5 by 1, 1 and 2 make 3.25; configuration, step and counters are the last one's."""
    paths = [checkpoint(tmp_path / f"{value}.ckpt", value) for value in (1.0, 2.0, 5.0)]
    mean = average(paths, [1, 1, 2])
    assert mean.averaged["weight"].tolist() == pytest.approx([3.25] * 3)
    assert (int(mean.averaged["steps"]), mean.step, mean.config["name"]) == (50, 5, "5.0")


def test_the_command_weighs_all_alike_and_says_what_it_cannot_do(tmp_path: Path) -> None:
    """A file that can be read again; other sizes, too few weights and a missing file are refused."""
    one, two = checkpoint(tmp_path / "one.ckpt", 1.0), checkpoint(tmp_path / "two.ckpt", 2.0)
    written = tmp_path / "mean.ckpt"
    assert CliRunner().invoke(app, ["average", str(one), str(two), "-o", str(written)]).exit_code == 0
    assert Checkpoint.load(written).averaged["weight"].tolist() == [1.5] * 3
    with pytest.raises(UsageError, match="2 checkpoints"):
        average([one, two], [1.0])
    with pytest.raises(UsageError, match="inf"):
        average([one, two], [float("inf"), 1.0])
    with pytest.raises(UsageError, match="other sizes"):
        average([checkpoint(tmp_path / "wide.ckpt", 1.0, size=4), two], [1.0, 1.0])
    with pytest.raises(FileError):
        average([tmp_path / "none.ckpt", two], [1.0, 1.0])
