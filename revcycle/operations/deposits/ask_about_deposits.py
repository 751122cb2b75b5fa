"""Keep one open question for each deposit and each remittance that needs one, and no other."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.work_item import Queue
from revcycle.operations.deposits.policies import DepositPolicy
from revcycle.rules.deposits.questions import DepositQuestion, ask_about_deposits
from revcycle.store import work_items
from revcycle.store.deposit_items import answered_questions, open_deposit_items
from revcycle.store.deposits import first_bank_day, open_deposits, open_remittances
from revcycle.store.ledger import in_chunks
from revcycle.store.work_items import NewWorkItem

LINE_CAUSE: Final = "deposit:"
REMITTANCE_CAUSE: Final = "deposit_of_remittance:"
SERVICE_HOURS: Final = 48
PRIORITY: Final = 3


def cause_of_line(bank_line_id: UUID) -> str:
    """Name why a line is asked about."""
    return f"{LINE_CAUSE}{bank_line_id}"


def cause_of_remittance(remittance_id: UUID) -> str:
    """Name why the money of a remittance is asked about."""
    return f"{REMITTANCE_CAUSE}{remittance_id}"


def refresh_questions(
    session: Session, act: Act, policy: DepositPolicy, *, again: Collection[str] = ()
) -> int:
    """Open what must be asked now, close what went away; return how many are new.

    What a person has finished is not asked again unless the question is another one.

    Args:
        session: The open transaction.
        act: Who, when.
        policy: How long the other half may take.
        again: Causes that are asked about although somebody finished them.
    """
    client_id = act.client_id
    wanted = {item.cause_key: item for item in _wanted(session, act, policy)}
    standing = open_deposit_items(session, client_id)
    gone = [
        one.cause_key
        for one in standing
        if one.cause_key.startswith((LINE_CAUSE, REMITTANCE_CAUSE)) and one.cause_key not in wanted
    ]
    for chunk in in_chunks(gone):
        work_items.close_work_items(session, client_id, act, chunk, resolution="settled")
    for one in standing:
        item = wanted.get(one.cause_key)
        if item and (item.reason, item.detail) != (one.reason, one.detail):
            work_items.restate_work_item(
                session, client_id, one.cause_key, reason=item.reason, field="", detail=item.detail
            )
    answered = answered_questions(session, client_id, [key for key in wanted if key not in again])
    asked = [item for key, item in wanted.items() if (key, item.reason) not in answered]
    return sum(
        work_items.open_work_items(session, client_id, act, chunk) for chunk in in_chunks(asked)
    )


def _wanted(session: Session, act: Act, policy: DepositPolicy) -> Iterator[NewWorkItem]:
    since = first_bank_day(session, act.client_id)
    if since is None:
        return  # no statement ever came: nobody can say that money is missing
    asked = ask_about_deposits(
        open_deposits(session, act.client_id),
        open_remittances(session, act.client_id, since=since),
        wait_days=policy.wait_days,
        today=act.today,
    )
    yield from _items(asked.deposits, "bank_line", LINE_CAUSE)
    yield from _items(asked.remittances, "remittance", REMITTANCE_CAUSE)


def _items(
    asked: Mapping[UUID, tuple[DepositQuestion, str]], subject_kind: str, cause: str
) -> Iterator[NewWorkItem]:
    for subject_id, (question, detail) in asked.items():
        yield NewWorkItem(
            queue=Queue.DEPOSIT,
            cause_key=f"{cause}{subject_id}",
            subject_kind=subject_kind,
            subject_id=subject_id,
            reason=str(question),
            detail=detail,
            service_hours=SERVICE_HOURS,
            priority=PRIORITY,
        )
