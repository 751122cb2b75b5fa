"""A deposit beside the remittances that may explain it, and a remittance beside deposits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.deposit import (
    DepositCandidate,
    DepositWay,
    OpenDeposit,
    OpenRemittance,
)
from models.states.bank_line import BankLineState
from models.values.money import ZERO
from revcycle.operations.deposits.policies import DepositPolicy, find_deposit_policy
from revcycle.rules.deposits.matching import MatchTerms, candidates, judge_pair
from revcycle.store.audit import record_act
from revcycle.store.deposits import (
    BankLineFacts,
    MatchFacts,
    debits_like,
    get_bank_line,
    lines_of_remittance,
    list_bank_lines,
    matches_of_line,
    open_deposits,
    open_remittances,
)
from workbench.pages.client_files import find_client_file

CANDIDATES_SHOWN: Final = 20


@dataclass(frozen=True, slots=True, repr=False)
class LinePicture:
    """A bank line with everything that decides what it is.

    Attributes:
        candidates: Remittances that something speaks for, best first.
        found: Open remittances that fit what was searched for.
        others: Other open deposits, to be matched together with it.
        opposites: Open lines of exactly the opposite amount.
    """

    line: BankLineFacts
    candidates: Sequence[DepositCandidate]
    found: Sequence[OpenRemittance]
    others: Sequence[BankLineFacts]
    opposites: Sequence[BankLineFacts]
    matches: Sequence[MatchFacts]


@dataclass(frozen=True, slots=True, repr=False)
class RemittancePicture:
    """A remittance whose money is missing, beside open deposits.

    Attributes:
        remittance: What is still to come; None when all of it came.
        deposits: Deposits that may be it, with what speaks for each, best first.
    """

    remittance: OpenRemittance | None
    deposits: Sequence[tuple[OpenDeposit, DepositCandidate]]
    came: int


def policy_of(client_key: str) -> DepositPolicy | None:
    """Read how a practice's deposits are matched; None where its file does not say."""
    config = find_client_file(client_key)
    return find_deposit_policy(config) if config else None


def terms_of(client_key: str) -> MatchTerms:
    """Say how near a deposit and a payment must be at a practice."""
    policy = policy_of(client_key)
    return policy.terms if policy else MatchTerms()


def picture_line(
    session: Session, act: Act, bank_line_id: UUID, terms: MatchTerms, *, search: str = ""
) -> LinePicture:
    """Read a line; that it was seen is written down, for its text may name people.

    Raises:
        NotFoundError: this practice has no such line.
    """
    client_id = act.client_id
    line = get_bank_line(session, client_id, bank_line_id)
    record_act(session, client_id, act, "see_bank_line", "bank_line", line.id)
    is_open = line.state is BankLineState.UNMATCHED
    remittances = open_remittances(session, client_id) if is_open else []
    judged = candidates(_as_deposit(line), remittances, terms)[:CANDIDATES_SHOWN]
    shown = {one.remittance.id for one in judged}
    found = [one for one in remittances if one.id not in shown and _fits(one, search)]
    open_lines = list_bank_lines(
        session, client_id, BankLineState.UNMATCHED, limit=CANDIDATES_SHOWN + 1
    )
    return LinePicture(
        line=line,
        candidates=judged,
        found=found[:CANDIDATES_SHOWN],
        others=[one for one in open_lines if one.id != line.id] if is_open else [],
        opposites=debits_like(session, client_id, line.amount) if is_open else [],
        matches=matches_of_line(session, client_id, bank_line_id),
    )


def picture_remittance(
    session: Session, act: Act, remittance_id: UUID, terms: MatchTerms
) -> RemittancePicture:
    """Read a remittance whose money is asked about."""
    client_id = act.client_id
    record_act(session, client_id, act, "see_remittance", "remittance", remittance_id)
    came = len(lines_of_remittance(session, client_id, remittance_id))
    missing = open_remittances(session, client_id, ids=[remittance_id])
    if not missing:
        return RemittancePicture(None, (), came)
    (remittance,) = missing
    judged = [
        (deposit, judge_pair(deposit, remittance, terms) or _unlikely(remittance))
        for deposit in open_deposits(session, client_id)
        if (deposit.amount > ZERO) == (remittance.amount > ZERO)
    ]
    judged.sort(key=lambda pair: _rank(pair[1]))
    return RemittancePicture(remittance, judged[:CANDIDATES_SHOWN], came)


def _rank(candidate: DepositCandidate) -> tuple[int, int]:
    ways = list(DepositWay)
    return ways.index(candidate.way) if candidate.way else len(ways), -len(candidate.speaks_for)


def _unlikely(remittance: OpenRemittance) -> DepositCandidate:
    return DepositCandidate(remittance, None, (), ("nothing speaks for it",))


def _fits(remittance: OpenRemittance, search: str) -> bool:
    words = search.casefold().split()
    text = f"{remittance.trace_number} {remittance.payer_name} {remittance.amount}".casefold()
    return bool(words) and all(word in text for word in words)


def _as_deposit(line: BankLineFacts) -> OpenDeposit:
    return OpenDeposit(
        line.id,
        line.posted_on,
        line.amount,
        line.kind,
        line.trace_number,
        line.payer_trace_id,
        line.check_number,
        line.text,
    )
