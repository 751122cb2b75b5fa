"""The left side of an item: what is known about it, whatever it is about.

The number of queries is bounded: each block is loaded once, and only if the record has it.
"""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.work import WorkLine
from models.states.work_item import Queue, WorkItemState
from models.values.access import FieldKind, FieldView
from revcycle.rules.access.rights import Access
from revcycle.rules.ledger.figures import add_by_account, figures_of
from revcycle.store import (
    attachments,
    audit,
    book_extracts,
    claim_picture,
    decisions,
    encounter_picture,
    file_picture,
    patient_picture,
    remittance_picture,
    work_lists,
    work_notes,
)
from revcycle.store.attachments import AttachmentLine
from revcycle.store.subject_chain import SubjectChain, find_chain
from workbench.pages.panes.pane import OpenedItem
from workbench.pages.records.code_titles import title_codes
from workbench.pages.records.encounters import held_coverages
from workbench.pages.records.patients import see_person
from workbench.pages.records.record_page import words_for

Facts = dict[str, object]


def build_facts(session: Session, opened: OpenedItem) -> Facts:
    """Collect the facts, and note in the trail that they were read."""
    act, line = opened.act, opened.line
    chain = find_chain(session, act.client_id, line.subject_kind, line.subject_id)
    patient_id = chain.patient_id or line.patient_id
    _note_reads(session, act, line, chain, patient_id)
    access = opened.person.access
    return {
        "words": words_for(opened.visitor, opened.practice),
        **_patient(session, act.client_id, patient_id, access),
        **_encounter(session, act.client_id, chain, access),
        "attached": _attached(session, act.client_id, line, chain, access),
        **_claim(session, act.client_id, chain),
        **_payment(session, act.client_id, chain),
        **_file(session, act.client_id, chain),
        **_work(session, act.client_id, line, chain),
        "notes": [
            (note.at, note.author, note.text)
            for note in work_notes.list_notes(session, act.client_id, line.id)
        ],
    }


def _note_reads(
    session: Session, act: Act, line: WorkLine, chain: SubjectChain, patient_id: UUID | None
) -> None:
    read = {
        "work_item": line.id,
        "patient": patient_id,
        "encounter": chain.encounter_id,
        "claim": chain.claim_id,
        "remittance": chain.remittance_id,
    }
    for kind, record_id in read.items():
        if record_id:
            audit.record_act(session, act.client_id, act, f"see_{kind}", kind, record_id)


def _patient(session: Session, client_id: UUID, patient_id: UUID | None, access: Access) -> Facts:
    if patient_id is None:
        return {"patient": None}
    patient = patient_picture.get_patient_facts(session, client_id, patient_id)
    return {"patient": patient, "seen": see_person(access, patient.person)}


def _encounter(session: Session, client_id: UUID, chain: SubjectChain, access: Access) -> Facts:
    if chain.encounter_id is None:
        return {"encounter": None, "coverages": []}
    encounter = encounter_picture.get_encounter_facts(session, client_id, chain.encounter_id)
    sees_notes = access.view_of(FieldKind.NOTE) is FieldView.SHOWN
    coded = encounter_picture.get_coded_encounter(
        session, client_id, encounter.id, with_notes=sees_notes
    )
    return {
        "encounter": encounter,
        "coded": coded,
        "sees_notes": sees_notes,
        "titles": title_codes(session, coded.diagnoses, encounter.service_date),
        "coverages": held_coverages(session, client_id, encounter, access),
    }


def _attached(
    session: Session, client_id: UUID, line: WorkLine, chain: SubjectChain, access: Access
) -> list[AttachmentLine]:
    """List what came with answers of the practice; whoever sees no notes sees none of it."""
    if access.view_of(FieldKind.NOTE) is not FieldView.SHOWN:
        return []
    about = {(line.subject_kind, line.subject_id), ("encounter", chain.encounter_id)}
    return [
        one
        for kind, record_id in sorted(about, key=str)
        if record_id
        for one in attachments.list_attachments(session, client_id, kind, [record_id])
    ]


def _claim(session: Session, client_id: UUID, chain: SubjectChain) -> Facts:
    if chain.claim_id is None:
        return {"claim": None, "denials": [], "edits": []}
    services = claim_picture.list_services(session, client_id, chain.claim_id)
    postings = book_extracts.list_postings_of_charges(
        session, client_id, [one.charge_id for one in services]
    )
    denials = claim_picture.list_denial_facts(session, client_id, [chain.claim_id])
    return {
        "claim": claim_picture.get_claim_head(session, client_id, chain.claim_id),
        "money": figures_of(add_by_account((one.account, one.amount) for one in postings)),
        "denials": [one for one in denials if chain.denial_id in (None, one.id)],
        "edits": claim_picture.list_edits(session, client_id, chain.claim_id),
    }


def _payment(session: Session, client_id: UUID, chain: SubjectChain) -> Facts:
    if chain.remittance_id is None:
        return {"payment": None, "decision": None}
    payment = remittance_picture.get_remittance_facts(session, client_id, chain.remittance_id)
    decision = (
        decisions.find_decision(session, client_id, chain.decision_id)
        if chain.decision_id
        else None
    )
    return {"payment": payment, "decision": decision}


def _file(session: Session, client_id: UUID, chain: SubjectChain) -> Facts:
    if chain.file is None:
        return {"file": None}
    get = (
        file_picture.get_outbound_facts
        if chain.file.is_outbound
        else file_picture.get_inbound_facts
    )
    return {"file": get(session, client_id, chain.file.id)}


def _work(session: Session, client_id: UUID, line: WorkLine, chain: SubjectChain) -> Facts:
    """List other work about the same records: what is open besides, and what was done before.

    Whoever decides between two codings is not told whose they are.
    """
    if line.queue is Queue.ADJUDICATION:
        return {"besides": [], "earlier": []}
    about = {
        (line.subject_kind, line.subject_id),
        ("encounter", chain.encounter_id),
        ("claim", chain.claim_id),
        ("denial", chain.denial_id),
    }
    subjects = [(kind, one) for kind, one in about if one]
    others = [
        one
        for one in work_lists.list_work_of_subject(session, client_id, subjects)
        if one.id != line.id
    ]
    return {
        "besides": [one for one in others if one.state is WorkItemState.OPEN],
        "earlier": [one for one in others if one.state is not WorkItemState.OPEN],
    }
