"""Metrics on a card: figures as they were found, and weaknesses made of them alone."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from export.card import model_card, set_tables
from export.evaluation import read_evaluation
from export.weaknesses import of_set, weaknesses
from realtime.contract import StreamSpec
from realtime.errors import FileError
from tests.any_data import any_json
from tests.fakes import FAKE_SPEC
from training.evaluation.metric_text import cells, metric_text

TOY = StreamSpec("toy", FAKE_SPEC.windows, 128, FAKE_SPEC.shifts, FAKE_SPEC.states, corpus="Two strings, plucked.")
ROOM: dict[str, Any] = {
    "set": "room",
    "files": [
        {"file": "one", "delay": "fast", "onset_f1_50": 0.4},
        {"file": "two", "delay": "fast", "onset_f1_50": 0.6},
        {"file": "one", "delay": "balanced", "onset_f1_50": 0.9},
        {"file": "two", "delay": "balanced", "onset_f1_50": 0.7},
    ],
    "mean": {
        "fast": {"onset_f1_50": 0.5},
        "balanced": {
            "onset_f1_50": 0.8,
            "onset_p_50": 0.95,
            "onset_r_50": 0.7,
            "offset_f1": 0.31,
            "velocity_error": 9.2,
            "pedal_f1": None,
            "repeats": 0.25,
        },
    },
    "groups": {
        "close": {"fast": {"onset_f1_50": 0.4}, "balanced": {"onset_f1_50": 0.9}},
        "ambient": {"fast": {"onset_f1_50": 0.6}, "balanced": {"onset_f1_50": 0.7}},
    },
}
PARTS = ("set", "files", "mean", "groups", "lone", "stages", "worst_group", "peers", "failed", "more_sets")
NOISE: dict[str, Any] = {
    "set": "hiss",
    "files": [],
    "mean": {
        "fast": {"false_notes_per_minute_26": 12.34, "false_notes_per_minute_56": 0.0},
        "balanced": {"false_notes_per_minute_26": 3.0, "false_notes_per_minute_56": 0.0},
    },
}


def test_weaknesses_are_told_of_what_listens_by_default():
    """Of mode `live` where it was measured."""
    live = {"onset_f1_50": 0.7, "onset_p_50": 0.9, "onset_r_50": 0.6}
    one = {**ROOM, "mean": {**ROOM["mean"], "live": live}}
    assert "room, live: 40 % of the notes are missed, and 10 % of those heard were not played." in [*of_set(one)]


def test_weaknesses_are_what_was_measured():
    """The hardest file, the worse group and delay, missed and false notes, ends, loudness, repeats, noise, corpus."""
    assert weaknesses(TOY, ROOM | {"more_sets": [NOISE]}) == [
        "room, balanced: hardest was two, with an onset F1 of 0.70, where the mean is 0.80.",
        "room, balanced: onset F1 is 0.70 (ambient) against 0.90 (close).",
        "room: onset F1 is 0.50 (fast) against 0.80 (balanced).",
        "room, balanced: 30 % of the notes are missed, and 5 % of those heard were not played.",
        "room, balanced: F1 falls to 0.31 when a note's end has to be right as well.",
        "room, balanced: loudness is off by 9 of 127 on average.",
        "room, balanced: of quick repeats of a key, 75 % are not heard as two notes.",
        "hiss: up to 12.3 notes a minute where nobody plays (fast, at -26 dBFS).",
        "It was measured on room only: other pianos, rooms and microphones are untried.",
        "It learned from: Two strings, plucked. Sound unlike that may be heard worse than any score here.",
    ]


def test_unmeasured_figures_are_called_unknown():
    """Without metrics, without noise, without recordings, without a corpus: no figure, no claim."""
    assert weaknesses(FAKE_SPEC, None) == [
        "It was not evaluated: what it does badly is not known.",
        "What it learned from is not stated. Sound unlike that may be heard worse than any score here.",
    ]
    assert any("nobody plays was not measured" in sentence for sentence in weaknesses(TOY, ROOM))
    assert any("on no recording of a piano" in sentence for sentence in weaknesses(TOY, NOISE))


def test_a_set_that_could_not_be_read_is_named():
    """No table of nothing, and no paths of the machine where it was scored."""
    parts = set_tables({"set": "room", "files": [], "mean": {}, "failed": ["/home/me/a.flac holds no sound."]})
    assert parts == ["### room", "Left out, as they could not be read or heard: 1."]


def test_lone_notes_and_stages_stand_under_their_set():
    """As tables of their own, and the worst of the groups as a sentence."""
    share = {f"within_{ms}_ms": value for ms, value in ((35, 0.3), (65, 0.88), (125, 0.98))}
    more = {
        "lone": {"live": {"strokes": 88, "found": 86, "false": 19, "doubled": 2}},
        "stages": {"live": {"right": 86, **share, "told_by": {"fast": 0.25, "balanced": 0.75}}},
        "worst_group": {"live": "hall"},
    }
    parts = set_tables(ROOM | more)
    assert "| live | 88 | 86 | 19 | 2 |" in parts[2]
    assert "| live | 86 | 30 % | 88 % | 98 % | fast 25 % · balanced 75 % |" in parts[3]
    assert parts[4] == "Worst of the groups: live: hall."


def test_metrics_are_written_alike_everywhere():
    """Shares, times, counts and None; one cell for each heading, on the terminal and the card."""
    assert metric_text("onset_f1_50", 0.61234) == "0.612"
    assert metric_text("emission_p50_s", 0.0274) == "27"
    assert metric_text("false_notes_per_minute_56", 12.34) == "12.3"
    row = cells({"onset_p_50": 0.5, "pedal_f1": None, "emission_p95_s": 0.1})
    assert (row[0], row[-1], set(row[1:-1])) == ("0.500", "100", {"-"})


@pytest.mark.parametrize(
    "content",
    [
        [],
        "scores",
        {},
        {"set": "room", "files": [], "mean": {"fast": 1.0}},
        {"set": "room", "files": [{}], "mean": {"fast": {}}},
        {"set": "room", "files": ROOM["files"], "mean": {}},
        ROOM | {"more_sets": {}},
        ROOM | {"more_sets": [[]]},
        ROOM | {"peers": []},
        ROOM | {"groups": {"close": []}},
        ROOM | {"failed": [1]},
        ROOM | {"peers": None},
        ROOM | {"lone": {"live": {"strokes": 88}}},
        ROOM | {"stages": {"live": {"right": 1.5}}},
        ROOM | {"peers": {"mean": {"peer": {"onset_f1_50": "high"}}}},
        ROOM | {"files": [{"file": "one", "delay": "fast", "onset_f1_50": 10**400}]},
    ],
)
def test_other_json_is_not_taken_for_an_evaluation(content: object, tmp_path: Path):
    """A list, a bare set, parts of another kind: one sentence with the file's name."""
    path = tmp_path / "scores.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(FileError, match=r"scores\.json does not hold scores"):
        read_evaluation(path)


def test_an_evaluation_is_read_as_it_was_written(tmp_path: Path):
    """With all their parts."""
    path = tmp_path / "scores.json"
    written = ROOM | {"more_sets": [NOISE], "failed": ["a.flac is broken."], "peers": {"files": [], "mean": {}}}
    path.write_text(json.dumps(written), encoding="utf-8")
    assert read_evaluation(path) == written


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "9" * 5_000, '"\xff'])
def test_a_file_that_is_no_json_is_refused(text: str, tmp_path: Path):
    """One sentence with the file's name."""
    path = tmp_path / "scores.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(FileError, match=r"scores\.json cannot be read as scores"):
        read_evaluation(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["set", "files", "mean", "groups", "lone", "stages", "peers", "failed", "more_sets"]),
        any_json(),
    )
)
def test_any_evaluation_makes_a_card_or_is_refused(tmp_path: Path, changes: dict[str, object]):
    """With whatever stands in the place of one of their parts."""
    path = tmp_path / "scores.json"
    path.write_text(json.dumps(ROOM | {"more_sets": [NOISE]} | changes), encoding="utf-8")
    with contextlib.suppress(FileError):
        assert model_card(TOY, [], read_evaluation(path)).startswith("# toy")
