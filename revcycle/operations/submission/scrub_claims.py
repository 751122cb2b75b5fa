"""Scrub draft claims and move each of them on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.claim import ClaimDocument
from models.documents.finding import Finding, Severity, is_blocking
from models.documents.practice import PracticeFacts
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent, ClaimState
from models.states.eligibility import EligibilityVerdict
from models.states.work_item import Queue, WorkItemEvent
from models.tables import Claim, Coverage, Encounter
from models.values.periods import coverages_on
from revcycle.operations.coding.place_authorizations import lock_for, place_authorizations
from revcycle.operations.submission.gather_service_cases import gather_service_cases
from revcycle.operations.submission.policies import WorkTerms
from revcycle.rules.submission.duplicate_claim import BilledService
from revcycle.rules.submission.scrub import ScrubFacts, ScrubPolicy, scrub
from revcycle.store import claims, eligibility, encounters, learned_edits, work_items
from revcycle.store.claim_documents import claim_documents
from revcycle.store.claims import BilledLine
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem

PRIMARY = 1
DETAIL_LENGTH = 400


@dataclass(frozen=True, slots=True)
class ScrubCount:
    """How many claims were cleared and held."""

    ready: int
    held: int


def scrub_cause(claim_id: UUID) -> str:
    """Name the cause of the work item of a held claim."""
    return f"scrub:{claim_id}"


def scrub_claims(
    session: Session,
    act: Act,
    claim_ids: Sequence[UUID],
    *,
    policy: ScrubPolicy,
    practice: PracticeFacts,
    terms: WorkTerms = WorkTerms(),  # noqa: B008 - frozen
) -> ScrubCount:
    """Judge draft claims: each becomes ready, or held with its reasons and one open work item.

    What the scrubber said before is replaced. Repeating it is safe: a claim that is no longer a
    draft is left out by the query.
    """
    drafts = claims.list_claims(session, act.client_id, claim_ids, state=ClaimState.DRAFT)
    _authorize(session, act, drafts)
    findings = judge_claims(session, act, drafts, policy=policy, practice=practice)
    held = [claim for claim in drafts if is_blocking(findings[claim.id])]
    ready = [claim for claim in drafts if not is_blocking(findings[claim.id])]
    claims.replace_findings(session, act.client_id, findings)
    _clear(session, act, ready)
    hold_claims(session, act, held, findings, terms=terms)
    return ScrubCount(len(ready), len(held))


def judge_claims(
    session: Session,
    act: Act,
    rows: Sequence[Claim],
    *,
    policy: ScrubPolicy,
    practice: PracticeFacts,
) -> dict[UUID, tuple[Finding, ...]]:
    """Say what the edits find about claims as they are now; nothing is changed."""
    ids = [claim.id for claim in rows]
    documents = claim_documents(session, act.client_id, ids, practice=practice)
    facts = _facts(session, act.client_id, rows, documents, policy)
    return {
        claim.id: scrub(documents[claim.id], policy=policy, facts=facts[claim.id], today=act.today)
        for claim in rows
    }


def hold_claims(
    session: Session,
    act: Act,
    held: Sequence[Claim],
    findings: Mapping[UUID, Sequence[Finding]],
    *,
    terms: WorkTerms,
) -> None:
    """Stop claims, each with one open work item that names its first error."""
    for claim in held:
        move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.HOLD)
    items = [_item(claim.id, findings[claim.id], terms) for claim in held]
    work_items.open_work_items(session, act.client_id, act, items)


def _authorize(session: Session, act: Act, drafts: Sequence[Claim]) -> None:
    """Let no other run scrub visits of the same authorizations, and name these on the claims."""
    first = {claim.encounter_id for claim in drafts if claim.payer_rank == PRIMARY}
    rows = encounters.list_encounters(session, act.client_id, first)
    lock_for(session, act.client_id, rows)
    place_authorizations(session, act, rows)


def _clear(session: Session, act: Act, ready: Sequence[Claim]) -> None:
    for claim in ready:
        move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.CLEAR)
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [scrub_cause(claim.id) for claim in ready],
        resolution="cleared",
        event=WorkItemEvent.COMPLETE,
    )


def _item(claim_id: UUID, findings: Sequence[Finding], terms: WorkTerms) -> NewWorkItem:
    first = next(one for one in findings if one.severity is Severity.ERROR)
    return NewWorkItem(
        queue=Queue.SCRUB,
        cause_key=scrub_cause(claim_id),
        subject_kind="claim",
        subject_id=claim_id,
        reason=first.rule_id,
        field=first.field,
        detail=finding_words(first.field, first.message),
        service_hours=terms.service_hours,
        priority=terms.priority,
    )


def finding_words(field: str, message: str) -> str:
    """Say a finding the way people read it: ``patient birth date: is missing``."""
    words = field.replace(".", " ").replace("_", " ")
    return f"{words}: {message}"[:DETAIL_LENGTH] if words else message[:DETAIL_LENGTH]


def _facts(
    session: Session,
    client_id: UUID,
    drafts: Sequence[Claim],
    documents: Mapping[UUID, ClaimDocument],
    policy: ScrubPolicy,
) -> dict[UUID, ScrubFacts]:
    rows = encounters.list_encounters(session, client_id, {one.encounter_id for one in drafts})
    of_claims = {row.id: row for row in rows}
    billed = _billed_lines(session, client_id, rows, policy.duplicate_window_days)
    coverage_ids = {claim.coverage_id for claim in drafts}
    coverages = {
        row.id: row for row in eligibility.list_coverages_by_id(session, client_id, coverage_ids)
    }
    learned = learned_edits.list_switched_edits(session, client_id)
    services = gather_service_cases(
        session, client_id, drafts, documents, of_claims, policy.coding.form
    )
    return {
        claim.id: ScrubFacts(
            file_by=claim.file_by,
            verdict=_verdict_of(claim, of_claims[claim.encounter_id], coverages[claim.coverage_id]),
            billed_services=_earlier_services(claim, of_claims[claim.encounter_id], billed),
            learned_edits=learned.get(claim.payer_id, ()),
            services=services.get(claim.id),
        )
        for claim in drafts
    }


def _verdict_of(
    claim: Claim, encounter: Encounter, coverage: Coverage
) -> EligibilityVerdict | None:
    """Return what verification found; it speaks of the first payer only.

    A coverage that a person has ended since is not in force, whatever was found before.
    """
    if encounter.service_date and not coverages_on([coverage], encounter.service_date):
        return EligibilityVerdict.INACTIVE
    if claim.payer_rank != PRIMARY:
        return EligibilityVerdict.NOT_VERIFIABLE
    return EligibilityVerdict(encounter.verdict) if encounter.verdict else None


def _billed_lines(
    session: Session, client_id: UUID, rows: Sequence[Encounter], window_days: int
) -> dict[tuple[UUID, UUID], list[BilledLine]]:
    """Group lines of the same patients near the same days by patient and payer."""
    days = [
        day for row in rows for day in (row.service_date, row.service_end_date) if day is not None
    ]
    if not days:
        return {}
    window = timedelta(days=window_days)
    lines = claims.list_billed_lines(
        session,
        client_id,
        {row.patient_id for row in rows if row.patient_id},
        since=min(days) - window,
        until=max(days) + window,
    )
    groups: dict[tuple[UUID, UUID], list[BilledLine]] = {}
    for line in lines:
        groups.setdefault((line.patient_id, line.payer_id), []).append(line)
    return groups


def _earlier_services(
    claim: Claim, encounter: Encounter, billed: Mapping[tuple[UUID, UUID], Iterable[BilledLine]]
) -> frozenset[BilledService]:
    """Compare only with claims made before: of two alike, the later one is held.

    The ids of claims sort by the time they were made.
    """
    if encounter.patient_id is None:
        return frozenset()
    return frozenset(
        BilledService(
            line.service_date,
            line.procedure_code,
            frozenset(filter(None, line.modifiers.split(":"))),
            line.provider_npi,
            line.revenue_code,
        )
        for line in billed.get((encounter.patient_id, claim.payer_id), ())
        if line.claim_id < claim.id
    )
