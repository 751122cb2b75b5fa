"""Gather what shows that a claim was filed in time."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.documents.act import Act
from models.documents.party import Organization
from models.documents.proof_of_filing import FiledVersion, FilingReceipt, ProofOfFiling
from revcycle.operations.submission.partner_words import say_code
from revcycle.rules.follow_up.proof_of_receipt import is_payer_receipt
from revcycle.store import filing_proofs
from revcycle.store.audit import record_act
from revcycle.store.filing_proofs import ReceiptHeld, VersionFiled


def gather_proof(
    session: Session, act: Act, claim_id: UUID, *, practice: Organization, zone: ZoneInfo
) -> ProofOfFiling:
    """Collect every stored TA1, 999 and 277CA of a claim beside the files that left.

    Nothing is changed but the trail, which says who printed the proof.

    Args:
        session: The open transaction.
        act: Who asks, and when.
        claim_id: The claim.
        practice: Whose claim it is, as its letterhead says.
        zone: The practice's time zone, in which days are counted.

    Raises:
        NotFoundError: this practice has no such claim.
    """
    facts = filing_proofs.get_filed_claim(session, act.client_id, claim_id)
    sent = filing_proofs.list_filed_versions(session, act.client_id, claim_id)
    held = filing_proofs.list_receipts(
        session, act.client_id, claim_id, [version.outbound_file_id for version in sent]
    )
    record_act(session, act.client_id, act, "print_proof_of_filing", "claim", claim_id)
    numbers = {version.outbound_file_id: version.number for version in sent}
    return ProofOfFiling(
        practice=practice,
        time_zone=zone.key,
        drawn_on=act.today,
        payer_name=facts.payer_name,
        payer_id=facts.payer_id,
        patient_name=facts.patient_name,
        member_id=facts.member_id,
        control_number=facts.control_number,
        payer_claim_control_number=facts.payer_claim_control_number,
        service_from=facts.service_from,
        service_to=facts.service_to,
        charge=facts.charge,
        file_by=facts.file_by,
        filed_on=_filed_on(sent, held, zone),
        is_payer_receipt=is_payer_receipt(held),
        versions=tuple(_version(version) for version in sent),
        receipts=tuple(_receipt(receipt, numbers) for receipt in held),
    )


def _filed_on(
    sent: Sequence[VersionFiled], held: Sequence[ReceiptHeld], zone: ZoneInfo
) -> date | None:
    """Find the first day on which a version left that no partner refused."""
    refused = {receipt.outbound_file_id for receipt in held if not receipt.is_accepted}
    accepted = {receipt.outbound_file_id for receipt in held if is_payer_receipt([receipt])}
    left = [
        version.sent_at
        for version in sent
        if version.sent_at is not None
        and (version.outbound_file_id not in refused or version.outbound_file_id in accepted)
    ]
    return min(left).astimezone(zone).date() if left else None


def _version(version: VersionFiled) -> FiledVersion:
    return FiledVersion(
        number=version.number,
        control_number=version.control_number,
        frequency_code=str(version.frequency_code),
        file_name=version.file_name,
        file_kind=version.file_kind,
        interchange_number=f"{version.interchange_number:09d}",
        sha256=version.sha256,
        sent_at=version.sent_at,
    )


def _receipt(receipt: ReceiptHeld, numbers: Mapping[UUID, int]) -> FilingReceipt:
    meaning, about = say_code(receipt.kind, receipt.code)
    return FilingReceipt(
        kind=receipt.kind,
        is_accepted=receipt.is_accepted,
        code=receipt.code,
        meaning=f"{meaning}: {about}" if about else meaning,
        version=numbers.get(receipt.outbound_file_id, 0) if receipt.outbound_file_id else 0,
        received_at=receipt.received_at,
        file_name=receipt.file_name,
        sha256=receipt.sha256,
        payer_claim_control_number=receipt.payer_claim_control_number,
    )
