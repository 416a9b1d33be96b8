"""Activations -> note and pedal events: a small state machine per key, all 88 stepped at once.

A key is struck when its onset activation, weighted over the two frames on which onsets are taught, crosses the
threshold while the key is armed: a strong onset at once, a doubtful one when its second frame agrees. After a hold-off
the key is armed again as soon as the activation rises anew; otherwise a broad or fluttering onset would become several
notes. How hard it was struck is what both frames say, by their onsets. Who has just struck a key often strikes it
again, into its own sound, where the rise is small: for a while less is asked there. Where nobody has played for a
while more is asked of the first stroke: voices and things that fall are heard there too. A key is released when its
key-off activation crosses its threshold, or when its sound has died away. The pedal: `realtime.transcription.pedal`,
where there is a sound that it may hold.

Time here is the frame index of the reference instants ("heard"): stream frame t speaks about heard = t - shift,
whose reference instant is (heard + 1) * hop - tail_samples. So a change of delay leaves every key's history valid.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

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

PRESENT_SHARE = 2 / 3  # of the present frame in the weighted onset; the frame before has the rest
HOLD_OFF_FRAMES = 5  # a hammer cannot strike again within 50 ms
RESTRIKE_FRAMES = 20  # for so long after a stroke less is asked for another one of the same key
SILENT_FRAMES = 200  # after two seconds without a stroke the first note stands alone: it is heard clearly or is none,
SILENT_LOGITS = 0.75  # so this much more is asked of it, or of one of its chord
FADED_FRAMES = 2000  # for so long after the last stroke a pedal can be heard at all; before the first there is none
REARM = 0.5  # of the threshold: a rise by so much after the hold-off is a new stroke
KEYOFF_LAG_FRAMES = 3  # a key-off is taught three frames wide: until then it may be the release before this stroke
FRAME_LAG_FRAMES = 10  # the frame activation may take this long to come up after a soft onset
FRAME_HYSTERESIS = 0.1
SENSITIVITY_LOGITS = 2.0  # what 50 steps of sensitivity move the onset threshold
LONG_AGO = -(1 << 30)


@dataclass(frozen=True)
class DecoderSettings:
    """What a player may turn.

    sensitivity: 0-100, 50 as calibrated, more hears softer notes (and more false ones). min_note_ms: no note is
    shorter unless its key is struck again. pedal: whether pedal events are sent. velocity_curve: exponent on the
    velocity's share of 127; below 1 is louder.
    """

    sensitivity: float = 50.0
    min_note_ms: float = 30.0
    pedal: bool = True
    velocity_curve: float = 1.0


class Decoder:
    """Activations of one delay, frame by frame -> events. Pure and deterministic.

    Per pitch, on and off strictly alternate, `time` never decreases, and the same frames give the same events
    however they are cut. `settings` and `timeline` may be replaced between pushes.
    """

    def __init__(
        self,
        spec: StreamSpec,
        delay: str,
        settings: DecoderSettings | None = None,
        timeline: Timeline | None = None,
    ) -> None:
        """Raises KeyError for a delay that the model lacks."""
        self._spec = spec
        self._use(delay)
        self.settings = DecoderSettings() if settings is None else settings
        self.timeline = Timeline() if timeline is None else timeline
        self.reset()

    @property
    def delay_samples(self) -> int:
        """From the frame that could tell of an onset to the one that confirms it, at 16 kHz."""
        return (self._shift + self._spec.confirm_frames) * HOP

    def push(self, activations: Activations, gate_open: BoolArray | None = None) -> list[Event]:
        """T consecutive frames, and per frame whether new notes are allowed (T,) -> events in order."""
        events: list[Event] = []
        for index in range(len(activations.pedal)):
            frame = Activations(*(head[index] for head in activations))
            events += self._frame(frame, gate_open is None or bool(gate_open[index]))
        return events

    def set_delay(self, delay: str) -> int:
        """Go on with another delay's activations; held notes stay held, none is told twice and none left out.

        Returns how many of the latest frames are to be pushed again, now of the new delay: a shorter delay has
        spoken already about instants that the old one had not reached. Raises KeyError.
        """
        old_shift = self._shift
        self._use(delay)
        self._pedal.use(self._calibration.pedal_on, self._calibration.pedal_off)
        again = min(max(old_shift - self._shift, 0), self._t)
        self._t -= again
        return again

    def flush(self) -> list[Event]:
        """Close all notes and lift the pedal, at the time of the last frame."""
        position = sounded_at(self._spec, self._done)
        self._pedal.lift()
        return [*self._set_pedal(False, position), *self._release(self._held, position)]

    def reset(self) -> None:
        """As new, with the settings, delay and timeline in force."""
        self._t = 0  # frames pushed
        self._clock = 0  # the same, but never set back
        self._done = -self._shift - 1  # the last heard frame that was decoded
        self._held = np.zeros(KEYS, np.bool_)
        self._armed = np.ones(KEYS, np.bool_)
        self._sounding = np.zeros(KEYS, np.bool_)  # the frame activation has been up since the onset
        self._released = np.zeros(KEYS, np.bool_)  # to be closed as soon as the shortest note allows
        self._struck = np.full(KEYS, LONG_AGO)  # heard frame of the last onset
        self._before = np.zeros(KEYS, np.float32)  # onset activation of the frame before
        self._velocity_before = np.zeros(KEYS, np.float32)  # and its velocity's
        self._valley = np.zeros(KEYS, np.float32)  # lowest weighted onset since the hold-off
        self._pedal = PedalFollower(self._calibration.pedal_on, self._calibration.pedal_off)
        self._pedal_down = False  # as told

    def _use(self, delay: str) -> None:
        self._shift = self._spec.shifts[delay]
        self._calibration = self._spec.calibration.get(delay, DecoderCalibration())

    def _frame(self, now: Activations, allowed: bool) -> list[Event]:
        """One frame, activations (88,) and pedal () -> events: pedal, offs, ons by descending velocity."""
        heard = self._t - self._shift
        self._t += 1
        self._clock = max(self._clock, self._t)
        before, self._before = self._before, now.onset.copy()
        velocity_before, self._velocity_before = self._velocity_before, now.velocity.copy()
        if heard <= self._done:  # told already, by a shorter delay
            return []
        self._done = heard
        position = sounded_at(self._spec, heard)
        age = heard - self._struck
        since = int(age.min())  # any key was struck
        onset = PRESENT_SHARE * now.onset + (1 - PRESENT_SHARE) * before
        threshold = self._threshold(age)
        self._rearm(onset, age, threshold)
        struck = (onset >= threshold) & self._armed & (age >= HOLD_OFF_FRAMES)
        # Nothing can begin in a hop that is not wholly inside the stream: the cut itself is heard as an onset.
        outside = position < -HOP / 2 or self.timeline.over(position + HOP / 2)
        silent = since >= SILENT_FRAMES and not self._held.any()
        if not allowed or outside or (silent and not self._breaks_silence(onset[struck])):
            struck[:] = False
        pedal = self._pedal.push(float(now.pedal)) and self.settings.pedal and since < FADED_FRAMES
        events = self._set_pedal(pedal, position)
        if self._held.any():
            events += self._release(self._ended(now, age) | (struck & self._held), position)
        if struck.any():
            velocity = _weighted(now.velocity, now.onset, velocity_before, before)
            events += self._strike(struck, np.maximum(now.onset, before), velocity, position)
        return events

    def _threshold(self, age: npt.NDArray[np.int64]) -> FloatArray:
        first, again = (
            np.float32(onset_threshold(calibrated, self.settings.sensitivity))
            for calibrated in (self._calibration.onset, min(self._calibration.restrike, self._calibration.onset))
        )
        return np.where(age < RESTRIKE_FRAMES, again, first)

    def _breaks_silence(self, onset: FloatArray) -> bool:
        """Whether one of these strokes is heard clearly enough to be the first after a silence."""
        clear = onset_threshold(self._calibration.onset, self.settings.sensitivity, SILENT_LOGITS)
        return bool((onset >= clear).any())

    def _rearm(self, onset: FloatArray, age: npt.NDArray[np.int64], threshold: FloatArray) -> None:
        waiting = age < HOLD_OFF_FRAMES
        self._valley = np.where(waiting, onset, np.minimum(self._valley, onset))
        self._armed |= onset - self._valley >= REARM * threshold  # never while waiting: there the valley is the onset

    def _ended(self, now: Activations, age: npt.NDArray[np.int64]) -> BoolArray:
        """Which held keys are due for their note-off."""
        self._sounding |= now.frame >= self._calibration.frame + FRAME_HYSTERESIS
        silent = (now.frame < self._calibration.frame) & (self._sounding | (age >= FRAME_LAG_FRAMES))
        lifted = (now.keyoff >= self._calibration.keyoff) & (age >= KEYOFF_LAG_FRAMES)
        self._released |= silent | lifted
        shortest = math.ceil(self.settings.min_note_ms * SAMPLE_RATE / (1000 * HOP))
        ended: BoolArray = self._held & self._released & (age >= max(shortest, KEYOFF_LAG_FRAMES))
        return ended

    def _strike(self, struck: BoolArray, p: FloatArray, velocity: FloatArray, position: float) -> list[Event]:
        self._held |= struck
        self._armed &= ~struck
        self._sounding &= ~struck
        self._released &= ~struck
        self._struck[struck] = self._done
        keys = np.flatnonzero(struck)
        velocities = self._midi_velocity(velocity[keys])
        loudest_first = np.argsort(-velocities, kind="stable")
        time, emitted = self._stamp(position)
        return [
            NoteOn(time, emitted, int(keys[i]) + LOWEST_PITCH, int(velocities[i]), round(float(p[keys[i]]), 4))
            for i in loudest_first
        ]

    def _midi_velocity(self, activation: FloatArray) -> npt.NDArray[np.int64]:
        """Calibrated and bent by the player's curve, 1-127."""
        plain = self._calibration.velocity_offset + self._calibration.velocity_gain * 127 * activation
        share = np.clip(plain, 1, 127) / 127
        velocity: npt.NDArray[np.float32] = np.rint(127 * share**self.settings.velocity_curve)
        return np.clip(velocity, 1, 127).astype(np.int64)

    def _release(self, keys: BoolArray, position: float) -> list[Event]:
        self._held = self._held & ~keys
        time, emitted = self._stamp(position)
        return [NoteOff(time, emitted, key + LOWEST_PITCH) for key in np.flatnonzero(keys).tolist()]

    def _set_pedal(self, down: bool, position: float) -> list[Event]:
        if down == self._pedal_down:
            return []
        self._pedal_down = down
        return [Pedal(*self._stamp(position), 127 if down else 0)]

    def _stamp(self, position: float) -> tuple[float, float]:
        """`time` and `emitted` of an event that sounded at a model sample position."""
        return self.timeline.sounded(position), self.timeline.emitted(self._clock * HOP)


def sounded_at(spec: StreamSpec, heard: int) -> float:
    """Where, in model samples, the sound of a heard frame lies: an onset first seen at this reference instant fell into
    the hop before it, and its middle is the best guess."""
    return (heard + 1) * HOP - spec.tail_samples - HOP / 2


def _weighted(a: FloatArray, weight_a: FloatArray, b: FloatArray, weight_b: FloatArray) -> FloatArray:
    """Mean of two arrays (88,), by weights of which one is positive wherever the result matters."""
    share: FloatArray = weight_a / np.maximum(weight_a + weight_b, np.float32(1e-9))
    return share * a + (1 - share) * b


def onset_threshold(calibrated: float, sensitivity: float, more_logits: float = 0.0) -> float:
    """The onset threshold (0-1) at a sensitivity of 0-100, and so many logits above; at 50 and 0 the calibrated one."""
    moved = logit(calibrated) - (sensitivity - 50) / 50 * SENSITIVITY_LOGITS + more_logits
    return 1 / (1 + math.exp(-moved))
