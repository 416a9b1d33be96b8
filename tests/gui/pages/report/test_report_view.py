"""The report of a take in the window: made in the background, compared, saved, and said in the player's language."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from gui import translation
from gui.pages.main_window import MainWindow
from gui.pages.report import report_view
from gui.pages.report.report_curves import CurveView, curve_views
from gui.pages.report.report_parts import NotesView, ScaleView
from gui.pages.report.report_view import ReportView
from gui.pages.takes.gallery import Gallery
from gui.stage.theme import NIGHT
from gui.state.controller import Controller
from gui.takes import report_jobs
from gui.tools.screenshot_pages import demo_events
from gui.translation import ENGLISH, tr, use
from gui.widgets.tabs import TAKES
from realtime.analysis.key import Key
from realtime.errors import FileError
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.report.facts import FACTS
from realtime.report.measures import mood
from realtime.report.measures.dynamics import Velocity
from realtime.report.overview import comparison_note, overview
from realtime.report.panel.scales import ENDS
from realtime.report.report import CAVEAT, build_report
from realtime.report.rows import ASPECTS, IMPRESSIONS, LESS_SURE, fact_rows
from realtime.takes.notes import TakeNotes
from realtime.takes.recorder import TakeSink
from tests.gui.conftest import shown_window
from tests.gui.pages.takes.test_gallery import turn, until
from tests.gui.takes.test_replay import FakeLoudspeaker
from tests.gui.test_translation import Brackets, untranslated
from tests.realtime.report.example import compared
from tests.realtime.takes.test_folder import STREAM
from tests.waiting import WAIT_S

SLOWER = 1.25


def write_take(parent: Path, name: str, events: Sequence[Event]) -> Path:
    """A take without sound."""
    sink = TakeSink(parent)
    sink.open(STREAM)
    for event in events:
        sink.send(event)
    sink.close()
    return sink.folder.rename(parent / name)


def slowed(event: Event) -> Event:
    """The same, played more slowly."""
    assert isinstance(event, NoteOn | NoteOff | Pedal)
    return replace(event, time=SLOWER * event.time, emitted=SLOWER * event.emitted)


def scale() -> list[Event]:
    """Another piece of eight notes."""
    events: list[Event] = []
    for step, pitch in enumerate((60, 62, 64, 65, 67, 69, 71, 72)):
        events += [NoteOn(step / 2, step / 2, pitch, 70, 0.9), NoteOff(step / 2 + 0.4, step / 2 + 0.4, pitch)]
    return events


@pytest.fixture
def window(qapp: QApplication, controller: Controller) -> Iterator[MainWindow]:
    """A shown window with a piece played twice, another piece, and a take of nothing."""
    parent = controller.settings.takes_folder
    demo = demo_events(30.0)
    write_take(parent, "2026-01-05 03-04-05 Take 04", demo)
    write_take(parent, "2026-01-04 03-04-05 Take 03", [slowed(event) for event in demo])
    write_take(parent, "2026-01-03 03-04-05 Take 02", scale())
    write_take(parent, "2026-01-02 03-04-05 Take 01", [])
    with shown_window(qapp, controller, FakeLoudspeaker()) as window:
        yield window


@pytest.fixture
def gallery(window: MainWindow) -> Gallery:
    window.pages.turn(TAKES)
    until(window, lambda: len(window.pages.takes.library.rows) == 4)
    turn(window)
    return window.pages.gallery


def pick(window: MainWindow, gallery: Gallery, place: int) -> None:
    """Choose a take, open its report by its button, and wait for it."""
    gallery.list.list.setCurrentIndex(gallery.list.list.model().index(place, 0))
    turn(window)
    gallery.panel.report.click()
    until(window, lambda: not gallery.reports.reading)
    turn(window)


def shown(gallery: Gallery) -> list[str]:
    """The words of the page from its top."""
    return [label.text() for label in gallery.report.body.widget().findChildren(QLabel)]


def test_a_report_opens_by_key(window: MainWindow, gallery: Gallery, qtbot: QtBot):
    """It has every figure and every scale that the report has; Esc goes back to the list."""
    gallery.list.list.setCurrentIndex(gallery.list.list.model().index(0, 0))
    qtbot.keyClick(gallery.list.list, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert gallery.report.isVisible()
    assert not gallery.list.isVisible()
    assert window.controller.session.take is None
    until(window, lambda: gallery.reports.found.report is not None)
    turn(window)
    report = gallery.reports.found.report
    assert report is not None
    values = [row.value for _, rows in fact_rows(report) for row in rows] + [said for _, said in overview(report)]
    assert [value for value in map(str, [*values, CAVEAT]) if value not in shown(gallery)] == []
    expected = [one for one in report.impressions if one.tier != "hidden"]
    assert len(gallery.report.body.widget().findChildren(ScaleView)) == len(expected) > 0
    assert len(gallery.report.body.widget().findChildren(NotesView)) == 1
    titles = [view.accessibleName() for view in gallery.report.body.widget().findChildren(CurveView)]
    assert titles == ["Tempo, beats a minute", "Loudness, velocity"]
    assert [title for title in titles if title not in shown(gallery)] == []
    qtbot.keyClick(gallery.report.body, Qt.Key.Key_Escape)
    assert gallery.list.isVisible()
    assert not gallery.report.isVisible()


def test_takes_of_the_same_piece_are_compared(window: MainWindow, gallery: Gallery):
    """Only these are offered; then what differs stands beside the figures, and rings beside the dots."""
    pick(window, gallery, 0)
    against = gallery.report.against
    assert [against.itemText(index) for index in range(against.count())] == [
        "No other take",
        "Take 3 · 4 January, 03:04" if _this_year() else "Take 3 · 4 January 2026, 03:04",
    ]
    assert "Difference" not in shown(gallery)
    against.picked.emit(against.itemData(1))
    until(window, lambda: not gallery.reports.reading)
    turn(window)
    report = gallery.reports.found.report
    assert report is not None
    assert report.comparison is not None
    differences = [row.difference for _, rows in fact_rows(report) for row in rows if row.difference]
    assert differences
    expected = ["Difference", str(comparison_note(report)), *map(str, differences)]
    assert [words for words in expected if words not in shown(gallery)] == []
    rings = [view for view in gallery.report.body.widget().findChildren(ScaleView) if "pace" in view.accessibleName()]
    assert rings
    assert "other take" in shown(gallery)
    against.picked.emit("")
    until(window, lambda: not gallery.reports.reading)
    turn(window)
    assert "Difference" not in shown(gallery)


def test_curves_are_drawn_where_they_are_known(qapp: QApplication):
    """A loud half is drawn higher than a soft one, the other take behind it; without velocities there is no curve."""
    events = [
        replace(event, velocity=40 if event.time < 13 else 100) if isinstance(event, NoteOn) else event
        for event in demo_events(30.0)
    ]
    report = build_report(reading(events), reading(demo_events(30.0)))
    _, (_, view) = curve_views(report, NIGHT)
    view.resize(400, view.height())
    picture = view.grab().toImage()
    heights = [
        [y for y in range(picture.height()) if picture.pixelColor(x, y).name() == NIGHT.accent.lower()]
        for x in (80, 320)
    ]
    assert min(heights[0]) > max(heights[1]) + 20
    even = replace(reading(events), velocity=reading(events).velocity * 0 + 64)
    assert [title for title, _ in curve_views(build_report(even), NIGHT)] == ["Tempo, beats a minute"]
    assert curve_views(build_report(reading([])), NIGHT) == []


def _this_year() -> bool:
    return time.localtime().tm_year == 2026


@pytest.mark.parametrize(
    ("place", "reason"),
    [(2, "Fewer than 40 notes are too few to say more."), (3, "Nothing was played in this take.")],
)
def test_too_little_is_shown_with_its_reason(window: MainWindow, gallery: Gallery, place: int, reason: str):
    """In a sentence, above the figures that make sense all the same, and without impressions."""
    pick(window, gallery, place)
    assert reason in shown(gallery)
    assert gallery.report.body.widget().findChildren(ScaleView) == []
    assert len(gallery.report.body.widget().findChildren(NotesView)) == (place == 2)
    assert not gallery.report.against.isEnabled()


def test_the_window_goes_on_meanwhile(window: MainWindow, gallery: Gallery, monkeypatch: pytest.MonkeyPatch):
    """The report is made in a thread of its own; one that is no longer wanted is not shown."""
    held, begun = threading.Event(), threading.Event()

    def slow(notes: TakeNotes, earlier: TakeNotes | None = None) -> object:
        if notes.name == "Take 4":
            begun.set()
            held.wait(WAIT_S)
        return build_report(notes, earlier)

    monkeypatch.setattr(report_jobs, "build_report", slow)
    gallery.list.list.setCurrentIndex(gallery.list.list.model().index(0, 0))
    turn(window)
    gallery.panel.report.click()
    assert begun.wait(WAIT_S)
    turn(window)
    assert shown(gallery) == ["The take is being read …"]
    assert not gallery.report.save.isEnabled()
    gallery.back()
    pick(window, gallery, 2)
    held.set()
    for thread in [thread for thread in threading.enumerate() if thread.name == "report"]:
        thread.join(WAIT_S)
    turn(window)
    assert gallery.reports.found.report is not None
    assert gallery.reports.found.report.notes.name == "Take 2"


def test_the_report_follows_its_take(window: MainWindow, gallery: Gallery):
    """Other notes are read; when the take is deleted the list comes back."""
    pick(window, gallery, 0)
    takes, first = gallery.takes, gallery.reports.found
    assert takes.chosen is not None
    takes.rename(takes.chosen, "Reverie", time.monotonic())
    takes.refresh()
    until(window, lambda: gallery.reports.found is not first and not gallery.reports.reading)
    turn(window)
    assert gallery.report.title.text() == "Reverie"
    takes.delete(takes.chosen, time.monotonic())
    turn(window)
    assert gallery.list.isVisible()
    assert not gallery.report.isVisible()


def test_a_take_that_cannot_be_read_is_shown_as_such(
    window: MainWindow, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
):
    """In one sentence."""

    def broken(path: Path) -> TakeNotes:
        raise FileError(f"{path} is damaged: no clock.")

    monkeypatch.setattr(report_jobs, "read_take", broken)
    pick(window, gallery, 0)
    (words,) = shown(gallery)
    assert words.endswith("is damaged: no clock.")
    assert not gallery.report.save.isEnabled()


def test_the_report_is_saved_as_a_page(
    window: MainWindow, gallery: Gallery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """One file; where it cannot be written a toast says so."""
    pick(window, gallery, 0)
    for to, expected in (
        ("r.html", "The report was saved as r.html."),
        ("none/r.html", "none/r.html cannot be written"),
    ):
        chosen = str(tmp_path / to)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_rest, chosen=chosen: (chosen, ""))
        gallery.report.save.click()
        assert gallery.takes.toast is not None
        assert expected in gallery.takes.toast.text
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<h1>Take 4</h1>" in page
    assert len(list(tmp_path.glob("*.part"))) == 0


def test_a_narrow_page_has_one_column(window: MainWindow, gallery: Gallery):
    """Figures stay readable in the smallest window."""
    pick(window, gallery, 0)
    (pair,) = gallery.report._pairs
    assert pair.direction() == pair.Direction.LeftToRight
    gallery.report.resize(report_view.TWO_COLUMNS - 20, 600)
    assert pair.direction() == pair.Direction.TopToBottom


def test_every_word_of_a_report_is_known(monkeypatch: pytest.MonkeyPatch):
    """Labels, units, ends of scales, moods and reasons: nothing readable is left without a translation."""
    monkeypatch.setattr(translation, "_catalogue", Brackets())
    phrases = [*ASPECTS.values(), *(end for pair in ENDS.values() for end in pair), *mood.WORDS.values()]
    said = [phrase() for phrase in (*phrases, IMPRESSIONS, LESS_SURE)] + [CAVEAT]
    said += [one for fact in FACTS for one in (fact.group(), fact.label(), fact.shown(1.5), fact.difference(-1.5))]
    for notes in (reading([]), reading(scale()), reading(demo_events(30.0)), lost(demo_events(30.0))):
        report = build_report(notes, reading(demo_events(20.0)))
        said += [*report.reasons, *(one for row in overview(report) for one in row)]
        said += [note for note in [comparison_note(report)] if note is not None]
    names = {"Etude"}
    assert [words for words in map(tr, said) if untranslated(words, names)] == []


@pytest.fixture
def german() -> Iterator[None]:
    use("de")
    yield
    use(ENGLISH)


def test_a_page_in_german_is_what_it_was(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, german: None):
    """Every word from its top, in the order in which it is made, beside an earlier take."""
    report = compared(monkeypatch)
    found = SimpleNamespace(report=report, alike=(), problem=None)
    view = ReportView(SimpleNamespace(row=report.notes, found=found, reading=False, against=None), lambda: None)
    view.show_report()
    inside = view.body.widget()
    words = [label.text() for label in inside.findChildren(QLabel)]
    words += [scale.accessibleName() for scale in inside.findChildren(ScaleView)]
    expected = (Path(__file__).parent / "compared.de.txt").read_text(encoding="utf-8")
    assert "\n".join(words) + "\n" == expected
    view.deleteLater()


def test_keys_have_their_german_names(german: None):
    """Of the tones those that English calls otherwise; within a mood too; a take that is called "B" stays B."""
    keys = [Key(tonic, minor, 0.2, 0.9) for tonic, minor in (("B", False), ("Bb", True), ("Db", False), ("F#", True))]
    assert [tr(key.name) for key in keys] == ["H-Dur", "B-Moll", "Des-Dur", "Fis-Moll"]
    found = mood.mood(2.1, Velocity(60.0, 1, 127, 10), keys[1])
    assert found is not None
    assert (tr(found.word), tr(found.because)) == ("wehmütig", "2.1 Anschläge je Sekunde, mittlere Stärke 60, B-Moll")
    note = comparison_note(build_report(reading(scale()), replace(reading(demo_events(30.0)), name="B")))
    assert note is not None
    assert tr(note) == "B scheint ein anderes Stück zu sein, deshalb werden die Aufnahmen nicht verglichen."


def reading(events: Sequence[Event]) -> TakeNotes:
    return TakeNotes.of_stream(STREAM, list(events), "Etude")


def lost(events: Sequence[Event]) -> TakeNotes:
    """A take that a second of sound is missing in."""
    return replace(reading(events), lost_s=1.0, velocity=reading(events).velocity * 0 + 64)
