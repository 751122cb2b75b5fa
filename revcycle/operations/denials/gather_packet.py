"""Gather what goes into the packet of an appeal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.documents.act import Act
from models.documents.denial import AppealPicture, DenialPicture
from models.documents.packet import (
    PacketPartKind,
    PacketRecord,
    PacketSources,
    RemittanceLinePage,
    RemittancePage,
)
from models.documents.practice import PracticeFacts
from models.errors import NotFoundError
from revcycle.operations.follow_up.gather_proof import gather_proof
from revcycle.operations.submission.print_claim_form import picture_for_paper
from revcycle.reference.adjustment_codes import adjustment_label
from revcycle.reference.remark_codes import remark_label
from revcycle.store import attachments, decisions, patients
from revcycle.store.attachments import AttachmentLine
from revcycle.store.claim_picture import list_services
from revcycle.store.decisions import DecidedLine, Decision, SaidAdjustment

# Pictures and PDFs can be joined; other files are sent apart.
JOINED_TYPES: Final = frozenset({"application/pdf", "image/png", "image/jpeg"})
BETWEEN_REMARKS: Final = ":"


@dataclass(frozen=True, slots=True)
class PacketChoice:
    """Which parts somebody wants, the letter always being one."""

    kinds: frozenset[PacketPartKind]
    record_ids: frozenset[UUID]


def list_records(
    session: Session, client_id: UUID, denial: DenialPicture
) -> Sequence[AttachmentLine]:
    """List the files beside a denial, its claim and its visit that can be joined."""
    subjects = (
        ("encounter", denial.encounter_id),
        ("claim", denial.claim_id),
        ("denial", denial.id),
    )
    found = (
        attachments.list_attachments(session, client_id, kind, [id_]) for kind, id_ in subjects
    )
    return [one for lines in found for one in lines if one.media_type in JOINED_TYPES]


def gather_packet(
    session: Session,
    act: Act,
    denial: DenialPicture,
    appeal: AppealPicture,
    choice: PacketChoice,
    *,
    practice: PracticeFacts,
    zone: ZoneInfo,
) -> PacketSources:
    """Collect the chosen parts as values, so that they can be laid out outside the transaction.

    Raises:
        NotFoundError: a record that was chosen does not belong to this denial.
    """
    wants = choice.kinds
    has_form = PacketPartKind.CLAIM_FORM in wants
    client_id, who = act.client_id, practice.billing_provider
    return PacketSources(
        practice=who,
        payer_name=denial.payer_name,
        payer_claim_number=denial.payer_number,
        day=act.today,
        letter=appeal.letter,
        letter_day=_day_of(appeal, zone),
        remittance=_remittance(session, act, denial, practice)
        if PacketPartKind.REMITTANCE in wants
        else None,
        claim=picture_for_paper(session, client_id, denial.claim_id, practice=practice)
        if has_form
        else None,
        records=_records(session, client_id, denial, choice.record_ids),
        proof=gather_proof(session, act, denial.claim_id, practice=who, zone=zone)
        if PacketPartKind.PROOF in wants
        else None,
    )


def _day_of(appeal: AppealPicture, zone: ZoneInfo) -> date:
    return appeal.prepared_at.astimezone(zone).date()


def _records(
    session: Session, client_id: UUID, denial: DenialPicture, wanted: Collection[UUID]
) -> tuple[PacketRecord, ...]:
    offered = [one.id for one in list_records(session, client_id, denial)]
    if not set(wanted) <= set(offered):
        msg = "a record of another visit cannot be put into this packet"
        raise NotFoundError(msg)
    rows = (attachments.get_attachment(session, client_id, one) for one in offered if one in wanted)
    return tuple(
        PacketRecord(row.id, row.title, row.media_type, row.content) for row in rows if row
    )


def _remittance(
    session: Session, act: Act, denial: DenialPicture, practice: PracticeFacts
) -> RemittancePage | None:
    said = decisions.list_decisions_of_claims(session, act.client_id, [denial.claim_id])
    found = next((one for one in said if one.remittance_id == denial.remittance_id), None)
    if found is None:
        return None
    lines = decisions.list_decided_lines(session, act.client_id, [found.id])
    services = {
        one.id: f"{one.procedure_code}, {one.service_date:%m/%d/%Y}"
        for one in list_services(session, act.client_id, denial.claim_id)
    }
    return RemittancePage(
        practice=practice.billing_provider,
        payer_name=found.payer_name or denial.payer_name,
        trace_number=found.trace_number,
        paid_on=found.payment_date,
        patient_name=_patient_name(session, act.client_id, denial),
        claim_number=found.claim_control_number,
        payer_claim_number=found.payer_claim_control_number,
        status=f"status {found.status}",
        charge=found.charge,
        paid=found.paid,
        lines=tuple(_line(line, found, services) for line in lines),
    )


def _patient_name(session: Session, client_id: UUID, denial: DenialPicture) -> str:
    if denial.patient_id is None:
        return ""
    patient = patients.get_patient(session, client_id, denial.patient_id)
    return f"{patient.first_name} {patient.last_name}".strip() if patient else ""


def _line(line: DecidedLine, decision: Decision, services: dict[UUID, str]) -> RemittanceLinePage:
    known = services.get(line.claim_line_id) if line.claim_line_id else None
    remarks = [*line.remarks.split(BETWEEN_REMARKS), *decision.remarks.split(BETWEEN_REMARKS)]
    return RemittanceLinePage(
        service=known or line.procedure_code or "the whole claim",
        charge=line.charge,
        allowed=line.allowed,
        paid=line.paid,
        adjustments=tuple((_words(one), one.amount) for one in line.adjustments),
        remarks=tuple(f"{code} {remark_label(code)}" for code in dict.fromkeys(remarks) if code),
    )


def _words(said: SaidAdjustment) -> str:
    return f"{said.group}-{said.reason} {adjustment_label(said.reason)}"
