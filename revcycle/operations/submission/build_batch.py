"""Write claims that are ready into one 837 file, all in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.claim import ClaimBatchDocument, ClaimDocument, ClaimForm
from models.documents.finding import Finding, Severity
from models.documents.practice import PracticeFacts
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent
from models.tables import Claim, ClaimVersion
from revcycle.formats.x12 import t837i, t837p
from revcycle.formats.x12.claims.limits import ClaimRefusedError
from revcycle.formats.x12.claims.writing_profile import DEFAULT_PROFILE, WriteProfile
from revcycle.formats.x12.interchange import Envelope
from revcycle.operations.submission.policies import WorkTerms
from revcycle.operations.submission.scrub_claims import hold_claims
from revcycle.store import claims, clients
from revcycle.store.claim_documents import claim_documents
from revcycle.store.control_numbers import following_number, lock_control_number
from revcycle.store.outbound_files import NewOutboundFile, add_outbound_file
from revcycle.store.state_changes import move

CLAIMS_MAX = 2_000  # payers' usual limit is 5,000 a transaction; smaller files fail smaller
UNWRITABLE_RULE = "scrub.unwritable"

Writer = Callable[[ClaimBatchDocument, Envelope, WriteProfile], bytes]


@dataclass(frozen=True, slots=True)
class FileForm:
    """How claims of a form become a file."""

    kind: str
    write: Writer


FILE_FORMS: Final[Mapping[ClaimForm, FileForm]] = MappingProxyType(
    {
        ClaimForm.PROFESSIONAL: FileForm("837P", t837p.write_claims),
        ClaimForm.INSTITUTIONAL: FileForm("837I", t837i.write_claims),
    }
)


@dataclass(frozen=True, slots=True)
class BatchPartner:
    """Who a batch goes to.

    Attributes:
        envelope: Who sends to whom; the control number and the time are set here.
        receiver_name: The partner, as loop 1000B names it.
        profile: Delimiters and characters that the partner takes.
    """

    connection_key: str
    envelope: Envelope
    receiver_name: str
    profile: WriteProfile = DEFAULT_PROFILE


@dataclass(frozen=True, slots=True)
class BuiltBatch:
    """What one call wrote; call again until nothing was batched or held."""

    outbound_file_id: UUID | None
    batched: int
    held: int


def build_batch(
    session: Session,
    act: Act,
    *,
    partner: BatchPartner,
    form: ClaimForm,
    practice: PracticeFacts,
    terms: WorkTerms = WorkTerms(),  # noqa: B008 - frozen
    claims_max: int = CLAIMS_MAX,
) -> BuiltBatch:
    """Put the claims that wait for one connection into the outbox as one file.

    Control number, versions, bytes, hash and the states of the claims change together or not at
    all. A claim that cannot be written is held with the reason, and the others go on.

    Args:
        session: The open transaction.
        act: Who does it, and when; the envelope carries this instant.
        partner: Whose payers' claims are taken, and how the file is addressed.
        form: Professional or institutional.
        practice: What the claims say of the practice, which also submits them.
        terms: How urgent the work on an unwritable claim is.
        claims_max: How many claims at most.

    Raises:
        NotFoundError: the connection was never registered.
        RejectedError: sender, receiver or billing provider are incomplete; nothing was changed.
    """
    connection = clients.get_connection(session, act.client_id, partner.connection_key)
    ready = claims.list_claims_ready_for(
        session, act.client_id, connection_id=connection.id, form=form, limit=claims_max
    )
    if not ready:
        return BuiltBatch(None, 0, 0)
    documents = claim_documents(
        session, act.client_id, [claim.id for claim in ready], practice=practice
    )
    counter = lock_control_number(session, act.client_id, connection.id)
    envelope = replace(
        partner.envelope, created_at=act.at, control_number=following_number(counter)
    )
    pictures = [documents[claim.id] for claim in ready]
    written = _write(_batch(partner, envelope, practice, pictures), envelope, partner.profile)
    held = [claim for claim in ready if documents[claim.id].control_number in written.refused]
    _hold(session, act, held, documents, written.refused, terms)
    if not written.count:
        return BuiltBatch(None, 0, len(held))
    counter.last_value = envelope.control_number
    file_id = _add_file(session, act, connection.id, form, envelope, written)
    leaving = [
        claim for claim in ready if documents[claim.id].control_number not in written.refused
    ]
    _submit(session, act, leaving, documents, file_id)
    return BuiltBatch(file_id, written.count, len(held))


def _batch(
    partner: BatchPartner,
    envelope: Envelope,
    practice: PracticeFacts,
    documents: Sequence[ClaimDocument],
) -> ClaimBatchDocument:
    return ClaimBatchDocument(
        form=documents[0].form,
        submitter=practice.billing_provider,
        submitter_id=envelope.sender_id,
        receiver_name=partner.receiver_name,
        receiver_id=envelope.receiver_id,
        reference=f"{envelope.sender_id}{envelope.control_number:09d}",
        claims=tuple(documents),
    )


@dataclass(frozen=True, slots=True, repr=False)
class WrittenBatch:
    """The bytes of the claims that could be written; the others by control number, with why."""

    content: bytes
    count: int
    refused: Mapping[str, str]


def _write(batch: ClaimBatchDocument, envelope: Envelope, profile: WriteProfile) -> WrittenBatch:
    """Write a batch; only when a claim is refused is each tried alone."""

    def write(claims: tuple[ClaimDocument, ...]) -> bytes:
        return FILE_FORMS[batch.form].write(replace(batch, claims=claims), envelope, profile)

    try:
        return WrittenBatch(write(batch.claims), len(batch.claims), {})
    except ClaimRefusedError:
        refused = {
            claim.control_number: reason
            for claim in batch.claims
            if (reason := _reason_to_refuse(claim, write))
        }
    rest = tuple(claim for claim in batch.claims if claim.control_number not in refused)
    content = write(rest) if rest else b""
    return WrittenBatch(content, len(rest), refused)


def _reason_to_refuse(
    claim: ClaimDocument, write: Callable[[tuple[ClaimDocument, ...]], bytes]
) -> str:
    try:
        write((claim,))
    except ClaimRefusedError as error:
        return str(error)
    return ""


def _hold(
    session: Session,
    act: Act,
    held: Sequence[Claim],
    documents: Mapping[UUID, ClaimDocument],
    refused: Mapping[str, str],
    terms: WorkTerms,
) -> None:
    findings = {
        claim.id: (
            Finding(
                UNWRITABLE_RULE,
                Severity.ERROR,
                "claim",
                refused[documents[claim.id].control_number],
            ),
        )
        for claim in held
    }
    claims.replace_findings(session, act.client_id, findings)
    hold_claims(session, act, held, findings, terms=terms)


def _add_file(
    session: Session,
    act: Act,
    connection_id: UUID,
    form: ClaimForm,
    envelope: Envelope,
    written: WrittenBatch,
) -> UUID:
    kind = FILE_FORMS[form].kind
    file = NewOutboundFile(
        connection_id=connection_id,
        kind=kind,
        name=f"{kind}_{envelope.sender_id}_{envelope.control_number:09d}.x12",
        control_number=envelope.control_number,
        content=written.content,
        record_count=written.count,
    )
    return add_outbound_file(session, act.client_id, act, file)


def _submit(
    session: Session,
    act: Act,
    leaving: Sequence[Claim],
    documents: Mapping[UUID, ClaimDocument],
    outbound_file_id: UUID,
) -> None:
    latest = claims.latest_versions(session, act.client_id, [claim.id for claim in leaving])
    for claim in leaving:
        document = documents[claim.id]
        session.add(
            ClaimVersion(
                client_id=act.client_id,
                claim_id=claim.id,
                number=latest.get(claim.id, 0) + 1,
                control_number=document.control_number,
                frequency_code=document.frequency_code,
                outbound_file_id=outbound_file_id,
                charge_total=document.charge_total,
                created_at=act.at,
            )
        )
        move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.SUBMIT)
