"""Whatever payers, people and patients do, in whatever order: the books hold."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace

import pytest

from models.documents.posting import PostingOutcome
from models.documents.remittance import RemittanceClaim
from models.errors import RejectedError
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent, ClaimState
from models.states.denial import DenialState
from models.values.money import Money
from revcycle.operations.denials.approve_write_off import approve_write_off
from revcycle.operations.denials.bill_patient import bill_patient
from revcycle.operations.denials.close_denial import close_denial
from revcycle.operations.denials.correct_claim import correct_claim
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.operations.posting.apply_patient_credits import apply_patient_credits
from revcycle.operations.posting.close_settled_claims import close_settled_claims
from revcycle.operations.posting.record_patient_payment import record_patient_payment
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    BilledClaim,
    BillingOffice,
    Said,
    a_decision,
    a_remittance,
    reversed_decision,
)
from tests.integration.posting.matching_desk import MatchingDesk, of_nobody
from tests.people import approver

STEPS = 40
REASONS = (("CO", "45"), ("PR", "1"), ("CO", "97"), ("PR", "27"), ("OA", "23"), ("CO", "253"))


@dataclass(slots=True)
class Story:
    """Events drawn from a seed."""

    office: BillingOffice
    chance: random.Random
    claims: list[BilledClaim] = field(default_factory=list)
    decisions: list[RemittanceClaim] = field(default_factory=list)
    steps: int = 0

    def decide(self) -> None:
        """A payer decides some claim, balanced, sensible or not."""
        claim = self.chance.choice(self.claims)
        status = self.chance.choice(["1", "1", "1", "19", "2"])
        decision = a_decision(
            claim, *(self._line(one.cents) for one in claim.charges), status=status
        )
        self.decisions.append(decision)
        self._post(decision)

    def lose(self) -> None:
        """A payer decides something under a number that nobody knows."""
        claim = self.chance.choice(self.claims)
        decision = a_decision(claim, *(self._line(one.cents) for one in claim.charges))
        self.decisions.append(decision)
        theirs = replace(of_nobody(decision), payer_claim_control_number=f"LOST{self.steps}")
        self._post(theirs)

    def find(self) -> None:
        """Somebody finds an owner, the right one or not."""
        desk = MatchingDesk(self.office)
        waiting = [row for row in desk.rows() if row.outcome is PostingOutcome.UNAPPLIED]
        if waiting:
            row = self.chance.choice(waiting)
            with suppress(RejectedError):
                desk.match(self.chance.choice(self.claims), row_id=row.id)

    def undo(self) -> None:
        """Somebody finds that a decision stands on the wrong claim."""
        desk = MatchingDesk(self.office)
        standing = [row for row in desk.rows() if row.outcome is PostingOutcome.DECIDED]
        if standing:
            with suppress(RejectedError):
                desk.unmatch(self.chance.choice(standing).id)

    def reverse(self) -> None:
        """A payer takes something back, with or without a correction."""
        if self.decisions:
            decision = self.chance.choice(self.decisions)
            correction = replace(decision, payer_claim_control_number="ICN2")
            parts = [correction, reversed_decision(decision)]
            self._post(*parts[self.chance.randrange(2) :])

    def pay(self) -> None:
        """A patient pays something."""
        claim = self.chance.choice(self.claims)
        with transaction(self.office.database_url) as session:
            record_patient_payment(
                session,
                self.office.act,
                claim.patient_id,
                amount=Money(self.chance.randrange(1, 5_000)),
                payment_key=str(self.steps),
            )

    def work(self) -> None:
        """Somebody works a denial."""
        waiting = [one for one in self.office.denials() if one.state == DenialState.OPEN]
        if not waiting:
            return
        denial = self.chance.choice(waiting)
        act, second = self.office.act, replace(self.office.act, actor="second")
        with transaction(self.office.database_url) as session:
            choice = self.chance.randrange(3)
            if denial.group == "PR":
                bill_patient(session, act, denial.id)
            elif choice == 0:
                close_denial(session, act, denial.id, resolution="reprocessing")
            else:
                request_write_off(session, act, denial.id, reason="other")
                if choice == 1:
                    approve_write_off(session, second, denial.id, approver=approver())

    def correct(self) -> None:
        """Somebody corrects a claim, and it leaves again."""
        claim = self.chance.choice(self.claims)
        if (self.office.claim(claim).state, ClaimEvent.CORRECT) in CLAIM_TRANSITIONS:
            with transaction(self.office.database_url) as session:
                correct_claim(session, self.office.act, claim.claim_id, takes_replacements=True)
            with transaction(self.office.database_url) as session:
                row = self.office.claim(claim)
                row.state = ClaimState.SUBMITTED
                session.add(row)

    def tidy(self) -> None:
        """The night closes claims and uses credits."""
        with transaction(self.office.database_url) as session:
            close_settled_claims(session, self.office.act)
            apply_patient_credits(session, self.office.act)

    def _line(self, charge: int) -> tuple[int, list[Said]]:
        """Cut a charge into adjustments; what is left is paid."""
        said, left = [], charge
        for group, reason in self.chance.sample(REASONS, self.chance.randrange(4)):
            amount = self.chance.randrange(1, left + 1) if left else 0
            if amount:
                said.append((group, reason, amount))
                left -= amount
        return left, said

    def _post(self, *claims: RemittanceClaim) -> None:
        paid = sum(claim.paid.cents for claim in claims)
        plb = [("WO", f"FCN{self.steps}", paid)] if paid < 0 else []
        self.office.post(a_remittance(*claims, trace=f"EFT{self.steps}", plb=plb))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_books_hold_after_every_event(office: BillingOffice, seed: int) -> None:
    story = Story(office, random.Random(seed))  # noqa: S311 - a story, not a secret
    story.claims += [office.bill(15_000, 4_000), office.bill(9_000, coverages=(1, 2))]
    events: list[Callable[[], None]] = [story.decide, story.decide, story.reverse, story.pay]
    events += [story.work, story.work, story.correct, story.tidy]
    events += [story.lose, story.find, story.find, story.undo]
    for step in range(STEPS):
        story.steps = step
        story.chance.choice(events)()
        office.check()
    assert sum(office.books().values()) == 0
    assert story.decisions
