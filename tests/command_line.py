"""Run a developer command line in the test's own process."""

import sys
from pathlib import Path

import pytest
import typer

from training import entry


def run_program(app: typer.Typer, program: str, monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """Its exit status."""
    monkeypatch.setattr(sys, "argv", [program, *map(str, arguments)])
    with pytest.raises(SystemExit) as stopped:
        entry.run(app, program)
    code = stopped.value.code
    return 0 if code is None else int(code)
