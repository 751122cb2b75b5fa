"""What other people's software says of the files we read and write with everything in them."""

import pytest
from x12sdk.io import X12ModelReader

from tests.unit.formats.x12_claims.claim_oracle import complaints
from tests.unit.formats.x12_inquiries.inquiry_files import (
    ACKNOWLEDGED,
    ANSWERED,
    ASKED,
    STATUS_ASKED,
    STATUS_TOLD,
    a_file,
    written_again,
)

# What the guide allows and x12sdk 2.2.0 does not; without it the rest must pass.
REPLACED = {
    "EQ**HC:": "EQ*30*HC:",  # wants a service type beside a procedure
    "EB*B*IND**": "EB*B*IND*98*",
    "**DY*3*Y*N": "****Y*N",  # takes EB09, a code, for a number
    "AAA*Y**71*C": "AAA*Y**15*C",  # knows no reasons about the person asked for
    "HL*3*2*22*1": "HL*3*2*22*0",
}
LEFT_OUT = (
    "III*ZZ*11",  # wants LS and LE behind it
    "NM1*PR*2*SECOND",  # reads one name between LS and LE only
    "PER*IC*MEMBER",  # loses the contact of a payer
    "MPI*",  # wants a qualifier in another place
    "SVC*HC:99214",  # loses the second line of a claim
    "DTP*472*D8*20260205",
)


def narrowed(segments: tuple[str, ...]) -> list[str]:
    kept = [one for one in segments if not one.startswith(LEFT_OUT)]
    for wide, narrow in REPLACED.items():
        kept = [one.replace(wide, narrow) for one in kept]
    return kept


def without_dependent(segments: tuple[str, ...]) -> tuple[str, ...]:
    """x12sdk cannot read a 271 with benefits of a subscriber and of a dependent below."""
    return segments[: segments.index("HL*4*3*23*0")]


@pytest.mark.parametrize(
    ("kind", "segments"),
    [
        ("270", narrowed(ASKED)),
        ("271", narrowed(without_dependent(ANSWERED))),
        ("276", narrowed(STATUS_ASKED)),
        ("277", list(STATUS_TOLD)),
    ],
    ids=["270", "271", "276", "277"],
)
def test_x12sdk_reads_what_we_write(kind: str, segments: list[str]) -> None:
    written = written_again(kind, a_file(kind, segments))
    assert written is not None
    with X12ModelReader(written.decode()) as reader:
        assert len(list(reader.models())) == 1


def test_pyx12_accepts_a_277ca_with_everything() -> None:
    written = written_again("277CA", a_file("277CA", ACKNOWLEDGED))
    assert written is not None
    assert complaints(written) == ""
