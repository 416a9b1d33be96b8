"""A recording on disk from its first sample to its End: file -> mono -> pipeline -> events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from realtime.audio.files import open_audio
from realtime.audio.mono import Channel, mono_blocks
from realtime.clock import seconds
from realtime.errors import UsageError
from realtime.events import End, Event, NoteOn, StreamStarted
from realtime.system.storage import plain_name
from realtime.transcription.decoder import DecoderSettings
from realtime.transcription.model_stage import StepModel
from realtime.transcription.pipeline import Pipeline
from realtime.words import Phrase

TOO_SHORT = Phrase("audio.too_short", "{path} lasts only {length_s:.1f} s. Give an earlier --start.")
ENDS_BEFORE = Phrase("audio.ends_before", "{path} ends before {start_s:g} s. Give an earlier --start.")


def transcribe_file(
    path: Path | str,
    model: StepModel,
    delay: str = "studio",
    settings: DecoderSettings | None = None,
    start_s: float = 0.0,
    end_s: float | None = None,
    channel: Channel = "auto",
    tuning_cents: float = 0.0,
) -> Iterator[Event]:
    """StreamStarted, the events of start_s .. end_s (times count from start_s), End. tuning_cents: as in Pipeline.

    Raises FileError for a file that cannot be read, UsageError for a delay, channel or stretch that does not exist.
    """
    audio = open_audio(path)
    if audio.samples is not None and start_s * audio.rate >= audio.samples:
        length_s = seconds(audio.samples, audio.rate)
        raise UsageError(TOO_SHORT(path=path, length_s=length_s))
    blocks = mono_blocks(audio, channel, start_s, end_s)
    first = next((block for block in blocks if len(block)), None)
    if first is None:  # its length was unknown, or an estimate
        raise UsageError(ENDS_BEFORE(path=path, start_s=start_s))
    pipeline = Pipeline(model, delay, settings, audio.rate, tuning_cents=tuning_cents)
    started = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield StreamStarted(model.spec.name, delay, pipeline.delay_s, audio.rate, plain_name(path), started)
    received = notes = 0
    for block in chain((first,), blocks):
        received += len(block)
        for event in pipeline.push(block):
            notes += isinstance(event, NoteOn)
            yield event
    for event in pipeline.flush():
        notes += isinstance(event, NoteOn)
        yield event
    at_s = seconds(received, audio.rate)
    yield End(at_s, at_s, notes, 0, "end of file")
