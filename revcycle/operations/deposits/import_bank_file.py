"""Take a bank statement in: every new line once, booked, matched or asked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.deposit import BankEntry, BankLineKind, BankProblem, BankStatement
from models.states.bank_line import BankLineState
from models.states.file import INBOUND_FILE_TRANSITIONS, InboundFileEvent, InboundFileState
from models.states.work_item import Queue
from models.tables import BankLine, InboundFile
from revcycle.formats.bank.reading import mask_accounts, read_statement
from revcycle.operations.deposits.policies import DepositPolicy
from revcycle.operations.deposits.settle_deposits import settle_deposits
from revcycle.operations.files.store_inbound_file import StoredFile, store_inbound_file
from revcycle.rules.deposits.bookings import deposit_entry
from revcycle.rules.deposits.natural_key import natural_keys
from revcycle.store import ledger, work_items
from revcycle.store.audit import record_act
from revcycle.store.deposits import known_keys
from revcycle.store.inbound_files import get_inbound_file
from revcycle.store.state_changes import move, record_creation
from revcycle.store.work_items import NewWorkItem

BANK_FILE: Final = "BANK"  # the kind of inbound file
UNREADABLE: Final = "deposit.unreadable"
LINES_REFUSED: Final = "deposit.lines_refused"
PROBLEMS_SHOWN: Final = 5
AHEAD: Final = timedelta(days=7)  # banks announce payments of the next days, not of next year
SET_ASIDE_AT_ONCE: Final = {BankLineKind.FEE: "bank_fee", BankLineKind.PAYMENT: "own_payment"}


@dataclass(frozen=True, slots=True)
class ImportCount:
    """What a statement came to.

    Attributes:
        is_new: False when the file had been dealt with; then nothing was changed.
        known: Lines that an earlier statement had brought.
        set_aside: Lines that are no money of a payer.
        matched: Deposits that found their remittance, those of earlier statements too.
        others: Lines of other accounts.
        refused: What could not be taken, line by line, or of the file as a whole.
    """

    state: InboundFileState
    is_new: bool = True
    read: int = 0
    known: int = 0
    set_aside: int = 0
    matched: int = 0
    asked: int = 0
    others: int = 0
    refused: tuple[BankProblem, ...] = ()

    @property
    def left(self) -> int:
        """Count the new lines that were booked and may wait for a remittance."""
        return self.read - self.known - self.set_aside


def store_bank_file(
    session: Session, act: Act, policy: DepositPolicy, *, source: str, name: str, content: bytes
) -> StoredFile:
    """Keep a statement with all but the last four digits of account numbers masked."""
    return store_inbound_file(
        session,
        act,
        source=source,
        kind=BANK_FILE,
        name=name,
        content=mask_accounts(content, policy.form),
    )


def import_bank_file(
    session: Session, act: Act, inbound_file_id: UUID, policy: DepositPolicy
) -> ImportCount:
    """Read a stored statement and book each line that is new, or refuse the file as a whole.

    Repeating it is safe: a file that was taken in is reported and left alone. One that was refused
    is tried again, because the client file may have been put right.

    Raises:
        NotFoundError: this practice has no such file.
    """
    file = get_inbound_file(session, act.client_id, inbound_file_id)
    if file.state == InboundFileState.POSTED:
        return ImportCount(InboundFileState.POSTED, is_new=False)
    if file.state == InboundFileState.QUARANTINED:
        _move(session, act, file, InboundFileEvent.RELEASE)
    statement = read_statement(file.content, policy.form)
    if statement.problems:
        return _refuse(session, act, file, statement.problems)
    work_items.close_work_items(
        session, act.client_id, act, [_cause(file.id)], resolution="taken in"
    )
    return _take_in(session, act, file, statement, policy)


def _take_in(
    session: Session, act: Act, file: InboundFile, statement: BankStatement, policy: DepositPolicy
) -> ImportCount:
    entries = [one for one in statement.entries if one.posted_on <= act.today + AHEAD]
    refused = (*statement.refused, *_too_early(statement.entries, entries))
    keys = natural_keys(entries)
    known = known_keys(session, act.client_id, keys)
    rows = [
        _row(act, file.id, ordinal, entry, key)
        for ordinal, (entry, key) in enumerate(zip(entries, keys, strict=True), start=1)
        if key not in known
    ]
    _book(session, act, rows)
    _move(session, act, file, InboundFileEvent.POST)
    file.reason = ""
    record_act(session, act.client_id, act, "import_bank_file", "inbound_file", file.id)
    if refused:
        _ask(session, act, file, LINES_REFUSED, refused)
    session.flush()
    settled = settle_deposits(session, act, policy)
    return ImportCount(
        InboundFileState.POSTED,
        read=len(entries),
        known=len(entries) - len(rows),
        set_aside=sum(row.state is BankLineState.SET_ASIDE for row in rows),
        matched=settled.matched,
        asked=settled.asked,
        others=statement.others,
        refused=refused,
    )


def _book(session: Session, act: Act, rows: Sequence[BankLine]) -> None:
    for row in rows:
        record_creation(session, act.client_id, act, row)
    ledger.insert_entries(
        session,
        act.client_id,
        act,
        [
            deposit_entry(row.id, row.amount, posted_on=row.posted_on, booking=row.booking)
            for row in rows
            if row.state is BankLineState.UNMATCHED
        ],
    )


def _row(act: Act, file_id: UUID, ordinal: int, entry: BankEntry, key: str) -> BankLine:
    reason = SET_ASIDE_AT_ONCE.get(entry.kind, "")
    return BankLine(
        client_id=act.client_id,
        inbound_file_id=file_id,
        ordinal=ordinal,
        natural_key=key,
        account=entry.account,
        posted_on=entry.posted_on,
        amount=entry.amount,
        kind=entry.kind,
        type_code=entry.type_code,
        trace_number=entry.trace_number,
        payer_trace_id=entry.payer_trace_id,
        check_number=entry.check_number,
        reference=entry.reference,
        text=entry.text,
        state=BankLineState.SET_ASIDE if reason else BankLineState.UNMATCHED,
        reason=reason,
        booking=0 if reason else 1,
    )


def _too_early(all_entries: Sequence[BankEntry], taken: Sequence[BankEntry]) -> list[BankProblem]:
    lines = {entry.line for entry in taken}
    message = "is more than a week ahead; what format has it?"
    return [BankProblem(one.line, "date", message) for one in all_entries if one.line not in lines]


def _refuse(
    session: Session, act: Act, file: InboundFile, problems: tuple[BankProblem, ...]
) -> ImportCount:
    _move(session, act, file, InboundFileEvent.QUARANTINE)
    file.reason = UNREADABLE
    _ask(session, act, file, UNREADABLE, problems)
    record_act(
        session,
        act.client_id,
        act,
        "import_bank_file",
        "inbound_file",
        file.id,
        outcome=UNREADABLE,
    )
    return ImportCount(InboundFileState.QUARANTINED, refused=problems)


def _ask(
    session: Session, act: Act, file: InboundFile, reason: str, problems: Sequence[BankProblem]
) -> None:
    """Open the one item of a file; the page says of each line what is wrong with it."""
    item = NewWorkItem(
        queue=Queue.DEPOSIT,
        cause_key=_cause(file.id),
        subject_kind="inbound_file",
        subject_id=file.id,
        reason=reason,
        detail="; ".join(str(problem) for problem in problems[:PROBLEMS_SHOWN]),
        service_hours=24,
        priority=2,
    )
    work_items.open_work_items(session, act.client_id, act, [item])


def _cause(inbound_file_id: UUID) -> str:
    return f"bank_file:{inbound_file_id}"


def _move(session: Session, act: Act, file: InboundFile, event: InboundFileEvent) -> None:
    move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, event)
