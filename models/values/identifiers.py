"""Identifiers: ours (UUIDs that sort by time) and other people's (checked text)."""

import secrets
import time
from typing import NewType
from uuid import UUID

ClientId = NewType("ClientId", UUID)
ClaimId = NewType("ClaimId", UUID)

NPI_LENGTH = 10
NANOSECONDS = 1_000_000  # of a millisecond
FRACTION_BITS = 12
CHANCE_BITS = 62
CLAIM_CONTROL_NUMBER_LENGTH_MAX = 20  # CLM01 may hold 38, but HIPAA payers must return only 20


def new_id() -> UUID:
    """Make a version 7 UUID (RFC 9562, sections 5.7 and 6.2, method 3).

    48 bits of milliseconds, 12 of their fraction (a quarter of a microsecond), then chance. Rows
    made together lie together in the index, and one after the other, in which order they are read.
    Python 3.14 has ``uuid.uuid7``; we run on 3.11.
    """
    milliseconds, rest = divmod(time.time_ns(), NANOSECONDS)
    fraction = (rest << FRACTION_BITS) // NANOSECONDS
    chance = secrets.randbits(CHANCE_BITS)
    bits = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | fraction << 64
    return UUID(int=bits | 0b10 << CHANCE_BITS | chance)


def is_npi(text: str) -> bool:
    """Tell whether ``text`` is a well-formed National Provider Identifier.

    Ten digits whose Luhn sum, with the prefix 80840 in front, is a multiple of ten.

    Source:
        45 CFR 162.406; CMS, "Requirements for NPI and NPI Check Digit".
    """
    if len(text) != NPI_LENGTH or not (text.isascii() and text.isdigit()):
        return False
    digits = [int(character) for character in reversed("80840" + text)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0


CONTROL_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: nothing to misread
CONTROL_BODY_LENGTH = 14


def new_claim_control_number() -> str:
    """Make the body of a CLM01: 70 random bits, so unguessable and unique over all practices."""
    return "".join(secrets.choice(CONTROL_ALPHABET) for _ in range(CONTROL_BODY_LENGTH))


def version_control_number(claim_control_number: str, version: int) -> str:
    """Make the CLM01 of one version: an answer names exactly the version it is about."""
    return f"{claim_control_number}{version:02d}"
