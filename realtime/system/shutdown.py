"""How long each part may take to end, in seconds: who waits for a part waits longer than the part may take itself.

All are upper limits; nothing waits longer than needed.

    A take ends while the stream goes on
      └ the last notes that it keeps ................... KEPT_S
      └ what it has queued, and its MIDI file .......... TAKE_S

    Ctrl-C, or the window closes
      └ the End of the stream is awaited ............... STOP_S, in the terminal
        └ what sinks have queued, and takes ............ SINK_S, TAKE_S, side by side
      └ engine, killed after ........................... ENGINE_S
        └ what sinks have queued, and takes ............ SINK_S, TAKE_S, side by side
        └ its last messages ............................ OUTBOX_S
        └ takes of an engine that died, by the parent .. TAKE_S
      └ MIDI port: note-offs, until the device has them  PORT_S
      └ standard output and error, in the terminal ..... OUTPUT_S
"""

from __future__ import annotations

# A sink that hangs, as a MIDI port may, is left behind. What it had queued is some hundredths of a second of notes.
SINK_S = 2.0
# The notes that a take keeps come 0.3 s after their sound, and 0.3 s later where that looked lost. Where no sound comes
# any more, a take that is ended waits for them no longer, and ends with the notes that were told.
KEPT_S = 2.0
# A take's MIDI file is written at its end: of some hours' notes, on a slow computer, that takes longer.
TAKE_S = 6.0
# Last messages into a pipe that a parent reads 20 times a second, or not any more.
OUTBOX_S = 2.0
# The engine ends its stream and its messages one after the other. One that has begun no stream has nothing to save.
ENGINE_S = TAKE_S + OUTBOX_S
# An engine that closes its sinks says so, and then nothing until they are closed: for so long it is not taken for one
# that hangs.
CLOSING_S = TAKE_S + 1.0
# From asking for the end of a stream to its End, which comes when takes are completed: a late engine turns to its
# commands after a twentieth of a second of work, one that hangs is replaced within two seconds.
STOP_S = 3.0 + CLOSING_S
# Releasing what sounds takes a JACK cycle or two (0.05 s), twice, and up to 0.3 s where the port has just been opened.
PORT_S = 1.5
# A reader that does not take a line of the output for so long does not read it.
OUTPUT_S = 2.0
# A child whose parent is gone ends by itself, and nobody would kill one that hangs: so it does that itself, a second
# after the longest of them should have ended.
ORPHAN_S = ENGINE_S + 1.0
# A process that transcribes a file has nothing to save: it ends in the middle of its work.
WORKER_S = 2.0
# The loudspeaker's process has nothing to save either, and its sound must stop at once.
SPEAKER_S = 0.5
