"""Events and their JSON lines."""

from __future__ import annotations

import contextlib
import json
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime import errors
from realtime.events import (
    EVENT_TYPES,
    End,
    Event,
    Gap,
    NoteOff,
    NoteOn,
    Pedal,
    StreamStarted,
    from_json,
    stage_of,
    to_json,
)
from tests.any_data import any_json

LINES = [
    '{"event":"stream","version":2,"model":"NAME","delay":"balanced","delay_s":0.058,"sample_rate":48000,'
    '"source":"NAME","started":"2026-11-21T10:00:00Z"}',
    '{"event":"note_on","time":1.2340,"emitted":1.2910,"pitch":60,"velocity":72,"p":0.93}',
    '{"event":"note_on","time":1.2340,"emitted":1.2910,"pitch":60,"velocity":72,"p":0.93,"delay":"accurate"}',
    '{"event":"note_off","time":1.7340,"emitted":1.7900,"pitch":60}',
    '{"event":"pedal","time":1.8000,"emitted":1.8600,"value":127}',
    '{"event":"gap","time":2.0000,"emitted":2.0000,"lost_s":0.020}',
    '{"event":"end","time":9.9900,"emitted":9.9900,"notes":1,"gaps":1,"reason":"duration"}',
]
EVENTS: list[Event] = [
    StreamStarted("NAME", "balanced", 0.058, 48000, "NAME", "2026-11-21T10:00:00Z"),
    NoteOn(1.234, 1.291, 60, 72, 0.93),
    NoteOn(1.234, 1.291, 60, 72, 0.93, "accurate"),
    NoteOff(1.734, 1.79, 60),
    Pedal(1.8, 1.86, 127),
    Gap(2.0, 2.0, 0.02),
    End(9.99, 9.99, 1, 1, "duration"),
]


KEYS = sorted({field.name for kind in EVENT_TYPES.values() for field in fields(kind)})
TIMES, SHARES = st.floats(-86_400, 86_400), st.floats(0, 1)
WORDS = st.text()
COUNTS = st.integers(0, 2**31 - 1)
FIELDS: dict[str, st.SearchStrategy[object]] = {
    "Text": WORDS,
    "Seconds": TIMES,
    "Share": SHARES,
    "Count": COUNTS,
    "Pitch": st.integers(21, 108),
    "Velocity": st.integers(1, 127),
    "Controller": st.integers(0, 127),
}


def any_event(event_type: type[Event]) -> st.SearchStrategy[Event]:
    """Events of one type with any values that there may be."""
    return st.builds(event_type, **{field.name: any_value(str(field.type)) for field in fields(event_type)})


def any_value(name: str) -> st.SearchStrategy[object]:
    """Of a field with a type of this name."""
    known = FIELDS[name.removesuffix(" | None")]
    return known | st.none() if name.endswith(" | None") else known


@pytest.mark.parametrize(("line", "event"), list(zip(LINES, EVENTS, strict=True)))
def test_the_published_lines_are_these_events(line: str, event: Event) -> None:
    """Other programs rely on these keys; both directions agree with the published example."""
    assert event == from_json(line)
    assert json.loads(line) == json.loads(to_json(event))


@settings(max_examples=60)
@given(st.sampled_from(list(EVENT_TYPES.values())).flatmap(any_event))
def test_every_event_survives_its_line(event: Event) -> None:
    """Also with names in any script, and always as exactly one line."""
    line = to_json(event)
    assert "\n" not in line
    assert from_json(line) == event


def test_a_line_of_a_take_names_its_stage() -> None:
    """What reads events ignores it; any other stage is none."""
    event = NoteOff(1.0, 1.1, 60)
    assert to_json(event, "kept") == '{"event":"note_off","time":1.0,"emitted":1.1,"pitch":60,"stage":"kept"}'
    assert from_json(to_json(event, "live")) == event
    found = [stage_of(json.loads(to_json(event, stage))) for stage in ("live", "kept", None)]
    assert found == ["live", "kept", None]
    assert [stage_of(raw) for raw in ({"stage": "draft"}, {"stage": ["live"]}, {"stage": 1}, [], "live")] == [None] * 5


def test_the_first_version_is_read() -> None:
    """Its lines are those of the second but for the number."""
    stream = from_json(LINES[0].replace('"version":2', '"version":1'))
    assert stream == replace(EVENTS[0], version=1)  # type: ignore[type-var]


def test_unknown_keys_are_ignored() -> None:
    """A later version may add keys."""
    assert NoteOff(1.0, 1.1, 60) == from_json('{"event":"note_off","time":1.0,"emitted":1.1,"pitch":60,"cents":3}')


@pytest.mark.parametrize(
    ("line", "place", "found"),
    [
        ('{"event":"song"}', "event", ""),
        ('{"event":["a"]}', "event", ""),
        ("[]", "event", ""),
        ('"note_on"', "event", ""),
        ("nonsense", "", ""),
        ("[" * 100_000, "", ""),
        ("9" * 5_000, "", ""),
        ('{"event":"note_off","time":1.0}', "emitted", ""),
        ('{"event":"note_off","time":1.0,"emitted":1.1,"pitch":true}', "pitch", "true"),
        ('{"event":"note_off","time":1.0,"emitted":1.1,"pitch":20}', "pitch", "20"),
        ('{"event":"note_off","time":1.0,"emitted":1.1,"pitch":109}', "pitch", "109"),
        ('{"event":"note_off","time":1.0,"emitted":1.1,"pitch":[60]}', "pitch", "[60]"),
        ('{"event":"note_off","time":NaN,"emitted":1.1,"pitch":60}', "time", "NaN"),
        ('{"event":"note_off","time":86400.1,"emitted":1.1,"pitch":60}', "time", "86400.1"),
        (f'{{"event":"note_off","time":1.0,"emitted":{"9" * 400},"pitch":60}}', "emitted", "9" * 40),
        ('{"event":"pedal","time":1.0,"emitted":1.1,"value":128}', "value", "128"),
        ('{"event":"note_on","time":1.0,"emitted":1.1,"pitch":60,"velocity":0,"p":0.9}', "velocity", "0"),
        ('{"event":"note_on","time":1.0,"emitted":1.1,"pitch":60,"velocity":1,"p":1.5}', "p", "1.5"),
        ('{"event":"end","time":1.0,"emitted":1.1,"notes":-1,"gaps":0,"reason":"x"}', "notes", "-1"),
        ('{"event":"end","time":1.0,"emitted":1.1,"notes":1,"gaps":0,"reason":"\\ud83d"}', "reason", '"\\ud83d"'),
    ],
)
def test_what_is_no_event_is_refused(line: str, place: str, found: str) -> None:
    """Unknown events, other JSON, events that lack a key, and values that cannot be: one of our errors, which names the
    place."""
    with pytest.raises(errors.DataError) as caught:
        from_json(line)
    assert (place, found) == (caught.value.place, caught.value.found)


@settings(max_examples=200)
@given(kind=st.sampled_from([*EVENT_TYPES, "song", 5, None]), rest=st.dictionaries(st.sampled_from(KEYS), any_json()))
def test_any_json_is_an_event_or_one_of_our_errors(kind: object, rest: dict[str, object]) -> None:
    """And an event is one that its line gives again."""
    with contextlib.suppress(errors.DataError):
        event = from_json(json.dumps({"event": kind, **rest}))
        assert event == from_json(to_json(event))


def test_each_failure_has_the_published_exit_status() -> None:
    """The command line promises these."""
    codes = {e: e.exit_code for e in (errors.LisztenError, *errors.LisztenError.__subclasses__())}
    assert {1, 2, 3, 4, 5, 6} == set(codes.values())
    assert (errors.FileError.exit_code, errors.ModelError.exit_code) == (5, 6)
