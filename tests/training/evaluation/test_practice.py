"""The simulated pupil, the closed loop and what is said of it, at a piano of sines that the fake model understands."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import mido
import numpy as np
import pytest

from realtime.contract import FloatArray
from realtime.errors import UsageError
from realtime.notes import NoteTable
from realtime.transcription.model import OnnxStep
from tests.fakes import FAKE_KEYS, FAKE_SPEC, fake_frequency, fake_recording
from training import entry
from training.cli import app
from training.commands import practising
from training.data.corpus.clips import Clip
from training.evaluation import practice
from training.evaluation.practice import (
    CONDITIONS,
    Practised,
    groups_of,
    least_threshold,
    part_of,
    passes_in_noise,
    practise,
    read_piece,
)
from training.evaluation.practice_summary import PracticeSummary, by_piano, practice_table, summarise
from training.evaluation.pupil import Pupil

KEYS = tuple(21 + key for key in FAKE_KEYS)


class Sines:
    """A piano of the fake model's tones, in the place of a sampled one; its hammers reach only every other stroke of
    the `deaf` key."""

    def __init__(self, deaf: int | None = None) -> None:
        self.now, self.deaf, self.strokes = 0, deaf, 0
        self._down: dict[int, int] = {}

    def strike(self, keys: dict[int, tuple[int, int]]) -> None:
        for pitch, (_, wait) in keys.items():
            if pitch == self.deaf:
                self.strokes += 1
                if self.strokes % 2:
                    continue
            self._down[pitch] = self.now + wait

    def release(self, pitches: list[int]) -> None:
        for pitch in pitches:
            self._down.pop(pitch, None)

    @property
    def down(self) -> tuple[int, ...]:
        return tuple(self._down)

    def hop(self) -> FloatArray:
        time = np.arange(self.now, self.now + 160)
        self.now += 160
        sound = np.zeros(160, np.float32)
        for pitch, begin in self._down.items():
            if pitch in KEYS:
                hertz = fake_frequency(pitch - 21)
                sound += 0.3 * (time >= begin) * np.sin(2 * np.pi * hertz * (time - begin) / 16_000)
        return sound


def pupil(piano: Sines, seed: int = 0, pedal: bool = False) -> Pupil:
    return Pupil(piano, np.random.default_rng(seed), pedal)  # type: ignore[arg-type]


def test_strikes_are_groups() -> None:
    """Within 50 ms of the first, each key once."""
    notes = NoteTable.build([0.0, 0.05, 0.06, 1.0, 1.01], [2.0] * 5, [60, 64, 62, 65, 65], [60] * 5)
    assert groups_of(notes) == ((60, 64), (62,), (65,))


def test_a_piece_is_read_from_midi(tmp_path: Path) -> None:
    """With its name; a part of it lies inside, and depends on the seed alone."""
    path = written(tmp_path / "tune.mid", [(60,), (62, 65), (64,)])
    piece = read_piece(path)
    assert piece == ("tune", ((60,), (62, 65), (64,)))
    assert part_of(piece, 9, 0) == piece.groups
    parts = {part_of(piece, 2, seed) for seed in range(20)}
    assert parts == {piece.groups[:2], piece.groups[1:]}


def written(path: Path, groups: list[tuple[int, ...]]) -> Path:
    file = mido.MidiFile()
    track = mido.MidiTrack()
    for keys in groups:
        track += [mido.Message("note_on", note=key, velocity=60, time=480 if key == keys[0] else 0) for key in keys]
        track += [mido.Message("note_off", note=key, time=240 if key == keys[0] else 0) for key in keys]
    file.tracks.append(track)
    file.save(path)
    return path


def test_mistakes_are_mistakes() -> None:
    """Of every kind, never all of the right keys; the same group again is no repetition that is wrong."""
    player, seen = pupil(Sines()), set()
    for _ in range(300):
        drawn = player.mistakes((60, 64), (50, 53))
        assert drawn is not None
        kind, wrong = drawn
        seen.add(kind)
        assert not {*wrong} >= {60, 64}
        if kind == "omission":
            assert wrong in ([60], [64])
        elif kind == "repetition":
            assert wrong == [50, 53]
        else:
            (moved,) = ({60, 64} - {*wrong} and {*wrong} - {60, 64}) or {None}
            step = {"semitone": 1, "tone": 2, "octave": 12}[kind]
            assert moved in (60 - step, 60 + step, 64 - step, 64 + step)
    assert seen == {"semitone", "tone", "octave", "omission", "repetition"}
    assert {None if d is None else d[0] for d in (player.mistakes((60,), (60,)) for _ in range(200))} == {
        None,
        "semitone",
        "tone",
        "octave",
    }


def test_a_pupil_leaves_the_keys_before_unless_the_pedal_holds_them() -> None:
    """And tells when the last key sounds: within 25 ms."""
    for pedal, down in ((False, (62,)), (True, (60, 62))):
        piano = Sines()
        player = pupil(piano, pedal=pedal)
        player.strike([60])
        for _ in range(10):
            player.hop()
        assert 0.1 <= player.strike([62]) < 0.126
        assert piano.down == down


def test_what_is_around_is_heard_again_and_again() -> None:
    """From its begin, after its end; with the microphone's noise."""
    around = np.repeat([0.1, -0.2, 0.3], 100).astype(np.float32)
    player = Pupil(Sines(), np.random.default_rng(0), background=around)  # type: ignore[arg-type]
    sound = np.concatenate([player.hop() for _ in range(4)])
    assert sound == pytest.approx(np.resize(around, 640), abs=0.005)


def test_a_piano_that_is_heard_passes_at_the_first_stroke(fake_step: OnnxStep) -> None:
    """Every group, as soon as `balanced` knows; no mistake passes. (A sine that is struck into itself does not rise, so
    what follows a mistake is left out.)"""
    groups = [(KEYS[1],), (KEYS[2], KEYS[5]), (KEYS[3],), (KEYS[4], KEYS[6])] * 6
    found = [*practise(fake_step, "sines", groups, pupil(Sines(), 3))]
    assert [one.size for one in found] == [1, 2] * 12
    assert not any(one.false or one.early for one in found)
    right = [one for one in found if one.mistake is None]
    assert 10 < len(right) < 24
    assert all(one.passed and one.strokes == 1 for one in right)
    assert all(one.delay_s is not None and 0.03 < one.delay_s <= 0.06 for one in right if one.size == 1)


def test_a_key_that_sounds_at_every_other_stroke_needs_two(
    fake_step: OnnxStep, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The group waits, and is struck again after 1.5 s."""
    monkeypatch.setattr(practice, "MISTAKEN", 0.0)
    found = [*practise(fake_step, "sines", [(KEYS[1],), (KEYS[4],)], pupil(Sines(deaf=KEYS[4]), 1))]
    assert [(one.strokes, one.passed, one.mistake) for one in found] == [(1, True, None), (2, True, None)]


def test_a_key_that_never_sounds_is_given_up(fake_step: OnnxStep, monkeypatch: pytest.MonkeyPatch) -> None:
    """After six strokes; the next group is heard."""
    monkeypatch.setattr(practice, "MISTAKEN", 0.0)
    found = [*practise(fake_step, "sines", [(22,), (KEYS[1],)], pupil(Sines(), 1))]
    assert [(one.strokes, one.passed, one.delay_s is None) for one in found] == [(6, False, True), (1, True, False)]


def test_passes_in_noise_are_counted_by_key_and_minute(fake_step: OnnxStep) -> None:
    """Two onsets of one of 88 keys in six seconds of waiting; one in the begin of the clip does not count."""
    clip = fake_recording([(FAKE_KEYS[0], 0.3, 0.5), (FAKE_KEYS[0], 1.0, 1.5), (FAKE_KEYS[0], 3.0, 3.5)], 6.6)
    assert passes_in_noise(fake_step, [Clip(clip, "hum")]) == pytest.approx(2 / 88 / 0.1)
    assert passes_in_noise(fake_step, [Clip(np.zeros(32_000, np.float32), "hum")]) == 0.0


def test_the_least_that_is_asked() -> None:
    """.4 and 3.5 logits less; `balanced` never asks for less."""
    assert least_threshold(FAKE_SPEC, "accurate") == pytest.approx(0.01973, abs=1e-4)
    assert least_threshold(FAKE_SPEC, "balanced") == pytest.approx(0.4)


def one(strokes: int, passed: bool = True, delay_s: float | None = 0.05, **fields: object) -> Practised:
    usual = {"piano": "a", "size": 1, "mistake": None, "false": False, "early": False}
    return Practised(strokes=strokes, passed=passed, delay_s=delay_s, **{**usual, **fields})  # type: ignore[arg-type]


RESULTS = [
    one(1, delay_s=0.04),
    one(1, delay_s=0.06, size=5),
    one(2, delay_s=0.9),
    one(6, passed=False, delay_s=None, piano="b"),
    one(0, early=True, size=2),
    one(0, mistake="octave", false=True),
    one(1, mistake="octave"),
    one(1, mistake="tone"),
]


def test_a_summary_counts_what_was_struck_rightly_at_once() -> None:
    """Delays of first strokes alone; mistakes and early passes apart."""
    assert summarise(RESULTS) == PracticeSummary(
        groups=8,
        right=4,
        first=2,
        second=3,
        never=1,
        delay_p50_s=0.05,
        delay_p95_s=0.059,
        early=1,
        mistakes=3,
        false=1,
        octaves=2,
        false_octaves=1,
    )
    assert summarise([]).delay_p50_s is None
    assert list(by_piano(RESULTS)) == ["all", "a", "b", "1 key", "2 keys", "4 and more keys"]


def test_a_table_has_a_row_for_every_condition() -> None:
    """Shares with their numbers; a dash where there is nothing."""
    table = practice_table({"as usual": RESULTS, "quiet": []})
    rows = [[str(cell) for cell in column.cells] for column in table.columns]
    assert rows[0][0] == "as usual"
    assert rows[0][-1] == "quiet"
    first = [column[0] for column in rows]
    assert first == ["as usual", "4", "50.0 %", "75.0 %", "25.0 %", "50 / 59", "12.5 %", "33.3 % of 3", "0.0 % of 1"]
    assert [column[-1] for column in rows][2:] == ["-", "-", "-", "- / -", "-", "- of 0", "- of 0"]


def test_the_command_prints_what_was_found(
    tmp_path: Path, fake_model_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the conditions that were asked for; the pianos are stubbed away."""
    monkeypatch.setattr(practising, "held_out_pianos", lambda: {"sines": None})
    monkeypatch.setattr(practising, "held_out_rooms", lambda: [None])
    monkeypatch.setattr(practising, "pupil_of", lambda _piano, _room, _condition, seed: pupil(Sines(), seed))
    tune = str(written(tmp_path / "tune.mid", [(KEYS[1],), (KEYS[2], KEYS[5]), (KEYS[3],)]))

    def run(*arguments: str) -> tuple[int, str, str]:
        given = ["liszten-train", "evaluate-practice", tune, "--model", str(fake_model_file), *arguments]
        monkeypatch.setattr(sys, "argv", given)
        with pytest.raises(SystemExit) as stopped:
            entry.run(app, "liszten-train")
        printed = capsys.readouterr()
        return int(stopped.value.code or 0), printed.out, printed.err

    status, out, _ = run("--condition", "usual", "--groups", "2", "--json")
    assert status == 0
    found = json.loads(out)
    assert list(found) == ["model", "conditions", "passes_in_noise_per_minute"]
    assert list(found["conditions"]) == ["as usual"]
    assert found["conditions"]["as usual"]["all"]["groups"] == 2
    assert run("--condition", "usual")[1].count("as usual") == 1
    status, _, err = run("--condition", "underwater")
    assert (status, "noise" in err) == (UsageError.exit_code, True)
    assert [one.name for one in CONDITIONS] == [
        "as usual",
        "pedal never lifted",
        "20 dB quieter",
        "living room and fan",
    ]
