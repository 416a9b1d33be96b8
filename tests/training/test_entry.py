"""How a developer's command ends where something is missing."""

from __future__ import annotations

import sys

import pytest
import typer

from training import entry


def missing(name: str) -> typer.Typer:
    """A program whose only command needs a package that is not there."""
    app = typer.Typer()

    @app.command()
    def work() -> None:
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)

    return app


@pytest.mark.parametrize(("name", "told"), [("torch", "torch"), ("mir_eval.util", "mir_eval")])
def test_a_missing_package_of_the_extra_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    """With the line that brings it, and the status of a wrong usage."""
    monkeypatch.setattr(sys, "argv", ["liszten-train"])
    with pytest.raises(SystemExit) as end:
        entry.run(missing(name), "liszten-train")
    assert end.value.code == 2
    assert capfd.readouterr() == (
        "",
        f"liszten-train: The package {told} is not there. Install what training needs: pip install 'liszten[train]'\n",
    )


def test_a_missing_module_of_our_own_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that anybody could install."""
    monkeypatch.setattr(sys, "argv", ["liszten-train"])
    with pytest.raises(ModuleNotFoundError):
        entry.run(missing("training.nowhere"), "liszten-train")
