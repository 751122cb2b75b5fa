"""The page of a patient: identity, coverages, encounters, balance, statements."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from models.documents.party import Address, Person
from models.errors import NotFoundError
from models.values.access import FieldKind
from models.values.display import to_phone_text, to_zip_text
from models.values.money import total
from revcycle.formats.email.attached import attached_pdf
from revcycle.rules.access.field_masks import see_field
from revcycle.rules.access.file_fields import may_open_file
from revcycle.rules.access.rights import Access
from revcycle.rules.ledger.figures import Figures, figures_of
from revcycle.store import (
    audit,
    book_extracts,
    claim_picture,
    encounter_picture,
    joined_patients,
    patient_picture,
    work_lists,
)
from revcycle.store.encounter_picture import EncounterFacts
from revcycle.store.patient_picture import PatientFacts
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, person_of
from workbench.pages.paging import LINES_OF_PAGE, PageNumber, PageOf, page_of
from workbench.pages.practices import act_at, practice_of
from workbench.pages.records.downloads import attachment
from workbench.pages.records.record_page import (
    RecordId,
    record_router,
    require_opener,
    show_record,
)

router = record_router()
STATEMENTS_SHOWN = 50
STATEMENT = "statement"
SSN_SYSTEM = "ssn"  # a part of the name that practices give the system


@dataclass(frozen=True, slots=True, repr=False)
class SeenPerson:
    """A person as far as somebody may see them."""

    name: str
    birth_date: str
    sex: str
    address: str
    phone: str
    email: str


@router.get("/patients/{patient_id}")
def show_patient(
    visitor: CurrentVisitor, client: str, patient_id: RecordId, page: PageNumber = 1
) -> Response:
    """Show a patient with everything that happened and everything that is owed."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    access = person_of(visitor).access
    with transaction(visitor.site.database_url, practice.id) as session:
        kept = joined_patients.patient_now(session, practice.id, patient_id)
        if kept != patient_id:  # an old address, or the number on an old statement
            return RedirectResponse(
                f"/practices/{practice.key}/patients/{kept}", HTTPStatus.SEE_OTHER
            )
        facts = patient_picture.get_patient_facts(session, practice.id, patient_id)
        audit.record_act(session, practice.id, act, "see_patient", "patient", patient_id)
        shown = page_of(
            page,
            encounter_picture.count_encounters_of_patient(session, practice.id, patient_id),
        )
        more = _facts(session, practice.id, facts, shown, access)
    return show_record(visitor, "patient.html", practice, patient=facts, page=shown, **more)


@router.get("/statements/{statement_id}/download")
def download_statement(visitor: CurrentVisitor, client: str, statement_id: RecordId) -> Response:
    """Save the PDF of a statement as its mail carries it."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        number, mail = patient_picture.find_mail_of_statement(session, practice.id, statement_id)
        require_opener(visitor, STATEMENT)
        audit.record_act(session, practice.id, act, "export_statement", STATEMENT, statement_id)
    content = attached_pdf(mail)
    if content is None:
        msg = f"the mail of statement {statement_id} has no PDF"
        raise NotFoundError(msg)
    return attachment(content, f"statement-{number}.pdf")


def see_person(access: Access, person: Person) -> SeenPerson:
    """Mask a person as somebody's roles say."""
    birth_date = person.birth_date.isoformat() if person.birth_date else ""
    return SeenPerson(
        name=_full_name(person),
        birth_date=see_field(access, FieldKind.BIRTH_DATE, birth_date),
        sex=person.sex,
        address=see_field(access, FieldKind.CONTACT, _address_text(person.address)),
        phone=see_field(access, FieldKind.CONTACT, to_phone_text(person.phone)),
        email=see_field(access, FieldKind.CONTACT, person.email),
    )


def _facts(
    session: Session, client_id: UUID, patient: PatientFacts, page: PageOf, access: Access
) -> dict[str, object]:
    visits = encounter_picture.list_encounter_facts(
        session, client_id, patient.id, offset=page.offset, limit=LINES_OF_PAGE
    )
    unused = book_extracts.list_unused_credits(session, client_id, patient.id)
    coverages = patient_picture.list_coverage_facts(session, client_id, patient.id)
    checks = patient_picture.list_check_facts(session, client_id, [one.id for one in coverages])
    return {
        "seen": see_person(access, patient.person),
        "guarantor": see_person(access, patient.guarantor) if patient.has_guarantor else None,
        "identifiers": [
            (system, _see_number(access, system, value)) for system, value in patient.identifiers
        ],
        "coverages": [
            (one, see_field(access, FieldKind.MEMBER_ID, one.member_id)) for one in coverages
        ],
        "last_checks": {one.coverage_id: one for one in reversed(checks)},
        "claims": claim_picture.list_claim_heads(session, client_id, [one.id for one in visits]),
        "visits": _with_money(session, client_id, visits),
        "whole": figures_of(book_extracts.sums_of_patient(session, client_id, patient.id)),
        "credits": unused,
        "credit": -total(one.amount for one in unused),
        "statements": patient_picture.list_statement_facts(
            session, client_id, patient.id, limit=STATEMENTS_SHOWN
        ),
        "statement_count": patient_picture.count_statements(session, client_id, patient.id),
        "opens_statements": may_open_file(access, STATEMENT),
        "work": work_lists.list_work_of_subject(session, client_id, [("patient", patient.id)]),
    }


def _with_money(
    session: Session, client_id: UUID, visits: list[EncounterFacts]
) -> list[tuple[EncounterFacts, Figures]]:
    sums = book_extracts.sums_of_encounters(session, client_id, [one.id for one in visits])
    return [(one, figures_of(sums.get(one.id, {}))) for one in visits]


def _see_number(access: Access, system: str, value: str) -> str:
    """Mask a social security number; intake keeps none, but a practice may call one otherwise."""
    is_ssn = SSN_SYSTEM in system.casefold()
    return see_field(access, FieldKind.SSN, value) if is_ssn else value


def _full_name(person: Person) -> str:
    given = " ".join(filter(None, (person.first_name, person.middle_name)))
    return ", ".join(filter(None, (person.last_name, given, person.suffix)))


def _address_text(address: Address | None) -> str:
    if address is None:
        return ""
    town = " ".join(filter(None, (address.state, to_zip_text(address.zip_code))))
    return ", ".join(filter(None, (address.line1, address.line2, address.city, town)))
