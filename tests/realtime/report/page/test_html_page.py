"""The page of a report, whole: every word and every tag, but for what is drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from realtime.report.page import html_page as page_module
from realtime.report.page.html_page import html_page
from realtime.report.report import build_report
from tests.realtime.report.playing import played, scale

SCALES = [
    ("Likely", [SimpleNamespace(aspect="Pedal", low="<dry>", high="wet", value=0.5, band=(0.2, 0.7), earlier=0.1)]),
    ("Less", [SimpleNamespace(aspect="Touch", low="soft", high="hard", value=0.0, band=(0.0, 1.0), earlier=None)]),
]
TEN = played(scale(10, 0.3), [(1.0, 127), (2.0, 0)], name="Ten & 'more'")


def bare(html: str) -> str:
    """A page without its style sheet and without what its pictures hold."""
    return re.sub(r"(<(style|svg)).*?(</\2>)", r"\1>\3", html, flags=re.S)


@pytest.mark.parametrize("name", ["alone.html", "compared.html"])
def test_a_page_is_what_it_was(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Alone, and beside an earlier take with scales of both kinds; with names that are no HTML."""
    compared = name == "compared.html"
    monkeypatch.setattr(page_module, "program_version", lambda: "1.2.3")
    monkeypatch.setattr(page_module, "impression_rows", lambda _report: SCALES if compared else [])
    earlier = replace(TEN, name="<before>") if compared else None
    expected = (Path(__file__).parent / name).read_text(encoding="utf-8")
    assert bare(html_page(build_report(TEN, earlier))) == expected
