"""The notes of one take, and what is known about it besides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from realtime.events import End, Event, Gap, StreamStarted
from realtime.notes import COLUMNS, NoteTable
from realtime.words import Phrase, Said

PedalSource = Literal["cc64", "transcribed", "none"]

BEYOND_KEYBOARD = Phrase("take.beyond_keyboard", "Notes beyond the 88 keys were left out: {count}.")


@dataclass(frozen=True, eq=False, kw_only=True)
class TakeNotes(NoteTable):
    """A table of what one piano can play: one key per pitch, none beyond the keyboard.

    pedal_source: "cc64" from a MIDI file, "transcribed" by an ear from sound, "none" when nothing tells of a pedal.
    duration_s: length of the take; never less than the last release. id: of the take's folder or file;
    name: what the player calls it. started: wall clock, ISO 8601, or None. lost_s: seconds of sound that nobody heard.
    heard: whether an ear wrote the notes down, and no keyboard sent them. releases_known: whether most offsets are
    told, and not merely the latest possible. remarks: what was left out.
    """

    pedal_source: PedalSource = "none"
    duration_s: float = 0.0
    name: str = ""
    id: str = ""
    started: str | None = None
    lost_s: float = 0.0
    heard: bool = False
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
        heard: bool = False,
        releases_known: bool = True,
        remarks: Sequence[Said] = (),
    ) -> TakeNotes:
        """A take of any table: what no piano can play is put right or left out."""
        alone = table.one_key_per_pitch()
        played = alone.on_the_keyboard().in_range()
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
            heard=heard,
            releases_known=releases_known,
            remarks=tuple(remarks),
        )

    @staticmethod
    def of_stream(stream: StreamStarted, events: Iterable[Event], name: str, id: str = "") -> TakeNotes:
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
            heard=True,
        )

    def scaled(self, factor: float) -> TakeNotes:
        """With every time multiplied by `factor`, the take's length too."""
        return replace(super().scaled(factor), duration_s=self.duration_s * factor, lost_s=self.lost_s * factor)
