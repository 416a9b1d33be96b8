"""One stream from its first sample to its End: source -> mono -> pipeline -> sinks, as far as sound is there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from realtime.audio.mono import Mono
from realtime.audio.ring import Gap
from realtime.audio.source import SoundSource
from realtime.audio.spectrum import Spectrum
from realtime.clock import samples, seconds
from realtime.contract import FloatArray
from realtime.engine.messages import DelayChanged, Notice, SpectrumColumn, Start, Status, TakeStarted, Tuned
from realtime.engine.meter import Meter
from realtime.engine.watches.tuning import TuningWatch
from realtime.engine.watches.watches import MIDI_PAUSED, Watches
from realtime.events import End, Event, NoteOn, StreamStarted
from realtime.events import Gap as GapEvent
from realtime.sinks import Sink
from realtime.sinks.fanout import Fanout
from realtime.takes.recent import Past, Recent
from realtime.takes.recorder import TakeSink
from realtime.transcription.decoder import DecoderSettings
from realtime.transcription.pipeline import Pipeline, StepModel

TAKE, MIDI = "take", "midi"
BLOCK_S = 0.01
# At most so much sound at a stretch, and for no longer than that: a late engine still obeys commands and gives signs
# of life, also where other programs leave it a tenth of a core.
STRETCH_S, STRETCH_LIMIT_S = 0.25, 0.05


class Stream:
    """A running stream. `tell` gets every event at once; the sinks get them through their own queues.

    `pump` hears what waits; `finish` ends it. `done` is the reason why it has nothing more to hear, or None; `sending`
    tells whether the MIDI port gets the notes.
    """

    def __init__(
        self,
        start: Start,
        model: StepModel,
        source: SoundSource,
        tell: Callable[[Event | TakeStarted | DelayChanged | Tuned], None],
        fanout: Fanout,
        port: Sink | None = None,
        recent: Recent | None = None,
    ) -> None:
        """port: the sink of the MIDI port; recent: remembers what is heard.

        Raises UsageError for a delay or channel that is not there."""
        self._source = source
        self._mono = Mono(start.source.channel, source.channels, source.rate)
        self._pipeline = Pipeline(model, start.delay, start.decoder, source.rate, start.gate_db, start.tuning_cents)
        self._meter = Meter(source.rate)
        self._spectrum: Spectrum | None = None
        self.show_spectrum(start.spectrum)
        self._tuning: TuningWatch | None = None
        self._tell = tell
        self._recent = Recent() if recent is None else recent
        self._limit = None if start.seconds is None else samples(start.seconds, source.rate)
        self._clock = self._notes = self._gaps = 0
        self.started = StreamStarted(
            model=model.spec.name,
            delay=start.delay,
            delay_s=self._pipeline.delay_s,
            sample_rate=source.rate,
            source=source.name,
            started=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        self._watches = Watches(start, source.name, source.rate)
        self._port = port
        self.sending = start.midi and port is not None
        self._recent.begin(self.started)
        sinks: dict[str, Sink] = {} if port is None or not start.midi else {MIDI: port}
        if start.record is not None:
            sinks[TAKE] = self._take(start.record)
        self._fanout = fanout
        fanout.open(self.started, sinks)
        tell(self.started)

    @property
    def done(self) -> str | None:
        """Why there is nothing more to hear, or None."""
        if self._limit is not None and self._clock >= self._limit:
            return "duration"
        return "end of file" if self._source.ended else None

    def pump(self) -> None:
        """Hear what waits: at most a quarter of a second, and not much longer than a twentieth.

        Raises FileError when a played file breaks off.
        """
        until = self._clock + round(STRETCH_S * self._source.rate)
        if self._limit is not None:
            until = min(until, self._limit)
        step = round(BLOCK_S * self._source.rate)
        deadline = time.monotonic() + STRETCH_LIMIT_S
        while self._clock < until and time.monotonic() < deadline:
            heard = self._source.read(min(step, until - self._clock))
            if isinstance(heard, Gap):
                self._publish(self._pipeline.gap(heard.samples))
                self._clock += heard.samples
            elif len(heard):
                self._watches.sound(heard)
                self._hear(self._mono.push(heard))
            else:
                return

    def status(self) -> Status:
        """Level, load and losses since the last call."""
        dropped = sum(self._fanout.dropped.values())
        time_s = seconds(self._clock, self._source.rate)
        status = self._meter.status(time_s, self._source.state, self._source.overruns, dropped)
        return replace(status, faults=self._watches.present(time_s))

    def notices(self, status: Status) -> list[Notice]:
        """What has gone wrong since the last status. A loop that feeds itself is cut: the port is left alone."""
        found = self._watches.look(status)
        if any(notice.code == MIDI_PAUSED for notice in found):
            self.send_midi(False)
        return found

    def send_midi(self, sending: bool) -> None:
        """Whether the MIDI port gets the notes from now on; what it has sounding is released."""
        if self._port is None or sending == self.sending:
            return
        self.sending = sending
        if sending:
            self._watches.resume()
            self._fanout.add(MIDI, self._port, self.started)
        else:
            at_s = seconds(self._clock, self._source.rate)
            self._fanout.remove(MIDI, End(at_s, at_s, self._notes, self._gaps, MIDI_PAUSED))

    def set_delay(self, delay: str) -> None:
        """Raises UsageError for a delay that the model lacks."""
        events = self._pipeline.set_delay(delay)
        self._tell(DelayChanged(delay, self._pipeline.delay_s))
        self._publish(events)

    def set_decoder(self, settings: DecoderSettings, gate_db: float | None) -> None:
        """Change sensitivity, shortest note, pedal, velocity curve and gate."""
        self._pipeline.set_decoder(settings, gate_db)

    def ignore_own(self, wanted: bool) -> None:
        """Whether notes that were sent, and come back from the speakers, are left out from now on."""
        self._watches.own.wanted = wanted

    def set_tuning(self, cents: float) -> None:
        """Correct another tuning of the piano, so many cents above A4 = 440 Hz; notes that are held end."""
        self._publish(self._pipeline.set_tuning(cents))

    def show_spectrum(self, wanted: bool) -> None:
        """Whether `spectrum` has something to tell from now on."""
        self._spectrum = Spectrum(self._source.rate) if wanted else None

    def spectrum(self) -> SpectrumColumn | None:
        """What is heard now, when that is wanted."""
        if self._spectrum is None:
            return None
        return SpectrumColumn(seconds(self._clock, self._source.rate), self._spectrum.levels())

    def measure_tuning(self, wanted: bool) -> None:
        """Whether notes that sound alone are measured from now on."""
        self._tuning = TuningWatch(self._source.rate) if wanted else None

    def record(self, folder: Path | None, since_s: float | None = None) -> None:
        """Begin a take at this moment, or at stream time `since_s` in the last minutes; None: end the running one."""
        self._fanout.remove(TAKE)
        if folder is not None:
            past = None if since_s is None else self._recent.since(since_s)
            self._fanout.add(TAKE, self._take(folder, past), self.started)

    def finish(self, reason: str) -> None:
        """Let the source go, tell the last notes and the End, and close the sinks."""
        try:
            self._source.close()
            self._publish(self._pipeline.flush())
            at_s = seconds(self._clock, self._source.rate)
            self._publish([End(at_s, at_s, self._notes, self._gaps, reason)])
        finally:
            self._fanout.close()

    def _take(self, folder: Path, past: Past | None = None) -> TakeSink:
        past_s = 0.0 if past is None else seconds(self._clock - past.begin, self._source.rate)
        return TakeSink(folder, self._clock, lambda made: self._tell(TakeStarted(made, past_s)), past)

    def _hear(self, mono: FloatArray) -> None:
        self._fanout.audio(self._clock, mono)
        self._recent.hear(self._clock, mono)
        before = time.perf_counter()
        events = self._pipeline.push(mono)
        self._meter.add(mono, time.perf_counter() - before)
        if self._tuning is not None and (tuned := self._tuning.sound(self._clock, mono)) is not None:
            self._tell(tuned)
        self._clock += len(mono)
        if self._spectrum is not None:
            self._spectrum.push(mono)
        self._publish(events)

    def _publish(self, events: Iterable[Event]) -> None:
        for event in self._watches.own.without(events):
            self._notes += isinstance(event, NoteOn)
            self._gaps += isinstance(event, GapEvent)
            self._fanout.send(event)
            self._recent.note(event)
            self._watches.event(event, self.sending)
            if self._tuning is not None:
                self._tuning.event(event)
            self._tell(event)
