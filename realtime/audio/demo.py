"""The recording that comes with the program: `liszten demo` and the window's example play it."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def demo_recording() -> Path:
    """Half a minute of piano; its notes lie beside it as MIDI."""
    return Path(str(resources.files("assets"))) / "demo" / "demo.flac"
