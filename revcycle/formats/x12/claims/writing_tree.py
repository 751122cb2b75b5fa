"""A batch of claims as one interchange: header, levels and claims.

Segments are text from the start (see ``writing_pen``) and are joined once: to make half a million
tuples costs as much as to fill them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.documents.claim import ClaimBatchDocument, ClaimDocument, ClaimDocumentLine
from models.errors import RejectedError
from revcycle.formats.x12.claims.limits import (
    CLAIMS_PER_TRANSACTION,
    ClaimLimits,
    refuse_unwritable,
)
from revcycle.formats.x12.claims.writing_kept import put_back
from revcycle.formats.x12.claims.writing_levels import LEVEL_LOOPS, Levels
from revcycle.formats.x12.claims.writing_names import (
    put_contacts,
    put_organization_name,
    put_person_name,
)
from revcycle.formats.x12.claims.writing_pen import Pen, with_delimiters
from revcycle.formats.x12.claims.writing_profile import DEFAULT_PROFILE, WriteProfile
from revcycle.formats.x12.collector import collector_paused
from revcycle.formats.x12.elements import write_date, write_time
from revcycle.formats.x12.interchange import Envelope, envelope_start

PARTNER_ID_LENGTHS = range(2, 16)  # GS02, GS03; ISA06 and ISA08 have room for 15
CONTROL_NUMBER_MAX = 999_999_999
USAGES = frozenset({"P", "T"})


@dataclass(frozen=True, slots=True)
class ClaimLayout:
    """What the two forms do not share."""

    guide_name: str  # 837P, 837I
    version: str  # GS08 and ST03
    limits: ClaimLimits
    put_claim: Callable[[Pen, ClaimDocument], None]  # CLM to the last line


@collector_paused()
def write_batch(
    batch: ClaimBatchDocument,
    envelope: Envelope,
    layout: ClaimLayout,
    profile: WriteProfile = DEFAULT_PROFILE,
) -> bytes:
    """Write one interchange; a new transaction starts after every 5,000 claims.

    Raises:
        ClaimRefusedError: one claim cannot be written; it is named.
        RejectedError: the batch holds no claims, or its sender or billing provider is incomplete.
    """
    if not batch.claims and not profile.as_it_stands:
        msg = "a batch without claims is not written"
        raise RejectedError(msg)
    pen = Pen(profile)
    _refuse_envelope(pen, envelope)
    pieces: list[str] = []
    starts = range(0, max(1, len(batch.claims)), CLAIMS_PER_TRANSACTION)
    for number, start in enumerate(starts, start=1):
        control_number = _control_number(batch, number, profile)
        pieces.append(f"ST*837*{control_number}*{layout.version}")
        pen.out = []
        _put_header(pen, batch, number, envelope, layout)
        levels = _put_claims(pen, batch.claims[start : start + CLAIMS_PER_TRANSACTION], layout)
        if batch.kept and number == len(starts):
            levels.add_kept([one for one in batch.kept if one.loop in LEVEL_LOOPS])
        pieces += pen.out
        pieces.append(f"SE*{len(pen.out) + 2}*{control_number}")
    return _frame(pieces, len(starts), envelope, layout, profile)


def _control_number(batch: ClaimBatchDocument, number: int, profile: WriteProfile) -> str:
    own = f"{number:04d}"
    return (batch.control_number or own) if profile.as_it_stands else own


def _put_claims(pen: Pen, claims: Sequence[ClaimDocument], layout: ClaimLayout) -> Levels:
    limits, put_claim = layout.limits, layout.put_claim

    def put_limited(pen: Pen, claim: ClaimDocument) -> None:
        if not pen.as_it_stands:
            refuse_unwritable(claim, limits)
        if claim.kept or _has_kept(claim.lines):
            _put_with_kept(pen, claim, layout)
        else:
            put_claim(pen, claim)

    levels = Levels(pen, layout.guide_name, put_limited)
    for claim in claims:
        levels.add(claim)
    return levels


def _has_kept(lines: Sequence[ClaimDocumentLine]) -> bool:
    for line in lines:  # noqa: SIM110 - asked of every claim; a generator costs more
        if line.kept:
            return True
    return False


def _put_with_kept(pen: Pen, claim: ClaimDocument, layout: ClaimLayout) -> None:
    """Write a claim, then put what was kept into it, line by line from the end."""
    start = len(pen.out)
    layout.put_claim(pen, claim)
    tags = [text.partition("*")[0] for text in pen.out[start:]]
    at_lines = [start + at for at, tag in enumerate(tags) if tag == "LX"]
    ends = [*at_lines, len(pen.out)]
    for line, begin, end in reversed(list(zip(claim.lines, at_lines, ends[1:], strict=True))):
        if line.kept:
            tail = pen.out[end:]
            del pen.out[end:]
            put_back(pen, begin, line.kept, layout.guide_name)
            pen.out += tail
    own = tuple(one for one in claim.kept if one.loop not in LEVEL_LOOPS)
    if own:
        lines = pen.out[ends[0] :]
        del pen.out[ends[0] :]
        put_back(pen, start, own, layout.guide_name)
        pen.out += lines


def _put_header(
    pen: Pen, batch: ClaimBatchDocument, number: int, envelope: Envelope, layout: ClaimLayout
) -> None:
    """BHT and loops 1000A and 1000B."""
    reference = batch.reference if number == 1 else f"{batch.reference}-{number}"
    day, time = write_date(envelope.created_at), write_time(envelope.created_at)
    if pen.as_it_stands:
        day, time = pen.optional_day(batch.created_on), batch.created_time
    limit = 50 if pen.as_it_stands else 30
    purpose = pen.optional_code(batch.purpose, 2, "purpose")
    usage = pen.optional_code(batch.usage, 2, "usage")
    written = pen.code(reference, limit, "batch reference")
    pen.put("BHT", "0019", purpose, written, day, time, usage)
    _put_partners(pen, batch)
    kept = tuple(one for one in batch.kept if one.loop not in LEVEL_LOOPS)
    if kept:
        pen.out.insert(0, f"ST*837*0001*{layout.version}")
        put_back(pen, 0, kept, layout.guide_name)
        del pen.out[0]


def _put_partners(pen: Pen, batch: ClaimBatchDocument) -> None:
    """Write loops 1000A and 1000B."""
    sender = batch.submitter
    if not pen.as_it_stands or sender.name or batch.submitter_id:
        submitter_id = pen.party_id(batch.submitter_id, "submitter")
        if sender.person is not None:
            put_person_name(pen, "41", sender.person, "46", submitter_id)
        else:
            put_organization_name(pen, "41", sender.name, "46", submitter_id)
        put_contacts(pen, sender, "submitter", required=True)
    if not pen.as_it_stands or batch.receiver_name or batch.receiver_id:
        receiver_id = pen.party_id(batch.receiver_id, "receiver")
        put_organization_name(pen, "40", batch.receiver_name, "46", receiver_id)


def _refuse_envelope(pen: Pen, envelope: Envelope) -> None:
    """Refuse an envelope that ISA and GS have no room for.

    Source:
        X12.5: ISA06, ISA08 (15 characters), ISA13, GS06 (nine digits), ISA15, GS02, GS03.
    """
    partners = {
        "sender id": envelope.sender_id,
        "receiver id": envelope.receiver_id,
        "group sender": envelope.group_sender or envelope.sender_id,
        "group receiver": envelope.group_receiver or envelope.receiver_id,
    }
    for field, value in partners.items():
        least, most = PARTNER_ID_LENGTHS[0], PARTNER_ID_LENGTHS[-1]
        if pen.code(value, most, f"envelope: {field}", least) != value:
            pen.refuse(f"envelope: {field} holds a character that X12 uses as a delimiter")
    if not 1 <= envelope.control_number <= CONTROL_NUMBER_MAX:
        pen.refuse("envelope: the control number must have 1 to 9 digits")
    if envelope.usage not in USAGES:
        pen.refuse("envelope: usage must be P or T")


def _frame(
    pieces: list[str],
    transactions: int,
    envelope: Envelope,
    layout: ClaimLayout,
    profile: WriteProfile,
) -> bytes:
    """Put ISA, GS, GE and IEA around the transactions, and the partner's delimiters between."""
    theirs = profile.delimiters
    header, group = envelope_start(envelope, "HC", layout.version, theirs)
    number = envelope.control_number
    pieces.append(f"GE*{transactions}*{number}")
    pieces.append(f"IEA*1*{number:09d}")
    end = "~\n" if profile.line_breaks else "~"
    body = with_delimiters(f"{'*'.join(group)}{end}{end.join(pieces)}{end}", theirs)
    start = theirs.element.join(header) + with_delimiters(end, theirs)
    try:
        return (start + body).encode("latin-1")
    except UnicodeEncodeError as error:
        msg = "the claims hold a character that X12 cannot carry"
        raise RejectedError(msg) from error
