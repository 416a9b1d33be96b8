"""A recording on disk from its first sample to its End: file -> mono -> pipeline -> events."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Protocol

from realtime.audio.files import open_audio
from realtime.audio.level import gain_of
from realtime.audio.libsndfile import CUT_OFF
from realtime.audio.mono import Channel, mono_pieces
from realtime.audio.ring import Dropout
from realtime.audio.survey import survey
from realtime.audio.tuning import heard_in_tune
from realtime.clock import seconds
from realtime.contract import FloatArray
from realtime.errors import UsageError
from realtime.events import End, Event, Gap, NoteOn
from realtime.system.storage import plain_name
from realtime.transcription.decoder import DecoderSettings
from realtime.transcription.model_stage import StepModel
from realtime.transcription.pipeline import Pipeline
from realtime.words import Phrase, Said

BLOCK_S = 0.01  # as the microphone's
TOO_SHORT = Phrase("audio.too_short", "{path} lasts only {length_s:.1f} s. Give an earlier --start.")
DAMAGED = Phrase(
    "audio.damaged", "{path} is damaged {places}. The rest was transcribed; listen whether notes are missing there."
)
DAMAGED_AT = Phrase("audio.damaged_at", "at {at_s:.2f} s")
MISSING_FROM = Phrase("audio.missing_from", "from {start_s:.2f} to {end_s:.2f} s")
MISSING_TO_END = Phrase("audio.missing_to_end", "from {start_s:.2f} s to its end")
MORE_PLACES = Phrase("audio.more_places", "{places} and at {count} more places, up to {end_s:.2f} s")
PLACES = Phrase("audio.places", "{places}, {place}")
NAMED_PLACES = 3
NO_NOTES = Phrase("audio.no_notes", "{path}: no notes of a piano were found.")
TUNED = Phrase("audio.tuned", "{path}: {what}")
SHORTER_S = 0.2  # than a file says: not a rounded length, nor what encoders add at the ends
ENDS_BEFORE = Phrase("audio.ends_before", "{path} ends before {start_s:g} s. Give an earlier --start.")


class Listener(Protocol):
    """Who asks a pipeline for keys while it hears a recording."""

    def listen(self, pipeline: Pipeline, events: Sequence[Event], time_s: float) -> None:
        """`pipeline` has told `events` of the sound up to `time_s`, counted from the begin of the stretch."""

    def ending(self, pipeline: Pipeline, time_s: float) -> None:
        """The sound ends at `time_s`; the last events are still to come."""


def transcribe_file(
    path: Path | str,
    model: StepModel,
    delay: str = "studio",
    settings: DecoderSettings | None = None,
    start_s: float = 0.0,
    end_s: float | None = None,
    channel: Channel = "auto",
    tuning_cents: float | None = 0.0,
    warn: Callable[[Said], None] = lambda _said: None,
    listener: Listener | None = None,
) -> Iterator[Event]:
    """StreamStarted, the events of start_s .. end_s (times count from start_s), End. tuning_cents: as in Pipeline,
    None to find it out; warn: gets what a player should know, such as from where to where the file could not be read;
    listener: gets the sound as a live stream has it, in blocks of 10 ms.

    Raises FileError for a file that cannot be read, UsageError for a delay, channel or stretch that does not exist.
    """
    audio = open_audio(path)
    if audio.samples is not None and start_s * audio.rate >= audio.samples:
        length_s = seconds(audio.samples, audio.rate)
        raise UsageError(TOO_SHORT(path=path, length_s=length_s))
    for remark in audio.remarks:
        warn(remark)
    losses = Losses(start_s, audio.rate)
    found = survey(audio, start_s, end_s)
    gain = gain_of(audio, found, start_s, end_s)
    if gain.warning is not None:
        warn(gain.warning)
    pieces = mono_pieces(audio, channel, start_s, end_s, found, gain.factor)
    if listener is not None:
        pieces = _blocks(pieces, round(audio.rate * BLOCK_S))
    first = next((piece for piece in pieces if isinstance(piece, Dropout) or len(piece)), None)
    if first is None:  # its length was unknown, or an estimate
        raise UsageError(ENDS_BEFORE(path=path, start_s=start_s))
    cents = (found.tuning_cents or 0.0) if tuning_cents is None else tuning_cents
    pipeline = Pipeline(model, delay, settings, audio.rate, tuning_cents=cents)
    yield pipeline.begins(plain_name(path))
    received = notes = gaps = 0
    for piece in chain((first,), pieces):
        if isinstance(piece, Dropout):
            losses.add(received, piece)
            received += piece.samples
            events = pipeline.gap(piece.samples) if piece.samples else []
        else:
            received += len(piece)
            events = pipeline.push(piece)
        notes += sum(isinstance(event, NoteOn) for event in events)
        gaps += sum(isinstance(event, Gap) for event in events)
        yield from events
        if listener is not None:
            listener.listen(pipeline, events, seconds(received, audio.rate))
    at_s = seconds(received, audio.rate)
    if listener is not None:
        listener.ending(pipeline, at_s)
    events = pipeline.flush()
    notes += sum(isinstance(event, NoteOn) for event in events)
    yield from events
    if listener is not None:
        listener.listen(pipeline, events, at_s)
    should_be_s = audio.length_s if audio.certain and end_s is None else None
    losses.end(start_s + at_s, should_be_s)
    if losses.places:
        warn(DAMAGED(path=path, places=losses.said()))
    if should_be_s is not None and start_s + at_s < should_be_s - SHORTER_S and not losses.to_end:
        warn(CUT_OFF(path=path, length_s=start_s + at_s, expected_s=should_be_s))
    if not notes:
        warn(NO_NOTES(path=path))
    elif tuning_cents is None and cents:
        warn(TUNED(path=path, what=heard_in_tune(cents)))
    yield End(at_s, at_s, notes, gaps, "end of file")


def _blocks(pieces: Iterable[FloatArray | Dropout], samples: int) -> Iterator[FloatArray | Dropout]:
    """Pieces of sound, cut into shorter ones."""
    for piece in pieces:
        if isinstance(piece, Dropout):
            yield piece
        else:
            yield from (piece[begin : begin + samples] for begin in range(0, len(piece), samples))


class Losses:
    """Where a recording that is read from `start_s` on could not be read."""

    def __init__(self, start_s: float, rate: int) -> None:
        self._start_s, self._rate = start_s, rate
        self.places: list[tuple[float, float]] = []  # begin and end, s of the file; infinity where nobody knows
        self.to_end = False  # whether the last of them is the end

    def add(self, position: int, dropout: Dropout) -> None:
        """position: samples since start_s."""
        begin_s = self._start_s + seconds(position, self._rate)
        self.places.append((begin_s, begin_s + seconds(dropout.samples, self._rate)))

    def end(self, at_s: float, length_s: float | None) -> None:
        """Where the sound ended, s of the file; length_s: where it should have, None where nobody knows."""
        if self.places and self.places[-1][0] >= at_s:
            self.to_end = True
            self.places[-1] = (at_s, math.inf if length_s is None else max(length_s, at_s))

    def said(self) -> Said:
        """The first three places in words, and how many more."""
        named = [_place(begin, end) for begin, end in self.places[:NAMED_PLACES]]
        words = functools.reduce(lambda so_far, place: PLACES(places=so_far, place=place), named)
        more = len(self.places) - len(named)
        begin_s, end_s = self.places[-1]
        last_s = begin_s if math.isinf(end_s) else end_s
        return MORE_PLACES(places=words, count=more, end_s=last_s) if more else words


def _place(begin_s: float, end_s: float) -> Said:
    if math.isinf(end_s):
        return MISSING_TO_END(start_s=begin_s)
    return MISSING_FROM(start_s=begin_s, end_s=end_s) if end_s > begin_s else DAMAGED_AT(at_s=begin_s)
