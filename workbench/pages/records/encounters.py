"""The page of an encounter: what was documented, coded, covered, billed and worked."""

from dataclasses import dataclass
from uuid import UUID

from fastapi.responses import Response
from sqlmodel import Session

from models.documents.records import BookLine
from models.values.access import FieldKind, FieldView
from models.values.accounts import Account
from models.values.money import Money
from models.values.periods import coverages_on
from revcycle.rules.access.field_masks import see_field
from revcycle.rules.access.rights import Access
from revcycle.rules.ledger.figures import Figures, add_by_account, figures_of
from revcycle.store import (
    attachments,
    audit,
    book_extracts,
    claim_picture,
    encounter_picture,
    patient_picture,
    work_lists,
)
from revcycle.store.encounter_picture import ChargeFacts, EncounterFacts
from revcycle.store.patient_picture import CheckFacts, CoverageFacts
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, person_of
from workbench.pages.practices import act_at, practice_of
from workbench.pages.records.code_titles import title_codes
from workbench.pages.records.record_page import RecordId, record_router, show_record

router = record_router()


@dataclass(frozen=True, slots=True, repr=False)
class HeldCoverage:
    """A coverage as a person may see it, with what its payer answered.

    Attributes:
        member_id: Masked where the person's roles say so.
        is_in_force: Whether it covers the date of service.
        checks: The latest first.
    """

    facts: CoverageFacts
    member_id: str
    is_in_force: bool
    checks: tuple[CheckFacts, ...]


@dataclass(frozen=True, slots=True)
class ChargeMoney:
    """A charge with its books."""

    charge: ChargeFacts
    figures: Figures
    postings: tuple[BookLine, ...]
    sums: tuple[tuple[Account, Money], ...]


@router.get("/encounters/{encounter_id}")
def show_encounter(visitor: CurrentVisitor, client: str, encounter_id: RecordId) -> Response:
    """Show an encounter."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    access = person_of(visitor).access
    with transaction(visitor.site.database_url, practice.id) as session:
        head = encounter_picture.get_encounter_facts(session, practice.id, encounter_id)
        audit.record_act(session, practice.id, act, "see_encounter", "encounter", encounter_id)
        facts = _facts(session, practice.id, head, access)
    return show_record(visitor, "encounter.html", practice, head=head, **facts)


def _facts(
    session: Session, client_id: UUID, head: EncounterFacts, access: Access
) -> dict[str, object]:
    sees_notes = access.view_of(FieldKind.NOTE) is FieldView.SHOWN
    coded = encounter_picture.get_coded_encounter(
        session, client_id, head.id, with_notes=sees_notes
    )
    money = charge_money(session, client_id, coded.charges)
    claims = claim_picture.list_claim_heads(session, client_id, [head.id])
    subjects = [("encounter", head.id), *(("claim", one.id) for one in claims)]
    return {
        "sees_notes": sees_notes,
        "coded": coded,
        "titles": title_codes(session, coded.diagnoses, head.service_date),
        "money": money,
        "whole": figures_of(add_by_account(pair for one in money for pair in one.sums)),
        "coverages": held_coverages(session, client_id, head, access),
        "claims": claims,
        "attached": attachments.list_attachments(session, client_id, "encounter", [head.id]),
        "work": work_lists.list_work_of_subject(session, client_id, subjects),
    }


def charge_money(
    session: Session, client_id: UUID, charges: tuple[ChargeFacts, ...]
) -> list[ChargeMoney]:
    """Put the books beside each charge."""
    ids = [one.id for one in charges]
    postings = book_extracts.list_postings_of_charges(session, client_id, ids)
    return [
        _money(charge, tuple(one for one in postings if one.charge_id == charge.id))
        for charge in charges
    ]


def held_coverages(
    session: Session, client_id: UUID, head: EncounterFacts, access: Access
) -> list[HeldCoverage]:
    """List the coverages of an encounter's patient, those in force on its date first."""
    if head.patient_id is None:
        return []
    held = patient_picture.list_coverage_facts(session, client_id, head.patient_id)
    day = head.service_date
    in_force = {one.id for one in (coverages_on(held, day) if day else held)}
    checks = patient_picture.list_check_facts(session, client_id, [one.id for one in held])
    found = [
        HeldCoverage(
            facts=one,
            member_id=see_field(access, FieldKind.MEMBER_ID, one.member_id),
            is_in_force=one.id in in_force,
            checks=tuple(
                check
                for check in checks
                if check.coverage_id == one.id and check.service_date == day
            ),
        )
        for one in held
    ]
    return sorted(found, key=lambda one: not one.is_in_force)


def _money(charge: ChargeFacts, postings: tuple[BookLine, ...]) -> ChargeMoney:
    sums = add_by_account((one.account, one.amount) for one in postings)
    return ChargeMoney(charge, figures_of(sums), postings, tuple(sums.items()))
