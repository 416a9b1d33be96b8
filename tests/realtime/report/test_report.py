"""The whole report: its document by the schema, its statuses, its words, its page, and one take against another."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from realtime.events import Event, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.midi.file import midi_bytes
from realtime.notes import NoteTable
from realtime.report import report as report_module
from realtime.report.comparison import SAME_PIECE, likeness
from realtime.report.document import document, schema
from realtime.report.facts import DYNAMICS, FACTS, clock
from realtime.report.measures.sections import Section
from realtime.report.measures.summary import measure
from realtime.report.overview import headline
from realtime.report.page.html_page import html_page
from realtime.report.page.plots import rolls
from realtime.report.page.table import table
from realtime.report.panel.impressions import (
    FEW_NOTES,
    NOTHING_PLAYED,
    TOO_SHORT,
    UNLIKE,
    Assessment,
    Impression,
    ModelFacts,
    Status,
    WindowValue,
)
from realtime.report.panel.scales import Tier
from realtime.report.report import NO_CHORDS, NO_PEDAL, ONE_VELOCITY, Report, build_report
from realtime.report.rows import fact_rows
from realtime.report.suggestion import BLURRED, suggestion
from realtime.takes.notes import TakeNotes
from realtime.takes.reader import read_take
from realtime.words import Said, plain
from tests.realtime.report.playing import Row, played, scale, steady

STARTER = Path(__file__).resolve().parents[3] / "assets" / "starter" / "performances"
VALIDATOR = jsonschema.Draft202012Validator(schema())


def starter(name: str) -> TakeNotes:
    return read_take(STARTER / f"{name}.mid")


def random_notes(count: int = 400) -> TakeNotes:
    """Any keys at any time."""
    draw = np.random.default_rng(3)
    onset = draw.uniform(0, 60, count)
    return TakeNotes.of(
        NoteTable.build(
            onset, onset + draw.exponential(0.5, count), draw.integers(21, 109, count), draw.integers(1, 128, count)
        )
    )


TAKES = {
    "empty": played([]),
    "one note": played([(0.0, 0.0, 60, 64)]),
    "ten notes": played(scale(10, 0.3)),
    "one key": played(steady(60, 0.5)),
    "a long rest": played(scale(40, 0.3) + scale(40, 0.3, 40.0), [(1.0, 127), (2.0, 0)]),
    "random": random_notes(),
    "no pedal": starter("petzold_minuet_in_g.take0"),
    "with pedal": starter("satie_gymnopedie_1_opening.take2"),
    "all at once": played([(1.0, 9.0, pitch, 64) for pitch in range(21, 109)]),
}


def panel(monkeypatch: pytest.MonkeyPatch, status: Status = "ok", **values: float) -> None:
    """Let listeners give every take 0.25 on a scale of each tier, or the value given for the take of that name."""
    tiers: dict[str, Tier] = {
        "pedal_sparse_saturated": "supported",
        "mood_low_high_energy": "supported",
        "timing_stable_unstable": "tentative",
        "timbre_bright_dark": "hidden",
    }
    model = ModelFacts("panel", "0" * 64, "by hand", "none")

    def assessed(notes: TakeNotes) -> Assessment:
        value = values.get(notes.name, 0.25)
        windows = (WindowValue(0.0, 12.0, value),)
        found = [
            Impression(name, plain(f"low <{tier}>"), plain(f"high {tier}"), value, (0.0, 0.5), tier, 0.5, 0.4, windows)
            for name, tier in tiers.items()
        ]
        return Assessment(
            status, () if status == "ok" else (plain("Unlike."),), tuple(found) if status == "ok" else (), model
        )

    monkeypatch.setattr(report_module, "assess", assessed)


@pytest.mark.parametrize("name", TAKES)
def test_every_take_has_a_document_table_and_page(name: str) -> None:
    """By the schema, without NaN, and drawn without a traceback."""
    report = build_report(TAKES[name])
    VALIDATOR.validate(json.loads(json.dumps(document(report), allow_nan=False)))
    assert table(report)
    assert_whole(html_page(report))


def test_the_schema_is_one_and_refuses_what_is_wrong() -> None:
    """It is a valid schema, and a number out of range, a missing key or an unknown status do not pass."""
    jsonschema.Draft202012Validator.check_schema(schema())
    made = document(build_report(TAKES["with pedal"]))
    for key, value in (("status", "good"), ("caveat", ""), ("model", {}), ("report_version", "2.0")):
        assert not VALIDATOR.is_valid(made | {key: value})
    assert not VALIDATOR.is_valid(made | {"measures": made["measures"] | {"pedal_share": 1.2}})
    assert not VALIDATOR.is_valid({key: value for key, value in made.items() if key != "compare"})
    assert VALIDATOR.is_valid(made | {"later": "unknown keys are ignored"})


def assert_whole(text: str) -> None:
    """Every tag is closed and nothing is loaded from elsewhere."""

    class Checker(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not {"src", "href"} & {name for name, _ in attrs}
            if tag != "meta":
                self.open.append(tag)

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in ("path", "circle")

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    checker = Checker()
    checker.feed(text)
    checker.close()
    assert checker.open == []
    assert "nan" not in text.lower().replace("hearing and not", "")
    assert "url(" not in text


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("empty", [NOTHING_PLAYED()]),
        ("ten notes", [FEW_NOTES(least=40), TOO_SHORT(least_s=6.0), NO_PEDAL()]),
        ("one key", [ONE_VELOCITY(), NO_PEDAL()]),
        ("all at once", [ONE_VELOCITY(), NO_PEDAL()]),
        ("no pedal", [NO_PEDAL()]),
        ("with pedal", []),
    ],
)
def test_the_reasons_for_what_is_missing(name: str, reasons: list[Said], monkeypatch: pytest.MonkeyPatch) -> None:
    """In their order; only too little makes a take insufficient."""
    panel(monkeypatch)
    report = build_report(TAKES[name])
    assert list(report.reasons) == reasons
    assert document(report)["reasons"] == [str(reason) for reason in reasons]
    assert report.status == document(report)["status"] == ("insufficient" if name in ("empty", "ten notes") else "ok")


def transcribed(sure: int, unsure: int) -> TakeNotes:
    """A scale with `sure` notes of high confidence and `unsure` ones of low confidence."""
    rows = scale(sure + unsure, 0.3)
    onset, offset, pitch, velocity = zip(*rows, strict=True)
    confidence = [0.9] * sure + [0.7] * unsure
    return TakeNotes.of(NoteTable.build(onset, offset, pitch, velocity, confidence=confidence))


def test_low_confidence_comes_first_and_nothing_is_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    """39 certain notes of 50 are too few, 40 are enough."""
    panel(monkeypatch)
    poor, good = build_report(transcribed(39, 11)), build_report(transcribed(40, 10))
    assert str(poor.reasons[0]) == "Only 78 % of the notes were heard for sure, so the figures may be wrong."
    assert (poor.status, poor.suggestion, document(poor)["try_next"]) == ("insufficient", None, None)
    assert good.status == "ok"


def test_lost_sound_is_the_first_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a fiftieth of the take makes it insufficient; less is a remark."""
    panel(monkeypatch)
    rows = scale(100, 0.3)
    onset, offset, pitch, velocity = zip(*rows, strict=True)
    remark = "{} s of sound were lost while it was recorded."
    too_much = f"{remark} So much is missing that the figures may be wrong."
    for lost_s, status, reason in ((0.5, "ok", remark), (0.7, "insufficient", too_much)):
        report = build_report(
            TakeNotes.of(NoteTable.build(onset, offset, pitch, velocity), duration_s=30.0, lost_s=lost_s)
        )
        assert (report.status, str(report.reasons[0])) == (status, reason.format(lost_s))


def test_what_stands_out_most_is_suggested() -> None:
    """A pedal over a whole scale; without it the chord that is spread; without both, nothing."""
    rows = scale(60, 0.25)
    blurred = played(rows, [(2.0, 127), (6.0, 0)])
    found = suggestion(blurred, build_report(blurred).measures)
    assert found is not None
    assert found.said == BLURRED(down="0:02", up="0:06", pitches=8)
    assert (found.start_s, found.end_s) == (2.0, 6.0)
    chord: list[Row] = [(20.0, 21, 60, 64), (20.02, 21, 64, 64), (20.045, 21, 67, 64)]
    spread = played(rows + chord)
    found = suggestion(spread, build_report(spread).measures)
    assert found is not None
    assert str(found.said) == (
        "At 0:20 the notes of a chord come 45 ms apart. If they were meant together, try that chord slowly until all "
        "its notes speak at once."
    )
    both = played(rows + chord, [(2.0, 127), (6.0, 0)])
    assert suggestion(both, build_report(both).measures) == suggestion(blurred, build_report(blurred).measures)
    assert suggestion(played(rows), build_report(played(rows)).measures) is None


def test_chords_of_a_transcription_are_not_measured() -> None:
    """Its onsets of one chord lie up to 50 ms apart: no figure, no suggestion, and a reason. MIDI has all."""
    rows = [
        (i + late, i + 0.8, pitch, 60 + i % 5) for i in range(60) for late, pitch in ((0, 60), (0.02, 64), (0.04, 67))
    ]
    sent = played(rows)
    of_sound, of_midi = build_report(replace(sent, transcribed=True)), build_report(sent)
    assert of_midi.figures["chord_async_ms"] == pytest.approx(40)
    assert of_midi.suggestion is not None
    assert "40 ms apart" in str(of_midi.suggestion.said)
    assert (of_sound.figures["chord_async_ms"], of_sound.suggestion) == (None, None)
    assert [NO_CHORDS() in report.reasons for report in (of_sound, of_midi)] == [True, False]


def test_a_pedal_has_to_mix_more_in_a_transcription() -> None:
    """Neighbours C and D together for eight seconds: suggested in MIDI, not in a transcription."""
    rows = [(0.5 * i, 0.5 * i + 0.4, 60 + 2 * (i == 4) + 12 * (i % 2), 60 + i % 5) for i in range(60)]
    sent = played(rows, [(0.0, 127), (10.0, 0)])
    transcribed = replace(sent, transcribed=True)
    longer = replace(transcribed, pedal_time=np.array([0.0, 16.0]))
    found = [suggestion(notes, measure(notes)) for notes in (sent, transcribed, longer)]
    assert [one is not None for one in found] == [True, False, True]


def test_a_passage_at_another_tempo_is_suggested() -> None:
    """Forty beats at 100, sixteen at 115, forty at 100."""
    steps = [0.6] * 40 + [60 / 115] * 16 + [0.6] * 40
    onsets = np.concatenate([[0.0], np.cumsum(steps)]).tolist()
    notes = played([(t, t + 0.3, 60 + i % 5, 64) for i, t in enumerate(onsets)])
    found = suggestion(notes, build_report(notes).measures)
    assert found is not None
    assert str(found.said) == (
        f"Between {clock(found.start_s)} and {clock(found.end_s)} the tempo is 15 % faster than over the whole. If you "
        "did not mean it, play that passage once at a steady 100."
    )
    assert (found.start_s, found.end_s) == pytest.approx((24.0, 24 + 16 * 60 / 115), abs=2.0)


def test_takes_of_one_piece_are_distinguished_from_others() -> None:
    """Two renditions at other tempi and velocities; and other pieces of the corpus."""
    minuet = starter("petzold_minuet_in_g.take0")
    assert likeness(minuet, minuet) == pytest.approx(1.0)
    assert likeness(minuet, starter("petzold_minuet_in_g.take3")) > 0.8
    for name in ("beethoven_ode_to_joy.take0", "beethoven_fuer_elise_theme.take0", "bach_prelude_bwv846.take0"):
        assert likeness(minuet, starter(name)) < SAME_PIECE / 1.5
    assert likeness(minuet, played([])) == 0.0


def compared(factor: float, louder: int) -> Report:
    """A minuet against itself, played slower or quicker and louder."""
    minuet = starter("petzold_minuet_in_g.take0")
    onset, offset = minuet.onset * factor, minuet.offset * factor
    now = TakeNotes.of(NoteTable.build(onset, offset, minuet.pitch, minuet.velocity + louder), name="Take 2")
    return build_report(now, minuet)


def test_a_comparison_shows_differences_that_are_large_enough() -> None:
    """Ten per cent slower and 6 louder: both are shown; 1 % and 4 are not."""
    report = compared(1.1, 6)
    VALIDATOR.validate(document(report))
    found = document(report)["compare"]
    assert (found["take_id"], found["same_piece"]) == ("petzold_minuet_in_g.take0", True)
    assert found["measures"]["pulse_bpm"] == pytest.approx(121 / 1.1 - 121, abs=2)
    assert found["measures"]["velocity.mean"] == pytest.approx(6.0)
    assert document(compared(1.01, 4))["compare"]["measures"] == {}
    mean = dict(fact_rows(report))[DYNAMICS()][0]
    assert [str(said) for said in (mean.label, mean.value, mean.earlier, mean.difference)] == [
        "Mean velocity",
        "65",
        "59",
        "+6",
    ]
    assert "Compared with petzold_minuet_in_g.take0" in table(report)
    assert "Difference</th>" in html_page(report)


def test_twice_the_pulse_is_no_other_tempo() -> None:
    """It may be the same one, counted in halves."""
    assert "pulse_bpm" not in document(compared(1.6, 0))["compare"]["measures"]


def test_another_piece_is_not_compared() -> None:
    """A note instead, and no difference."""
    report = build_report(starter("petzold_minuet_in_g.take0"), starter("beethoven_ode_to_joy.take0"))
    assert document(report)["compare"] == {
        "take_id": "beethoven_ode_to_joy.take0",
        "same_piece": False,
        "deltas": {},
        "measures": {},
    }
    assert "seems to be another piece" in table(report)
    assert "before 1" not in table(report)
    assert_whole(html_page(report))


def test_every_fact_lies_in_the_document() -> None:
    """A renamed key would leave its row empty for ever."""
    report = build_report(starter("beethoven_fuer_elise_theme.take1"))
    measures = document(report)["measures"]
    assert [fact.id for fact in FACTS if fact.value(measures) is None] == []
    assert [fact.id for fact in FACTS if fact.value(measures) != fact.value(report.figures)] == []
    assert {str(fact.shown(None)) for fact in FACTS} == {"–"}  # noqa: RUF001


def test_impressions_are_in_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them with their windows and the model; without any, the reasons."""
    panel(monkeypatch)
    made = document(build_report(TAKES["with pedal"]))
    VALIDATOR.validate(made)
    assert made["impressions"][0] == {
        "id": "pedal_sparse_saturated",
        "low": "low <supported>",
        "high": "high supported",
        "value": 0.25,
        "band80": [0.0, 0.5],
        "tier": "supported",
        "test_r": 0.5,
        "rater_r": 0.4,
        "windows": [{"t": [0.0, 12.0], "value": 0.25}],
    }
    assert (len(made["impressions"]), made["model"]["trained_on"]) == (4, "by hand")
    panel(monkeypatch, "out_of_range")
    made = document(build_report(TAKES["no pedal"]))
    VALIDATOR.validate(made)
    assert (made["status"], made["impressions"]) == ("out_of_range", [])
    assert made["reasons"][0] == "Unlike."


def test_random_notes_are_not_rated() -> None:
    """They are out of range of the shipped model; the measures are there."""
    report = build_report(TAKES["random"])
    assert (report.status, report.impressions, report.reasons[0]) == ("out_of_range", (), UNLIKE())
    assert fact_rows(report)


@pytest.mark.parametrize("pedalled", [True, False])
def test_a_transcription_is_rated_alike_from_its_lines_and_its_midi_file(pedalled: bool, tmp_path: Path) -> None:
    """The MIDI file keeps no confidence, but names the program that wrote it, with a pedal or without; its ticks round
    times by half a millisecond."""
    stream = StreamStarted("m", "studio", 0.318, 48_000, "mic", "2026-11-21T10:00:00Z")
    demo = read_take(STARTER.parents[1] / "demo" / "demo.mid")
    pedal = zip(demo.pedal_time, demo.pedal_value.tolist(), strict=True) if pedalled else ()
    events: list[Event] = [Pedal(t, t, v) for t, v in pedal]
    for onset, offset, pitch, velocity in zip(
        demo.onset, demo.offset, demo.pitch.tolist(), demo.velocity.tolist(), strict=True
    ):
        events += [NoteOn(onset, onset, pitch, velocity, 0.9), NoteOff(offset, offset, pitch)]
    events.sort(key=lambda event: event.time)
    path = tmp_path / "heard.mid"
    path.write_bytes(midi_bytes(stream, events))
    lines, file = TakeNotes.of_stream(stream, events, "heard"), read_take(path)
    assert lines.transcribed
    assert file.transcribed
    live, read = (build_report(notes).impressions for notes in (lines, file))
    assert len(live) == 19
    assert [one.value for one in read] == pytest.approx([one.value for one in live], abs=0.02)


def test_too_little_is_not_rated(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is not even used."""
    monkeypatch.setattr(report_module, "assess", None)
    assert build_report(TAKES["ten notes"]).model is None


def test_impressions_are_shown_without_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """By tier; a hidden one not at all; the caveat stands beside them and nowhere else."""
    panel(monkeypatch)
    report = build_report(TAKES["with pedal"])
    lines = table(report).splitlines()
    sure = lines.index("HOW IT MAY SOUND TO LISTENERS")
    assert lines[sure + 1] == f"Pedal{'low <supported>':>31}  {'━' * 7}●{'━' * 7}{'·' * 14}  high supported"
    assert lines[lines.index("LESS SURE") + 1].startswith("Timing")
    text = html_page(report)
    assert "high hidden" not in text + table(report)
    assert "low &lt;supported&gt;" in text
    assert_whole(text)
    for shown in (text, table(report)):
        assert "A guide, not a grade." in shown
        assert "0.25" not in shown
    plain = build_report(TAKES["ten notes"])
    assert "guide" not in html_page(plain) + table(plain)


def test_the_earlier_take_is_a_ring_on_the_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    """From 0.75 to 0.25, where listeners distinguish players: on pedal and timing, and not on energy."""
    panel(monkeypatch, before=0.75)
    satie = TAKES["with pedal"]
    report = build_report(satie, replace(satie, name="before"))
    assert document(report)["compare"]["deltas"] == {"pedal_sparse_saturated": -0.5, "timing_stable_unstable": -0.5}
    line = next(line for line in table(report).splitlines() if line.startswith("Pedal   "))
    assert line[38:67] == f"{'━' * 7}●{'━' * 7}{'·' * 6}○{'·' * 7}"
    assert html_page(report).count('class="ring"') == 2


def test_names_cannot_break_the_page() -> None:
    """A take may be called anything."""
    report = build_report(played(scale(50, 0.3), name='<script>alert("1")</script> & co'))
    assert "<script>" not in html_page(report)
    assert "&lt;script&gt;" in html_page(report)


def test_a_roll_shows_where_something_sounds() -> None:
    """Of eight rows of an hour those with notes; a part that begins where another's letter would stand has its own."""
    notes = played([*scale(60, 0.5), *scale(60, 0.5, start_s=28_800.0)])
    assert len(list(rolls(notes, measure(notes)))) == 2
    short = played(scale(160, 0.5))
    parts = (Section(0.0, 0.1, "A"), Section(0.1, 40.0, "B"), Section(40.0, 80.0, "C"))
    first, second = rolls(short, replace(measure(short), sections=parts))
    assert [f">{letter}<" in first for letter in "ABC"] == [False, True, False]
    assert [f">{letter}<" in second for letter in "ABC"] == [False, False, True]


def test_zero_has_no_sign() -> None:
    """A top note 0.3 ms after the others comes neither before nor after them; half a millisecond more does."""
    lead = next(fact for fact in FACTS if fact.id == "melody_lead_ms")
    assert [str(lead.shown(value)) for value in (-0.3, -0.8)] == ["0 ms", "−1 ms"]  # noqa: RUF001
    assert [str(lead.difference(value)) for value in (-6.2, 6.2)] == ["−6 ms", "+6 ms"]  # noqa: RUF001


@pytest.mark.parametrize("started", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "yesterday"])
def test_a_date_that_is_none_stays_as_it_is(started: str) -> None:
    """Beyond what a computer's calendar knows."""
    report = build_report(replace(played(scale(50, 0.3)), started=started))
    assert headline(report).startswith(started)


def test_a_clock_counts_whole_seconds() -> None:
    """Rounded down, as on any player; beyond an hour in minutes."""
    assert [clock(t) for t in (0.0, 59.99, 60.0, 3725.0)] == ["0:00", "0:59", "1:00", "62:05"]


def test_an_hour_of_music_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """12,000 notes: a document, and a page that still opens."""
    panel(monkeypatch)
    rows = scale(12_000, 0.3)
    report = build_report(played(rows, [(float(t), 127 * (t % 2)) for t in range(0, 3600)]))
    VALIDATOR.validate(document(report))
    assert document(report)["take"]["n_notes"] == 12_000
    assert len(html_page(report)) < 1_000_000
