"""The impressions' training: splits without leaks, metrics by hand, cached transcriptions, a file that can be read."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from realtime.errors import FileError
from realtime.notes import NoteTable
from realtime.report.panel.impressions import PLAYED, TRANSCRIBED, read_impressions
from realtime.report.panel.model import kernel
from training.commands import impressions as command
from training.percepiano.agreement import agreement
from training.percepiano.alternative import Inputs, compare_inputs
from training.percepiano.cache import PARTS, TranscriptionCache
from training.percepiano.card import card
from training.percepiano.corpus import Excerpts, Votes, read_excerpts, read_votes
from training.percepiano.evaluate import evaluate, out_of_fold, studio, training_rows
from training.percepiano.fit import RESTORED_FAMILIES, fit_panel
from training.percepiano.restore import restore
from training.percepiano.rows import Rows, played_rows, transcribed_rows
from training.percepiano.scoring import covered, folds_of, inside_pieces, others_on_segment, pairs_right, r_squared
from training.percepiano.transcription import DELAYS, LEAD_S, LONGEST_S, TranscribedExcerpt, trimmed


@pytest.fixture(scope="module")
def excerpts(data_dir: Path) -> Excerpts:
    return read_excerpts(data_dir / "percepiano")


def playing(seed: int, seconds: float = 10.0, step_s: float = 0.2) -> NoteTable:
    """Uneven notes with a pedal; each seed has its own touch."""
    random = np.random.default_rng(seed)
    onset = np.cumsum(random.uniform(0.8, 1.2, int(seconds / step_s))) * step_s
    held = onset + step_s * random.uniform(0.3, 1.2)
    count = len(onset)
    return NoteTable.build(
        onset, held, random.integers(40, 80, count), random.integers(30, 100, count), [1.0, 3.0, 5.0], [127, 0, 127]
    )


@cache
def small(count: int = 40) -> tuple[Excerpts, Rows]:
    """Excerpts of four pieces with ratings that their features tell."""
    performances = [playing(seed) for seed in range(count)]
    rows = played_rows(performances)
    rating = 0.5 + 0.1 * np.tanh(np.random.default_rng(1).normal(size=(count, 19)))
    rating[:, 0] = np.array([played.offset[0] - played.onset[0] for played in performances])
    number = np.arange(count)
    piece = np.array([f"piece{i % 4}" for i in number])
    return Excerpts(
        ids=number.astype(str),
        piece=piece,
        segment=np.array([f"{piece[i]}|{i // 8}" for i in number]),
        performer=np.array([f"{piece[i]}|{i % 8}" for i in number]),
        part=np.where(number % 5 == 0, "test", "fold0"),
        is_score=number % 10 == 9,
        fold_segment=number // 8 % 5,
        fold_overlap=number // 8 % 5,
        scales=tuple(read_scales()),
        rating=rating,
    ), rows


def read_scales() -> list[str]:
    from realtime.report.panel.scales import ENDS

    return list(ENDS)


def test_the_labels_are_read(excerpts: Excerpts) -> None:
    """As the README of the data counts them; scales are those of the report."""
    assert (len(excerpts), excerpts.is_score.sum(), (excerpts.part == "test").sum()) == (1202, 129, 193)
    assert read_scales() == list(excerpts.scales)
    assert len(set(excerpts.performer[excerpts.human])) == 43
    assert ((excerpts.rating > 0) & (excerpts.rating <= 1)).all()


def test_no_music_is_on_both_sides(excerpts: Excerpts) -> None:
    """In B no segment, in D no piece, is in two folds; A predicts what upstream tested on."""
    folds = folds_of(excerpts)
    for names, split in ((excerpts.segment, "B"), (excerpts.segment, "C"), (excerpts.piece, "D")):
        assert all(len(set(folds[split][names == name])) == 1 for name in set(names))
    assert (folds["A"] == 0).sum() == 193


def test_listeners_agree_as_the_data_study_found(excerpts: Excerpts, data_dir: Path) -> None:
    """Means of ceiling .74, one rater .43, same music .41, computed there from the same ratings."""
    found = agreement(read_votes(data_dir / "percepiano", excerpts.ids), excerpts)
    assert pytest.approx(found.ceiling.mean(), abs=0.02) == 0.74
    assert pytest.approx(found.rater_r.mean(), abs=0.02) == 0.43
    assert pytest.approx(found.same_segment.mean(), abs=0.03) == 0.41


def test_raters_that_agree_wholly_and_not_at_all() -> None:
    """Two raters with one opinion are reliable; two whose votes are independent of the excerpt are not."""
    excerpts, _ = small()
    random, number = np.random.default_rng(0), np.repeat(np.arange(40), 2)
    opinion = np.repeat(random.uniform(0.2, 0.8, (40, 19)), 2, axis=0)
    assert np.allclose(1.0, agreement(Votes(number, opinion), excerpts).ceiling)
    assert agreement(Votes(number, random.uniform(0, 1, (80, 19))), excerpts).ceiling.mean() < 0.25


def test_metrics_by_hand() -> None:
    """One scale; three excerpts."""
    rating, predicted = np.array([[0.0], [0.5], [1.0]]), np.array([[0.0], [0.0], [1.0]])
    assert pytest.approx(r_squared(rating, predicted)[0]) == 1 - 0.25 / 0.5
    assert pytest.approx(pairs_right(rating, predicted, np.array(["a", "a", "a"]))[0]) == 2 / 3
    assert pairs_right(rating, predicted, np.array(["a", "b", "c"]))[0] == 0
    assert pytest.approx(covered(rating, predicted, np.array([[-0.1], [0.1]]))[0]) == 2 / 3
    many, piece = np.tile(rating, (8, 1)), np.repeat(["a", "b"], 12)
    assert pytest.approx(inside_pieces(many, np.concatenate([many[:12], -many[12:]]), piece)[0]) == 0


def test_the_trivial_prediction_knows_the_music_only() -> None:
    """The mean of the other players on the segment, or of all where there is none."""
    excerpts, _ = small(8)
    segment = np.array(["x", "x", "x", "y", "z", "z", "z", "z"])
    excerpts = replace(excerpts, segment=segment)
    test = np.array([True, False, False, True, False, False, False, False])
    found = others_on_segment(excerpts, test, ~test)
    assert np.allclose(excerpts.rating[1:3].mean(axis=0), found[0])
    assert np.allclose(excerpts.rating[~test].mean(axis=0), found[1])


def test_a_prediction_never_sees_its_own_fold() -> None:
    """Ratings of a fold may be anything: what is predicted for it stays the same, and other folds change."""
    excerpts, rows = small()
    folds = excerpts.fold_overlap
    before = out_of_fold(rows, rows, excerpts, folds, PLAYED)
    changed = replace(excerpts, rating=np.where((folds == 2)[:, None], 0.99, excerpts.rating))
    after = out_of_fold(rows, rows, changed, folds, PLAYED)
    assert np.array_equal(before[folds == 2], after[folds == 2])
    assert not np.allclose(before[folds == 1], after[folds == 1])


def test_all_transcriptions_of_an_excerpt_lie_in_its_fold() -> None:
    """Trained on excerpts as played and as transcribed: none of either is of the fold that is predicted."""
    excerpts, rows = small()
    both = rows + rows
    folds = excerpts.fold_overlap
    before = out_of_fold(both, rows, excerpts, folds, TRANSCRIBED)
    changed = replace(excerpts, rating=np.where((folds == 0)[:, None], 0.01, excerpts.rating))
    assert np.array_equal(before[folds == 0], out_of_fold(both, rows, changed, folds, TRANSCRIBED)[folds == 0])


def test_a_rating_that_depends_on_the_playing_is_learned() -> None:
    """Scale 0 is how long keys are held: it is predicted on unknown music, chance is not; the file says both."""
    excerpts, rows = small(80)
    votes = Votes(np.repeat(np.arange(80), 2), np.repeat(excerpts.rating, 2, axis=0))
    transcribed = rows.of(np.zeros(80, np.bool_))
    results = evaluate(excerpts, rows, transcribed, None, agreement(votes, excerpts), lambda _: None)
    assert results.domains[PLAYED]["C"].r2[0] > 0.6
    assert results.domains[PLAYED]["C"].r2[1:].mean() < 0.1
    assert results.domains[PLAYED]["A"].count == 16
    content = command.packed(command.Material(excerpts, rows, transcribed, None), results)
    model = read_impressions(content, "ours")
    assert model.test_r[PLAYED][excerpts.scales[0]] > 0.6
    predicted = model.panels[PLAYED].predict(rows.values)
    assert np.abs(predicted - excerpts.rating)[:, 0].mean() < 0.05
    text = card(results, len(rows.names), len(content), model.facts.sha256)
    assert all(scale in text for scale in excerpts.scales)
    assert model.facts.sha256 in text


def test_another_transcription_of_an_excerpt_does_not_make_its_rating_surer() -> None:
    """Five times the same rows: the model follows noisy ratings hardly closer than with one."""
    excerpts, rows = small()
    once = replace(rows, sources=("heard",))
    often = once + once + once + once + once
    noise = excerpts.rating - excerpts.rating.mean(axis=0)
    one, five = (
        fit_panel(part, excerpts.rating[part.excerpt], TRANSCRIBED).predict(rows.values) for part in (once, often)
    )
    followed = [(noise * (guess - excerpts.rating.mean(axis=0))).sum() / (noise**2).sum() for guess in (one, five)]
    assert followed[0] < followed[1] < followed[0] + 0.15


def as_transcribed(rows: Rows, wrong: float, source: str = "heard studio 1", seed: int = 5) -> Rows:
    """The same excerpts with all features but those of the timing buried under noise."""
    random = np.random.default_rng(seed)
    right = np.array([name.startswith(("timing.", "texture.")) for name in rows.names])
    noise = random.normal(size=rows.values.shape) * rows.values.std(axis=0) * wrong
    return replace(rows, values=rows.values + np.where(right, 0.0, noise), sources=(source,))


def test_wrongly_transcribed_features_are_restored_from_other_excerpts() -> None:
    """A wrong feature that depends on a right one comes near to its value as played; the row's own value as played,
    however wild, has no influence."""
    random = np.random.default_rng(0)
    truth = random.normal(size=(120, 1))
    points = np.tile(truth, (2, 1))
    ranks = np.concatenate([2 * truth, random.normal(size=(120, 1))])
    excerpt, transcribed = np.tile(np.arange(120), 2), np.arange(240) >= 120
    found = restore(points, ranks, excerpt, transcribed)
    assert np.corrcoef(found.features[transcribed, 0], truth[:, 0])[0, 1] > 0.98
    assert np.array_equal(ranks[~transcribed], found.features[~transcribed])
    assert not found.coefficients[~transcribed].any()
    wild = np.where(excerpt[:, None] == 7, 5.0, ranks)
    known = restore(points, wild, excerpt, transcribed).features[transcribed][7] / found.features[transcribed][7]
    assert pytest.approx(1.0, abs=0.1) == known[0]


def test_leaving_an_excerpt_out_is_what_it_says() -> None:
    """In closed form as by fitting without both of its transcriptions; up to the scale of all."""
    random = np.random.default_rng(1)
    points, ranks = random.normal(size=(30, 3)), random.normal(size=(30, 2))
    excerpt, transcribed = np.tile(np.arange(10), 3), np.arange(30) >= 10
    whole = restore(points, ranks, excerpt, transcribed)
    others = excerpt != 4
    without = restore(points[others], ranks[others], excerpt[others], transcribed[others])
    asked = kernel(points[(excerpt == 4) & transcribed], points[others]) @ without.coefficients
    left_out = whole.features[(excerpt == 4) & transcribed]
    assert np.allclose(np.ptp(asked / left_out, axis=0), 0, atol=1e-3)


def test_a_panel_of_transcribed_takes_restores_them_as_played() -> None:
    """Without the excerpts as played there is nothing to restore; with them unknown music is judged better."""
    excerpts, rows = small(80)
    transcribed = as_transcribed(rows, 1.0)
    assert fit_panel(transcribed, excerpts.rating, TRANSCRIBED).restore.shape == (80, 0)
    assert fit_panel(rows, excerpts.rating, PLAYED).restore.shape == (80, 0)
    both = rows + transcribed
    panel = fit_panel(both, excerpts.rating[both.excerpt], TRANSCRIBED)
    assert panel.restore.shape == (160, sum(name.split(".")[0] in RESTORED_FAMILIES for name in rows.names))
    assert not panel.restore[:80].any()


def test_a_panel_learns_each_round_at_one_delay() -> None:
    """The first at that of recordings, the second at that of live takes; recordings are what it is tested on."""
    _, rows = small()
    names = [f"heard {delay} {number}" for number in (1, 2) for delay in DELAYS]
    transcribed = rows.of(np.zeros(40, np.bool_))
    for name in names:
        transcribed = transcribed + replace(rows, sources=(name,))
    known = [{part.sources[i] for i in part.source} for part in (training_rows(transcribed), studio(transcribed))]
    assert known == [{"heard studio 1", "heard balanced 2"}, {"heard studio 1", "heard studio 2"}]


def test_notes_and_activations_are_tried_alike() -> None:
    """Activations that say nothing are worth nothing; the notes of the same excerpts tell the scale that they hold."""
    excerpts, rows = small(80)
    noise = np.random.default_rng(3).normal(size=(80, 30))
    known = replace(excerpts, rating=np.repeat(excerpts.rating[:, :1], 19, axis=1))
    notes, activations, both = compare_inputs(known, Inputs(rows.excerpt, rows.values, noise))
    assert (notes.name, notes.excerpts) == ("heard notes", 80)
    assert activations.r2 < 0.1 < both.r2 < notes.r2


def test_an_excerpt_is_trimmed_to_its_notes() -> None:
    """It begins shortly before its first note, lasts at most 20 s, and no key is held beyond its end."""
    long = playing(0, seconds=40.0)
    found = trimmed(replace(long, onset=long.onset + 7, offset=long.offset + 7, pedal_time=long.pedal_time + 7))
    assert pytest.approx(found.onset[0]) == LEAD_S
    assert LONGEST_S - 1 < found.last_s <= LONGEST_S
    assert found.pedal_at(3.0 - long.onset[0] + LEAD_S - 0.5) == 127


class FakeTranscriber:
    """Stands for the transcriber and for the rooms: finds every note, a little late."""

    calls = 0

    def transcribe(self, sounds: list[NoteTable]) -> list[TranscribedExcerpt]:
        FakeTranscriber.calls += 1
        notes = [replace(one, onset=one.onset + 0.01, confidence=np.full(len(one), 0.9)) for one in sounds]
        return [TranscribedExcerpt(dict.fromkeys(DELAYS, one), np.zeros(3, np.float32)) for one in notes]


class Rooms:
    def play(self, numbers: list[int], excerpts: list[NoteTable]) -> list[NoteTable]:
        return excerpts


def test_transcriptions_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Transcribed once, read back unchanged, in the order of the excerpts; anew for another model; damage is named."""
    monkeypatch.setattr("training.percepiano.cache.Transcriber", lambda _: FakeTranscriber())
    monkeypatch.setattr("training.percepiano.cache.Room.open", lambda _: Rooms())
    model = tmp_path / "model.onnx"
    model.write_bytes(b"one")
    performances = [playing(seed, seconds=6.0) for seed in range(2 * PARTS + 3)]
    store = TranscriptionCache(tmp_path / "cache", model)
    store.transcribe(0, performances, lambda _: None, deadline_s=np.inf)
    transcribed, calls = store.read(0), FakeTranscriber.calls
    assert list(DELAYS) == [transcription.delay for transcription in transcribed]
    assert list(range(len(performances))) == transcribed[0].excerpts.tolist()
    for played, notes in zip(performances, transcribed[0].notes, strict=True):
        assert np.allclose(trimmed(played).onset + 0.01, notes.onset)
        assert np.array_equal(trimmed(played).pitch, notes.pitch)
        assert np.array_equal(trimmed(played).pedal_value, notes.pedal_value)
        assert np.array_equal(np.full(len(notes), 0.9), notes.confidence)
    store.transcribe(0, performances, lambda _: None, deadline_s=np.inf)
    assert calls == FakeTranscriber.calls
    assert len(transcribed_rows(transcribed[0]).excerpt) == len(performances)
    model.write_bytes(b"another")
    assert TranscriptionCache(tmp_path / "cache", model).read(0) == []
    store.path(0, 3).write_bytes(b"broken")
    with pytest.raises(FileError, match="delete it"):
        store.read(0)


def test_transcribing_stops_in_time(tmp_path: Path) -> None:
    """No part is begun after the deadline."""
    model = tmp_path / "model.onnx"
    model.write_bytes(b"one")
    store = TranscriptionCache(tmp_path / "cache", model)
    store.transcribe(0, [playing(0)], lambda _: None, deadline_s=0.0)
    assert store.read(0) == []


def test_missing_files_are_named(tmp_path: Path) -> None:
    """Labels, ratings and MIDI each say which file is wrong."""
    with pytest.raises(FileError, match=r"labels\.csv"):
        read_excerpts(tmp_path)
    with pytest.raises(FileError, match=r"ratings\.csv\.xz"):
        read_votes(tmp_path, np.array(["a"]))
    with pytest.raises(FileError, match=r"midi\.tar\.xz"):
        command.read_performances(tmp_path, np.array(["a"]))
