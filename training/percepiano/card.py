"""The figures as Markdown tables, for the terminal and for the model's card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from realtime.contract import Float64Array
from realtime.report.panel.impressions import PLAYED, TRANSCRIBED
from realtime.report.panel.scales import tier
from training.percepiano.evaluate import Results

SPLITS = {
    "A": "performer split of the published work",
    "B": "segments kept together (5 folds)",
    "C": "overlapping music kept together (5 folds)",
    "D": "one piece left out (4 folds)",
}
DOMAINS = {PLAYED: "as played (MIDI)", TRANSCRIBED: "as heard by our transcriber"}

_CARD = """# impressions

Predicts how a panel of listeners would rate piano playing on the 19 two-ended scales of PercePiano, from notes and
pedal alone. No grade and no teacher's verdict: most scales have no good end.

- Trained on PercePiano (Park, Kim et al., Scientific Reports 14, 23002, 2024; MIT licence): 1,202 excerpts of four
  classical pieces by advanced pianists, among them 129 deadpan renditions of the score.
- Two panels in one file: one for MIDI as played; one for transcriptions, fitted on the excerpts as played and on what
  our own transcriber heard of {excerpts} of them in {ways} ways (two sampled pianos that it was not trained on, another
  room and level for each excerpt, the delay of recordings and that of live takes), the first 20 s of each. The latter
  sees velocities only against their median; what is often misheard of dynamics, sound, touch and pedal it also sees
  restored, as other excerpts that are known as heard and as played tell it.
- All figures are what a single take gives: nothing is known of the player's other takes or of the room.
- Kernel ridge regression on {features} features of timing, rubato, dynamics, sound, touch, pedal, texture and
  content; no score. A second kernel sees texture and content alone, what is played rather than how.
- File: {size_kb} kB, SHA-256 `{sha256}`.

## What it cannot do

- The raters heard four pieces of Beethoven and Schubert. On a piece that it does not know, the model orders
  performances (Pearson inside the piece, below) better than it places them; the bands come from such pieces.
- One listener agrees with the others only moderately (r {rater_r:.2f}); the mean rating has a reliability of
  {ceiling:.2f}.
- Where under 40 notes or 6 s were played, too few notes were heard for sure, or more than 10 % of the features lie
  outside their 0.5-99.5 % range in training, it says nothing.
- It hears no sound, only notes: timbre scales are really about velocity and pedal.

"""


def card(results: Results, features: int, size_bytes: int, sha256: str) -> str:
    """The whole card."""
    head = _CARD.format(
        excerpts=results.transcribed[0],
        ways=results.transcribed[1],
        features=features,
        size_kb=round(size_bytes / 1000),
        sha256=sha256,
        rater_r=results.agreement.rater_r.mean(),
        ceiling=results.agreement.ceiling.mean(),
    )
    return head + figures(results)


def figures(results: Results) -> str:
    """All tables: means over scales by split, then every scale."""
    parts = [
        "## Figures\n",
        "Predictions are out of fold; R2 is pooled over the test excerpts and averaged over the 19 scales. Trivial: "
        "the mean rating of the other people who play the same music where training has any, else of all. Pairs: two "
        "people playing the same music, ordered as the panel did (chance 50 %). Inside: Pearson inside a piece, people "
        "only. Band: share of ratings inside 80 % bands built from the other folds' residuals, widened by 15 %. "
        "Families of features were chosen on splits A, C and D; weights, spreads, ridges and the second kernel on C, D "
        "and the validation folds of A, without its test excerpts; the widening on D.\n",
    ]
    parts += [_overview(results, domain) for domain in DOMAINS]
    parts += [_scales(results, domain) for domain in DOMAINS]
    if results.comparisons:
        parts.append(_comparisons(results))
    return "\n".join(parts)


def _overview(results: Results, domain: str) -> str:
    rows = [
        [
            f"{split} {SPLITS[split]}",
            str(metrics.count),
            *_means(metrics.r2, metrics.r2_humans, metrics.trivial, metrics.r, metrics.rho, metrics.inside),
            *(_percent(values) for values in (metrics.pairs, metrics.coverage)),
        ]
        for split, metrics in results.domains[domain].items()
    ]
    heading = ["split", "n", "R2", "R2 people", "R2 trivial", "r", "rho", "inside", "pairs", "band"]
    return f"### {DOMAINS[domain]}\n\n{_table(heading, rows)}"


def _scales(results: Results, domain: str) -> str:
    found, agree, band = results.domains[domain], results.agreement, results.bands[domain]
    rows = [
        [
            scale,
            *_each(i, agree.ceiling, agree.rater_r, agree.same_segment),
            *_each(i, found["A"].r2, found["B"].r2, found["C"].r2, found["C"].trivial, found["C"].r2_humans),
            *_each(i, found["D"].inside),
            f"{band[0, i]:+.2f} {band[1, i]:+.2f}",
            tier(float(found["D"].inside[i]), float(agree.same_segment[i])),
        ]
        for i, scale in enumerate(results.scales)
    ]
    heading = ["scale", "ceiling", "one rater r", "same music", "A R2", "B R2", "C R2", "C trivial", "C R2 people"]
    return f"### Every scale, {DOMAINS[domain]}\n\n{_table([*heading, 'D inside', '80 % band', 'tier'], rows)}"


def _comparisons(results: Results) -> str:
    rows = [[t.name, str(t.excerpts), f"{t.r2:.3f}", f"{t.r2_people:.3f}"] for t in results.comparisons]
    table = _table(["input", "n", "C R2", "C R2 people"], rows)
    return f"### Notes or sound\n\nThe same simple model on other inputs, trained on one hearing alone.\n\n{table}"


def _means(*columns: Float64Array) -> list[str]:
    return [f"{column.mean():.3f}" for column in columns]


def _each(index: int, *columns: Float64Array) -> list[str]:
    return [f"{column[index]:.2f}" for column in columns]


def _percent(values: Float64Array) -> str:
    mean = values.mean()
    return "-" if np.isnan(mean) else f"{100 * mean:.1f} %"


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
