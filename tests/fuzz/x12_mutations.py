"""Ways to spoil the bytes of an X12 file, all from one seeded source of chance."""

import random
from collections.abc import Callable

Mutation = Callable[[random.Random, bytes], bytes]
NOISE_MAX = 40
DELIMITERS = b"*:^~\n"


def flip_byte(chance: random.Random, data: bytes) -> bytes:
    """Put any byte in the place of one."""
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def put_delimiter(chance: random.Random, data: bytes) -> bytes:
    """Put a delimiter somewhere."""
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.choice(DELIMITERS)]) + data[at:]


def put_noise(chance: random.Random, data: bytes) -> bytes:
    """Put random bytes somewhere."""
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.randint(1, NOISE_MAX)) + data[at:]


def cut_out(chance: random.Random, data: bytes) -> bytes:
    """Leave a stretch out."""
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, NOISE_MAX) :]


def cut_off(chance: random.Random, data: bytes) -> bytes:
    """End the file early."""
    return data[: chance.randint(1, len(data))]


def swap_segments(chance: random.Random, data: bytes) -> bytes:
    """Exchange two segments."""
    segments = data.split(b"~")
    one, other = chance.randrange(len(segments)), chance.randrange(len(segments))
    segments[one], segments[other] = segments[other], segments[one]
    return b"~".join(segments)


def repeat_segment(chance: random.Random, data: bytes) -> bytes:
    """Write a segment several times."""
    segments = data.split(b"~")
    at = chance.randrange(len(segments))
    return b"~".join(
        [*segments[:at], *segments[at : at + 1] * chance.randint(2, 30), *segments[at:]]
    )


def drop_segment(chance: random.Random, data: bytes) -> bytes:
    """Leave a segment out."""
    segments = data.split(b"~")
    del segments[chance.randrange(len(segments))]
    return b"~".join(segments)


def spoil_element(chance: random.Random, data: bytes) -> bytes:
    """Put something else into one element."""
    elements = data.split(b"*")
    values = (
        b"",
        b" ",
        b"-1",
        b"1.999",
        b"99999999",
        b"A" * 300,
        b"1e9",
        b"\xff",
        b"0" * 40,
        b":::",
    )
    elements[chance.randrange(len(elements))] = chance.choice(values)
    return b"*".join(elements)


MUTATIONS: tuple[Mutation, ...] = (
    flip_byte,
    put_delimiter,
    put_noise,
    cut_out,
    cut_off,
    swap_segments,
    repeat_segment,
    drop_segment,
    spoil_element,
)


def spoil(chance: random.Random, data: bytes, times: int) -> bytes:
    """Apply so many mutations; an empty file stays empty."""
    for _ in range(times):
        if data:
            data = chance.choice(MUTATIONS)(chance, data)
    return data
