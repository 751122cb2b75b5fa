"""Find or add the coverages that intake records tell of."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.encounter import EncounterDocument, SourceCoverage
from models.tables import Coverage
from revcycle.rules.intake.match_payer import KnownPayer, match_payer
from revcycle.store import clients, patients

RANK_MAX = 3


def place_coverages(
    session: Session,
    act: Act,
    documents: Sequence[tuple[EncounterDocument, UUID]],
    *,
    payers: Sequence[KnownPayer],
) -> int:
    """Add what the patients' coverages lack; return how many were added.

    A coverage is the same if patient, payer and member id are. One whose payer the practice does
    not bill is left out here, and reported on the record by the intake rules.
    """
    payer_ids = {key: row.id for key, row in clients.find_payers(session, act.client_id).items()}
    held = patients.list_coverages(
        session, act.client_id, {patient_id for _, patient_id in documents}
    )
    known = {(row.patient_id, row.payer_id, row.member_id) for row in held}
    added = 0
    for document, patient_id in documents:
        for source in document.coverages:
            payer_id = _payer_id(source, payers, payer_ids)
            if payer_id is None or not source.member_id:
                continue
            key = (patient_id, payer_id, source.member_id)
            if key in known:
                continue
            known.add(key)
            session.add(_coverage(act.client_id, patient_id, payer_id, source))
            added += 1
    return added


def _payer_id(
    source: SourceCoverage, payers: Sequence[KnownPayer], payer_ids: Mapping[str, UUID]
) -> UUID | None:
    key = match_payer(payers, name=source.payer_name, payer_id=source.payer_id)
    return payer_ids.get(key) if key else None


def _coverage(
    client_id: UUID, patient_id: UUID, payer_id: UUID, source: SourceCoverage
) -> Coverage:
    row = Coverage(
        client_id=client_id,
        patient_id=patient_id,
        payer_id=payer_id,
        rank=min(max(source.rank, 1), RANK_MAX),
        member_id=source.member_id,
        group_number=source.group_number,
        plan_name=source.plan_name,
        relationship=source.relationship,
        valid_from=source.valid_from,
        valid_to=source.valid_to,
    )
    subscriber = source.subscriber
    if subscriber is not None and source.relationship != "18":
        row.subscriber_last_name = subscriber.last_name
        row.subscriber_first_name = subscriber.first_name
        row.subscriber_birth_date = subscriber.birth_date
        row.subscriber_sex = subscriber.sex
        if subscriber.address is not None:
            row.subscriber_line1 = subscriber.address.line1
            row.subscriber_city = subscriber.address.city
            row.subscriber_state = subscriber.address.state
            row.subscriber_zip_code = subscriber.address.zip_code
    return row
