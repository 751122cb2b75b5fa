"""837I (005010X223A2): institutional claims, both ways.

``read_claims(write_claims(batch, envelope))`` gives ``batch.claims`` back when they are in
canonical form (see ``t837p``) and hold what this form has room for: no diagnosis pointers, no
amount paid by the patient, no taxonomy but the attending provider's, and a bill type whose last
digit is the frequency.
"""

from collections.abc import Iterator
from typing import BinaryIO

from models.documents.claim import (
    ClaimBatchDocument,
    ClaimDocument,
    ClaimForm,
)
from revcycle.formats.x12.claims.limits import ClaimLimits
from revcycle.formats.x12.claims.reading_batches import BatchRead, claims_of
from revcycle.formats.x12.claims.reading_batches import iter_batches as iter_batches_of_form
from revcycle.formats.x12.claims.reading_batches import read_batches as read_batches_of_form
from revcycle.formats.x12.claims.writing_check import refuse_faulty
from revcycle.formats.x12.claims.writing_institutional import put_institutional_claim
from revcycle.formats.x12.claims.writing_profile import DEFAULT_PROFILE, WriteProfile
from revcycle.formats.x12.claims.writing_tree import ClaimLayout, write_batch
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.lexing import NO_LIMITS, Limits

VERSION = "005010X223A2"
LIMITS = ClaimLimits(lines=999, diagnoses=25, needs_pointers=False)
LAYOUT = ClaimLayout("837I", VERSION, LIMITS, put_institutional_claim)


def write_claims(
    batch: ClaimBatchDocument,
    envelope: Envelope,
    profile: WriteProfile = DEFAULT_PROFILE,
    *,
    verify: bool = True,
) -> bytes:
    """Write a batch of institutional claims as one interchange, and read it back.

    Args:
        batch: The claims, with who sends and who receives them.
        envelope: How the file is addressed.
        profile: Delimiters and characters of the partner.
        verify: Check what was written as a receiver would, and refuse what does not hold.

    Raises:
        ClaimRefusedError: one claim cannot be written, or the check finds fault; it is named.
        RejectedError: the batch is empty, or its sender or billing provider is incomplete.
    """
    written = write_batch(batch, envelope, LAYOUT, profile)
    if verify:
        refuse_faulty(written)
    return written


def read_batches(data: bytes) -> tuple[tuple[ClaimBatchDocument, ...], tuple[Diagnostic, ...]]:
    """Read every institutional transaction of a file, with its sender and receiver.

    Raises:
        NotX12Error: there is no ISA.
    """
    return read_batches_of_form(data, ClaimForm.INSTITUTIONAL)


def iter_batches(source: bytes | BinaryIO, limits: Limits = NO_LIMITS) -> Iterator[BatchRead]:
    """Read a file of any size transaction by transaction, each with what was noticed in it.

    Raises:
        NotX12Error: there is no ISA.
    """
    return iter_batches_of_form(source, ClaimForm.INSTITUTIONAL, limits)


def read_claims(data: bytes) -> tuple[tuple[ClaimDocument, ...], tuple[Diagnostic, ...]]:
    """Read every institutional claim of a file; what is not understood is kept and reported.

    Raises:
        NotX12Error: there is no ISA.
    """
    batches, diagnostics = read_batches(data)
    return claims_of(batches), diagnostics
