"""What a first payer left goes to the second, with what the first decided."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.documents.claim import Adjustment, ClaimDocument, LineAdjudication
from models.documents.ledger import LedgerSubject
from models.documents.posting import PostingOutcome
from models.states.claim import ClaimState
from models.states.work_item import Queue
from models.tables import (
    Charge,
    Claim,
    ClaimLine,
    Coverage,
    InboundFile,
    OutboundFile,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaimRow,
    RemittanceLineRow,
)
from models.values.accounts import Account
from models.values.money import Money
from revcycle.formats.x12.t837p import read_claims
from revcycle.operations.submission.build_secondary_claims import (
    SecondaryCount,
    build_secondary_claims,
)
from revcycle.rules.ledger.movements import transfer_entry
from revcycle.store.ledger import insert_entries
from revcycle.store.session import transaction
from tests.integration.submission.office import Office

PAID_ON = date(2026, 11, 18)
CONTRACTUAL = Adjustment("CO", "45", Money(2_500))
COINSURANCE = Adjustment("PR", "2", Money(2_000))


def remit(
    office: Office, *, status: str = "1", reversed_later: bool = False, has_own_lines: bool = True
) -> None:
    """Post what the first payer decided: 80.00 paid, 25.00 written off, 20.00 to the next."""
    (claim,) = office.all(Claim)
    decide(office, claim, ClaimState.PAID)
    line, *_ = office.all(ClaimLine)
    charge, *_ = office.all(Charge)
    client_id = office.act.client_id
    remittance = Remittance(
        client_id=client_id,
        inbound_file_id=office.file_id,
        ordinal=1,
        payer_name="INVENTED ACME",
        payer_trace_id="1999999999",
        trace_number="T1",
        amount=Money(8_000),
        method="ACH",
        payment_date=PAID_ON,
        posted_at=office.act.at,
    )
    decided = RemittanceClaimRow(
        client_id=client_id,
        remittance_id=remittance.id,
        ordinal=1,
        claim_id=claim.id,
        claim_control_number=claim.control_number,
        payer_claim_control_number="ICN1",
        status=status,
        charge=Money(12_500),
        paid=Money(8_000),
        outcome=PostingOutcome.DECIDED,
        payer_rank=1,
    )
    service = RemittanceLineRow(
        client_id=client_id,
        remittance_claim_id=decided.id,
        ordinal=1,
        claim_line_id=line.id,
        procedure_code="99213",
        charge=Money(12_500),
        paid=Money(8_000),
    )
    with transaction(office.url) as session:
        session.add_all([remittance, decided])
        if has_own_lines:
            session.add_all([service, *explanations(service, (COINSURANCE, CONTRACTUAL))])
        if reversed_later:
            session.add(taken_back(decided))
        entry = transfer_entry(
            "test:next",
            PAID_ON,
            LedgerSubject(charge_id=charge.id),
            Money(2_000),
            from_account=Account.AR_INSURANCE_1,
            to_account=Account.AR_INSURANCE_2,
        )
        insert_entries(session, client_id, office.act, [entry])


def decide(office: Office, claim: Claim, state: ClaimState) -> None:
    with transaction(office.url) as session:
        claim.state = state
        session.add(claim)


def explanations(
    service: RemittanceLineRow, said: Sequence[Adjustment]
) -> list[RemittanceAdjustment]:
    return [
        RemittanceAdjustment(
            client_id=service.client_id,
            remittance_line_id=service.id,
            ordinal=ordinal,
            group=one.group,
            reason=one.reason,
            amount=one.amount,
        )
        for ordinal, one in enumerate(said, start=1)
    ]


def taken_back(decided: RemittanceClaimRow) -> RemittanceClaimRow:
    return RemittanceClaimRow(
        client_id=decided.client_id,
        remittance_id=decided.remittance_id,
        ordinal=2,
        claim_id=decided.claim_id,
        claim_control_number=decided.claim_control_number,
        status="22",
        charge=-decided.charge,
        paid=-decided.paid,
        outcome=PostingOutcome.REVERSED,
        payer_rank=1,
        reverses_id=decided.id,
    )


def build(office: Office, policy: Any) -> SecondaryCount:
    with transaction(office.url) as session:
        return build_secondary_claims(session, office.act, policy=policy)


def test_the_second_payer_is_told_what_the_first_decided(office: Office, claim_policy: Any) -> None:
    office.submit(payers=("acme", "next"))
    remit(office)
    assert build(office, claim_policy) == SecondaryCount(claims=1, without_coverage=0)
    assert build(office, claim_policy) == SecondaryCount(0, 0)
    office.scrub()
    office.send(office.batch_file())

    _, second = sorted(office.all(OutboundFile), key=lambda file: file.control_number)
    (claim,), findings = read_claims(second.content)
    (other,) = claim.other_payers
    assert findings == ()
    assert (claim.payer.responsibility, claim.payer.payer_id) == ("S", "02ABC")
    assert (other.payer.responsibility, other.payer.payer_id) == ("P", "01ABC")
    assert (other.paid, other.payer_claim_control_number) == (Money(8_000), "ICN1")
    assert claim.lines[0].adjudications == (
        LineAdjudication("01ABC", Money(8_000), (CONTRACTUAL, COINSURANCE), PAID_ON),
    )


def test_the_first_payer_is_told_that_there_is_a_second(office: Office) -> None:
    file = office.submit(payers=("acme", "next"))
    (claim,), _ = read_claims(file.content)
    assert [(one.payer.responsibility, one.paid) for one in claim.other_payers] == [("S", None)]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"status": "19"}, id="the-first-payer-forwarded-it"),
        pytest.param({"reversed_later": True}, id="the-first-payer-took-it-back"),
    ],
)
def test_the_second_payer_is_not_billed_when(
    office: Office, claim_policy: Any, changes: dict[str, Any]
) -> None:
    office.submit(payers=("acme", "next"))
    remit(office, **changes)
    assert build(office, claim_policy) == SecondaryCount(0, 0)


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(ClaimState.DENIED, id="its-denial-is-worked"),
        pytest.param(ClaimState.DRAFT, id="it-is-corrected"),
        pytest.param(ClaimState.SUBMITTED, id="the-corrected-claim-is-under-way"),
    ],
)
def test_the_second_payer_waits_until_the_first_claim_is_settled(
    office: Office, claim_policy: Any, state: ClaimState
) -> None:
    """Else it pays by a decision that the first payer is about to change."""
    office.submit(payers=("acme", "next"))
    remit(office)
    first = min(office.all(Claim), key=lambda claim: claim.payer_rank)
    decide(office, first, state)
    assert build(office, claim_policy) == SecondaryCount(0, 0)
    decide(office, first, ClaimState.CLOSED)
    assert build(office, claim_policy) == SecondaryCount(1, 0)


@pytest.mark.parametrize(
    ("days_later", "drafted"),
    [
        pytest.param(30, 0, id="the-last-day-it-may-still-answer"),
        pytest.param(31, 1, id="the-day-after"),
    ],
)
def test_the_second_payer_is_billed_when_a_forwarded_claim_stays_unanswered(
    office: Office, claim_policy: Any, days_later: int, drafted: int
) -> None:
    """Thirty days from the payment that forwarded it, unless the client file says otherwise."""
    office.submit(payers=("acme", "next"))
    remit(office, status="19")
    office.act = replace(office.act, today=PAID_ON + timedelta(days=days_later))
    assert build(office, claim_policy).claims == drafted


def test_a_second_payer_nobody_knows_is_work_for_a_person(
    office: Office, claim_policy: Any
) -> None:
    office.submit()
    remit(office)
    assert build(office, claim_policy) == SecondaryCount(claims=0, without_coverage=1)
    build(office, claim_policy)
    assert [item.reason for item in office.open_items(Queue.SCRUB)] == ["secondary.no_coverage"]
    assert [row.rank for row in office.all(Coverage)] == [1]
    assert len(office.all(InboundFile)) == 1


Judged = tuple[str | None, int, int, list[tuple[str, str, int]]]  # ours, charge, paid, why


def judge_lines(
    office: Office, *judged: Judged, of_claim: Sequence[tuple[str, str, int]] = ()
) -> None:
    """Post a decision of the first payer whose lines need not be ours; 20.00 go to the next."""
    remit(office, has_own_lines=False)
    (claim,) = office.all(Claim)
    (decided,) = office.all(RemittanceClaimRow)
    ours = {line.procedure_code: line for line in office.all(ClaimLine)}
    decided.charge = claim.charge_total
    decided.paid = Money(sum(one[2] for one in judged) - sum(one[2] for one in of_claim))
    whole: Judged = (None, claim.charge_total.cents, decided.paid.cents, list(of_claim))
    with transaction(office.url) as session:
        session.add(decided)
        for ordinal, (code, charge, paid, why) in enumerate((whole, *judged)):
            line = RemittanceLineRow(
                client_id=decided.client_id,
                remittance_claim_id=decided.id,
                ordinal=ordinal,
                claim_line_id=ours[code].id if code else None,
                procedure_code=code or "",
                charge=Money(charge),
                paid=Money(paid),
            )
            said = [Adjustment(group, reason, Money(cents)) for group, reason, cents in why]
            session.add_all([line, *explanations(line, said)])


def bill_second(office: Office, claim_policy: Any) -> ClaimDocument:
    """Send the claim to the second payer and read what it says."""
    assert build(office, claim_policy) == SecondaryCount(claims=1, without_coverage=0)
    office.scrub()
    office.send(office.batch_file())
    _, second = sorted(office.all(OutboundFile), key=lambda file: file.control_number)
    (claim,), findings = read_claims(second.content)
    assert findings == ()
    return claim


def said_of_lines(claim: ClaimDocument) -> list[tuple[int, list[tuple[str, int]]]]:
    """Say what the first payer paid for each line, and why not more."""
    return [
        (one.paid.cents, [(why.group + why.reason, why.amount.cents) for why in one.adjustments])
        for line in claim.lines
        for one in line.adjudications
    ]


def test_lines_that_the_first_payer_split_are_added_up_for_the_second(
    office: Office, claim_policy: Any
) -> None:
    office.submit("99213", "85025", payers=("acme", "next"))
    judge_lines(
        office,
        ("99213", 10_000, 7_000, [("CO", "45", 2_000), ("PR", "2", 1_000)]),
        ("99213", 2_500, 1_000, [("CO", "45", 500), ("PR", "2", 1_000)]),
        ("85025", 3_000, 3_000, []),
    )
    claim = bill_second(office, claim_policy)
    assert said_of_lines(claim) == [(8_000, [("CO45", 2_500), ("PR2", 2_000)]), (3_000, [])]


def test_lines_that_the_first_payer_merged_are_told_as_a_whole(
    office: Office, claim_policy: Any
) -> None:
    """No part of a line is made up: the next payer learns what was decided on the claim."""
    office.submit("99213", "85025", payers=("acme", "next"))
    judge_lines(office, ("99213", 15_500, 11_000, [("CO", "45", 2_500), ("PR", "2", 2_000)]))
    claim = bill_second(office, claim_policy)
    (other,) = claim.other_payers
    assert said_of_lines(claim) == []
    assert other.paid == Money(11_000)
    assert other.adjustments == (CONTRACTUAL, COINSURANCE)


def test_a_deductible_of_the_whole_claim_stands_beside_the_lines(
    office: Office, claim_policy: Any
) -> None:
    office.submit("99213", "85025", payers=("acme", "next"))
    judge_lines(
        office,
        ("99213", 12_500, 10_000, [("CO", "45", 2_500)]),
        ("85025", 3_000, 3_000, []),
        of_claim=[("PR", "1", 2_000)],
    )
    claim = bill_second(office, claim_policy)
    (other,) = claim.other_payers
    assert other.paid == Money(11_000)
    assert other.adjustments == (Adjustment("PR", "1", Money(2_000)),)
    assert said_of_lines(claim) == [(10_000, [("CO45", 2_500)]), (3_000, [])]
