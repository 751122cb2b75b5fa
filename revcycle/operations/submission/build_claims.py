"""Turn coded encounters into priced charges, first entries in the books, and draft claims."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.claim import ClaimState
from models.states.encounter import ENCOUNTER_TRANSITIONS, EncounterEvent, EncounterState
from models.states.work_item import Queue, WorkItemEvent
from models.tables import Charge, Claim, ClaimLine, Coverage, Encounter
from models.values.periods import coverages_on
from revcycle.operations.submission.claim_rows import claim_row, line_rows
from revcycle.operations.submission.policies import ClaimPolicy, WorkTerms
from revcycle.operations.submission.rebuild_claims import (
    RecodedVisit,
    forget_prices,
    price_anew,
    rebuild_claims,
)
from revcycle.rules.ledger.charges import ChargeToBook, charge_entries
from revcycle.rules.submission.fee import find_charge
from revcycle.rules.submission.timely_filing import filing_deadline
from revcycle.store import claims, clients, encounters, ledger, patients, work_items
from revcycle.store.state_changes import move, record_creation
from revcycle.store.work_items import NewWorkItem

PRIMARY = 1
NO_COVERAGE = "price.no_coverage"


@dataclass(frozen=True, slots=True)
class BuildCount:
    """What became of the encounters of a chunk."""

    claims: int  # drafted, or drafted again with the new codes of their charts
    self_pay: int
    held: int  # stay coded, each with a work item


@dataclass(frozen=True, slots=True, repr=False)
class BillableEncounter:
    """A coded encounter with all that a claim is made of."""

    row: Encounter
    charges: Sequence[Charge]
    held: Sequence[Coverage]  # of the patient, primary first, in force or not
    is_billed_before: bool
    waiting: RecodedVisit | None = None  # its claim, if that waited for the new codes

    @property
    def coverage(self) -> Coverage | None:
        """The first coverage that is in force on the day of service."""
        day = self.row.service_date
        return next(iter(coverages_on(self.held, day)), None) if day else None


def price_cause(encounter_id: UUID) -> str:
    """Name the cause of the work item of an encounter that cannot be billed yet."""
    return f"price:{encounter_id}"


def build_claims(
    session: Session,
    act: Act,
    encounter_ids: Sequence[UUID],
    *,
    policy: ClaimPolicy,
    terms: WorkTerms = WorkTerms(),  # noqa: B008 - frozen
) -> BuildCount:
    """Bill coded encounters: to the first coverage in force, or to the patient who has none.

    A visit whose claim waited for new codes goes on in that claim: it never gets a second one.
    Charges without an amount are priced by the fee file. An encounter that cannot be priced, or
    whose patient has coverages of which none is in force, stays coded with one work item.
    Repeating it is safe: encounters that are not coded any more are left out.
    """
    billable = load_billable(session, act.client_id, encounter_ids)
    for encounter in billable:
        if encounter.waiting is not None:
            price_anew(encounter.waiting, policy)
        else:
            price_charges(encounter.charges, policy)
    problems = {one.row.id: problem for one in billable if (problem := problem_of(one))}
    forget_prices(one.waiting for one in billable if one.waiting and one.row.id in problems)
    ready = [one for one in billable if one.row.id not in problems]
    items = [_item(encounter_id, *what, terms) for encounter_id, what in problems.items()]
    work_items.open_work_items(session, act.client_id, act, items)
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [price_cause(one.row.id) for one in ready],
        resolution="billed",
        event=WorkItemEvent.COMPLETE,
    )
    billed = _bill(session, act, ready, policy)
    return BuildCount(billed, len(ready) - billed, len(problems))


def load_billable(
    session: Session, client_id: UUID, encounter_ids: Sequence[UUID]
) -> list[BillableEncounter]:
    """Load what claims are made of; encounters that are not coded are left out."""
    rows = [
        row
        for row in encounters.list_encounters(session, client_id, encounter_ids)
        if row.state == EncounterState.CODED
    ]
    ids = [row.id for row in rows]
    charges: dict[UUID, list[Charge]] = {}
    for charge in encounters.list_charges(session, client_id, ids):
        charges.setdefault(charge.encounter_id, []).append(charge)
    held: dict[UUID, list[Coverage]] = {}
    patient_ids = {row.patient_id for row in rows if row.patient_id}
    for coverage in patients.list_coverages(session, client_id, patient_ids):
        held.setdefault(coverage.patient_id, []).append(coverage)
    of_visits = claims.list_claims_of_encounters(session, client_id, ids)
    billed = {claim.encounter_id for claim in of_visits}
    waiting = _load_waiting(session, client_id, rows, of_visits, charges)
    return [
        BillableEncounter(
            row,
            charges.get(row.id, []),
            held.get(row.patient_id, []) if row.patient_id else [],
            row.id in billed and row.id not in waiting,
            waiting.get(row.id),
        )
        for row in rows
    ]


def _load_waiting(
    session: Session,
    client_id: UUID,
    rows: Sequence[Encounter],
    of_visits: Sequence[Claim],
    charges: Mapping[UUID, Sequence[Charge]],
) -> dict[UUID, RecodedVisit]:
    """Map visits to their claims that waited for the coder, with the lines these had."""
    recoded = {one.encounter_id: one for one in of_visits if one.state == ClaimState.RECODING}
    lines: dict[UUID, list[ClaimLine]] = {}
    for line in claims.list_lines(session, client_id, [one.id for one in recoded.values()]):
        lines.setdefault(line.claim_id, []).append(line)
    return {
        row.id: RecodedVisit(
            recoded[row.id],
            row.patient_id,
            charges.get(row.id, []),
            lines.get(recoded[row.id].id, []),
        )
        for row in rows
        if row.id in recoded
    }


def price_charges(charges: Iterable[Charge], policy: ClaimPolicy) -> None:
    """Price by the fee file what has no amount yet; a code without a fee stays without one."""
    for charge in charges:
        if charge.amount is None:
            modifiers = tuple(filter(None, charge.modifiers.split(":")))
            charge.amount = find_charge(
                charge.procedure_code, modifiers, charge.units, fees=policy.fees
            )


def problem_of(encounter: BillableEncounter) -> tuple[str, str, str] | None:
    """Return reason, field and detail of what keeps an encounter from being billed."""
    if encounter.is_billed_before:
        return "price.billed_before", "claim", "coded again after it was billed: correct its claim"
    if encounter.row.patient_id is None or encounter.row.service_date is None:
        return "price.incomplete", "patient", "patient and day of service must be known"
    if not encounter.charges:
        return "price.no_charge", "charges", "there is no service to bill"
    unpriced = sorted({one.procedure_code for one in encounter.charges if one.amount is None})
    if unpriced:
        return "price.no_fee", "charges", f"no fee for {', '.join(unpriced)}"
    if encounter.held and encounter.coverage is None and encounter.waiting is None:
        return NO_COVERAGE, "coverage", "no coverage is in force on the day of service"
    return None


def _item(
    encounter_id: UUID, reason: str, field: str, detail: str, terms: WorkTerms
) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.SCRUB,
        cause_key=price_cause(encounter_id),
        subject_kind="encounter",
        subject_id=encounter_id,
        reason=reason,
        field=field,
        detail=detail,
        service_hours=terms.service_hours,
        priority=terms.priority,
    )


def _bill(
    session: Session, act: Act, ready: Sequence[BillableEncounter], policy: ClaimPolicy
) -> int:
    payer_keys = {row.id: key for key, row in clients.find_payers(session, act.client_id).items()}
    recoded = [one.waiting for one in ready if one.waiting is not None]
    rebuild_claims(session, act, recoded, policy)
    drafted = 0
    for encounter in ready:
        if encounter.coverage is not None and encounter.waiting is None:
            _draft_claim(session, act, encounter, encounter.coverage, policy, payer_keys)
            drafted += 1
        move(
            session,
            act.client_id,
            act,
            encounter.row,
            ENCOUNTER_TRANSITIONS,
            EncounterEvent.BILL,
        )
    session.flush()
    entries = charge_entries(
        charge
        for one in ready
        if one.waiting is None
        for charge in charges_to_book(one, first_rank=PRIMARY if one.coverage else None)
    )
    ledger.insert_entries(session, act.client_id, act, entries)
    return drafted + len(recoded)


def _draft_claim(
    session: Session,
    act: Act,
    encounter: BillableEncounter,
    coverage: Coverage,
    policy: ClaimPolicy,
    payer_keys: Mapping[UUID, str],
) -> None:
    row = encounter.row
    assert row.service_date is not None  # noqa: S101 - problem_of let it pass
    rule = policy.filing_clock(payer_keys[coverage.payer_id])
    claim = claim_row(
        act.client_id,
        row.id,
        coverage,
        encounter.charges,
        payer_rank=PRIMARY,
        form=policy.form,
        file_by=filing_deadline(policy.form, row.service_date, row.service_end_date, rule=rule),
    )
    record_creation(session, act.client_id, act, claim)
    session.add_all(line_rows(claim, encounter.charges, revenue_codes=policy.revenue_codes))


def charges_to_book(
    encounter: BillableEncounter, *, first_rank: int | None
) -> Iterable[ChargeToBook]:
    """Say what the books hold of an encounter, and which payer is asked first, if any."""
    return (
        ChargeToBook(
            charge.id, encounter.row.patient_id, charge.amount, charge.service_date, first_rank
        )
        for charge in encounter.charges
        if charge.amount is not None
    )
