"""Choose what each delay asks for in mode `live`, on the examples that the constant delays are calibrated on.

What an early delay tells wrongly cannot be taken back, so it asks for more than when it tells all notes by itself. The
slowest delay that plays along keeps its own threshold at first. The others, from the slower to the faster, get the
lowest one with which all of them together lose no more than `PRICE` of onset F1 (50 ms). Then the slowest one's is
looked for anew, since it no longer has to tell what the others tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from scipy.special import expit, logit

from realtime.contract import DELAY_LIMITS_S, LIVE, DecoderCalibration, StreamSpec
from realtime.transcription.decoder import first_threshold
from training.calibration.calibrate import CalibrationExample, Trial, onset_objective

SLOWEST_S = DELAY_LIMITS_S["accurate"]  # who plays along notices a note that is later
PRICE = 0.003
EARLY_ONSETS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
SLOWEST_STEPS = (-0.05, 0.0, 0.05, 0.1, 0.15)

Rows = Mapping[str, DecoderCalibration]


def calibrate_live(
    spec: StreamSpec, examples: Sequence[CalibrationExample], progress: Callable[[str], None] = lambda _: None
) -> StreamSpec:
    """`spec`, whose delays are calibrated, with the rows of mode `live`; as it is when it has not two delays for it."""
    delays = sorted((d for d in spec.shifts if spec.delay(d) <= SLOWEST_S), key=lambda d: -spec.shifts[d])
    if len(delays) < 2:
        return spec
    slowest, *earlier = delays
    rows: Rows = {slowest: spec.calibration[slowest]}
    best = onset_f1(spec, rows, examples)
    for delay in earlier:
        progress(f"thresholds of live, {delay}")
        tried = [{**rows, delay: raised(spec.calibration[delay], onset)} for onset in EARLY_ONSETS]
        rows, best = lowest(spec, tried, examples, best)
    progress(f"thresholds of live, {slowest}")
    own = spec.calibration[slowest]
    tried = [{**rows, slowest: raised(own, round(own.onset + step, 3))} for step in SLOWEST_STEPS]
    rows = max(tried, key=lambda candidate: onset_f1(spec, candidate, examples))
    return replace(spec, live=dict(sorted(rows.items(), key=lambda row: spec.shifts[row[0]])))


def lowest(
    spec: StreamSpec, tried: Sequence[Rows], examples: Sequence[CalibrationExample], best: float
) -> tuple[Rows, float]:
    """The first of `tried`, whose thresholds rise, that costs no more than `PRICE` against the best F1 there was, or
    the best of them; and the best F1 so far."""
    found = [onset_f1(spec, rows, examples) for rows in tried]
    best = max(best, *found)
    good = (rows for rows, f1 in zip(tried, found, strict=True) if f1 >= best - PRICE)
    return next(good, tried[found.index(max(found))]), best


def onset_f1(spec: StreamSpec, rows: Rows, examples: Sequence[CalibrationExample]) -> float:
    """Mean onset F1 at 50 ms of the notes that `live` tells with these rows."""
    trial = Trial(replace(spec, live=dict(rows)), LIVE, examples)
    return trial.mean_of(onset_objective)


def raised(calibration: DecoderCalibration, onset: float) -> DecoderCalibration:
    """With another onset threshold, and that of a key just struck moved by as many logits. After a silence it need not
    be clearer than by itself, if it is as clear already."""
    restrike = expit(logit(calibration.restrike) + logit(onset) - logit(calibration.onset))
    first = max(float(first_threshold(calibration)), onset)
    return replace(calibration, onset=onset, restrike=round(float(restrike), 3), first=round(float(first), 3))
