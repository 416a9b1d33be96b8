"""Predicted ratings of a take by a panel of listeners on 19 two-ended scales, or the reasons why there are none.

The file `assets/impressions/impressions.npz` holds two panels (see `model.py`): one for MIDI from a keyboard, one for
transcriptions, which uses no absolute loudness, since that depends on the microphone. The card beside it states their
training data and their accuracy.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Any, Literal

import numpy as np

from realtime.contract import Float64Array
from realtime.errors import DataError, ModelError
from realtime.limits import Limits
from realtime.report.features.vector import FEWEST_NOTES, Window, table, windows
from realtime.report.measures.dynamics import has_velocity
from realtime.report.panel.model import Panel
from realtime.report.panel.scales import ENDS, LOUDNESS_SCALES, PEDAL_SCALES, Tier, tier
from realtime.takes.notes import TakeNotes
from realtime.validation import build, read_json, within
from realtime.words import Phrase, Said

Status = Literal["ok", "insufficient", "out_of_range"]
PLAYED, TRANSCRIBED = "played", "heard"
PANELS = (PLAYED, TRANSCRIBED)
METADATA = "metadata"
FORMAT_VERSION: Literal[3] = 3
Correlation = Annotated[float, within(Limits(-1.0, 1.0))]

LEAST_NOTES = 40
LEAST_PLAYING_S = 6.0
# The onset activation from which a note counts as certain, and the share of such notes that is needed.
SURE_NOTE, LEAST_SURE_SHARE = 0.75, 0.80
# Of a take's features, the share that may lie outside the range of training.
MOST_BEYOND = 0.10

NOTHING_PLAYED = Phrase("report.nothing_played", "Nothing was played in this take.")
UNCERTAIN_NOTES = Phrase(
    "report.badly_heard", "Only {share:.0f} % of the notes were heard for sure, so the figures may be wrong."
)
FEW_NOTES = Phrase("report.few_notes", "Fewer than {least} notes are too few to say more.")
TOO_SHORT = Phrase("report.too_short", "Less than {least_s:.0f} s of playing are too short to say more.")
NO_RELEASES = Phrase(
    "report.no_releases",
    "The file does not tell when keys are released, so nothing is said of touch and impressions.",
)
TOO_SPARSE = Phrase(
    "report.too_sparse", "Nowhere are there {least} notes within a few seconds, too sparse to say more."
)
UNLIKE = Phrase(
    "report.unlike",
    "This playing is unlike the classical pieces that the listeners rated, so impressions would be guesses.",
)
MODEL_MISSING = Phrase("report.model_missing", "The impressions model {path} is missing. Install Liszten again.")
MODEL_FOREIGN = Phrase("report.model_foreign", "{name} is not an impressions model of Liszten: {why}.")


@dataclass(frozen=True)
class WindowValue:
    """The prediction (0-1) for one stretch of the take, s."""

    start_s: float
    end_s: float
    value: float


@dataclass(frozen=True)
class Impression:
    """One scale: `value` from `low` (0) to `high` (1), the median over windows.

    band80: contains the listeners' rating in 80 % of cases, on music outside the training data. test_r: correlation
    with them inside a piece outside the training data. rater_r: of one listener with the others.
    """

    id: str
    low: Said
    high: Said
    value: float
    band80: tuple[float, float]
    tier: Tier
    test_r: float
    rater_r: float
    windows: tuple[WindowValue, ...]


@dataclass(frozen=True)
class ModelFacts:
    """Name and SHA-256 of the file, its training data and its test split, as the report gives them."""

    name: str
    sha256: str
    trained_on: str
    split: str


@dataclass(frozen=True)
class Metadata:
    """The metadata of the file, beside its arrays. test_r: panel -> scale -> correlation."""

    format: Literal[3]
    name: str
    trained_on: str
    split: str
    features: tuple[str, ...]
    scales: tuple[str, ...]
    test_r: Mapping[str, Mapping[str, Correlation]]
    rater_r: Mapping[str, Correlation]
    reliability: Mapping[str, Correlation]

    def __post_init__(self) -> None:
        of_scales = (self.rater_r, self.reliability, *(self.test_r.get(panel, {}) for panel in PANELS))
        if not all(set(self.scales) <= values.keys() for values in of_scales):
            raise ValueError("a scale lacks one of its correlations")


@dataclass(frozen=True)
class Assessment:
    """impressions: of all scales when status is "ok", else none, with the `reasons`. model: None when none was used."""

    status: Status
    reasons: tuple[Said, ...]
    impressions: tuple[Impression, ...]
    model: ModelFacts | None


@dataclass(frozen=True, eq=False)
class ImpressionModel:
    """The shipped file, read. panels: by name of `PANELS`. test_r: per panel, by scale. rater_r, reliability: by
    scale."""

    facts: ModelFacts
    features: tuple[str, ...]
    scales: tuple[str, ...]
    panels: dict[str, Panel]
    test_r: Mapping[str, Mapping[str, float]]
    rater_r: Mapping[str, float]
    reliability: Mapping[str, float]

    def assess(self, notes: TakeNotes) -> Assessment:
        """As `assess` does, with this model."""
        if reasons := too_little(notes):
            return Assessment("insufficient", tuple(reasons), (), self.facts)
        name = TRANSCRIBED if notes.transcribed else PLAYED
        stretches = windows(notes)
        _, rows = table(stretches)
        panel = self.panels[name]
        if panel.beyond(np.median(rows, axis=0)) > MOST_BEYOND:
            return Assessment("out_of_range", (UNLIKE(),), (), self.facts)
        values = np.clip(panel.predict(rows), 0.0, 1.0)
        found = self._impressions(name, stretches, values)
        return Assessment("ok", (), tuple(_hidden_if_unknown(one, notes) for one in found), self.facts)

    def _impressions(self, name: str, stretches: list[Window], values: Float64Array) -> list[Impression]:
        middle = np.median(values, axis=0)
        bands = self.panels[name].band(middle)
        return [
            Impression(
                id=scale,
                low=ENDS[scale][0](),
                high=ENDS[scale][1](),
                value=float(middle[i]),
                band80=(float(bands[i, 0]), float(bands[i, 1])),
                tier=tier(self.test_r[name][scale], self.reliability[scale]),
                test_r=self.test_r[name][scale],
                rater_r=self.rater_r[scale],
                windows=tuple(
                    WindowValue(window.start_s, window.end_s, float(value[i]))
                    for window, value in zip(stretches, values, strict=True)
                ),
            )
            for i, scale in enumerate(self.scales)
        ]


def assess(notes: TakeNotes) -> Assessment:
    """The impressions of a take by the shipped model, or why there are none. Raises ModelError when the installation
    lacks the model."""
    return shipped_impressions().assess(notes)


def too_little(notes: TakeNotes) -> list[Said]:
    """Each reason why a take cannot be rated: too few notes, too short, uncertain notes, no key
    released; none: it can."""
    if not len(notes):
        return [NOTHING_PLAYED()]
    reasons = []
    if notes.confidence is not None and (share := float(np.mean(notes.confidence >= SURE_NOTE))) < LEAST_SURE_SHARE:
        reasons.append(UNCERTAIN_NOTES(share=100 * share))
    if len(notes) < LEAST_NOTES:
        reasons.append(FEW_NOTES(least=LEAST_NOTES))
    if notes.playing_s < LEAST_PLAYING_S:
        reasons.append(TOO_SHORT(least_s=LEAST_PLAYING_S))
    if not notes.releases_known:
        reasons.append(NO_RELEASES())
    if not reasons and not windows(notes):
        reasons.append(TOO_SPARSE(least=FEWEST_NOTES))
    return reasons


def _hidden_if_unknown(impression: Impression, notes: TakeNotes) -> Impression:
    """The impression, hidden if it is about pedal or loudness and the take has no such data."""
    dry = notes.pedal_source == "none" and impression.id in PEDAL_SCALES
    level = not has_velocity(notes) and impression.id in LOUDNESS_SCALES
    return replace(impression, tier="hidden") if dry or level else impression


@lru_cache(maxsize=1)
def shipped_impressions() -> ImpressionModel:
    """The model that comes with the program. Raises ModelError."""
    path = files("assets") / "impressions" / "impressions.npz"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(MODEL_MISSING(path=str(path))) from error
    return read_impressions(content, str(path))


def read_impressions(content: bytes, name: str) -> ImpressionModel:
    """The model of a file's content; `name` appears in a ModelError."""
    try:
        with np.load(io.BytesIO(content)) as file:
            arrays: dict[str, Any] = {key: file[key] for key in file.files}
        metadata = build(Metadata, read_json(str(arrays[METADATA])))
        return ImpressionModel(
            facts=ModelFacts(metadata.name, hashlib.sha256(content).hexdigest(), metadata.trained_on, metadata.split),
            features=metadata.features,
            scales=metadata.scales,
            panels={panel: Panel.of(arrays, panel) for panel in PANELS},
            test_r=metadata.test_r,
            rater_r=metadata.rater_r,
            reliability=metadata.reliability,
        )
    except (OSError, ValueError, LookupError, EOFError, DataError, zipfile.BadZipFile, zlib.error) as error:
        raise ModelError(MODEL_FOREIGN(name=name, why=str(error).removesuffix("."))) from error
