"""The note table of one take, with the take's own data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from realtime.events import End, Event, Gap, StreamStarted
from realtime.notes import COLUMNS, NoteTable
from realtime.words import Phrase, Said

PedalSource = Literal["cc64", "transcribed", "none"]

# No string sounds for so long; such a note was never released, or its file is damaged.
LONGEST_NOTE_S = 300.0

HELD_TOO_LONG = Phrase("take.held_too_long", "Notes held for more than five minutes end there: {count}.")
BEYOND_KEYBOARD = Phrase("take.beyond_keyboard", "Notes beyond the 88 keys were left out: {count}.")


@dataclass(frozen=True, eq=False, kw_only=True)
class TakeNotes(NoteTable):
    """Notes that one piano can play: at most one at a time per key, none beyond the keyboard, none of hours.

    pedal_source: "cc64" of a MIDI file, "transcribed" from sound, "none" without pedal events.
    duration_s: length of the take; never less than the last release. id: of the take's folder or file;
    name: what the player calls it. started: wall clock, ISO 8601, or None. lost_s: seconds of lost sound.
    transcribed: whether the notes come from sound and not from a keyboard. releases_known: whether most offsets are
    real, and not merely the latest possible. remarks: what was left out.
    """

    pedal_source: PedalSource = "none"
    duration_s: float = 0.0
    name: str = ""
    id: str = ""
    started: str | None = None
    lost_s: float = 0.0
    transcribed: bool = False
    releases_known: bool = True
    remarks: tuple[Said, ...] = ()

    @staticmethod
    def of(
        table: NoteTable,
        pedal_source: PedalSource = "none",
        duration_s: float = 0.0,
        name: str = "",
        id: str = "",
        started: str | None = None,
        lost_s: float = 0.0,
        transcribed: bool = False,
        releases_known: bool = True,
        remarks: Sequence[Said] = (),
    ) -> TakeNotes:
        """A take of any table; what no piano can play is corrected or left out."""
        alone = table.one_key_per_pitch()
        played = alone.on_the_keyboard().in_range()
        ends = played.onset + LONGEST_NOTE_S
        if held := int((played.offset > ends).sum()):
            played = replace(played, offset=np.minimum(played.offset, ends))
            remarks = (*remarks, HELD_TOO_LONG(count=held))
        if outside := len(alone) - len(played):
            remarks = (*remarks, BEYOND_KEYBOARD(count=outside))
        return TakeNotes(
            **{column: getattr(played, column) for column in COLUMNS},
            pedal_source=pedal_source if len(played.pedal_time) else "none",
            duration_s=max(duration_s, played.last_s),
            name=name,
            id=id or name,
            started=started,
            lost_s=lost_s,
            transcribed=transcribed,
            releases_known=releases_known,
            remarks=tuple(remarks),
        )

    @staticmethod
    def of_stream(
        stream: StreamStarted, events: Iterable[Event], name: str, id: str = "", remarks: Sequence[Said] = ()
    ) -> TakeNotes:
        """The take of a live stream or a transcription. events: without the leading `stream`. Raises ValueError."""
        kept = list(events)
        return TakeNotes.of(
            NoteTable.from_events(kept),
            pedal_source="transcribed",
            duration_s=max((event.time for event in kept if isinstance(event, End)), default=0.0),
            name=name,
            id=id,
            started=stream.started,
            lost_s=sum(event.lost_s for event in kept if isinstance(event, Gap)),
            transcribed=True,
            remarks=remarks,
        )

    def scaled(self, factor: float) -> TakeNotes:
        """With every time multiplied by `factor`, the take's length too."""
        return replace(super().scaled(factor), duration_s=self.duration_s * factor, lost_s=self.lost_s * factor)
