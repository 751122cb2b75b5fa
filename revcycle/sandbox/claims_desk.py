"""Answers a batch of claims: a 277CA, and 835 payments for what was accepted."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from models.documents.acknowledgement import ClaimAcknowledgement
from models.documents.claim import ClaimBatchDocument, ClaimDocument, FrequencyCode
from models.documents.remittance import RemittanceClaim, RemittanceDocument
from revcycle.formats.x12 import t837i, t837p
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import Group
from revcycle.formats.x12.t277ca import write_claim_acknowledgements
from revcycle.formats.x12.t835 import write_remittances
from revcycle.sandbox.book import Book
from revcycle.sandbox.claim_book import add_claim, find_original, history_of
from revcycle.sandbox.conversation import Conversation
from revcycle.sandbox.forms import negated
from revcycle.sandbox.legible import legible_claim
from revcycle.sandbox.meaning import LineMeaning
from revcycle.sandbox.payment_book import (
    add_decision,
    add_remittance,
    next_trace_number,
    owed_back,
)
from revcycle.sandbox.remittances import (
    DecisionKind,
    Moved,
    Payee,
    PayerView,
    payment,
    reversed_claim,
)
from revcycle.sandbox.stories import steps_of
from revcycle.sandbox.verdicts import Verdict, judge_claim

GUIDE_LENGTH: Final = len("005010X222")
ReadBatches = Callable[[bytes], tuple[tuple[ClaimBatchDocument, ...], tuple[Diagnostic, ...]]]
# By guide; the errata at the end of a version (A1, A2, A3) do not matter here.
READERS: Final[Mapping[str, ReadBatches]] = {
    t837p.VERSION[:GUIDE_LENGTH]: t837p.read_batches,
    t837i.VERSION[:GUIDE_LENGTH]: t837i.read_batches,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """One claim of a payment, when it is paid, and whose record it goes to."""

    payee: Payee
    delay_seconds: float
    kind: DecisionKind
    claim_id: int
    claim: RemittanceClaim | None  # None where only money moves
    meanings: tuple[LineMeaning, ...] = ()
    moved: tuple[Moved, ...] = ()
    is_sent_twice: bool = False

    @property
    def file_key(self) -> tuple[str, float]:
        """One file per payer and moment."""
        return self.payee.payer.payer_id, self.delay_seconds

    @property
    def payment_key(self) -> tuple[str, str]:
        """One payment per payer and provider; a payer is known by its id, however it is spelled."""
        provider = self.payee.provider
        return self.payee.payer.payer_id, provider.npi or provider.tax_id


def answer_batch(
    conversation: Conversation, group: Group, batch: ClaimBatchDocument, interchange_id: int
) -> None:
    """Judge every claim, acknowledge them all, and pay or deny what was accepted.

    Claims of members whose claims get lost are neither judged nor acknowledged.

    Raises:
        RejectedError: the batch cannot be answered, so it must be refused as a whole.
    """
    lost = conversation.rulebook.members.lost
    found = [one for one in batch.claims if one.subscriber.member_id[-1:] != lost]
    if not found:
        return
    legible = replace(batch, claims=tuple(map(legible_claim, found)))
    acknowledgements: list[ClaimAcknowledgement] = []
    decided: list[Decided] = []
    for claim in legible.claims:
        acknowledgement, decisions = _judge(conversation, claim, interchange_id)
        acknowledgements.append(acknowledgement)
        decided.extend(decisions)
    conversation.answer(
        "277CA",
        lambda envelope: write_claim_acknowledgements(acknowledgements, legible, envelope),
        group=group,
    )
    by_file: dict[tuple[str, float], list[Decided]] = defaultdict(list)
    for decision in decided:
        by_file[decision.file_key].append(decision)
    for decisions in by_file.values():
        _pay(conversation, group, decisions)


def _judge(
    conversation: Conversation, claim: ClaimDocument, interchange_id: int
) -> tuple[ClaimAcknowledgement, list[Decided]]:
    book, account = conversation.book, conversation.account
    verdict = judge_claim(claim, conversation.rulebook, history_of(book, account, claim))
    claim_id, payer_number = add_claim(book, interchange_id, account, claim, verdict)
    acknowledgement = ClaimAcknowledgement(
        claim_control_number=claim.control_number,
        statuses=(verdict.claim_status,),
        is_accepted=verdict.is_accepted,
        charge=claim.charge_total,
        payer_claim_control_number=payer_number,
        effective_on=conversation.now.date(),
    )
    if not verdict.is_accepted:
        return acknowledgement, []
    reversal = list(_reversal_of_original(conversation, claim, verdict))
    view = PayerView(claim, claim.payer, payer_number, conversation.now.date())
    return acknowledgement, [*reversal, *_decisions(conversation, view, claim_id, verdict)]


def _reversal_of_original(
    conversation: Conversation, claim: ClaimDocument, verdict: Verdict
) -> Iterator[Decided]:
    """Take back what was decided on the claim that this one replaces or voids."""
    if claim.frequency_code is FrequencyCode.ORIGINAL:
        return
    original = find_original(conversation.book, conversation.account, claim.original_reference)
    if original is None or original.standing is None:
        return
    was_denied = not (original.standing.paid or original.standing.patient_responsibility)
    if claim.frequency_code is FrequencyCode.REPLACEMENT and was_denied:
        return  # nobody was told to pay: the replacement is simply judged anew
    yield Decided(
        Payee(claim.payer, claim.billing_provider),
        _delay(conversation, verdict),
        DecisionKind.REVERSAL,
        original.claim_id,
        reversed_claim(original.standing, claim),
        negated(original.meanings),
    )


def _delay(conversation: Conversation, verdict: Verdict) -> float:
    delays = conversation.rulebook.delays
    return delays.late if verdict.is_late else delays.remittance


def _decisions(
    conversation: Conversation, view: PayerView, claim_id: int, verdict: Verdict
) -> Iterator[Decided]:
    delays, delay = conversation.rulebook.delays, _delay(conversation, verdict)
    for place, step in enumerate(steps_of(view, verdict)):
        yield Decided(
            Payee(step.payer, view.claim.billing_provider),
            delay + step.reversals * delays.reversal + step.crossovers * delays.crossover,
            step.kind,
            claim_id,
            step.claim,
            step.meanings,
            step.moved,
            is_sent_twice=verdict.is_sent_twice and place == 0,
        )


def _pay(conversation: Conversation, group: Group, decided: Sequence[Decided]) -> None:
    """Write the payments of one payer at one moment as one file, and record them."""
    book, account = conversation.book, conversation.account
    delay = decided[0].delay_seconds
    paid_on = (conversation.now + timedelta(seconds=delay)).date()
    by_payment: dict[tuple[str, str], list[Decided]] = defaultdict(list)
    for decision in decided:
        by_payment[decision.payment_key].append(decision)
    first_trace = next_trace_number(book)
    documents: list[RemittanceDocument] = []
    for ordinal, ((payer_id, provider), members) in enumerate(by_payment.items()):
        documents.append(
            payment(
                members[0].payee,
                [member.claim for member in members if member.claim],
                owed_back(book, account, payer_id, provider),
                trace_number=f"SBX{first_trace + ordinal:09d}",
                paid_on=paid_on,
                moved=[one for member in members for one in member.moved],
            )
        )
    answer = conversation.answer(
        "835",
        lambda envelope: write_remittances(documents, envelope),
        group=group,
        delay_seconds=delay,
    )
    for document, members in zip(documents, by_payment.values(), strict=True):
        remittance_id = add_remittance(book, answer.id, account, document)
        _record(book, remittance_id, members)
    if any(decision.is_sent_twice for decision in decided):
        conversation.repeat("835", answer, delay_seconds=conversation.rulebook.delays.duplicate)


def _record(book: Book, remittance_id: int, members: Sequence[Decided]) -> None:
    for member in members:
        if member.claim is not None:
            add_decision(
                book,
                remittance_id,
                member.claim_id,
                member.kind,
                member.payee.payer.payer_id,
                member.claim,
                member.meanings,
            )
