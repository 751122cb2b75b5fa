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
from revcycle.sandbox.claim_book import add_claim, find_original, history_of
from revcycle.sandbox.conversation import Conversation
from revcycle.sandbox.legible import legible_claim
from revcycle.sandbox.payment_book import (
    add_decision,
    add_remittance,
    next_trace_number,
    owed_back,
)
from revcycle.sandbox.remittances import (
    DecisionKind,
    Payee,
    PayerView,
    decided_claim,
    decisions_of,
    payment,
    reversed_claim,
)
from revcycle.sandbox.verdicts import RANKS, Verdict, judge_claim

GUIDE_LENGTH: Final = len("005010X222")
ReadBatches = Callable[[bytes], tuple[tuple[ClaimBatchDocument, ...], tuple[Diagnostic, ...]]]
# By guide; the errata at the end of a version (A1, A2, A3) do not matter here.
READERS: Final[Mapping[str, ReadBatches]] = {
    t837p.VERSION[:GUIDE_LENGTH]: t837p.read_batches,
    t837i.VERSION[:GUIDE_LENGTH]: t837i.read_batches,
}
SECOND: Final = "S"


@dataclass(frozen=True, slots=True)
class Decided:
    """One claim of a payment, when it is paid, and whose record it goes to."""

    payee: Payee
    delay_seconds: float
    kind: DecisionKind
    claim_id: int
    claim: RemittanceClaim
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

    Raises:
        RejectedError: the batch cannot be answered, so it must be refused as a whole.
    """
    legible = replace(batch, claims=tuple(map(legible_claim, batch.claims)))
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
    )


def _delay(conversation: Conversation, verdict: Verdict) -> float:
    delays = conversation.rulebook.delays
    return delays.late if verdict.is_late else delays.remittance


def _decisions(
    conversation: Conversation, view: PayerView, claim_id: int, verdict: Verdict
) -> Iterator[Decided]:
    first, later = decisions_of(view, verdict)
    if first is None:
        return
    delays, delay = conversation.rulebook.delays, _delay(conversation, verdict)
    payee = Payee(view.payer, view.claim.billing_provider)
    yield Decided(payee, delay, DecisionKind.DECISION, claim_id, first, verdict.is_sent_twice)
    kinds = (DecisionKind.REVERSAL, DecisionKind.CORRECTION)
    for kind, claim in zip(kinds, later, strict=False):
        yield Decided(payee, delay + delays.reversal, kind, claim_id, claim)
    if verdict.forwarded_to is not None:
        second = replace(verdict.forwarded_to, responsibility=SECOND)
        onward_view = replace(view, payer=second, payer_number=f"{view.payer_number}X")
        onward = decided_claim(onward_view, RANKS[SECOND], verdict.onward, None)
        payee = Payee(second, view.claim.billing_provider)
        yield Decided(payee, delay + delays.crossover, DecisionKind.ONWARD, claim_id, onward)


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
                [member.claim for member in members],
                owed_back(book, account, payer_id, provider),
                trace_number=f"SBX{first_trace + ordinal:09d}",
                paid_on=paid_on,
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
        for member in members:
            payer_id = member.payee.payer.payer_id
            add_decision(book, remittance_id, member.claim_id, member.kind, payer_id, member.claim)
    if any(decision.is_sent_twice for decision in decided):
        conversation.repeat("835", answer, delay_seconds=conversation.rulebook.delays.duplicate)
