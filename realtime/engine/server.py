"""The engine process: it executes commands, transcribes, and sends messages to its parent. One stream at a time."""

from __future__ import annotations

import logging
import math
import sys
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

from realtime.audio.player import FilePlayer
from realtime.audio.source import SoundSource
from realtime.engine.messages import (
    DEVICE_CHANGED,
    FAILED,
    REPLACED,
    TAKE_ENDED,
    Command,
    Configure,
    Configured,
    Failed,
    FileSource,
    Message,
    Notice,
    Quit,
    Record,
    RecordRun,
    RunClosed,
    SaveRecent,
    SetDevice,
    Source,
    SpectrumColumn,
    Start,
    Status,
    Stop,
    StopExpecting,
    TakeSaved,
    after,
)
from realtime.engine.settings import StreamSettings
from realtime.engine.stream import REFUSED, RUN, Stream
from realtime.errors import FileError, LisztenError, UsageError, said
from realtime.events import End
from realtime.midi.port import MidiPortSink
from realtime.sinks.fanout import Fanout
from realtime.sinks.sink import Sink
from realtime.system import priority, process
from realtime.system.outbox import Outbox
from realtime.takes.folder import UNFINISHED
from realtime.takes.recent import Recent
from realtime.takes.recorder import TakeSink
from realtime.takes.trimming import trimmed
from realtime.transcription.expected import Expect
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.recording import DAMAGED, Losses
from realtime.words import Phrase

logger = logging.getLogger(__name__)
STATUS_S = 0.05
PAUSE_S = 0.002
IDLE_S = 0.2
RECENT = "recent"
UNSAVED = Phrase("recent.unsaved", "The last minutes cannot be kept: {why}. Choose another folder.")
NOTHING_TO_KEEP = Phrase("recent.empty", "There is nothing to keep yet: no sound was heard.")
STREAM_FAILED = Phrase("engine.failed", "Listening failed inside Liszten; the log tells more.")
SINK_FAILED = Phrase("engine.sink_failed", "The {name} output failed and is left out: {why}.")
# Python hands its lock over every 5 ms by default; the audio callback cannot wait so long.
RECORDING = "recording"  # code of a Notice: what is wrong with the file that is played
SWITCH_INTERVAL_S = 0.0005


def run(commands: Connection, notes: Connection | None) -> None:
    """Body of the engine process. notes: pipe to the MIDI port process, or None."""
    engine = Engine(commands, notes)
    process.on_terminate(engine.stop)
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    engine.serve()


def is_droppable(message: Message) -> bool:
    """Whether another message of its kind follows soon, so that a parent that does not read may miss this one."""
    return isinstance(message, Status | SpectrumColumn)


class Engine:
    """Runs one stream at a time as `commands` say; ends on Quit, or when the parent is gone."""

    def __init__(self, commands: Connection, notes: Connection | None) -> None:
        self._commands = commands
        self._port = None if notes is None else MidiPortSink(notes)
        self._outbox: Outbox[Message] = Outbox(commands, is_droppable)
        self._fanout = Fanout(self._sink_failed, late=self._sink_late, closed=self._sink_closed)
        self._running = True
        self._start: Start | None = None
        self._stream: Stream | None = None
        self._recent = Recent()
        self._player: FilePlayer | None = None
        self._next_status = 0.0
        self._model: OnnxStep | None = None
        self._model_key: tuple[Path | None, str] | None = None

    def stop(self) -> None:
        """End at the next turn of the loop."""
        self._running = False

    def serve(self) -> None:
        """The loop: a command if there is one, then the sound that waits, then a Status when it is time."""
        try:
            while self._running:
                if self._commands.poll(IDLE_S if self._stream is None else PAUSE_S):
                    self._guarded_execute()
                self._guarded_process()
        finally:
            self._finish("stopped")
            self._fanout.close()  # the last minutes may be being kept after the stream
            self._outbox.close()

    def _guarded_execute(self) -> None:
        try:
            command: Command = self._commands.recv()
        except (EOFError, OSError):
            self._running = False
            return
        try:
            self._execute(command)
        except Exception as error:
            self._fail(error)

    def _guarded_process(self) -> None:
        try:
            self._process()
        except Exception as error:
            self._fail(error)

    def _execute(self, command: Command) -> None:
        match command:
            case Start():
                self._finish(REPLACED)
                self._begin(command)
            case SetDevice() if self._start is not None:
                self._finish(DEVICE_CHANGED)
                self._begin(after(self._start, command))
            case Stop(reason=reason):
                self._finish(reason)
            case Quit():
                self._running = False
            case SaveRecent(folder=folder):
                self._save_recent(folder)
            case Configure(settings=settings) if self._stream is not None:
                self._configure(self._stream, settings)
            case Record(folder=folder, since_s=since_s) if self._stream is not None and self._start is not None:
                self._stream.record(folder, since_s)
                self._start = after(self._start, command)
            case RecordRun(folder=folder, number=number) if self._stream is not None:
                self._stream.record_run(folder, number)
            case Expect() if self._stream is not None and self._start is not None:
                self._stream.expect(command)
                self._start = after(self._start, command)
            case StopExpecting() if self._stream is not None and self._start is not None:
                self._stream.stop_expecting()
                self._start = after(self._start, command)

    def _configure(self, stream: Stream, settings: StreamSettings) -> None:
        """A value out of range gives a Notice; it changes nothing, and the stream goes on."""
        try:
            stream.configure(settings)
        except UsageError as error:
            self._outbox.post(Notice(REFUSED, error.said))
            self._outbox.post(Configured(settings, stream.settings))

    def _begin(self, start: Start) -> None:
        priority.lower_priority()  # loading a model may take its time
        model = self._loaded(start.model, start.device)
        priority.raise_priority()
        source = open_source(start.source)
        try:
            recent = self._recent if start.remembered else Recent(0.0)
            self._stream = Stream(start, model, source, self._outbox.post, self._fanout, self._port, recent)
        except BaseException:
            source.close()
            raise
        self._start = start
        self._player = source if isinstance(source, FilePlayer) else None
        for remark in () if self._player is None else self._player.remarks:
            self._outbox.post(Notice(RECORDING, remark))

    def _loaded(self, path: Path | None, device: str) -> OnnxStep:
        """The model, loaded once as long as the same one is wanted."""
        if self._model is None or self._model_key != (path, device):
            self._model = OnnxStep(path or shipped_model(), device)
            self._model_key = (path, device)
        return self._model

    def _save_recent(self, folder: Path) -> None:
        """A take of the last five minutes, written in the thread of a sink: the stream goes on."""
        past = self._recent.since()
        if past is None:
            self._outbox.post(Notice(RECENT, NOTHING_TO_KEEP()))
            return
        past = trimmed(past)
        self._fanout.add(RECENT, TakeSink(folder, past=past), past.stream)
        self._fanout.retire(RECENT, End(past.end_s, past.end_s, 0, 0, TAKE_ENDED))
        if self._stream is None:
            self._fanout.kept_until(math.inf)

    def _process(self) -> None:
        self._fanout.check()
        if self._stream is None:
            return
        self._stream.pump()
        if time.monotonic() >= self._next_status:
            self._next_status = time.monotonic() + STATUS_S
            self._stream.publish_status()
        if self._stream.done is not None:
            self._finish(self._stream.done)

    def _finish(self, reason: str) -> None:
        if self._stream is not None:
            stream, self._stream = self._stream, None
            if self._start is not None:  # a stream on another device begins with these settings
                self._start = after(self._start, Configure(stream.settings))
            self._tell_damage()
            stream.finish(reason)

    def _tell_damage(self) -> None:
        """Tell where the recording that was played could not be read."""
        if self._player is None or self._start is None or not isinstance(self._start.source, FileSource):
            return
        losses = Losses(0.0, self._player.rate)
        for position, dropout in self._player.damage:
            losses.add(position, dropout)
        if losses.places:
            self._outbox.post(Notice(RECORDING, DAMAGED(path=self._start.source.path, places=losses.said())))

    def _fail(self, error: Exception) -> None:
        """End the stream, whose take is kept, and send the parent the reason."""
        logger.exception("the stream failed")
        self._finish(FAILED)
        exit_code = error.exit_code if isinstance(error, LisztenError) else 1
        trace = "".join(traceback.format_exception(error))
        self._outbox.post(Failed(said(error, STREAM_FAILED()), exit_code, trace))

    def _sink_failed(self, name: str, error: Exception) -> None:
        """Called from the thread of a sink that has failed."""
        otherwise = UNSAVED(why=str(error)) if name == RECENT else SINK_FAILED(name=name, why=str(error))
        is_file = name == RECENT or isinstance(error, FileError)
        self._outbox.post(Notice(name, said(error, otherwise), FileError.exit_code if is_file else 1))

    def _sink_late(self, name: str, sink: Sink) -> None:
        """A sink was left behind. A MIDI port is reported by who holds it."""
        if isinstance(sink, TakeSink):
            self._outbox.post(Notice(name, UNFINISHED(folder=sink.folder), FileError.exit_code))

    def _sink_closed(self, name: str, sink: Sink) -> None:
        """Called from the thread of a sink that has closed."""
        if isinstance(sink, TakeSink):
            saved = TakeSaved(sink.folder, recent=name == RECENT)
            self._outbox.post(RunClosed(sink.folder) if name == RUN else saved)


def open_source(source: Source) -> SoundSource:
    """The microphone or the player. Raises AudioDeviceError or FileError."""
    if isinstance(source, FileSource):
        return FilePlayer(source.path)
    from realtime.audio.capture import Microphone  # loads PortAudio, which a demo does not need

    return Microphone(source.input, source.channel + 1 if isinstance(source.channel, int) else None)
