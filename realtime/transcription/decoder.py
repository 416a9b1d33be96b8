"""Activations -> note and pedal events: a small state machine per key, all 88 stepped at once.

A note begins when its key's onset activation, weighted over the two frames on which onsets are taught, crosses the
threshold while the key is armed: a strong onset at once, a doubtful one when its second frame agrees. After a hold-off
the key is armed again as soon as the activation rises anew; otherwise a broad or fluttering onset would become several
notes. The velocity is the mean of both frames', weighted by their onsets. A key is often played again soon, into its
own sound, where the activation rises less: for a while its threshold is lower. After two seconds of silence the first
onset must be clearer: voices and falling things look like onsets there. So must, after a second, what begins
together with a key an octave or more below: of a key struck alone the octave, and far above it the hammer's noise, look
like onsets. A note ends when its key-off activation crosses its threshold, or when its sound has died away. The pedal
follows `realtime.transcription.pedal`, as long as there is a sound that it may hold: in digital silence it is not
pressed, and soon up.

At the edges of a drop-out (`realtime.transcription.silence`) the model sees sounding keys end and begin anew, though
what it hears is concealed. So no held key ends there, and none that sounded lately begins unless the sound is louder
than before; if the zeros turn out to be none, the ends are emitted after all, with their times.

Time here is the index of the reference frame: stream frame t speaks about reference frame t - shift, whose reference
instant is sample (reference frame + 1) * hop - tail_samples. `realtime.transcription.delays` makes one stream of events
of the decoders of several delays.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from realtime.clock import Timeline
from realtime.contract import (
    HOP,
    KEYS,
    LOWEST_PITCH,
    SAMPLE_RATE,
    Activations,
    BoolArray,
    DecoderCalibration,
    FloatArray,
    StreamSpec,
)
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.transcription.pedal import PedalFollower, logit
from realtime.transcription.silence import Silence

PRESENT_SHARE = 2 / 3  # weight of the present frame in the onset; the frame before has the rest
HOLD_OFF_FRAMES = 5  # a hammer cannot strike again within 50 ms
RESTRIKE_FRAMES = 20  # for so long after an onset the threshold of the same key is the lower one
SILENT_FRAMES = 200  # after two seconds without an onset the first note must be clear: its threshold, or that of one
SILENT_LOGITS = 0.75  # note of its chord, is higher by this
OPENING_FRAMES = 10  # not in a stream's first tenth of a second: what it begins with is heard worse
PAUSE_FRAMES = 100  # after a second without an onset what begins with a lower key must be clearer,
ABOVE_LOGITS = 1.5  # by so much,
ABOVE_KEYS = 12  # where it lies an octave above it or higher,
LOWER_ONSET = 0.4  # and the lower key's onset is at least so likely,
TOGETHER_FRAMES = 3  # or was told as lately
FADED_FRAMES = 2000  # for so long after the last onset a pedal is audible at all; before the first there is none
REARM = 0.5  # of the threshold: a rise by so much after the hold-off is a new onset
KEYOFF_LAG_FRAMES = 3  # a key-off is taught three frames wide: until then it may be the release before this onset
FRAME_LAG_FRAMES = 10  # the frame activation may take this long to come up after a soft onset
FRAME_HYSTERESIS = 0.1
SENSITIVITY_LOGITS = 2.0  # by which 50 steps of sensitivity move the onset threshold
LATELY_FRAMES = 300  # for so long after its end a key may still sound, and seem struck at the edge of a drop-out
LONG_AGO = -(1 << 30)


@dataclass(frozen=True)
class DecoderSettings:
    """What a player may set.

    sensitivity: 0-100, 50 as calibrated, more finds softer notes (and more false ones). min_note_ms: no note is
    shorter unless its key is played again. pedal: whether pedal events are sent. velocity_curve: exponent of
    velocity / 127; below 1 is louder.
    """

    sensitivity: float = 50.0
    min_note_ms: float = 30.0
    pedal: bool = True
    velocity_curve: float = 1.0


class Decoder:
    """Activations of one delay, frame by frame -> events. Pure and deterministic.

    Per pitch, on and off strictly alternate, `time` never decreases, and the same frames give the same events
    however they are cut. `settings`, `timeline` and `calibration` may be replaced between pushes.
    """

    def __init__(
        self,
        spec: StreamSpec,
        delay: str,
        settings: DecoderSettings | None = None,
        timeline: Timeline | None = None,
        silence: Silence | None = None,
    ) -> None:
        """silence: of the sound that the activations are of; None: it has none. Raises KeyError for a delay that the
        model lacks."""
        self._spec = spec
        self._silence = silence
        self._shift = spec.shifts[delay]
        self.calibration = spec.calibration.get(delay, DecoderCalibration())
        self.settings = DecoderSettings() if settings is None else settings
        self.timeline = Timeline() if timeline is None else timeline
        self.peers: Sequence[Decoder] = ()  # the other delays that tell notes in this mode
        self.reset()

    @property
    def delay_samples(self) -> int:
        """From the frame of an onset to the one that confirms it, label shift included, at 16 kHz."""
        return (self._shift + self._spec.confirm_frames) * HOP

    def push(self, activations: Activations, gate_open: BoolArray | None = None) -> list[Event]:
        """T consecutive frames, and per frame whether new notes are allowed (T,) -> events in order."""
        events: list[Event] = []
        for index in range(len(activations.pedal)):
            frame = Activations(*(head[index] for head in activations))
            events += self.frame(frame, gate_open is None or bool(gate_open[index]))
        return events

    def flush(self) -> list[Event]:
        """Close all notes and lift the pedal, at the time of the last frame."""
        position = event_position(self._spec, self._last_frame)
        self._pedal = PedalFollower()
        return [*self._set_pedal(False, position), *self._due_offs(), *self._note_offs(self._held, position)]

    def reset(self) -> None:
        """As new, with the settings, delay and timeline in force."""
        self._t = 0  # frames pushed
        self._last_frame = -self._shift - 1  # the last reference frame that was decoded
        self._held = np.zeros(KEYS, np.bool_)
        self._armed = np.ones(KEYS, np.bool_)
        self._sounding = np.zeros(KEYS, np.bool_)  # the frame activation has been up since the onset
        self._released = np.zeros(KEYS, np.bool_)  # to be closed as soon as the shortest note allows
        self._due = np.full(KEYS, np.nan)  # position of an end that may only be a drop-out's
        self._waits = False  # whether there may be such an end
        self._onset_frame = np.full(KEYS, LONG_AGO)  # reference frame of the last onset
        self._end_frame = np.full(KEYS, LONG_AGO)  # reference frame in which the last note ended
        self._pause_end = LONG_AGO  # the last reference frame before which no key was struck for a second
        self._onset_before = np.zeros(KEYS, np.float32)  # onset activation of the frame before
        self._velocity_before = np.zeros(KEYS, np.float32)  # and its velocity's
        self._valley = np.zeros(KEYS, np.float32)  # lowest weighted onset activation since the hold-off
        self._pedal = PedalFollower()
        self._pedal_down = False  # as emitted

    def frame(self, now: Activations, allowed: bool, playing: bool = False) -> list[Event]:
        """One frame, activations (88,) and pedal () -> events: pedal, offs, ons by descending velocity.

        allowed: whether new notes are; playing: whether it is known from elsewhere that there is no silence.
        """
        reference_frame = self._t - self._shift
        self._t += 1
        before, self._onset_before = self._onset_before, now.onset.copy()
        velocity_before, self._velocity_before = self._velocity_before, now.velocity.copy()
        self._last_frame = reference_frame
        position = event_position(self._spec, reference_frame)
        age = reference_frame - self._onset_frame
        since = int(age.min())  # the last onset of any key
        onset = PRESENT_SHARE * now.onset + (1 - PRESENT_SHARE) * before
        threshold = self._threshold(age, since)
        self._rearm(onset, age, threshold)
        if since >= PAUSE_FRAMES:
            self._pause_end = reference_frame
        begun = self._armed & (age >= HOLD_OFF_FRAMES)
        if self._silence is not None and self._silence.cut:
            begun &= ~self._silence.lost_onsets(position, *self._sounding_at(reference_frame), onset)
        begun &= onset >= threshold
        if begun.any() and reference_frame - self._pause_end <= TOGETHER_FRAMES:
            lower = _highest_below(np.where(age <= TOGETHER_FRAMES, np.float32(1), onset))
            begun &= (lower < LOWER_ONSET) | (np.maximum(now.onset, before) >= _raised(threshold))
        # Nothing can begin in a hop that is not wholly inside the stream: the cut itself looks like an onset.
        outside = position < -HOP / 2 or self.timeline.over(position + HOP / 2)
        silent = since >= SILENT_FRAMES and reference_frame >= OPENING_FRAMES and not (playing or self._held.any())
        if not allowed or outside or (silent and not self._clear_enough(onset[begun])):
            begun[:] = False
        pedal = self._pedal_at(float(now.pedal), position) and self.settings.pedal and since < FADED_FRAMES
        events = self._set_pedal(pedal, position)
        if self._held.any():
            events += self._ends(now, age, position)
            events += self._note_offs(begun & self._held, position)
        if begun.any():
            velocity = _weighted(now.velocity, now.onset, velocity_before, before)
            events += self._note_ons(begun, np.maximum(now.onset, before), velocity, position)
        return events

    def _sounding_at(self, frame: int) -> tuple[BoolArray, BoolArray, npt.NDArray[np.float64]]:
        """Keys (88,) that are held, and that were released lately, as this delay and its peers know, and the model
        sample of their last onset. What a peer has begun just now may be the very onset that is asked about."""
        held, ended, struck = self._held, self._end_frame, self._onset_frame
        for peer in self.peers:
            older = peer._onset_frame < frame - HOLD_OFF_FRAMES
            held = held | (peer._held & older)
            ended = np.maximum(ended, np.where(older, peer._end_frame, LONG_AGO))
            struck = np.maximum(struck, np.where(older, peer._onset_frame, LONG_AGO))
        return held, frame - ended <= LATELY_FRAMES, event_position(self._spec, 0) + HOP * struck

    def _threshold(self, age: npt.NDArray[np.int64], since: int) -> FloatArray | np.float32:
        calibrated, sensitivity = self.calibration, self.settings.sensitivity
        first = onset_threshold(calibrated.onset, sensitivity)
        if since >= RESTRIKE_FRAMES:
            return first
        again = onset_threshold(min(calibrated.restrike, calibrated.onset), sensitivity)
        return np.where(age < RESTRIKE_FRAMES, again, first)

    def _clear_enough(self, onset: FloatArray) -> bool:
        """Whether one of these onsets is clear enough to be the first after a silence."""
        return bool((onset >= first_threshold(self.calibration, self.settings.sensitivity)).any())

    def _rearm(self, onset: FloatArray, age: npt.NDArray[np.int64], threshold: FloatArray | np.float32) -> None:
        waiting = age < HOLD_OFF_FRAMES
        self._valley = np.where(waiting, onset, np.minimum(self._valley, onset))
        self._armed |= onset - self._valley >= REARM * threshold  # never while waiting: there the valley is the onset

    def _ended(self, now: Activations, age: npt.NDArray[np.int64]) -> BoolArray:
        """Which held keys are due for their note-off."""
        self._sounding |= now.frame >= self.calibration.frame + FRAME_HYSTERESIS
        silent = (now.frame < self.calibration.frame) & (self._sounding | (age >= FRAME_LAG_FRAMES))
        lifted = (now.keyoff >= self.calibration.keyoff) & (age >= KEYOFF_LAG_FRAMES)
        self._released |= silent | lifted
        shortest = math.ceil(self.settings.min_note_ms * SAMPLE_RATE / (1000 * HOP))
        ended: BoolArray = self._held & self._released & (age >= max(shortest, KEYOFF_LAG_FRAMES))
        return ended

    def _ends(self, now: Activations, age: npt.NDArray[np.int64], position: float) -> list[Event]:
        """The note-offs of keys that end here, unless that may be the work of a drop-out."""
        if self._silence is not None and self._silence.loses_offset(position):
            self._due[self._ended(now, age) & np.isnan(self._due)] = position
            self._waits = True
            return []
        ended = position if self._silence is None else self._silence.ended(position)
        ended = max(ended, min(position, event_position(self._spec, int(self._onset_frame.max()))))
        return [*self._due_offs(), *self._note_offs(self._ended(now, age), ended)]

    def _due_offs(self) -> list[Event]:
        """The note-offs that waited for what the zeros would turn out to be."""
        if not self._waits:
            return []
        waiting = np.flatnonzero(~np.isnan(self._due))
        self._waits = len(waiting) > 0
        if not len(waiting) or self._silence is None:
            return []
        events: list[Event] = []
        for position in np.unique(self._due[waiting]).tolist():
            keys = self._due == position
            if self._silence.loses_offset(position):
                self._released &= ~keys
                self._due[keys] = np.nan
            else:
                events += self._note_offs(keys, position)
        return events

    def _note_ons(self, begun: BoolArray, p: FloatArray, velocity: FloatArray, position: float) -> list[Event]:
        self._held |= begun
        self._armed &= ~begun
        self._sounding &= ~begun
        self._released &= ~begun
        self._onset_frame[begun] = self._last_frame
        keys = np.flatnonzero(begun)
        velocities = self._midi_velocity(velocity[keys])
        loudest_first = np.argsort(-velocities, kind="stable")
        time, emitted = self._stamp(position)
        return [
            NoteOn(time, emitted, int(keys[i]) + LOWEST_PITCH, int(velocities[i]), round(float(p[keys[i]]), 4))
            for i in loudest_first
        ]

    def _midi_velocity(self, activation: FloatArray) -> npt.NDArray[np.int64]:
        """Velocity activation -> MIDI velocity 1-127, calibrated and with the player's curve."""
        plain = self.calibration.velocity_offset + self.calibration.velocity_gain * 127 * activation
        share = np.clip(plain, 1, 127) / 127
        velocity: npt.NDArray[np.float32] = np.rint(127 * share**self.settings.velocity_curve)
        return np.clip(velocity, 1, 127).astype(np.int64)

    def _note_offs(self, keys: BoolArray, position: float) -> list[Event]:
        if not keys.any():
            return []
        self._held = self._held & ~keys
        self._end_frame[keys] = self._last_frame
        self._due[keys] = np.nan
        time, emitted = self._stamp(position)
        return [NoteOff(time, emitted, key + LOWEST_PITCH) for key in np.flatnonzero(keys).tolist()]

    def _pedal_at(self, activation: float, position: float) -> bool:
        silent_s = 0.0 if self._silence is None else self._silence.silent_s(position)
        return self._pedal.push(activation, self.calibration.pedal_on, self.calibration.pedal_off, silent_s)

    def _set_pedal(self, down: bool, position: float) -> list[Event]:
        if down == self._pedal_down:
            return []
        self._pedal_down = down
        return [Pedal(*self._stamp(position), 127 if down else 0)]

    def _stamp(self, position: float) -> tuple[float, float]:
        """`time` and `emitted` of an event that sounded at a model sample position."""
        return self.timeline.sounded(position), self.timeline.emitted(self._t * HOP)


def event_position(spec: StreamSpec, reference_frame: int) -> float:
    """Where the events of a reference frame lie, in model samples: an onset that its reference instant is the first to
    see fell into the hop before it, and the middle of that hop is the best estimate."""
    return (reference_frame + 1) * HOP - spec.tail_samples - HOP / 2


def _weighted(a: FloatArray, weight_a: FloatArray, b: FloatArray, weight_b: FloatArray) -> FloatArray:
    """Mean of two arrays (88,), by weights of which one is positive wherever the result matters."""
    share: FloatArray = weight_a / np.maximum(weight_a + weight_b, np.float32(1e-9))
    return share * a + (1 - share) * b


def _highest_below(onset: FloatArray) -> FloatArray:
    """(88,) for each key the highest of those that lie an octave or more below it, 0 where there is none."""
    highest = np.zeros(KEYS, np.float32)
    highest[ABOVE_KEYS:] = np.maximum.accumulate(onset)[:-ABOVE_KEYS]
    return highest


def _raised(threshold: FloatArray | np.float32) -> FloatArray:
    """Thresholds in 0-1, by `ABOVE_LOGITS`."""
    return np.asarray(threshold / (threshold + (1 - threshold) * math.exp(-ABOVE_LOGITS)), np.float32)


def first_threshold(calibration: DecoderCalibration, sensitivity: float = 50.0) -> np.float32:
    """What the first onset after a silence must reach, 0-1."""
    if calibration.first is None:
        return onset_threshold(calibration.onset, sensitivity, SILENT_LOGITS)
    return onset_threshold(calibration.first, sensitivity)


@lru_cache(maxsize=64)
def onset_threshold(calibrated: float, sensitivity: float, more_logits: float = 0.0) -> np.float32:
    """The onset threshold (0-1) at a sensitivity of 0-100, raised by `more_logits`; at 50 and 0 the calibrated one."""
    moved = logit(calibrated) - (sensitivity - 50) / 50 * SENSITIVITY_LOGITS + more_logits
    return np.float32(1 / (1 + math.exp(-moved)))
