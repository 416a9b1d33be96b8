"""Pianos built of a sampled one: other strings at the same pitch, each key's own tuning and loudness."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from realtime.contract import KEYS, LOWEST_PITCH
from realtime.piano.samples import AS_SAMPLED, Build, SampledPiano
from tests.training.tiny_bank import tone, write_bank
from training.data.sound import builds


@pytest.fixture(scope="module")
def two_regions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One sample for the keys up to 60, recorded at 60, another from 61 on, recorded at 66 and 6 dB louder."""
    folder = write_bank(tmp_path_factory.mktemp("pianos") / "two", tone(1.0))
    table = folder / "two.json"
    info = json.loads(table.read_text())
    low = info["regions"][0] | {"hikey": 60}
    info["regions"] = [low, low | {"key": 66, "lokey": 61, "hikey": 108, "level_db": -14.0}]
    table.write_text(json.dumps(info))
    return folder


def built(folder: Path, build: Build) -> tuple[SampledPiano, list[float]]:
    """The piano, and by how many semitones each key's sample is moved."""
    piano = SampledPiano(folder, build=build)
    moved = [12 * np.log2(piano.regions[piano.region_of[key, 64]].ratio) for key in range(KEYS)]
    return piano, moved


@pytest.mark.parametrize("strings", [-3, 0, 5])
def test_a_key_plays_the_recording_of_another_at_its_own_pitch(two_regions: Path, strings: int):
    """Key 60 - strings is the last that reads the lower sample; each is moved from the sample's pitch to the key's."""
    _, moved = built(two_regions, Build(strings, np.zeros(KEYS), np.zeros(KEYS)))
    keys = np.arange(LOWEST_PITCH, LOWEST_PITCH + KEYS)
    assert moved == pytest.approx(keys - np.where(keys <= 60 - strings, 60, 66))


def test_the_level_belongs_to_the_recording(two_regions: Path):
    """With strings of five semitones higher, key 61 is as loud as key 66 was: the louder sample serves both."""
    as_sampled, _ = built(two_regions, AS_SAMPLED)
    other, _ = built(two_regions, Build(5, np.zeros(KEYS), np.zeros(KEYS)))
    assert other.reference_db[61 - LOWEST_PITCH] == as_sampled.reference_db[66 - LOWEST_PITCH]


def test_tuning_and_loudness_are_each_keys_own(two_regions: Path):
    """Key 40 sounds 20 cents higher and 3 dB louder, key 41 as sampled."""
    cents, level_db = np.zeros(KEYS), np.zeros(KEYS)
    cents[40 - LOWEST_PITCH], level_db[40 - LOWEST_PITCH] = 20.0, 3.0
    piano, moved = built(two_regions, Build(0, cents, level_db))
    _, plain = built(two_regions, AS_SAMPLED)
    assert np.subtract(moved, plain) == pytest.approx(cents / 100)
    key = np.array([40, 41]) - LOWEST_PITCH
    gains = piano.note_gain(key, piano.region_of[key, 64], np.array([64, 64]), gamma=1.6, uneven=0.5)
    assert 20 * np.log10(gains[0] / gains[1]) == pytest.approx(3.0)


def test_builds_differ_and_the_sampled_piano_is_among_them():
    """As many as asked for are changed; every change stays small enough for a piano."""
    random = np.random.default_rng(0)
    some = [builds.drawn(random, variety=0.7) for _ in range(200)]
    changed = [build for build in some if build is not AS_SAMPLED]
    assert 120 < len(changed) < 160
    assert {build.strings for build in changed} == set(range(-3, 6))
    assert max(np.abs(build.cents).max() for build in changed) < 40
    assert max(np.abs(build.level_db).max() for build in changed) < 14
    bass_db = [build.level_db[:20].mean() - build.level_db[-20:].mean() for build in changed]
    assert np.mean(bass_db) > 1  # mostly the bass is the louder end ...
    assert min(bass_db) < -1  # ... but not always
    assert builds.drawn(random, variety=0.0) is AS_SAMPLED
