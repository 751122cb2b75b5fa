"""What the payer decides about one claim: refuse it, or judge every line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from models.documents.acknowledgement import ClaimStatus
from models.documents.claim import ClaimDocument, ClaimPayer, FrequencyCode
from models.values.money import ZERO, Money
from revcycle.sandbox.case import Case
from revcycle.sandbox.cases import CORRECTED, draw_case
from revcycle.sandbox.chance import Chance
from revcycle.sandbox.pricing import (
    MEDICARE_INDICATORS,
    LineDecision,
    Price,
    deny_after_others,
    deny_line,
    left_by_others,
    patient_share,
    pay_after_others,
    pay_and_repeat,
    pay_in_part,
    price_lines,
)
from revcycle.sandbox.rulebook import DenialRule, Rulebook

ACCEPTED = ClaimStatus("A2", "20", "PR")  # accepted for processing
UNKNOWN_ORIGINAL = ClaimStatus("A7", "464", "PR")  # payer's number of the original
UNKNOWN_SUBSCRIBER = ClaimStatus("A3", "33", "IL")  # returned: subscriber not found
RANKS = {"P": "1", "S": "2", "T": "3"}  # SBR01 -> CLP02
FORWARDED = {"1": "19", "2": "20", "3": "21"}
ONWARD_STATUSES = ("2", "3")
BEYOND_THIRD = ClaimPayer("FOURTH INVENTED PLAN", "NOFOURTH", "U")
PAID_IN_PART = Decimal("0.8")
NOT_INSURED_STATUS = "4"
REVERSAL_STATUS = "22"
LAPSED = DenialRule(group="CO", reason="27")
NOT_INSURED = DenialRule(group="CO", reason="31")
NOT_NECESSARY = DenialRule(group="CO", reason="50")
OTHER_PAYER_FIRST = DenialRule(group="CO", reason="22")
DUPLICATE = DenialRule(group="CO", reason="18")
NO_EARLIER_DECISION = DenialRule(group="CO", reason="16", remarks=("MA04",))


class Outcome(StrEnum):
    """What became of a claim, as the sandbox's own record says it."""

    REJECTED = "rejected"  # 277CA, never adjudicated
    DENIED = "denied"
    PARTLY_DENIED = "partly_denied"
    PAID = "paid"  # adjudicated as billed, whatever the patient's share
    VOIDED = "voided"  # frequency 8: the earlier decision is taken back


@dataclass(frozen=True, slots=True)
class History:
    """What the payer knows of a claim before it opens it."""

    is_repeated: bool = False  # this CLM01 was accepted before
    original_found: bool = False  # REF*F8 names a claim it has
    original_denied: bool = False
    original_stands: bool = False  # with a decision that was not taken back


@dataclass(frozen=True, slots=True)
class Onward:
    """What a payer decided that received the claim from the one before.

    Attributes:
        payer: Who decided.
        status: CLP02.
        forwarded_to: Who receives it next.
    """

    payer: ClaimPayer
    status: str
    lines: tuple[LineDecision, ...]
    forwarded_to: ClaimPayer | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything decided about one claim.

    Attributes:
        status: CLP02; empty for a refusal and for a void.
        lines: One decision per line of the claim, in its order.
        correction: The lines of a second, lower decision that replaces the first one later.
        onward: The payers that receive the claim next, with their own decisions.
        case: What of the rarer things happens to it.
    """

    outcome: Outcome
    claim_status: ClaimStatus = ACCEPTED
    status: str = ""
    lines: tuple[LineDecision, ...] = ()
    correction: tuple[LineDecision, ...] = ()
    onward: tuple[Onward, ...] = ()
    case: Case | None = None
    is_late: bool = False
    is_sent_twice: bool = False

    @property
    def is_accepted(self) -> bool:
        """Tell whether the claim entered adjudication."""
        return self.outcome is not Outcome.REJECTED


def judge_claim(claim: ClaimDocument, rulebook: Rulebook, history: History) -> Verdict:
    """Decide about a claim: the same claim with the same history always gets the same verdict."""
    chance = Chance(rulebook.seed, claim.control_number)
    if claim.frequency_code is not FrequencyCode.ORIGINAL:
        is_void = claim.frequency_code is FrequencyCode.VOID
        if not history.original_found or (is_void and not history.original_stands):
            return Verdict(Outcome.REJECTED, UNKNOWN_ORIGINAL)
        if is_void:
            return Verdict(Outcome.VOIDED)
    elif (refusal := _refusal(claim, rulebook, chance)) is not None:
        return Verdict(Outcome.REJECTED, refusal)
    denial = _denial(claim, rulebook, history, chance)
    if denial is None:
        verdict = _judge_lines(claim, rulebook, chance)
    else:
        status = NOT_INSURED_STATUS if denial is NOT_INSURED else _rank(claim)
        verdict = Verdict(Outcome.DENIED, status=status, lines=_denied_lines(claim, denial))
    return replace(
        verdict,
        is_late=chance.happens("late", rulebook.rates.late),
        is_sent_twice=chance.happens("duplicate", rulebook.rates.duplicate),
    )


def _rank(claim: ClaimDocument) -> str:
    return RANKS.get(claim.payer.responsibility, "1")


def _refusal(claim: ClaimDocument, rulebook: Rulebook, chance: Chance) -> ClaimStatus | None:
    """Find why an original claim is never adjudicated: who is insured comes before chance."""
    ending = claim.subscriber.member_id[-1:]
    if ending == rulebook.members.refused:
        return UNKNOWN_SUBSCRIBER
    is_drawn = chance.happens("rejection", rulebook.rates.rejection)
    if not is_drawn or ending == rulebook.members.denied:
        return None
    return _rejection(rulebook, chance)


def _rejection(rulebook: Rulebook, chance: Chance) -> ClaimStatus:
    weights = [rule.weight for rule in rulebook.rejections]
    rule = rulebook.rejections[chance.pick("which rejection", weights)]
    return ClaimStatus(rule.category, rule.status, rule.entity)


def _denial(
    claim: ClaimDocument, rulebook: Rulebook, history: History, chance: Chance
) -> DenialRule | None:
    """Find why the whole claim is denied: who is insured comes first, then chance."""
    if history.is_repeated:
        return DUPLICATE
    if (by_member := _denial_by_member(claim, rulebook)) is not None:
        return by_member
    if _rank(claim) != "1" and left_by_others(claim) is None:
        return NO_EARLIER_DECISION
    if claim.frequency_code is FrequencyCode.REPLACEMENT:
        is_denied = history.original_denied and chance.happens(
            "denied again", rulebook.rates.denied_again
        )
    else:
        is_denied = chance.happens("denial", rulebook.rates.denial)
    return _drawn_denial(rulebook, chance) if is_denied else None


def _denial_by_member(claim: ClaimDocument, rulebook: Rulebook) -> DenialRule | None:
    members, ending = rulebook.members, claim.subscriber.member_id[-1:]
    if not ending:
        return NOT_INSURED
    if ending == members.lapsed:
        return LAPSED
    if ending == members.unknown:
        return NOT_INSURED
    if ending == members.denied:
        return NOT_NECESSARY
    asks_first = members.denies_other_payer_first and _rank(claim) == "1"
    return OTHER_PAYER_FIRST if asks_first and ending == members.other_payer_first else None


def _drawn_denial(rulebook: Rulebook, chance: Chance) -> DenialRule:
    weights = [rule.weight for rule in rulebook.denials]
    return rulebook.denials[chance.pick("which denial", weights)]


def _denied_lines(claim: ClaimDocument, rule: DenialRule) -> tuple[LineDecision, ...]:
    left = left_by_others(claim) if _rank(claim) != "1" else None
    if left is None:
        return tuple(
            deny_line(line.charge, rule.group, rule.reason, rule.remarks) for line in claim.lines
        )
    return tuple(
        deny_after_others(line.charge, part, rule.group, rule.reason, rule.remarks)
        for line, part in zip(claim.lines, left, strict=True)
    )


def _judge_lines(claim: ClaimDocument, rulebook: Rulebook, chance: Chance) -> Verdict:
    rank = _rank(claim)
    if rank != "1" and (left := left_by_others(claim)) is not None:
        return _judge_after_others(claim, left, rulebook, chance)
    price = _price(claim, rulebook, chance)
    charges = [line.charge for line in claim.lines]
    case = draw_case(claim, rulebook, chance, is_first=True)
    if case is not None and not _crosses_to(claim, rulebook):
        return _in_case(case, rank, charges, price, rulebook)
    return _judge_plainly(claim, charges, price, rulebook, chance)


def _judge_plainly(
    claim: ClaimDocument,
    charges: Sequence[Money],
    price: Price,
    rulebook: Rulebook,
    chance: Chance,
) -> Verdict:
    rank, lines = _rank(claim), price_lines(charges, price)
    if (place := _denied_place(claim, rulebook, chance)) is not None:
        rule = _drawn_denial(rulebook, chance)
        denied = deny_line(charges[place], rule.group, rule.reason, rule.remarks)
        lines = (*lines[:place], denied, *lines[place + 1 :])
        return Verdict(Outcome.PARTLY_DENIED, status=rank, lines=lines)
    paid_verdict = Verdict(Outcome.PAID, status=rank, lines=lines)
    if seconds := _crosses_to(claim, rulebook):
        return _forwarded(paid_verdict, charges, seconds, claim, rulebook, chance)
    if _paid_of(lines) > ZERO and chance.happens("reversal", rulebook.rates.reversal):
        lower = price_lines(charges, price.lowered(rulebook.corrections.reduction))
        return replace(paid_verdict, correction=lower)
    return paid_verdict


def _in_case(
    case: Case, rank: str, charges: Sequence[Money], price: Price, rulebook: Rulebook
) -> Verdict:
    """Judge a first payer's claim that one of the rarer things happens to."""
    if case is Case.ZERO_PAID:
        price = replace(price, deductible=Money(sum(charge.cents for charge in charges)))
    lines = price_lines(charges, price)
    outcome = Outcome.DENIED if case is Case.NOT_OURS else Outcome.PAID
    verdict = Verdict(outcome, status=rank, lines=lines, case=case)
    if case not in CORRECTED:
        return verdict
    lower = price_lines(charges, price.lowered(rulebook.corrections.reduction))
    return replace(verdict, correction=lower)


def _judge_after_others(
    claim: ClaimDocument, left: Sequence[Money], rulebook: Rulebook, chance: Chance
) -> Verdict:
    case = draw_case(claim, rulebook, chance, is_first=False)
    pairs = zip(claim.lines, left, strict=True)
    lines = tuple(_after_others(case, line.charge, part) for line, part in pairs)
    return Verdict(Outcome.PAID, status=_rank(claim), lines=lines, case=case)


def _after_others(case: Case | None, charge: Money, left: Money) -> LineDecision:
    if case is Case.REPEATS_DIFFERENCE:
        return pay_and_repeat(charge, left, PAID_IN_PART)
    if case is Case.CUTS_MORE:
        return pay_in_part(charge, left, PAID_IN_PART, "CO", "45")
    if case is Case.LEAVES_SHARE:
        return pay_in_part(charge, left, PAID_IN_PART, "PR", "2")
    return pay_after_others(charge, left)


def _forwarded(
    verdict: Verdict,
    charges: Sequence[Money],
    seconds: Sequence[ClaimPayer],
    claim: ClaimDocument,
    rulebook: Rulebook,
    chance: Chance,
) -> Verdict:
    """Let each payer pay what the one before left, or a part of it where another one follows."""
    onward: list[Onward] = []
    left = [patient_share(line.adjustments) for line in verdict.lines]
    case = draw_case(claim, rulebook, chance, is_first=False)
    for place, payer in enumerate(seconds):
        follows = seconds[place + 1] if place + 1 < len(seconds) else None
        own = Case.LEAVES_SHARE if follows else case
        pairs = zip(charges, left, strict=True)
        lines = tuple(_after_others(own, charge, part) for charge, part in pairs)
        status = ONWARD_STATUSES[place]
        if follows is None and status == ONWARD_STATUSES[-1]:
            follows = _beyond_third(claim, rulebook)
        onward.append(Onward(payer, FORWARDED[status] if follows else status, lines, follows))
        left = [patient_share(line.adjustments) for line in lines]
    status = FORWARDED[verdict.status]
    return replace(verdict, status=status, onward=tuple(onward), case=case)


def _beyond_third(claim: ClaimDocument, rulebook: Rulebook) -> ClaimPayer | None:
    """Name a fourth payer for one third payer's claim in two."""
    chance = Chance(rulebook.seed, claim.control_number)
    return BEYOND_THIRD if chance.happens("fourth payer", rulebook.cases.rate / 2) else None


def _price(claim: ClaimDocument, rulebook: Rulebook, chance: Chance) -> Price:
    terms, rates = rulebook.terms_of(claim.payer.payer_id), rulebook.rates
    is_federal = claim.payer.filing_indicator in MEDICARE_INDICATORS
    has_deductible = chance.happens("deductible", rates.deductible)
    has_copay = chance.happens("copay", rates.copay)
    return Price(
        allowed=terms.allowed,
        deductible=Money(terms.deductible_cents) if has_deductible else ZERO,
        copay=Money(terms.copay_cents) if has_copay else ZERO,
        coinsurance=terms.coinsurance,
        sequestration=terms.sequestration if is_federal else Decimal(0),
    )


def _denied_place(claim: ClaimDocument, rulebook: Rulebook, chance: Chance) -> int | None:
    is_original = claim.frequency_code is FrequencyCode.ORIGINAL
    may = is_original and len(claim.lines) > 1
    if not may or not chance.happens("partial denial", rulebook.rates.partial_denial):
        return None
    return chance.pick("which line", [1] * len(claim.lines))


def _crosses_to(claim: ClaimDocument, rulebook: Rulebook) -> tuple[ClaimPayer, ...]:
    if _rank(claim) != "1" or not rulebook.terms_of(claim.payer.payer_id).crosses_over:
        return ()
    waiting = [other.payer for other in claim.other_payers if other.paid is None]
    return tuple(waiting[: len(ONWARD_STATUSES)])


def _paid_of(lines: tuple[LineDecision, ...]) -> Money:
    return Money(sum(line.paid.cents for line in lines))
