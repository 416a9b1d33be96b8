"""The words of a report in the player's language: they come finished from `realtime.report`, figures put in.

They are recognised as the engine's sentences are; what is put into others (a key, a mood) stands here by itself too.
"""

from __future__ import annotations

from gui.state.sentences import recognised
from gui.translation import mark

REPORT = "report"
GROUPS = (
    *(mark("Timing", "report"), mark("Dynamics", "report"), mark("Touch", "report"), mark("Pedal", "report")),
    *(mark("Articulation", "report"), mark("Sound", "report"), mark("Music", "report"), mark("Mood", "report")),
    *(mark("Interpretation", "report"), mark("How it may sound to listeners", "report"), mark("Less sure", "report")),
)
LABELS = (
    *(mark("Played", "report"), mark("Range", "report"), mark("Most often", "report"), mark("Likely key", "report")),
    *(mark("Parts, roughly", "report"), mark("Mood, by rule", "report"), mark("Pulse", "report")),
    *(mark("Clarity of the pulse", "report"), mark("Tempo varies by", "report")),
    *(mark("Neighbouring steps differ by", "report"), mark("Steps of runs vary by", "report")),
    *(mark("Notes of chords lie apart", "report"), mark("Top note comes before the others", "report")),
    *(mark("Mean velocity", "report"), mark("Softest twentieth below", "report")),
    *(mark("Loudest twentieth above", "report"), mark("Top note above the bass", "report")),
    *(mark("Velocities of runs vary by", "report"), mark("Keys held", "report")),
    *(mark("Connected: held into the next note", "report"), mark("Short: held less than half the step", "report")),
    *(mark("Pedal down", "report"), mark("Presses", "report"), mark("Stays down for", "report")),
    *(mark("Notes under one pedal", "report"), mark("Neighbouring pitches mixed", "report")),
    mark("Mixing more than 6 pitch classes", "report"),
)
VALUES = (
    *(mark("{} bpm", "report"), mark("{} % of the step", "report"), mark("{} % of steps", "report")),
    *(mark("{} % of the time", "report"), mark("{} a minute", "report"), mark("{} pairs at a time", "report")),
    *(mark("{} % of presses", "report"), mark("{} s, {} strikes a second", "report")),
    *(mark("{} to {}, {} semitones", "report"), mark("{}; of all octaves {}", "report")),
    *(mark("{}, not clearly", "report"), mark("{} major", "report"), mark("{} minor", "report")),
    # Whole keys, not their tones: a take may be called "B".
    *(mark("Db major", "report"), mark("Eb major", "report"), mark("F# major", "report"), mark("Ab major", "report")),
    *(mark("Bb major", "report"), mark("B major", "report"), mark("C# minor", "report"), mark("Eb minor", "report")),
    *(mark("F# minor", "report"), mark("G# minor", "report"), mark("Bb minor", "report"), mark("B minor", "report")),
    mark("{} ({} strikes a second, {})", "report"),
    mark("{} ({} strikes a second, mean velocity {}, {})", "report"),
    *(mark("lively", "report"), mark("calm", "report"), mark("restless", "report"), mark("wistful", "report")),
)
ENDS = (
    *(mark("stable", "report"), mark("unstable", "report"), mark("short", "report"), mark("long", "report")),
    *(mark("soft, cushioned", "report"), mark("hard, solid", "report"), mark("sparse, dry", "report")),
    *(mark("saturated, wet", "report"), mark("clean", "report"), mark("blurred", "report"), mark("even", "report")),
    *(mark("colourful", "report"), mark("shallow", "report"), mark("rich", "report"), mark("bright", "report")),
    *(mark("dark", "report"), mark("soft", "report"), mark("loud", "report"), mark("sophisticated, mellow", "report")),
    *(mark("raw, crude", "report"), mark("little range", "report"), mark("large range", "report")),
    *(mark("fast paced", "report"), mark("slow paced", "report"), mark("flat", "report"), mark("spacious", "report")),
    *(mark("disproportioned", "report"), mark("balanced", "report"), mark("pure", "report")),
    *(mark("dramatic, expressive", "report"), mark("optimistic, pleasant", "report"), mark("low energy", "report")),
    *(mark("high energy", "report"), mark("honest", "report"), mark("imaginative", "report")),
    *(mark("doubtful", "report"), mark("convincing", "report")),
)
REASONS = (
    mark("Nothing was played in this take.", "report"),
    mark("Only {} % of the notes were heard for sure, so the figures may be wrong.", "report"),
    mark("Fewer than {} notes are too few to say more.", "report"),
    mark("Less than {} s of playing are too short to say more.", "report"),
    mark("Nowhere are there {} notes within a few seconds, too sparse to say more.", "report"),
    mark(
        "This playing is unlike the classical pieces that the listeners rated, so impressions would be guesses.",
        "report",
    ),
    mark("{} s of sound were lost while it was recorded.", "report"),
    mark("{} So much is missing that the figures may be wrong.", "report"),
    mark("All notes have one velocity, so nothing is said about loudness.", "report"),
    mark("There is no sustain pedal in it, so nothing is said about pedalling.", "report"),
    mark("Under a pedal that is down nobody hears keys released, so nothing is said about touch.", "report"),
    mark("Heard notes are sure to some 20 ms, so nothing is said about how closely chords are struck.", "report"),
    mark("Notes beyond the 88 keys were left out: {}.", "report"),
    mark("The impressions model {} is missing. Install Liszten again.", "report"),
)
SENTENCES = (
    mark(
        "From {} to {} one pedal keeps {} pitches sounding, some of them neighbours. Listen to that place, and try "
        "changing the pedal with the harmony.",
        "report",
    ),
    mark(
        "Between {} and {} the tempo is {} % {} than over the whole. If you did not mean it, play that passage once at "
        "a steady {}.",
        "report",
    ),
    *(mark("slower", "report"), mark("faster", "report")),
    mark(
        "At {} the notes of a chord come {} ms apart. If they were meant together, try that chord slowly until all its "
        "notes speak at once.",
        "report",
    ),
    mark("Compared with {}. Differences too small to mean anything are left out.", "report"),
    mark("{} seems to be another piece, so the takes are not compared.", "report"),
    mark(
        "{} The two come from different sources, so part of what differs may be the hearing and not the playing.",
        "report",
    ),
    mark(
        "A guide, not a grade. Impressions are predicted from how listeners rated four classical pieces played by "
        "advanced pianists; they are no teacher's verdict, and one listener agrees with the others only moderately "
        "(r 0.43).",
        "report",
    ),
)
WORDS = (*GROUPS, *LABELS, *VALUES, *ENDS, *REASONS, *SENTENCES)


def report_words(text: str) -> str:
    """Words of a report in the player's language; anything else, such as a bare figure, as it is."""
    return recognised(text, WORDS, REPORT)
