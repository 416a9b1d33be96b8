"""One stream from its first sample to its End: source -> mono -> pipeline -> sinks, for the sound that has arrived."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from realtime.audio.mono import Mono
from realtime.audio.repeats import Repeats
from realtime.audio.ring import Dropout
from realtime.audio.source import SoundSource
from realtime.audio.tuning import heard_in_tune
from realtime.clock import samples, seconds
from realtime.engine.messages import (
    END_OF_FILE,
    MIDI_PAUSED,
    TAKE_ENDED,
    Closing,
    Configured,
    DelayChanged,
    Notice,
    RunStarted,
    Start,
    Status,
    TakeStarted,
)
from realtime.engine.meter import Meter
from realtime.engine.observer import Block, Observer, Publish
from realtime.engine.observers import ParentObserver, RecentObserver, SinkObserver, SpectrumObserver, TuningObserver
from realtime.engine.settings import StreamSettings
from realtime.engine.watches.tuning_finder import TuningFinder
from realtime.engine.watches.watches import Watches
from realtime.errors import UsageError
from realtime.events import End, Event, Gap, Kept, NoteOn, StreamStarted
from realtime.lateness import Captured
from realtime.sinks.fanout import Fanout
from realtime.sinks.sink import Sink
from realtime.takes.recent import Past, Recent
from realtime.takes.recorder import TakeSink
from realtime.transcription.expected import Expect
from realtime.transcription.model_stage import StepModel, require_mode
from realtime.transcription.pipeline import Pipeline

TAKE, RUN, MIDI = "take", "run", "midi"
REFUSED = "refused"  # the code of a Notice that something asked for is not possible
TUNED = "tuning"  # the code of the Notice that a tuning was found and is corrected
BLOCK_S = 0.01
# At most so much sound at a stretch, and for no longer than that: a late engine still executes commands and sends a
# Status, also where other programs leave it a tenth of a core.
STRETCH_S, STRETCH_LIMIT_S = 0.25, 0.05


class Stream:
    """A running stream, and a list of its observers.

    `pump` processes the sound that waits; `publish_status` publishes its state; `finish` ends it. `done` is the reason
    why no more sound will come, or None; `settings` are those in force.
    """

    def __init__(
        self,
        start: Start,
        model: StepModel,
        source: SoundSource,
        publish: Publish,
        fanout: Fanout,
        port: Sink | None = None,
        recent: Recent | None = None,
    ) -> None:
        """port: the sink of the MIDI port; recent: keeps the last minutes.

        Raises UsageError for a delay or channel that is not there."""
        self._source = source
        self._repeats = Repeats(source.rate)
        self._mono = Mono(start.source.channel, source.channels, source.rate)
        settings = start.settings
        settings.check()
        self._spec = model.spec
        self._pipeline = Pipeline(
            model,
            self._spec.offered(settings.delay),
            settings.decoder,
            source.rate,
            settings.gate_db,
            settings.tuning_cents,
            changeable=True,
        )
        self._meter = Meter(source.rate)
        self._publish = publish
        self._recent = Recent() if recent is None else recent
        self._limit = None if start.seconds is None else samples(start.seconds, source.rate)
        self._clock = self._notes = self._gaps = 0
        self.started = self._pipeline.begins(source.name)
        self._port = port
        self.settings = settings
        self._fanout = fanout
        self._tuning = TuningObserver(source.rate, publish, settings.measure_tuning)
        self._finder = TuningFinder(source.rate, self._set_found_tuning, settings.find_tuning)
        self._spectrum = SpectrumObserver(source.rate, publish, settings.show_spectrum)
        self._watches = Watches(start, source.name, source.rate, publish, self._pause_midi, self._resume_midi)
        self._watches.sending = self.sending
        # They are called in this order. The sinks come first: MIDI must not wait for observers that only watch. The
        # parent comes last: an event that it gets has been sent, and is in the take's queue.
        self._observers: tuple[Observer, ...] = (
            SinkObserver(fanout, self._captured),
            RecentObserver(self._recent),
            self._tuning,
            self._finder,
            self._spectrum,
            self._watches,
            ParentObserver(publish),
        )
        self._recent.begin(self.started)
        sinks: dict[str, Sink] = {} if port is None or not settings.send_midi else {MIDI: port}
        if start.record is not None:
            sinks[TAKE] = self._take(start.record)
        fanout.open(self.started, sinks)
        publish(self.started)
        if start.expect is not None:
            self.expect(replace(start.expect, since=None))  # its time may be of the stream before

    @property
    def done(self) -> str | None:
        """Why no more sound will come, or None."""
        if self._limit is not None and self._clock >= self._limit:
            return "duration"
        return END_OF_FILE if self._source.ended else None

    def pump(self) -> None:
        """Process the sound that waits: at most 0.25 s of it, for not much longer than 0.05 s.

        Raises FileError when a played file breaks off.
        """
        until = self._clock + round(STRETCH_S * self._source.rate)
        if self._limit is not None:
            until = min(until, self._limit)
        step = round(BLOCK_S * self._source.rate)
        deadline = time.monotonic() + STRETCH_LIMIT_S
        while self._clock < until and time.monotonic() < deadline:
            block = self._source.read(min(step, until - self._clock))
            if isinstance(block, Dropout):
                self._lose(block)
            elif len(block):
                for piece in self._repeats.pieces(block):
                    if isinstance(piece, Dropout):
                        self._lose(piece)
                    else:
                        self._process(Block(self._clock, piece, self._mono.push(piece)))
            else:
                return

    def publish_status(self) -> None:
        """Publish a Status: level, load and losses since the last one. Observers then add their findings."""
        status = self._status()
        self._publish(status)
        for observer in self._observers:
            observer.observe_status(status)

    @property
    def sending(self) -> bool:
        """Whether there is a MIDI port and it gets the notes."""
        return self._port is not None and self.settings.send_midi

    def configure(self, settings: StreamSettings) -> None:
        """Change the settings between two pumps: the differences are applied.

        Raises UsageError, before anything has changed, for a number out of its range or a delay that the model lacks.
        """
        settings.check()
        require_mode(self._spec, self._spec.offered(settings.delay))
        before, self.settings = self.settings, settings
        if settings.tuning_cents != before.tuning_cents:
            self._emit(self._pipeline.set_tuning(settings.tuning_cents))
        self._pipeline.set_decoder(settings.decoder, settings.gate_db)
        if settings.delay != before.delay:
            self._set_delay(self._spec.offered(settings.delay))
        self._watches.own.wanted = settings.ignore_own
        if settings.send_midi != before.send_midi and self._port is not None:
            self._send_midi(self._port, settings.send_midi)
        if settings.show_spectrum != before.show_spectrum:
            self._spectrum.enable(settings.show_spectrum)
        if settings.measure_tuning != before.measure_tuning:
            self._tuning.enable(settings.measure_tuning)
        if settings.find_tuning != before.find_tuning:
            self._finder.enable(settings.find_tuning)

    def expect(self, wanted: Expect) -> None:
        """Publish what is heard of a group of keys, or a Notice that the model cannot tell."""
        try:
            self._pipeline.expect(wanted)
        except UsageError as error:
            self._publish(Notice(REFUSED, error.said))
        self._publish_heard()

    def stop_expecting(self) -> None:
        """Wait for no more keys."""
        self._pipeline.stop_expecting()

    def record(self, folder: Path | None, since_s: float | None = None) -> None:
        """Begin a take at this moment, or at stream time `since_s` in the last minutes; None: end the running one,
        which closes as soon as its last kept notes have come. Silence at both ends is left out, unlike in a take that
        begins with the stream, whose times are those of the events."""
        at_s = seconds(self._clock, self._source.rate)
        self._fanout.retire(TAKE, End(at_s, at_s, self._notes, self._gaps, TAKE_ENDED))
        if folder is not None:
            past = None if since_s is None else self._recent.since(since_s)
            self._fanout.add(TAKE, self._take(folder, past, trims=True), self.started)

    def record_run(self, folder: Path | None, number: int = 0) -> None:
        """Begin the take of a run of practice at this moment, unless one is being recorded; None: end it. number: of
        the run."""
        at_s = seconds(self._clock, self._source.rate)
        if folder is None:
            self._fanout.retire(RUN, End(at_s, at_s, self._notes, self._gaps, TAKE_ENDED))
        elif not self._fanout.has(RUN):
            take = TakeSink(folder, self._clock, lambda made: self._publish(RunStarted(made, at_s, number)))
            self._fanout.add(RUN, take, self.started)

    def finish(self, reason: str) -> None:
        """Close the source, emit the last notes, and close the sinks; then publish the End: whatever fails while a take
        is completed has been published before."""
        try:
            self._source.close()
            self._emit(self._pipeline.flush())
            self._fanout.kept_until(math.inf)
            at_s = seconds(self._clock, self._source.rate)
            end = End(at_s, at_s, self._notes, self._gaps, reason)
            self._emit([end])
            self._keep(end)
        finally:
            self._publish(Closing())
            self._fanout.close()
        self._publish(end)

    def _set_delay(self, delay: str) -> None:
        events = self._pipeline.set_delay(delay)
        self._publish(DelayChanged(delay, self._pipeline.design))
        self._emit(events)

    def _send_midi(self, port: Sink, sending: bool) -> None:
        """Send to the port, or stop: then it releases what sounds."""
        self._watches.sending = sending
        if sending:
            self._watches.resume()
            self._fanout.add(MIDI, port, self.started)
        else:
            at_s = seconds(self._clock, self._source.rate)
            self._fanout.remove(MIDI, End(at_s, at_s, self._notes, self._gaps, MIDI_PAUSED))

    def _pause_midi(self) -> None:
        """Cut a loop that feeds itself, and publish that MIDI is off against the parent's settings."""
        self._turn_midi(False)

    def _resume_midi(self) -> None:
        """The pause is over."""
        self._turn_midi(True)

    def _turn_midi(self, sending: bool) -> None:
        asked = self.settings
        self.configure(replace(asked, send_midi=sending))
        self._publish(Configured(asked, self.settings))

    def _set_found_tuning(self, cents: float) -> None:
        """Correct the tuning that was found, and publish that it is found."""
        asked = self.settings
        self.configure(replace(asked, tuning_cents=cents, find_tuning=False))
        self._publish(Configured(asked, self.settings))
        if cents:
            self._publish(Notice(TUNED, heard_in_tune(cents)))

    def _status(self) -> Status:
        dropped = sum(self._fanout.dropped.values())
        time_s = seconds(self._clock, self._source.rate)
        losses, rate = self._source.losses, self._source.rate
        status = self._meter.status(time_s, self._source.state, losses.slow, dropped)
        return replace(
            status,
            paused_s=seconds(losses.paused, rate),
            delivered_late_s=seconds(losses.delivered_late, rate),
            captured=self._source.captured(self._clock),
            faults=self._watches.active(time_s),
            kept_onsets_s=self._pipeline.kept_onsets_s,
            recent_s=round(self._recent.held_s, 1),
        )

    def _captured(self, note: NoteOn) -> Captured:
        """A note, and when its sound reached the input."""
        at = self._source.captured(samples(note.time, self._source.rate))
        return Captured(note, at, self._pipeline.design)

    def _take(self, folder: Path, past: Past | None = None, trims: bool = False) -> TakeSink:
        past_s = 0.0 if past is None else seconds(self._clock - past.begin, self._source.rate)
        return TakeSink(folder, self._clock, lambda made: self._publish(TakeStarted(made, past_s)), past, trims)

    def _lose(self, lost: Dropout) -> None:
        self._emit(self._pipeline.gap(lost.samples))
        self._clock += lost.samples

    def _process(self, block: Block) -> None:
        for observer in self._observers:
            observer.observe_sound(block)
        before = time.perf_counter()
        events = self._pipeline.push(block.mono)
        self._meter.add(block.mono, time.perf_counter() - before)  # no observer: it needs the computing time
        self._clock += len(block.mono)
        self._emit(events)

    def _emit(self, events: Iterable[Event]) -> None:
        """Pass events, then those that are kept, to the observers, without our own notes that came back from the
        speakers."""
        for event in self._watches.own.without(events):
            self._notes += isinstance(event, NoteOn)
            self._gaps += isinstance(event, Gap)
            for observer in self._observers:
                observer.observe_event(event)
        for event in self._watches.own.without_kept(self._pipeline.kept()):
            self._keep(event)
        self._fanout.kept_until(self._pipeline.kept_s)
        self._publish_heard()

    def _publish_heard(self) -> None:
        for event in self._pipeline.heard():
            self._publish(event)

    def _keep(self, event: Event) -> None:
        assert not isinstance(event, StreamStarted)
        for observer in self._observers:
            observer.observe_kept(Kept(event))
