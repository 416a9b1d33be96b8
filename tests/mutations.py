"""Damaged and hostile files, made of good ones by a seeded random generator."""

from __future__ import annotations

import json
import math
import random
import re
import struct
from collections.abc import Callable, Sequence

Mutation = Callable[[Sequence[bytes], random.Random], bytes]

# Values that readers have stumbled over.
DIGITS, LEVELS = 400, 3_000
NUMBERS = (0, -1, 2**31, 2**63, 2**64, -(2**63), 10**DIGITS, 1e308, math.nan, math.inf, -math.inf, -0.0)
WORDS = ("", "1", "\0", "\ud83d", "\x1b[31m", "<b>x</b>", "../../x", "x" * 100_000)
VALUES: tuple[object, ...] = (*NUMBERS, *WORDS, None, True, [], {}, ["a"], {"a": []}, [[[[]]]])
WIDE = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000)


def damaged(seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """One of `seeds` with one to four kinds of damage: flipped, cut, repeated, inserted, and joined to another one."""
    content = bytearray(rng.choice(seeds))
    for _ in range(rng.randint(1, 4)):
        _damage(content, seeds, rng)
    return bytes(content)


def _damage(content: bytearray, seeds: Sequence[bytes], rng: random.Random) -> None:
    at = rng.randrange(len(content) + 1)
    # Headers lie at the beginning.
    at = min(at, rng.randrange(64)) if rng.random() < 0.5 else at
    end = min(len(content), at + rng.choice((1, 2, 4, 16, 256)))
    match rng.randrange(8):
        case 0 if at < len(content):
            content[at] ^= 1 << rng.randrange(8)
        case 1 if at < len(content):
            content[at] = rng.choice((0, 1, 0x7F, 0x80, 0xFF))
        case 2:
            del content[at:]
        case 3:
            del content[at:end]
        case 4:
            content[at:at] = content[at:end] * rng.choice((1, 3, 100))
        case 5:
            content[at:at] = rng.randbytes(rng.choice((1, 4, 100)))
        case 6:
            content[at : at + 4] = struct.pack(rng.choice("<>") + "I", rng.choice(WIDE))
        case 7:
            other = rng.choice(seeds)
            content[at:] = other[rng.randrange(len(other) + 1) :]


def hostile_json(seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """JSON, or lines of JSON, with one value replaced by any other, or damaged as bytes."""
    if rng.random() < 0.3:
        return damaged(seeds, rng)
    lines = rng.choice(seeds).splitlines() or [b""]
    place = rng.randrange(len(lines))
    raw = replaced(json.loads(lines[place] or b"{}"), rng)
    text = json.dumps(raw) if rng.random() < 0.9 else "[" * LEVELS
    lines[place] = text.encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def replaced(raw: object, rng: random.Random) -> object:
    """A tree of JSON with one of its parts replaced by a value of `VALUES`."""
    if isinstance(raw, dict) and raw and rng.random() < 0.9:
        key = rng.choice(list(raw))
        return {**raw, key: replaced(raw[key], rng)}
    if isinstance(raw, list) and raw and rng.random() < 0.8:
        place = rng.randrange(len(raw))
        return [*raw[:place], replaced(raw[place], rng), *raw[place + 1 :]]
    return rng.choice(VALUES)


def hostile_toml(seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """TOML with one value replaced by any other, or damaged as bytes."""
    if rng.random() < 0.3:
        return damaged(seeds, rng)
    text = rng.choice(seeds).decode()
    assignments = list(re.finditer(r"= .*", text))
    chosen = rng.choice(assignments)
    value = rng.choice(
        ("nan", "-inf", "9" * DIGITS, "0x" + "f" * 9_000, "[" * LEVELS, "true", '"x"', "[1, [2]]", "{ a = 1 }", "1e400")
    )
    return (text[: chosen.start()] + f"= {value}" + text[chosen.end() :]).encode()


def hostile_midi(seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """A MIDI file with times of the greatest length, wrong tempi, or damaged as bytes."""
    content = bytearray(rng.choice(seeds))
    if rng.random() < 0.5:
        return damaged(seeds, rng)
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(14, len(content))
        match rng.randrange(3):
            case 0:
                content[at:at] = b"\xff\xff\xff\x7f"
            case 1:
                content[at:at] = b"\x00\xff\x51\x03" + rng.choice((b"\0\0\0", b"\xff\xff\xff", b"\0\0\1"))
            case 2:
                content[12:14] = struct.pack(">H", rng.choice((0, 1, 0x7FFF, 0x8000, 0xE250, 0xFFFF)))
    return bytes(content)


def hostile_model(seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """An ONNX file with other nodes, shapes, constants or metadata, or damaged as bytes."""
    import onnx
    from onnx import numpy_helper

    if rng.random() < 0.3:
        return damaged(seeds, rng)
    model = onnx.load_from_string(rng.choice(seeds))
    graph = model.graph
    for _ in range(rng.randint(1, 2)):
        node, tensor = rng.choice(graph.node), rng.choice(graph.initializer)
        shaped = rng.choice([*graph.input, *graph.output]).type.tensor_type
        match rng.randrange(7):
            case 0:
                node.op_type = rng.choice(["Expand", "MatMul", "Concat", "Log", "Loop", "If", "Sqrt", "", "DFT"])
            case 1 if node.input:
                node.input[rng.randrange(len(node.input))] = rng.choice(["audio", "", "levels", node.output[0]])
            case 2:
                shaped.elem_type = rng.randrange(17)
            case 3 if shaped.shape.dim:
                rng.choice(shaped.shape.dim).dim_value = rng.choice((0, -1, 1, 161, 2**31, 2**62))
            case 4:
                values = numpy_helper.to_array(tensor).copy().reshape(-1)
                values[: rng.randint(1, 4)] = rng.choice((0, -1, 2**31 - 1, 10**9))
                tensor.CopyFrom(numpy_helper.from_array(values.reshape(tuple(tensor.dims)), tensor.name))
            case 5:
                del graph.node[rng.randrange(len(graph.node))]
            case 6:
                entry = model.metadata_props[0]
                text = json.dumps(replaced(json.loads(entry.value), rng))
                entry.value = text.encode("utf-8", "replace").decode()
    return bytes(model.SerializeToString())
