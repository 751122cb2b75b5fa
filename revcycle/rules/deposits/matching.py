"""Which remittance explains a deposit?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from models.documents.deposit import (
    DepositCandidate,
    DepositPair,
    DepositWay,
    OpenDeposit,
    OpenRemittance,
)
from models.values.money import Money

WAYS_IN_ORDER: Final = tuple(DepositWay)
ALONE: Final = frozenset({DepositWay.TRACE_AND_PAYER, DepositWay.TRACE, DepositWay.CHECK_NUMBER})
CHECK: Final = "CHK"
NO_NAME_WORDS: Final = frozenset(
    {"HEALTH", "PLAN", "INSURANCE", "THE", "OF", "INC", "LLC", "COMPANY", "CO", "GROUP", "CARE"}
)
_WORD: Final = re.compile(r"[A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class MatchTerms:
    """How near a deposit and a payment must be.

    Attributes:
        window_days: Days between the payment's date and the bank's, either way.
        by_name: Whether the payer's name may stand for a trace without asking a person.
    """

    window_days: int = 5
    by_name: bool = False


def judge_pair(
    deposit: OpenDeposit, remittance: OpenRemittance, terms: MatchTerms
) -> DepositCandidate | None:
    """Say what speaks for a remittance, and against it; None where nothing does.

    Source:
        CORE rule 370 (re-association of EFT and ERA): TRN02 and TRN03 of the 835 stand in the
        addenda of the CCD+ payment. Checks are known by their number.
    """
    facts = _facts(deposit, remittance, terms)
    if not any(is_so and is_strong for is_so, is_strong, _, _ in facts):
        return None
    speaks_for = tuple(yes for is_so, _, yes, _ in facts if is_so and yes)
    speaks_against = tuple(no for is_so, _, _, no in facts if not is_so and no)
    way = _way(deposit, remittance, terms)
    return DepositCandidate(remittance, way, speaks_for, speaks_against)


def candidates(
    deposit: OpenDeposit, remittances: Iterable[OpenRemittance], terms: MatchTerms
) -> list[DepositCandidate]:
    """List the remittances that something speaks for, the most likely first.

    Source:
        As ``judge_pair``.
    """
    found = [judge_pair(deposit, remittance, terms) for remittance in remittances]
    return sorted((one for one in found if one), key=lambda one: _order(deposit, one))


def choose_pairs(
    deposits: Sequence[OpenDeposit], remittances: Sequence[OpenRemittance], terms: MatchTerms
) -> list[DepositPair]:
    """Match what needs no person: surest way first, and only where neither side has a choice.

    Source:
        As ``judge_pair``; that nothing is guessed between two candidates is our own rule.
    """
    pairs: list[DepositPair] = []
    used_deposits: set[object] = set()
    used_remittances: set[object] = set()
    for way in WAYS_IN_ORDER:
        if way not in ALONE and not (way is DepositWay.NAME and terms.by_name):
            continue
        for pair in _sure_pairs(
            [one for one in deposits if one.id not in used_deposits],
            [one for one in remittances if one.id not in used_remittances],
            way,
            terms,
        ):
            pairs.append(pair)
            used_deposits.add(pair.bank_line_id)
            used_remittances.add(pair.remittance_id)
    return pairs


def says_same_payment(deposit: OpenDeposit, remittance: OpenRemittance) -> bool:
    """Tell whether both carry one number, whatever their amounts.

    Source:
        As ``judge_pair``.
    """
    return _same_trace(deposit, remittance) or _same_check(deposit, remittance)


def _sure_pairs(
    deposits: Sequence[OpenDeposit],
    remittances: Sequence[OpenRemittance],
    way: DepositWay,
    terms: MatchTerms,
) -> list[DepositPair]:
    """Pair by amount first, so that a year of deposits is not compared with a year of payments."""
    by_amount: dict[int, list[OpenRemittance]] = defaultdict(list)
    for remittance in remittances:
        by_amount[remittance.amount.cents].append(remittance)
    found = [
        DepositPair(deposit.id, remittance.id, deposit.amount, way)
        for deposit in deposits
        for remittance in by_amount[deposit.amount.cents]
        if _fits(deposit, remittance, way, terms)
    ]
    of_deposits = Counter(pair.bank_line_id for pair in found)
    of_remittances = Counter(pair.remittance_id for pair in found)
    return [
        pair
        for pair in found
        if of_deposits[pair.bank_line_id] == 1 and of_remittances[pair.remittance_id] == 1
    ]


def _way(deposit: OpenDeposit, remittance: OpenRemittance, terms: MatchTerms) -> DepositWay | None:
    if deposit.amount != remittance.amount:
        return None
    return next((way for way in WAYS_IN_ORDER if _fits(deposit, remittance, way, terms)), None)


def _fits(
    deposit: OpenDeposit, remittance: OpenRemittance, way: DepositWay, terms: MatchTerms
) -> bool:
    if way is DepositWay.TRACE_AND_PAYER:
        return _same_trace(deposit, remittance) and _same_payer(deposit, remittance)
    if way is DepositWay.TRACE:
        # Another payer's id beside the same number: two payers number alike.
        return _same_trace(deposit, remittance) and not deposit.payer_trace_id
    if way is DepositWay.CHECK_NUMBER:
        return _same_check(deposit, remittance)
    if way is DepositWay.NAME:
        has_own_number = bool(deposit.trace_number) and not _same_trace(deposit, remittance)
        return (
            not has_own_number
            and _is_named(deposit, remittance)
            and _is_near(deposit, remittance, terms)
        )
    return False


def _facts(
    deposit: OpenDeposit, remittance: OpenRemittance, terms: MatchTerms
) -> tuple[tuple[bool, bool, str, str], ...]:
    """Each fact: is it so, does it speak for a pair alone, in words if so, in words if not."""
    same_amount = deposit.amount == remittance.amount
    near = _is_near(deposit, remittance, terms)
    named = _is_named(deposit, remittance)
    difference = Money(abs((deposit.amount - remittance.amount).cents))
    less = "less" if deposit.amount < remittance.amount else "more"
    return (
        (_same_trace(deposit, remittance), True, "same trace number", _other_trace(deposit)),
        (_same_payer(deposit, remittance), False, "same payer id", _other_payer(deposit)),
        (_same_check(deposit, remittance), True, "same check number", ""),
        (same_amount, False, "same amount", f"{difference} {less} than it explains"),
        (named and near, True, "payer's name", ""),
        (same_amount and near, True, "", ""),
        (near, False, "days near each other", f"more than {terms.window_days} days apart"),
    )


def _order(deposit: OpenDeposit, one: DepositCandidate) -> tuple[int, int, int, str]:
    ways = WAYS_IN_ORDER.index(one.way) if one.way else len(WAYS_IN_ORDER)
    apart = abs((deposit.posted_on - one.remittance.payment_date).days)
    return ways, -len(one.speaks_for), apart, str(one.remittance.id)


def _same_trace(deposit: OpenDeposit, remittance: OpenRemittance) -> bool:
    return bool(deposit.trace_number) and payment_number(deposit.trace_number) == payment_number(
        remittance.trace_number
    )


def _same_payer(deposit: OpenDeposit, remittance: OpenRemittance) -> bool:
    return bool(deposit.payer_trace_id) and deposit.payer_trace_id == remittance.payer_trace_id


def _same_check(deposit: OpenDeposit, remittance: OpenRemittance) -> bool:
    return (
        remittance.method == CHECK
        and bool(deposit.check_number)
        and payment_number(deposit.check_number) == payment_number(remittance.trace_number)
    )


def _is_near(deposit: OpenDeposit, remittance: OpenRemittance, terms: MatchTerms) -> bool:
    apart = deposit.posted_on - remittance.payment_date
    return abs(apart) <= timedelta(days=terms.window_days)


def _is_named(deposit: OpenDeposit, remittance: OpenRemittance) -> bool:
    """Tell whether the words that make a payer's name its own stand in the bank's text."""
    words = set(_WORD.findall(remittance.payer_name.upper())) - NO_NAME_WORDS
    return bool(words) and words <= set(_WORD.findall(deposit.text.upper()))


def _other_trace(deposit: OpenDeposit) -> str:
    return "another trace number" if deposit.trace_number else ""


def _other_payer(deposit: OpenDeposit) -> str:
    return "another payer id" if deposit.payer_trace_id else ""


def payment_number(text: str) -> str:
    """Write a number as all banks would: leading zeros and case get lost on the way.

    Source:
        Our own, from statements on which numbers of checks are padded to the bank's width.
    """
    plain = text.strip().casefold()
    return plain.lstrip("0") or plain
