"""The options that commands share: how far each of their numbers may go."""

from __future__ import annotations

import pytest
import typer

from realtime.cli.app import app
from realtime.cli.commands.options import parse_tuning
from realtime.errors import UsageError

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


def test_a_tuning_is_cents_or_to_be_found() -> None:
    """Ends included; what is neither is a failure of usage that names the range."""
    assert [parse_tuning(text) for text in ("auto", "-48", "50", "0")] == [None, -48.0, 50.0, 0.0]
    for wrong in ("-50.5", "51", "nan", "inf", "A=428", ""):
        with pytest.raises(UsageError, match=r"Give cents from -50 to 50 above A = 440 Hz, or auto\."):
            parse_tuning(wrong)
