"""The random sequences of money, with refunds and with money that is nobody's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlmodel import Session

from models.documents.patient_money import RefundPolicy
from models.documents.remittance import RemittanceClaim
from models.errors import RejectedError
from models.values.money import Money
from revcycle.operations.posting.post_remittance import post_remittance
from revcycle.operations.refunds.approve_refund import approve_refund
from revcycle.operations.refunds.clear_refund import clear_refund
from revcycle.operations.refunds.pay_refund import pay_refund
from revcycle.operations.refunds.refuse_refund import refuse_refund
from revcycle.operations.refunds.request_refund import RefundRequest, request_refund
from revcycle.operations.refunds.request_unapplied_refund import request_unapplied_refund
from revcycle.operations.refunds.void_refund import void_refund
from revcycle.reference.playbook import standard_plays
from revcycle.store.session import transaction
from tests.integration.ledger.books_machine import DAYS, BooksMachine, OpenClaim
from tests.integration.ledger.plain_books import ACCOUNT_OF
from tests.integration.ledger.plain_refunds import PlainMoney, PlainRefund, PlainRefunds, Stage
from tests.integration.posting.billing_office import a_decision, a_remittance, reversed_decision
from tests.integration.posting.matching_desk import MatchingDesk
from tests.people import approver

ACTS = {
    Stage.REQUESTED: ("approve", "refuse", "void"),
    Stage.APPROVED: ("pay", "void"),
    Stage.PAID: ("void", "clear"),
}

VOID = ("approve", "pay", "void")
CLEARED = ("approve", "pay", "clear")


class RefundsMachine(BooksMachine):
    """One practice whose credits and whose unapplied money go back, too."""

    def __init__(self) -> None:
        super().__init__()
        self.refunds = PlainRefunds()
        self.strangers: list[tuple[RemittanceClaim, PlainMoney]] = []

    @initialize(
        amount=st.integers(100, 90_000), payers=st.integers(1, 3), ahead=st.integers(1, 9_000)
    )
    def begin(self, amount: int, payers: int, ahead: int = 1) -> None:
        """No books without a first charge; the patient paid something ahead."""
        super().begin(amount, payers)
        self._take(self.open[0], ahead, DAYS[0])

    @rule(data=st.data(), day=st.sampled_from(DAYS))
    def pay_for_nobody(self, data: st.DataObject, day: date) -> None:
        """A payer pays for a claim that nobody knows."""
        claim = data.draw(st.sampled_from(self.open)).claims[1]
        paid = [data.draw(st.integers(1, charge.cents)) for charge in claim.charges]
        said = [
            (part, [("CO", "45", charge.cents - part)] if charge.cents > part else [])
            for part, charge in zip(paid, claim.charges, strict=True)
        ]
        decision = a_decision(claim, *said, payer_number=f"N{self.payments}")
        decision = replace(decision, claim_control_number=f"NOBODYS{self.payments}")
        self._receive(day, decision)
        row_id = self._desk().rows()[-1].id
        money = PlainMoney(unapplied_id=row_id, unapplied=sum(paid), paid=sum(paid))
        self.strangers.append((decision, money))
        self.plain.totals["REMIT_CLEARING"] += sum(paid)
        self.plain.totals["UNAPPLIED"] -= sum(paid)
        self.plain.count(day)

    @precondition(lambda self: self._strangers_with_money())
    @rule(data=st.data(), day=st.sampled_from(DAYS))
    def take_back_for_nobody(self, data: st.DataObject, day: date) -> None:
        """The payer takes it back, whether or not a check of ours returned it."""
        decision, money = data.draw(st.sampled_from(self._strangers_with_money()))
        self._receive(day, reversed_decision(decision), plb=-money.paid)
        money.take(self.plain)
        self.plain.totals["REMIT_CLEARING"] += money.paid
        self.plain.totals["RECOUP_DUE"] -= money.paid
        self.plain.count(day)

    @precondition(lambda self: self._refundable())
    @rule(
        data=st.data(),
        limit=st.sampled_from([0, 100_000_000]),
        acts=st.sampled_from([(), ("approve",), ("approve", "pay"), VOID, CLEARED]),
    )
    def refund(self, data: st.DataObject, limit: int, acts: tuple[str, ...]) -> None:
        """What is not ours is asked back, and goes as far as people take it at once."""
        money = data.draw(st.sampled_from(self._refundable()))
        refund = self._ask(data, money, limit)
        for act in acts[refund.stage is Stage.APPROVED :]:
            self._go_on(refund, act)

    @precondition(lambda self: self.refunds.moving())
    @rule(data=st.data())
    def go_on_with_refund(self, data: st.DataObject) -> None:
        """The second person decides, somebody pays, the bank shows it, or it is void."""
        refund = data.draw(st.sampled_from(self.refunds.moving()))
        self._go_on(refund, data.draw(st.sampled_from(ACTS[refund.stage])))

    def _ask(self, data: st.DataObject, money: PlainMoney, limit: int) -> PlainRefund:
        free = self.refunds.free(money, self.plain)
        amount = free if money.unapplied_id else data.draw(st.integers(1, free))
        policy = RefundPolicy(limit=Money(limit), return_days=60)
        asks = self._ask_unapplied if money.unapplied_id else self._ask_credit
        stage = Stage.REQUESTED if amount > limit else Stage.APPROVED
        refund = PlainRefund(asks(money, amount, policy), money, amount, stage)
        self.refunds.all.append(refund)
        return refund

    def _go_on(self, refund: PlainRefund, act: str) -> None:
        getattr(self, f"_{act}")(refund)
        self.plain.count(self.act.today)

    def _receive(self, day: date, decision: RemittanceClaim, *, plb: int = 0) -> None:
        """Post a file that can be read again later: refunds read who sent the money."""
        self.payments += 1
        outside = [("WO", f"FCN{self.payments}", plb)] if plb else []
        document = a_remittance(decision, trace=f"EFT{self.payments}", plb=outside)
        document = replace(document, payment_date=day)
        file_id = self.office.receive(document)
        self._do(
            lambda session: post_remittance(
                session, self.act, file_id, 1, document, plays=standard_plays()
            )
        )

    def _approve(self, refund: PlainRefund) -> None:
        second = replace(self.act, actor="second")
        self._or_too_little(
            refund,
            lambda session: approve_refund(session, second, refund.id, approver=approver()),
            lambda: setattr(refund, "stage", Stage.APPROVED),
        )

    def _pay(self, refund: PlainRefund) -> None:
        check = f"check-{self.refunds.all.index(refund)}"
        self._or_too_little(
            refund,
            lambda session: pay_refund(session, self.act, refund.id, instrument=check),
            lambda: refund.pay(self.plain),
        )

    def _refuse(self, refund: PlainRefund) -> None:
        self._do(lambda session: refuse_refund(session, self.act, refund.id))
        refund.stage = Stage.OVER

    def _void(self, refund: PlainRefund) -> None:
        self._do(lambda session: void_refund(session, self.act, refund.id))
        refund.void(self.plain)

    def _clear(self, refund: PlainRefund) -> None:
        self._do(lambda session: clear_refund(session, self.act, refund.id))
        refund.clear(self.plain)

    def _or_too_little(
        self, refund: PlainRefund, work: Callable[[Session], object], done: Callable[[], None]
    ) -> None:
        """Do it where the credit still holds the amount; where not, it must be refused."""
        if refund.money.held(self.plain) >= refund.amount:
            self._do(work)
            done()
            return
        try:
            self._do(work)
        except RejectedError:
            return
        raise AssertionError(refund)

    def _do(self, work: Callable[[Session], object]) -> None:
        with transaction(self.database_url, self.act.client_id) as session:
            work(session)

    def _strangers_with_money(self) -> list[tuple[RemittanceClaim, PlainMoney]]:
        return [one for one in self.strangers if not one[1].is_taken]

    def _refundable(self) -> list[PlainMoney]:
        credits_ = [money for claim in self.open for money in _credits_of(claim)]
        found = [*(money for _, money in self.strangers), *credits_]
        return [money for money in found if self.refunds.free(money, self.plain) > 0]

    def _ask_credit(self, money: PlainMoney, amount: int, policy: RefundPolicy) -> UUID:
        request = RefundRequest(
            money.account,
            money.receivable,
            money.patient_id,
            money.charge_id,
            Money(amount),
            "asked_back",
        )
        with transaction(self.database_url, self.act.client_id) as session:
            return request_refund(session, self.act, request, policy=policy)

    def _ask_unapplied(self, money: PlainMoney, amount: int, policy: RefundPolicy) -> UUID:
        assert money.unapplied_id is not None
        assert amount == money.unapplied
        item = self._desk().waiting(money.unapplied_id)
        token = self._desk().take(item)
        with transaction(self.database_url, self.act.client_id) as session:
            return request_unapplied_refund(
                session,
                self.act,
                money.unapplied_id,
                reason="not_ours",
                payer_reference="",
                policy=policy,
                work_item_id=item.id,
                token=token,
            )

    def _desk(self) -> MatchingDesk:
        return MatchingDesk(self.office)


def _credits_of(claim: OpenClaim) -> list[PlainMoney]:
    """List every credit that a bill may have: of its charges, and of its patient."""
    ids = claim.claims[1].charge_ids
    of_charges = [
        PlainMoney(claim.patient_id, charge, charge_id, who)
        for charge, charge_id in zip(claim.charges, ids, strict=True)
        for who in ACCOUNT_OF
    ]
    return [*of_charges, PlainMoney(claim.patient_id)]
