"""The command `liszten-export`: checkpoint -> ONNX file and model card, and the file run against its contract."""

from __future__ import annotations

from typing import Annotated

import typer

from export.commands import card, onnx, verify
from training import entry

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command("onnx")(onnx.onnx)
app.command("verify")(verify.verify)
app.command("card")(card.card)


@app.callback()
def options(debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False) -> None:
    """Export and verify Liszten's ear."""


def main() -> None:
    entry.run(app, "liszten-export")


if __name__ == "__main__":
    main()
