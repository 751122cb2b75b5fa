"""Which clocks must run for a practice today?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.claim import FrequencyCode
from models.documents.clock import ClockKind, ClockRule
from models.errors import RejectedError
from models.states.claim import ClaimState
from models.values.money import Money
from revcycle.operations.follow_up.policies import ClockPolicy
from revcycle.rules.clocks.clock_end import clock_end
from revcycle.store import clock_subjects
from revcycle.store.clock_subjects import (
    ClaimSubject,
    ClaimToFile,
    DatedSubject,
    DenialToAnswer,
)

CLAIM, DENIAL = "claim", "denial"
FIRST_LEVEL = 1
Key = tuple[ClockKind, str, UUID]


@dataclass(frozen=True, slots=True)
class WantedClock:
    """A clock as it must run."""

    kind: ClockKind
    subject_kind: str
    subject_id: UUID
    claim_id: UUID | None
    patient_id: UUID | None
    payer_name: str
    amount: Money | None
    rule: ClockRule
    started_on: date
    ends_on: date

    @property
    def key(self) -> Key:
        """What there is one clock of."""
        return (self.kind, self.subject_kind, self.subject_id)

    @property
    def warn_on(self) -> date:
        """The day from which on a person is told."""
        return self.ends_on - timedelta(days=self.rule.warn_days)


def list_wanted_clocks(session: Session, act: Act, policy: ClockPolicy) -> dict[Key, WantedClock]:
    """Find everything that has a last day, one question to the database for each kind."""
    wanted = (
        *_of_claims(session, act.client_id, policy),
        *_of_silence(session, act.client_id, policy),
        *_of_denials(session, act.client_id, policy),
        *_of_records(session, act.client_id, policy),
        *_of_credits(session, act.client_id, policy),
        *_of_forwarded(session, act.client_id, policy),
    )
    return {clock.key: clock for clock in wanted}


def _of_claims(session: Session, client_id: UUID, policy: ClockPolicy) -> Iterator[WantedClock]:
    """Run the filing clock until a receipt proves that the claim is at its payer."""
    received = clock_subjects.claims_with_file_receipt(session, client_id)
    for claim in clock_subjects.list_claims_to_file(session, client_id):
        subject = claim.subject
        takes_file = policy.ask_terms_of(subject.payer_key).takes_file_receipt
        is_proven = takes_file and subject.claim_id in received
        if not is_proven or claim.state is not ClaimState.RECEIVED:
            yield _of_filing(claim, policy)


def _of_filing(claim: ClaimToFile, policy: ClockPolicy) -> WantedClock:
    is_first = claim.frequency_code is FrequencyCode.ORIGINAL
    kind = ClockKind.FILING if is_first else ClockKind.CORRECTED_CLAIM
    rule = policy.rule(kind, claim.subject.payer_key)
    started_on = claim.service_date or claim.file_by
    return _clock(
        kind, CLAIM, claim.subject.claim_id, claim.subject, rule, started_on, claim.file_by
    )


def _of_silence(session: Session, client_id: UUID, policy: ClockPolicy) -> Iterator[WantedClock]:
    for sent in clock_subjects.list_sent_subjects(session, client_id):
        rule = policy.rule(ClockKind.SILENT, sent.subject.payer_key)
        day = sent.sent_at.astimezone(policy.zone).date()
        yield _clock(
            ClockKind.SILENT, CLAIM, sent.subject.claim_id, sent.subject, rule, day,
            clock_end(rule, day),
        )  # fmt: skip


def _of_denials(session: Session, client_id: UUID, policy: ClockPolicy) -> Iterator[WantedClock]:
    for denial in clock_subjects.list_denials_to_answer(session, client_id):
        rule = policy.rule(ClockKind.CORRECTED_CLAIM, denial.subject.payer_key)
        ends_on = clock_end(rule, denial.decided_on)
        yield _of_denial(ClockKind.CORRECTED_CLAIM, denial, rule, denial.decided_on, ends_on)
        yield from _of_appeal(denial, policy)


def _of_appeal(denial: DenialToAnswer, policy: ClockPolicy) -> Iterator[WantedClock]:
    """Run the clock of the next level; after the last level there is none."""
    try:
        level = FIRST_LEVEL + denial.lost
        rule = policy.rule(ClockKind.APPEAL, denial.subject.payer_key, level=level)
    except RejectedError:
        return
    started_on = denial.answered_on or denial.decided_on
    ends_on = denial.send_by or clock_end(rule, started_on)
    yield _of_denial(ClockKind.APPEAL, denial, rule, started_on, ends_on)


def _of_denial(
    kind: ClockKind, denial: DenialToAnswer, rule: ClockRule, started_on: date, ends_on: date
) -> WantedClock:
    return _clock(kind, DENIAL, denial.denial_id, denial.subject, rule, started_on, ends_on)


def _of_records(session: Session, client_id: UUID, policy: ClockPolicy) -> Iterator[WantedClock]:
    for one in clock_subjects.list_records_to_send(session, client_id):
        yield _of_dated(ClockKind.RECORDS, one, policy)


def _of_credits(session: Session, client_id: UUID, policy: ClockPolicy) -> Iterator[WantedClock]:
    for one in clock_subjects.list_standing_credits(session, client_id):
        yield _of_dated(ClockKind.OVERPAYMENT, one, policy)


def _of_forwarded(session: Session, client_id: UUID, policy: ClockPolicy) -> Iterator[WantedClock]:
    for one in clock_subjects.list_forwarded_claims(session, client_id):
        yield _of_dated(ClockKind.CROSSOVER, one, policy)


def _of_dated(kind: ClockKind, one: DatedSubject, policy: ClockPolicy) -> WantedClock:
    rule = policy.rule(kind, one.claim.payer_key if one.claim else "")
    return WantedClock(
        kind=kind,
        subject_kind=one.subject_kind,
        subject_id=one.subject_id,
        claim_id=one.claim.claim_id if one.claim else None,
        patient_id=one.patient_id,
        payer_name=one.claim.payer_name if one.claim else "",
        amount=one.amount,
        rule=rule,
        started_on=one.started_on,
        ends_on=one.ends_on or clock_end(rule, one.started_on),
    )


def _clock(
    kind: ClockKind,
    subject_kind: str,
    subject_id: UUID,
    claim: ClaimSubject,
    rule: ClockRule,
    started_on: date,
    ends_on: date,
) -> WantedClock:
    return WantedClock(
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        claim_id=claim.claim_id,
        patient_id=claim.patient_id,
        payer_name=claim.payer_name,
        amount=claim.amount,
        rule=rule,
        started_on=started_on,
        ends_on=ends_on,
    )
