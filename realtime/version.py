"""The version of this program."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The installed version, or "0" in a checkout that was never installed."""
    try:
        return version("liszten")
    except PackageNotFoundError:
        return "0"
