"""The commands of the three programs have one form, and what fails in them ends alike."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest
import typer

from realtime.errors import ModelError
from training import entry

COMMANDS = {  # program's module -> its commands, in the order of the help page
    "realtime.cli.app": "listen transcribe demo practice mark history report render score video devices doctor",
    "training.cli": "fit evaluate evaluate-practice render calibrate average tune pack",
    "export.cli": "onnx verify card",
}


@pytest.mark.parametrize("program", COMMANDS)
def test_a_command_is_a_function_in_the_module_of_its_name(program: str):
    """They lie in the folder `commands` beside the program's module."""
    room = program.rpartition(".")[0]
    registered = {command.name: command.callback for command in import_module(program).app.registered_commands}
    assert " ".join(map(str, registered)) == COMMANDS[program]
    places = [(function.__module__, function.__name__) for function in registered.values() if function]
    names = COMMANDS[program].replace("-", "_").split()
    assert places == [(f"{room}.commands.{name}", name) for name in names]


def test_the_impressions_have_commands_of_their_own():
    """A group within `liszten-train`."""
    (group,) = import_module("training.cli").app.registered_groups
    assert group.name == "percepiano"
    assert group.typer_instance is import_module("training.commands.percepiano").app
    assert [command.name for command in group.typer_instance.registered_commands] == ["fit", "evaluate"]


@pytest.mark.parametrize("flags", [[], ["--debug"]])
def test_a_failure_is_one_sentence_and_its_status(
    flags: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """With --debug after its traceback, without it alone."""
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        raise ModelError("This is no model.")

    monkeypatch.setattr(sys, "argv", ["liszten-train", *flags])
    with pytest.raises(SystemExit) as stopped:
        entry.run(app, "liszten-train")
    assert stopped.value.code == 6
    *before, sentence = capsys.readouterr().err.splitlines()
    assert sentence == "liszten-train: This is no model."
    assert (before[:1], before[-1:]) == (
        ([], [])
        if not flags
        else (["Traceback (most recent call last):"], ["realtime.errors.ModelError: This is no model."])
    )
