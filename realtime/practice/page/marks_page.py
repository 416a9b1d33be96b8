"""A report against the score as one web page, in the style of the report of a take: nothing to load from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from realtime.practice.page.pictures import bars_picture, times_picture
from realtime.practice.page.rows import FAULTS, SIGNS, BarMarks, bar_marks
from realtime.practice.progress import Suggestion
from realtime.practice.takes.judging import Judged
from realtime.practice.verdicts import Result, Tally
from realtime.report.page.html_page import style, template
from realtime.version import program_version
from realtime.words import Phrase, Said

HEADLINE = Phrase("marks.headline", "{right} of {written} keys right")
EARLY_LATE = Phrase("marks.early_late", "{so_far} · {count} early or late")
MISSED = Phrase("marks.missed_count", "{so_far} · {count} missed")
WRONG = Phrase("marks.wrong_count", "{so_far} · {count} wrong")
EXTRA = Phrase("marks.extra_count", "{so_far} · {count} extra")
WORDS = {
    "next": Phrase("marks.next", "Try next"),
    "bars": Phrase("marks.bars", "Bar by bar"),
    "times": Phrase("marks.times", "Early and late, in milliseconds"),
    "faults": Phrase("marks.faults", "What was not right"),
    "caveat": Phrase(
        "marks.caveat", "The ear errs, too: listen before you believe it. Each bar has its number as printed."
    ),
}
KINDS = {
    "right": Phrase("marks.right", "right"),
    "missed": Phrase("marks.missed", "missed"),
    "wrong": Phrase("marks.wrong", "wrong or extra"),
    "early": Phrase("marks.early", "early"),
    "late": Phrase("marks.late", "late"),
}
COLUMNS = (
    Phrase("marks.column_bar", "Bar"),
    Phrase("marks.column_keys", "Keys"),
    Phrase("marks.column_missed", "Missed"),
    Phrase("marks.column_wrong", "Wrong"),
    Phrase("marks.column_extra", "Extra"),
    Phrase("marks.column_early", "Early"),
    Phrase("marks.column_late", "Late"),
)
TIMES_NOTE = Phrase(
    "marks.times_note", "Below the line late, above it early; the band is what counts as on time: {ms:.0f} ms."
)
OF = Phrase("marks.of", "{right} of {written}")


def marks_page(
    judged: Judged,
    suggestion: Suggestion | None,
    say: Callable[[Said], str] = str,
    language: str = "en",
) -> str:
    """The whole page, UTF-8. say: words what is said in the page's language, English by default."""
    tally = Tally()
    for told in judged.verdicts:
        tally.add(told)
    bars = bar_marks((bar.number for bar in judged.part.bars), judged.verdicts, judged.part.flats)
    words = {name: say(phrase()) for name, phrase in WORDS.items()}
    return template(_text("marks.html")).render(
        language=language,
        title=judged.part.title,
        style=style() + _text("marks.css"),
        headline=say(headline(tally.result)),
        source=say(judged.said),
        next=suggestion and say(suggestion.said),
        words=words,
        bars=bars_picture(bars, words["bars"]),
        legend=[({"kind": kind, "sign": SIGNS[kind]}, say(phrase())) for kind, phrase in KINDS.items()],
        times=times_picture(judged.part, judged.verdicts, judged.on_time_ms, words["times"]),
        times_note=say(TIMES_NOTE(ms=judged.on_time_ms)),
        columns=[say(phrase()) for phrase in COLUMNS],
        rows=[_row(bar, say) for bar in bars if bar.faults],
        version=f"Liszten {program_version()}.",
    )


def headline(result: Result) -> Said:
    """A result in a line."""
    right = result.right + result.early_late
    said = HEADLINE(right=right, written=right + result.wrong + result.missed)
    counts = ((MISSED, result.missed), (WRONG, result.wrong), (EXTRA, result.extra), (EARLY_LATE, result.early_late))
    for phrase, count in counts:
        said = phrase(so_far=said, count=count) if count else said
    return said


def _row(bar: BarMarks, say: Callable[[Said], str]) -> list[str]:
    tally = bar.tally
    keys = say(OF(right=tally.right + tally.early + tally.late, written=tally.written))
    faults = (", ".join(say(said) for said in bar.faults.get(kind, [])) for kind in FAULTS)
    return [str(bar.number), keys, *faults]


def _text(name: str) -> str:
    return (files("realtime.practice.page") / name).read_text(encoding="utf-8")
