"""The options that commands share: how far each of their numbers may go."""

from __future__ import annotations

import pytest
import typer

from realtime.cli.app import app

RANGES = {
    "midi_channel": (1, 16),
    "transpose": (-24, 24),
    "velocity_curve": (0.4, 2.5),
    "sensitivity": (0, 100),
    "gate": (-120, 0),
    "min_note": (0, 2000),
    "seconds": (0.01, 31_536_000),
}


@pytest.mark.parametrize(
    ("command", "expected"),
    [("listen", RANGES), ("demo", {"seconds": RANGES["seconds"]}), ("render", {"rate": (8_000, 192_000)})],
)
def test_numbers_have_their_ranges(command: str, expected: dict[str, tuple[float, float]]) -> None:
    """As the help page lists them, ends included."""
    options = typer.main.get_command(app).commands[command].params
    ranges = {option.name: (getattr(option, "min", None), getattr(option, "max", None)) for option in options}
    assert expected == {name: ends for name, ends in ranges.items() if ends != (None, None)}
