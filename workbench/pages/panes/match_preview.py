"""What a match would book, before it is booked, in words for a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import EntryDraft
from models.documents.match import Candidate, ClaimPicture, LinePicture
from models.documents.posting import PostableClaim
from models.values.accounts import WRITE_OFFS, Account
from models.values.display import to_dollars
from models.values.money import ZERO, Money, total
from revcycle.operations.posting.balance_changes import BalanceChange, balance_changes
from revcycle.operations.posting.prepare_match import (
    MatchChoice,
    MatchPreview,
    prepare_match,
    preview_match,
)
from revcycle.operations.posting.read_remittance_claim import OpenedRemittanceClaim
from revcycle.rules.posting.line_likeness import liken_lines
from workbench.pages.panes.shown_totals import write_totals
from workbench.pages.records.money_words import say_account, say_adjustment, say_entry

LOOK = ":preview"  # ends the keys of entries that nobody books


@dataclass(frozen=True, slots=True)
class LineChoice:
    """One line of the payer, and which of ours stands for it.

    Attributes:
        chosen: The id of our line, or empty.
        hint: What speaks for a line of ours, where none was sure.
    """

    ordinal: int
    chosen: str
    hint: str


@dataclass(frozen=True, slots=True)
class ShownPosting:
    """One line of an entry."""

    account: str
    code: str
    reason: str
    debit: Money | None
    credit: Money | None


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry that would be booked."""

    kind: str
    postings: tuple[ShownPosting, ...]


@dataclass(frozen=True, slots=True)
class ShownBalance:
    """Who owes what of one service, before and after, in words."""

    code: str
    charge: Money
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownMatch:
    """A match on a page before it is made.

    Attributes:
        figures: What it comes to: a label and an amount each, none of zero.
        denied: Code of our service, what the payer said, amount.
        totals: What the form brings back, see ``shown_totals``.
    """

    refusal: str
    claim: ClaimPicture
    choices: tuple[LineChoice, ...]
    figures: tuple[tuple[str, Money], ...]
    denied: tuple[tuple[str, str, Money], ...]
    findings: tuple[str, ...]
    entries: tuple[ShownEntry, ...]
    balances: tuple[ShownBalance, ...]
    totals: str


def show_match(
    session: Session,
    act: Act,
    opened: OpenedRemittanceClaim,
    candidate: Candidate,
    line_ids: tuple[UUID | None, ...] | None,
    capitated_payers: frozenset[str],
) -> ShownMatch:
    """Work out and picture what a match would book.

    Args:
        session: The open transaction.
        act: Who looks.
        opened: The payer's claim.
        candidate: Our claim.
        line_ids: Ours for each line of the payer; None leaves it to the lines.
        capitated_payers: Keys of payers that pay the practice per person.

    Raises:
        NotFoundError: this practice has no such claim.
        RejectedError: a chosen line is not of the claim.
    """
    choice = MatchChoice(candidate.claim.claim_id, line_ids)
    prepared = prepare_match(
        session, act, opened, choice, source_suffix=LOOK, capitated_payers=capitated_payers
    )
    preview = preview_match(session, act, prepared)
    codes = {line.charge_id: line.procedure_code for line in prepared.claim.lines}
    changes = balance_changes(session, act.client_id, prepared.claim, preview.entries)
    return ShownMatch(
        refusal=preview.refusal,
        claim=candidate.claim,
        choices=_choices(opened, candidate.claim.lines, preview),
        figures=_figures(preview.totals),
        denied=_denied(preview, prepared.claim),
        findings=tuple(finding.message for finding in preview.findings),
        entries=tuple(_entry(entry, codes) for entry in preview.entries),
        balances=tuple(_balance(one) for one in changes) if preview.entries else (),
        totals=write_totals(preview.totals),
    )


def _choices(
    opened: OpenedRemittanceClaim, ours: Sequence[LinePicture], preview: MatchPreview
) -> tuple[LineChoice, ...]:
    likenesses = liken_lines(opened.decision.lines, ours)
    return tuple(
        LineChoice(
            ordinal,
            str(line.claim_line_id) if line else "",
            f"perhaps line {like.line.number}: {like.text}" if like and not line else "",
        )
        for ordinal, (line, like) in enumerate(zip(preview.lines, likenesses, strict=True), start=1)
    )


def _figures(totals: Mapping[Account, Money]) -> tuple[tuple[str, Money], ...]:
    """Say what a match comes to, in the order in which a poster asks."""
    figures = (
        ("Leaves unapplied", totals.get(Account.UNAPPLIED, ZERO)),
        ("Reduced by contract", totals.get(Account.CONTRACTUAL, ZERO)),
        ("Federal budget cut", totals.get(Account.SEQUESTRATION, ZERO)),
        ("To the patient", totals.get(Account.AR_PATIENT, ZERO)),
        ("To the second payer", max(totals.get(Account.AR_INSURANCE_2, ZERO), ZERO)),
        ("To the third payer", max(totals.get(Account.AR_INSURANCE_3, ZERO), ZERO)),
        ("Denied", totals.get(Account.AR_DENIED, ZERO)),
        ("Overpaid", -totals.get(Account.INSURANCE_CREDIT, ZERO)),
        ("Written off", total(totals.get(account, ZERO) for account in WRITE_OFFS)),
    )
    return tuple((label, amount) for label, amount in figures if amount)


def _denied(preview: MatchPreview, claim: PostableClaim) -> tuple[tuple[str, str, Money], ...]:
    codes = {line.charge_id: line.procedure_code for line in claim.lines}
    return tuple(
        (
            codes[denied.charge_id],
            _reason(denied.share.adjustment.group, denied.share.adjustment.reason),
            denied.share.adjustment.amount,
        )
        for denied in preview.denied
    )


def _entry(entry: EntryDraft, codes: Mapping[UUID, str]) -> ShownEntry:
    postings = tuple(
        ShownPosting(
            account=say_account(posting.account),
            code=codes.get(posting.subject.charge_id, "") if posting.subject.charge_id else "",
            reason=_reason(posting.group, posting.reason) if posting.reason else "",
            debit=posting.amount if posting.amount > ZERO else None,
            credit=-posting.amount if posting.amount < ZERO else None,
        )
        for posting in entry.postings
    )
    return ShownEntry(say_entry(entry.kind), postings)


def _reason(group: str, reason: str) -> str:
    return f"{group}-{reason}: {say_adjustment(group, reason)}"


def _balance(change: BalanceChange) -> ShownBalance:
    return ShownBalance(
        change.procedure_code, change.charge, _owed(change.before), _owed(change.after)
    )


def _owed(balances: Mapping[Account, Money]) -> str:
    parts = [f"{to_dollars(amount)} {say_account(account)}" for account, amount in balances.items()]
    return ", ".join(parts) or "nothing owed"
