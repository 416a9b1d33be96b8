"""What this program is as an installed distribution: its version and its packages."""

from __future__ import annotations

# The names at its top; other projects use such names too.
PACKAGES = ("realtime", "training", "gui", "export", "assets")


def program_version() -> str:
    """The installed version, or "0" in a checkout that was never installed."""
    from importlib.metadata import PackageNotFoundError, version  # no command that only asks for the packages needs it

    try:
        return version("liszten")
    except PackageNotFoundError:
        return "0"
