"""Turn to the next payer with what the earlier ones left."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.documents.act import Act
from models.documents.clock import ClockKind
from models.states.claim import ClaimState
from models.states.work_item import Queue, WorkItemEvent
from models.tables import Charge, Claim, Coverage
from models.values.periods import coverages_on
from revcycle.operations.follow_up.policies import ClockPolicy
from revcycle.operations.submission.claim_rows import claim_row, line_rows
from revcycle.operations.submission.policies import ClaimPolicy, WorkTerms
from revcycle.reference.clocks import standard_clocks
from revcycle.rules.clocks.clock_end import clock_end
from revcycle.rules.submission.timely_filing import later_filing_deadline
from revcycle.store import clients, encounters, patients, work_items
from revcycle.store.claims import list_claims_of_encounters
from revcycle.store.coordination import PayerDecision, find_decisions, list_waiting_encounters
from revcycle.store.remittances import forwarded_on
from revcycle.store.state_changes import record_creation
from revcycle.store.work_items import NewWorkItem

LATER_RANKS = (2, 3)
STANDARD = ClockPolicy(standard_clocks(), {}, {}, ZoneInfo("UTC"))
SETTLED = frozenset({ClaimState.PAID, ClaimState.CLOSED})  # a claim with denials is closed last
Row = TypeVar("Row", Claim, Charge)


@dataclass(frozen=True, slots=True)
class SecondaryCount:
    """How many claims to later payers were drafted, and how many wait for a person."""

    claims: int
    without_coverage: int


@dataclass(frozen=True, slots=True, repr=False)
class WaitingEncounter:
    """An encounter on which a later payer owes something in our books."""

    encounter_id: UUID
    rank: int
    decision: PayerDecision  # of the last payer before
    coverage: Coverage | None
    charges: Sequence[Charge]


def build_secondary_claims(
    session: Session,
    act: Act,
    *,
    policy: ClaimPolicy,
    terms: WorkTerms = WorkTerms(),  # noqa: B008 - frozen
    clocks: ClockPolicy = STANDARD,
) -> SecondaryCount:
    """Draft a claim to each payer whose receivable is open and who was not asked yet.

    All payers before must have decided for good: no denial of theirs is being worked, no corrected
    claim is on its way to them. Where one forwarded the claim itself, the next payer is left to
    answer until the payer's crossover clock has run out. Repeating it is safe: an encounter has
    one claim per rank.
    """
    payer_keys = {row.id: key for key, row in clients.find_payers(session, act.client_id).items()}
    crossover = _Crossover(clocks, payer_keys)
    waiting = [one for rank in LATER_RANKS for one in _list_waiting(session, act, rank, crossover)]
    drafted = Counter(_draft(session, act, one, policy, payer_keys, terms) for one in waiting)
    _close_found(session, act, waiting)
    return SecondaryCount(drafted[True], drafted[False])


@dataclass(frozen=True, slots=True)
class _Crossover:
    """How long the next payer is left to answer what the one before forwarded."""

    clocks: ClockPolicy
    payer_keys: Mapping[UUID, str]

    def is_waited_for(self, claim: Claim, forwarded_on: date | None, today: date) -> bool:
        """Tell whether the claim was forwarded and its clock still runs."""
        if forwarded_on is None:
            return False
        rule = self.clocks.rule(ClockKind.CROSSOVER, self.payer_keys[claim.payer_id])
        return today <= clock_end(rule, forwarded_on)


def _list_waiting(
    session: Session, act: Act, rank: int, crossover: _Crossover
) -> list[WaitingEncounter]:
    client_id = act.client_id
    ids = list_waiting_encounters(session, client_id, rank)
    claims = list_claims_of_encounters(session, client_id, ids)
    decisions = find_decisions(session, client_id, claims)
    forwarded = forwarded_on(session, client_id, [claim.id for claim in claims])
    answered = decisions.keys() - {
        claim.id
        for claim in claims
        if crossover.is_waited_for(claim, forwarded.get(claim.id), act.today)
    }
    before = {
        encounter_id: of_encounter
        for encounter_id, of_encounter in _grouped(claims).items()
        if all(
            claim.payer_rank < rank and claim.id in answered and claim.state in SETTLED
            for claim in of_encounter
        )
    }
    coverages = _coverages(session, client_id, list(before), rank)
    charges = _grouped(encounters.list_charges(session, client_id, before))
    return [
        WaitingEncounter(
            encounter_id,
            rank,
            decisions[earlier[-1].id],
            _unused(coverages[encounter_id], earlier),
            charges[encounter_id],
        )
        for encounter_id, earlier in before.items()
    ]


def _grouped(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    groups: dict[UUID, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.encounter_id, []).append(row)
    return groups


def _unused(coverages: Sequence[Coverage], earlier: Sequence[Claim]) -> Coverage | None:
    used = {claim.coverage_id for claim in earlier}
    return next((coverage for coverage in coverages if coverage.id not in used), None)


def _coverages(
    session: Session, client_id: UUID, encounter_ids: Sequence[UUID], rank: int
) -> dict[UUID, list[Coverage]]:
    """Map encounters to the coverages of a rank that are in force on their day."""
    rows = encounters.list_encounters(session, client_id, encounter_ids)
    held = patients.list_coverages(
        session, client_id, {row.patient_id for row in rows if row.patient_id}
    )
    return {
        row.id: [
            coverage
            for coverage in coverages_on(held, row.service_date)
            if coverage.patient_id == row.patient_id and coverage.rank == rank
        ]
        for row in rows
        if row.service_date is not None
    }


def _draft(
    session: Session,
    act: Act,
    waiting: WaitingEncounter,
    policy: ClaimPolicy,
    payer_keys: Mapping[UUID, str],
    terms: WorkTerms,
) -> bool:
    if waiting.coverage is None:
        item = _item(waiting, terms)
        work_items.open_work_items(session, act.client_id, act, [item])
        return False
    claim = claim_row(
        act.client_id,
        waiting.encounter_id,
        waiting.coverage,
        waiting.charges,
        payer_rank=waiting.rank,
        form=policy.form,
        file_by=later_filing_deadline(
            waiting.decision.paid_on,
            rule=policy.filing_clock(payer_keys[waiting.coverage.payer_id]),
        ),
    )
    record_creation(session, act.client_id, act, claim)
    session.add_all(line_rows(claim, waiting.charges, revenue_codes=policy.revenue_codes))
    return True


def secondary_cause(encounter_id: UUID) -> str:
    """Name the cause of the item of an encounter whose next payer nobody knows."""
    return f"secondary.coverage:{encounter_id}"


def _close_found(session: Session, act: Act, waiting: Sequence[WaitingEncounter]) -> None:
    """Close the items of encounters whose next payer somebody wrote down since."""
    causes = [secondary_cause(one.encounter_id) for one in waiting if one.coverage is not None]
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        causes,
        resolution="billed",
        event=WorkItemEvent.COMPLETE,
    )


def _item(waiting: WaitingEncounter, terms: WorkTerms) -> NewWorkItem:
    return NewWorkItem(
        queue=Queue.SCRUB,
        cause_key=secondary_cause(waiting.encounter_id),
        subject_kind="encounter",
        subject_id=waiting.encounter_id,
        reason="secondary.no_coverage",
        field="coverage",
        detail=f"payer {waiting.rank} owes a part and is not known",
        service_hours=terms.service_hours,
        priority=terms.priority,
    )
