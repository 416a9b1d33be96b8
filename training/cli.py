"""The command `liszten-train`. Each command imports its modules only when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from training import entry
from training.commands import average, calibrate, evaluate, evaluate_practice, fit, pack, percepiano, render, tune

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command("fit")(fit.fit)
app.command("evaluate")(evaluate.evaluate)
app.command("evaluate-practice")(evaluate_practice.evaluate_practice)
app.command("render")(render.render)
app.command("calibrate")(calibrate.calibrate)
app.command("average")(average.average)
app.command("tune")(tune.tune)
app.command("pack")(pack.pack)
app.add_typer(percepiano.app, name="percepiano")


@app.callback()
def options(debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False) -> None:
    """Train, score and tune Liszten's ear."""


def main() -> None:
    entry.run(app, "liszten-train")


if __name__ == "__main__":
    main()
