"""What a desktop reads: the menu entry and the icons that a wheel puts in place."""

from __future__ import annotations

import configparser
import struct
import tomllib
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHARED = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]


def png_size(file: Path) -> tuple[int, int]:
    """Width and height in the header of a PNG file."""
    header = file.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", header[16:])  # type: ignore[return-value]


def test_every_icon_lies_where_its_size_belongs():
    """A folder of the icon theme names the size of the picture in it."""
    icons = {source: target for source, target in SHARED.items() if source.endswith(".png")}
    assert icons
    for source, target in icons.items():
        width, height = png_size(ROOT / source)
        assert target == f"share/icons/hicolor/{width}x{height}/apps/liszten.png"


def test_the_menu_entry_starts_the_program_and_shows_its_icon():
    """Exec is a command of the wheel, Icon a name in the icon theme, and both files are put in place."""
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(ROOT / "gui" / "packaging" / "liszten.desktop", encoding="utf-8")
    main = entry["Desktop Entry"]
    assert main["Exec"] in PROJECT["project"]["scripts"]
    assert SHARED["gui/packaging/liszten.desktop"] == f"share/applications/{main['StartupWMClass']}.desktop"
    assert f"share/icons/hicolor/scalable/apps/{main['Icon']}.svg" in SHARED.values()


def test_drawings_are_drawings():
    """Square, and well-formed."""
    for name in ("liszten.svg", "liszten-small.svg"):
        root = ElementTree.parse(ROOT / "assets" / "icons" / name).getroot()
        _, _, width, height = root.attrib["viewBox"].split()
        assert width == height
