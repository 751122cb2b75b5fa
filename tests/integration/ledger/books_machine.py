"""Random legal sequences of everything that moves money, with plain books beside the real ones."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import Session

from models.documents.act import Act
from models.documents.remittance import RemittanceClaim
from models.states.denial import DenialState
from models.tables import Client, InboundFile
from models.values.money import Money
from revcycle.operations.books.close_period import close_period
from revcycle.operations.denials.approve_write_off import approve_write_off
from revcycle.operations.denials.bill_patient import bill_patient
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.operations.posting.apply_patient_credits import apply_patient_credits
from revcycle.operations.posting.post_remittance import post_remittance
from revcycle.operations.posting.record_patient_payment import record_patient_payment
from revcycle.operations.verify.money import check_money
from revcycle.reference.playbook import standard_plays
from revcycle.store import periods
from revcycle.store.session import transaction
from tests.conftest import NOON
from tests.integration.ledger.plain_books import (
    PATIENT,
    PlainBooks,
    PlainCharge,
    PlainDenial,
    PlainLine,
    following,
)
from tests.integration.posting.billing_office import (
    SERVICE_DATE,
    BilledClaim,
    BillingOffice,
    Said,
    a_decision,
    a_remittance,
    reversed_decision,
)
from tests.people import approver

CLAIMS_MAX = 3
DAYS = (date(2026, 10, 20), date(2026, 11, 3), date(2026, 12, 9), date(2027, 1, 15))
practices = count(1)


@dataclass(slots=True)
class OpenClaim:
    """One bill with its claims at every payer, and what stands decided."""

    charges: list[PlainCharge]
    claims: dict[int, BilledClaim]
    standing: dict[int, tuple[RemittanceClaim, list[PlainLine]]] = field(default_factory=dict)

    @property
    def patient_id(self) -> UUID:
        """Whose it is."""
        return self.claims[1].patient_id

    def may_decide(self, rank: int) -> bool:
        """Tell whether a payer has something to decide and has not decided yet."""
        owed = [charge.owed[rank] for charge in self.charges]
        return rank in self.claims and rank not in self.standing and any(owed)

    def in_order(self) -> list[PlainCharge]:
        """The charges in the order of their ids, in which money is spent."""
        ids = self.claims[1].charge_ids
        return [charge for _, charge in sorted(zip(ids, self.charges, strict=True), key=_by_id)]


def _by_id(pair: tuple[UUID, PlainCharge]) -> UUID:
    return pair[0]


class BooksMachine(RuleBasedStateMachine):
    """One practice from its first charge on. Set ``database_url`` before it runs.

    Attributes:
        checks_each_step: Whether all invariants are evaluated after each step, or at the end only;
            the paper beside is compared after each step in any case.
    """

    database_url = ""
    checks_each_step = True

    def __init__(self) -> None:
        super().__init__()
        number = next(practices)
        client = Client(key=f"practice_{number}", name="Practice", time_zone="UTC")
        with transaction(self.database_url) as session:
            session.add(client)
        self.act = Act(client.id, "tester", NOON, DAYS[0])
        self.office = BillingOffice(self.database_url, self.act)
        self.file = InboundFile(
            client_id=client.id,
            source="sandbox",
            kind="835",
            name="era",
            sha256="0" * 64,
            content=b"era",
            received_at=NOON,
        )
        with transaction(self.database_url, client.id) as session:
            session.add(self.file)
        self.open: list[OpenClaim] = []
        self.plain = PlainBooks()
        self.payments = 0

    @initialize(amount=st.integers(100, 90_000), payers=st.integers(1, 3))
    def begin(self, amount: int, payers: int) -> None:
        """No books without a first charge."""
        self._bill([amount, 5_000], payers)

    @precondition(lambda self: len(self.open) < CLAIMS_MAX)
    @rule(
        amounts=st.lists(st.integers(100, 90_000), min_size=1, max_size=2), payers=st.integers(1, 3)
    )
    def bill(self, amounts: list[int], payers: int) -> None:
        """Services are charged and claims leave."""
        self._bill(amounts, payers)

    @rule(data=st.data(), day=st.sampled_from(DAYS))
    def decide(self, data: st.DataObject, day: date) -> None:
        """A payer decides a claim: pays, cuts, leaves a share, denies."""
        choices = [(one, rank) for one in self.open for rank in (1, 2, 3) if one.may_decide(rank)]
        if choices:
            claim, rank = data.draw(st.sampled_from(choices))
            decision = self._draw_decision(data, claim, rank)
            self._post(day, [decision[0]])
            self._decided(claim, rank, decision)
            self._level_and_count(claim, day)

    @rule(data=st.data(), day=st.sampled_from(DAYS), corrects=st.booleans())
    def reverse(self, data: st.DataObject, day: date, *, corrects: bool) -> None:
        """A payer takes a decision back, with its correction or without."""
        choices = [(one, rank) for one in self.open for rank in one.standing]
        if not choices:
            return
        claim, rank = data.draw(st.sampled_from(choices))
        old, lines = claim.standing.pop(rank)
        for charge, line in zip(claim.charges, lines, strict=True):
            self._undo(charge, rank, line)
        said = [reversed_decision(old)]
        owes = [charge.owed[rank] - charge.credit[rank] for charge in claim.charges]
        if corrects and min(owes) >= 0 and any(owes):
            for charge, owed in zip(claim.charges, owes, strict=True):
                charge.owed[rank], charge.credit[rank] = owed, 0
            decision = self._draw_decision(data, claim, rank)
            said.append(decision[0])
            self._decided(claim, rank, decision)
        self._post(day, said)
        self._level_and_count(claim, day)

    @rule(data=st.data(), amount=st.integers(1, 60_000), day=st.sampled_from(DAYS))
    def pay(self, data: st.DataObject, amount: int, day: date) -> None:
        """A patient pays something, owed or not."""
        self._take(data.draw(st.sampled_from(self.open)), amount, day)

    def _take(self, claim: OpenClaim, amount: int, day: date) -> None:
        self.payments += 1
        with transaction(self.database_url, self.act.client_id) as session:
            record_patient_payment(
                session,
                self.act,
                claim.patient_id,
                amount=Money(amount),
                payment_key=str(self.payments),
                received_on=day,
            )
        self.plain.totals["BANK"] += amount
        self.plain.free_credit[str(claim.patient_id)] += _spend(claim, amount)
        self.plain.count(day)

    @rule()
    def use_credits(self) -> None:
        """The night pays what patients owe from what they paid too much."""
        with transaction(self.database_url, self.act.client_id) as session:
            apply_patient_credits(session, self.act)
        for claim in self.open:
            self._use_credit(claim)
        self.plain.count(self.act.today)

    @rule(data=st.data(), write_off=st.booleans())
    def work_denial(self, data: st.DataObject, *, write_off: bool) -> None:
        """Two persons give a denial up, or its amount goes to whoever is asked next."""
        rows = [row for row in self.office.denials() if row.state == DenialState.OPEN]
        if not rows:
            return
        row = data.draw(st.sampled_from(sorted(rows, key=lambda one: one.id)))
        charge, rank, denial = self._find_denial(row.charge_id, row.claim_id)
        with transaction(self.database_url, self.act.client_id) as session:
            if denial.group == "PR" and not write_off:
                bill_patient(session, self.act, row.id)
                denial.moved_to = charge.next_after(rank)
                charge.owed[denial.moved_to] += denial.amount
            else:
                request_write_off(session, self.act, row.id, reason="other")
                approve_write_off(
                    session, replace(self.act, actor="second"), row.id, approver=approver()
                )
                denial.is_written_off = True
                self.plain.totals["ADMIN_WO"] += denial.amount
        denial.is_open = False
        charge.denied -= denial.amount
        self.plain.count(self.act.today)

    @rule()
    def pass_a_month(self) -> None:
        """Time goes by."""
        if self.act.today < DAYS[-1]:
            today = following(self.act.today.replace(day=1)).replace(day=self.act.today.day)
            self.act = replace(self.act, today=today)
            self.office.act = self.act

    @rule()
    def close(self) -> None:
        """A manager closes the earliest month that is over."""
        first = min(self.plain.months)
        month = following(self.plain.closed) if self.plain.closed else first
        if following(month) <= self.act.today:
            with transaction(self.database_url, self.act.client_id) as session:
                assert not close_period(session, self.act, month).was_closed
            self.plain.closed = month

    @invariant()
    def the_books_hold(self) -> None:
        """Every invariant of money, and the paper beside: each account in each month."""
        if not self.open:
            return
        with transaction(self.database_url, self.act.client_id) as session:
            if self.checks_each_step:
                self._check(session)
            last = max(self.plain.months)
            moved = periods.movements_by_month(session, self.act.client_id, last)
            trial = periods.trial_of_month(session, self.act.client_id, last)
        real = {(month, str(account)): money.cents for (month, account), money in moved.items()}
        paper = {
            (month, account): cents
            for month, sums in self.plain.months.items()
            for account, cents in sums.items()
        }
        assert {key: one for key, one in real.items() if one} == {
            key: one for key, one in paper.items() if one
        }
        stands = {str(line.account): line.closing.cents for line in trial if line.closing}
        assert stands == self.plain.sums()

    def teardown(self) -> None:
        """Evaluate every invariant when a sequence ends."""
        with transaction(self.database_url, self.act.client_id) as session:
            self._check(session)

    def _check(self, session: Session) -> None:
        results = check_money(session, self.act.client_id)
        assert {one.id: one.violations for one in results if one.violations} == {}

    def _bill(self, amounts: list[int], payers: int) -> None:
        first = self.office.bill(*amounts, coverages=range(1, payers + 1))
        claims = {1: first}
        claims |= {rank: self.office.bill_next(first, rank) for rank in range(2, payers + 1)}
        charges = [PlainCharge(amount, payers, Counter({1: amount})) for amount in amounts]
        self.open.append(OpenClaim(charges, claims))
        self.plain.charges += charges
        self.plain.count(SERVICE_DATE)

    def _draw_decision(
        self, data: st.DataObject, claim: OpenClaim, rank: int
    ) -> tuple[RemittanceClaim, list[PlainLine]]:
        lines = [
            self._draw_line(data, charge.owed[rank], charge.amount) for charge in claim.charges
        ]
        said = [
            (line.paid, _words(line, charge, rank))
            for line, charge in zip(lines, claim.charges, strict=True)
        ]
        self.payments += 1
        decision = a_decision(
            claim.claims[rank], *said, status=str(rank), payer_number=f"ICN{self.payments}"
        )
        return decision, lines

    def _draw_line(self, data: st.DataObject, owed: int, charge: int) -> PlainLine:
        cuts = sorted(data.draw(st.lists(st.integers(0, owed), min_size=3, max_size=3)))
        paid, contractual, share = cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1]
        if contractual == charge:  # a cut of everything counts as a denial: not this rule's matter
            paid, contractual = 1, contractual - 1
        group = data.draw(st.sampled_from(["CO", "PR"]))
        return PlainLine(paid, contractual, share, owed - paid - contractual - share, group)

    def _decided(
        self, claim: OpenClaim, rank: int, decision: tuple[RemittanceClaim, list[PlainLine]]
    ) -> None:
        claim.standing[rank] = decision
        for charge, line in zip(claim.charges, decision[1], strict=True):
            charge.owed[rank] -= line.settled
            charge.owed[charge.next_after(rank)] += line.share
            charge.denied += line.denied
            self.plain.totals["REMIT_CLEARING"] += line.paid
            self.plain.totals["CONTRACTUAL"] += line.contractual
            if line.denied:
                line.denial = PlainDenial(line.denied, line.group)

    def _undo(self, charge: PlainCharge, rank: int, line: PlainLine) -> None:
        charge.owed[rank] += line.settled
        charge.owed[charge.next_after(rank)] -= line.share
        self.plain.totals["REMIT_CLEARING"] -= line.paid
        self.plain.totals["CONTRACTUAL"] -= line.contractual
        denial = line.denial
        if denial is None:
            return
        if denial.is_open:
            charge.denied -= denial.amount
        if denial.is_written_off:
            self.plain.totals["ADMIN_WO"] -= denial.amount
        if denial.moved_to is not None:
            charge.owed[denial.moved_to] -= denial.amount

    def _post(self, day: date, claims: list[RemittanceClaim]) -> None:
        """Post a payment; what the payer cannot pay in one, it takes from a later one."""
        self.payments += 1
        paid = sum(claim.paid.cents for claim in claims)
        taken = min(paid, 0)
        outside = [("WO", f"FCN{self.payments}", taken)] if taken else []
        document = a_remittance(*claims, trace=f"EFT{self.payments}", plb=outside)
        document = replace(document, payment_date=day)
        with transaction(self.database_url, self.act.client_id) as session:
            post_remittance(
                session, self.act, self.file.id, self.payments, document, plays=standard_plays()
            )
        self.plain.totals["REMIT_CLEARING"] -= taken
        self.plain.totals["RECOUP_DUE"] += taken

    def _level_and_count(self, claim: OpenClaim, day: date) -> None:
        for charge in claim.charges:
            charge.level()
        self.plain.count(day)

    def _use_credit(self, claim: OpenClaim) -> None:
        key = str(claim.patient_id)
        self.plain.free_credit[key] = _spend(claim, self.plain.free_credit[key])
        for charge in claim.in_order():
            charge.credit[PATIENT] = _spend(claim, charge.credit[PATIENT])

    def _find_denial(self, charge_id: UUID, claim_id: UUID) -> tuple[PlainCharge, int, PlainDenial]:
        for one in self.open:
            for rank, (_, lines) in one.standing.items():
                ids = one.claims[rank].charge_ids
                if one.claims[rank].claim_id == claim_id and charge_id in ids:
                    at = ids.index(charge_id)
                    denial = lines[at].denial
                    assert denial is not None
                    return one.charges[at], rank, denial
        raise AssertionError(charge_id)


def _spend(claim: OpenClaim, amount: int) -> int:
    """Pay what the patient owes, in order, and return what is left."""
    for charge in claim.in_order():
        part = min(amount, charge.owed[PATIENT])
        charge.owed[PATIENT] -= part
        amount -= part
    return amount


def _words(line: PlainLine, charge: PlainCharge, rank: int) -> list[Said]:
    """Say a line as a payer writes it; what earlier payers settled comes first."""
    prior = charge.amount - line.settled
    said = [
        ("OA", "23", prior if rank > 1 else 0),
        ("CO", "45", line.contractual),
        ("PR", "1", line.share),
        (line.group, "97" if line.group == "CO" else "27", line.denied),
    ]
    return [one for one in said if one[2]]
