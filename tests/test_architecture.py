"""ARCHITECTURE.md is true: what it names is there, and every room has its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    *(f"{name}/README.md" for name in ("realtime", "gui", "training", "export")),
)
PATH = re.compile(
    r"`((?:realtime|gui|training|export|tests|\.ci)/[\w./-]+)`|\(((?:realtime|gui|training|export|tests)/[\w./-]+)\)"
)
MOST_MODULES = 30


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str) -> None:
    """Files and folders by their path from the top."""
    named = {first or second for first, second in PATH.findall((ROOT / page).read_text(encoding="utf-8"))}
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("package", ["realtime", "gui", "training"])
def test_every_room_has_its_line(package: str) -> None:
    """In the tables of rooms and floors."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text[text.index(f"| `{package}` | holds |") :].split("\n\n")[0]
    rooms = [path.parent.name for path in sorted((ROOT / package).glob("*/__init__.py"))]
    assert [room for room in rooms if f"`{room}`" not in table] == []


def test_no_folder_is_a_heap() -> None:
    """A subject has a room."""
    folders = [
        folder for package in ("realtime", "gui", "training", "export") for folder in (ROOT / package).rglob("*/")
    ]
    crowded = {
        str(f.relative_to(ROOT)): len(list(f.glob("*.py"))) for f in folders if len(list(f.glob("*.py"))) > MOST_MODULES
    }
    assert crowded == {}
