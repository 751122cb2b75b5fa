"""Answers questions: who is insured (270 to 271), what became of a claim (276 to 277)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from models.documents.acknowledgement import ClaimAcknowledgement, ClaimStatus, ClaimStatusInquiry
from models.documents.eligibility import (
    Benefit,
    EligibilityAnswer,
    EligibilityInquiry,
    EligibilityRejection,
)
from models.values.money import ZERO, Money
from revcycle.formats.x12.diagnostics import Diagnostic
from revcycle.formats.x12.interchange import Group, Transaction
from revcycle.formats.x12.t270 import read_inquiries
from revcycle.formats.x12.t271 import write_answers
from revcycle.formats.x12.t276 import read_status_inquiries
from revcycle.formats.x12.t277 import write_statuses
from revcycle.sandbox.claim_book import KnownClaim, find_known_claim
from revcycle.sandbox.conversation import Conversation
from revcycle.sandbox.envelopes import errors_of
from revcycle.sandbox.rulebook import Rulebook, Terms
from revcycle.sandbox.verdicts import Outcome

GENERAL: Final = ("30",)  # EB03: health benefit plan coverage
VISIT: Final = ("98",)  # EB03: professional visit in the office
CALENDAR_YEAR, REMAINING, PER_VISIT = "23", "29", "27"  # EB06
NOT_FOUND: Final = EligibilityRejection("subscriber", "75", "C")
LAPSED_DAYS: Final = 30  # before the day that is asked for
CLAIM_NOT_FOUND: Final = ClaimStatus("D0", "35", "PR")
PENDING: Final = ClaimStatus("P1", "20", "PR")
FINAL_PAID: Final = ClaimStatus("F1", "65", "PR")
FINAL_DENIED: Final = ClaimStatus("F2", "1", "PR")
FINAL_VOIDED: Final = ClaimStatus("F3", "1", "PR")


def answer_eligibility(
    conversation: Conversation, group: Group, transaction: Transaction, data: bytes
) -> tuple[Diagnostic, ...]:
    """Answer a 270 with a 271, or return why it cannot be read.

    Raises:
        RejectedError: what was asked cannot be repeated in an answer.
    """
    inquiries, findings = read_inquiries(data)
    if errors := errors_of(findings):
        return errors
    reference = next(part.get(3) for part in transaction.segments if part.tag == "BHT")
    answers = [
        (inquiry, eligibility_of(inquiry, conversation.rulebook, reference))
        for inquiry in inquiries
    ]
    conversation.answer("271", lambda envelope: write_answers(answers, envelope), group=group)
    return ()


def answer_status(conversation: Conversation, group: Group, data: bytes) -> tuple[Diagnostic, ...]:
    """Answer a 276 with a 277, or return why it cannot be read.

    Raises:
        RejectedError: what was asked cannot be repeated in an answer.
    """
    inquiries, findings = read_status_inquiries(data)
    if errors := errors_of(findings):
        return errors
    answers = []
    for inquiry in inquiries:
        known = find_known_claim(
            conversation.book,
            conversation.account,
            inquiry.payer_claim_control_number,
            inquiry.claim_control_number,
        )
        answers.append((inquiry, _status(inquiry, known, conversation.now.date())))
    conversation.answer("277", lambda envelope: write_statuses(answers, envelope), group=group)
    return ()


def eligibility_of(
    inquiry: EligibilityInquiry, rulebook: Rulebook, reference: str
) -> EligibilityAnswer:
    """Decide by the last digit of the member number."""
    members, ending = rulebook.members, inquiry.member_id[-1:]
    answer = EligibilityAnswer(
        trace_number=inquiry.trace_number,
        payer_id=inquiry.payer_id,
        member_id=inquiry.member_id,
        batch_reference=reference,
        rejections=(NOT_FOUND,) if ending in {"", members.unknown} else (),
    )
    if answer.rejections:
        return answer
    begin = date(inquiry.service_date.year, 1, 1)
    end: date | None = None
    if ending == members.lapsed:
        end = inquiry.service_date - timedelta(days=LAPSED_DAYS)
        begin = date(end.year - 1, 1, 1)
        benefits: tuple[Benefit, ...] = (Benefit("6", service_type_codes=GENERAL),)
    else:
        benefits = _benefits(rulebook.terms_of(inquiry.payer_id))
    if ending == members.other_payer_first:
        benefits = (*benefits, _other_payer(rulebook))
    return EligibilityAnswer(
        trace_number=answer.trace_number,
        payer_id=answer.payer_id,
        member_id=answer.member_id,
        benefits=benefits,
        plan_begin=begin,
        plan_end=end,
        batch_reference=reference,
    )


def _benefits(terms: Terms) -> tuple[Benefit, ...]:
    deductible, copay = Money(terms.deductible_cents), Money(terms.copay_cents)
    active = Benefit(
        "1", "IND", service_type_codes=GENERAL, plan_name="SANDBOX PLAN", in_network=""
    )
    listed = [active]
    if deductible:
        whole = Benefit("C", "IND", GENERAL, period=CALENDAR_YEAR, amount=deductible)
        listed += [whole, Benefit("C", "IND", GENERAL, period=REMAINING, amount=deductible)]
    if copay:
        listed.append(Benefit("B", "IND", VISIT, period=PER_VISIT, amount=copay))
    if terms.coinsurance > Decimal(0):
        listed.append(Benefit("A", "IND", GENERAL, fraction=terms.coinsurance))
    return tuple(listed)


def _other_payer(rulebook: Rulebook) -> Benefit:
    members = rulebook.members
    return Benefit(
        "R",
        service_type_codes=GENERAL,
        related_payer_name=members.other_payer_name,
        related_payer_id=members.other_payer_id,
    )


def _status(
    inquiry: ClaimStatusInquiry, known: KnownClaim | None, today: date
) -> ClaimAcknowledgement:
    status = CLAIM_NOT_FOUND if known is None else _status_of(known)
    is_final = known is not None and known.is_decided
    return ClaimAcknowledgement(
        claim_control_number=inquiry.claim_control_number,
        statuses=(status,),
        is_accepted=known is not None and known.outcome is not Outcome.REJECTED,
        charge=inquiry.charge,
        payer_claim_control_number=known.payer_number if known else "",
        effective_on=today,
        paid=known.paid if known is not None and is_final else ZERO,
        trace_number=inquiry.trace_number,
    )


def _status_of(known: KnownClaim) -> ClaimStatus:
    if known.outcome is Outcome.REJECTED:
        return known.claim_status
    if not known.is_decided:
        return FINAL_VOIDED if known.outcome is Outcome.VOIDED else PENDING
    return FINAL_DENIED if known.outcome is Outcome.DENIED else FINAL_PAID
