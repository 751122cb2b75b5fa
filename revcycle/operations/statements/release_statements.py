"""Release drafted statements: the mail and the state in one transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import Finding
from models.documents.party import Organization
from models.documents.statement import (
    EncounterAccount,
    StatementAccount,
    StatementDocument,
    StatementLine,
    StatementPolicy,
)
from models.states.statement import STATEMENT_TRANSITIONS, StatementEvent
from models.tables import Statement, StatementLineRow
from revcycle.formats.email.mail import MailHeaders
from revcycle.formats.email.statement import statement_message
from revcycle.formats.pdf.statement import render_statement
from revcycle.operations.statements.account_pictures import AccountPicture, load_pictures
from revcycle.operations.statements.statement_work import update_work
from revcycle.rules.statements.release import check_release
from revcycle.store.messages import MessageKind, NewMessage, add_message, new_message_id
from revcycle.store.state_changes import move
from revcycle.store.statements import VisitFacts, find_lines, find_visits, lock_drafted


@dataclass(frozen=True, slots=True)
class StatementSender:
    """Who asks, and how an answer comes back.

    Attributes:
        practice: Its name, address and phone stand on the statement.
        address: The mailbox that statements leave from.
        reply_to: The mailbox that answers go to.
    """

    practice: Organization
    address: str
    reply_to: str


@dataclass(frozen=True, slots=True)
class ReleaseCount:
    """What became of drafted statements."""

    released: int
    cancelled: int  # paid, changed or stopped since the draft; the next run drafts anew


@dataclass(frozen=True, slots=True, repr=False)
class _Draft:
    statement: Statement
    lines: Sequence[StatementLineRow]
    picture: AccountPicture
    findings: Sequence[Finding]


def release_statements(
    session: Session,
    act: Act,
    statement_ids: Sequence[UUID],
    *,
    sender: StatementSender,
    policy: StatementPolicy,
) -> ReleaseCount:
    """Make the PDF and the mail of each draft that still holds, and cancel the others.

    A draft holds when the safety gate still lets it pass and the books still say what its lines
    say. Statements already released or cancelled are left out, so repeating it sends nothing
    twice. Fifty at a time keep the transaction near a second.
    """
    drafts = _load_drafts(session, act, statement_ids, policy)
    update_work(session, act, {d.picture.account.patient_id: d.findings for d in drafts})
    encounter_ids = [line.encounter_id for draft in drafts for line in draft.lines]
    visits = find_visits(session, act.client_id, encounter_ids)
    events = []
    for draft in drafts:
        event = StatementEvent.RELEASE if _holds(draft) else StatementEvent.CANCEL
        if event is StatementEvent.RELEASE:
            document = _document(draft, visits, sender, policy)
            _queue_mail(session, act, draft, document, sender)
        move(session, act.client_id, act, draft.statement, STATEMENT_TRANSITIONS, event)
        events.append(event)
    count = Counter(events)
    return ReleaseCount(count[StatementEvent.RELEASE], count[StatementEvent.CANCEL])


def _load_drafts(
    session: Session, act: Act, statement_ids: Sequence[UUID], policy: StatementPolicy
) -> list[_Draft]:
    statements = {
        row.patient_id: row for row in lock_drafted(session, act.client_id, statement_ids)
    }
    lines = find_lines(session, act.client_id, [row.id for row in statements.values()])
    return [
        _Draft(
            statement,
            lines[statement.id],
            picture,
            check_release(picture.account, policy=policy, today=act.today),
        )
        for picture in load_pictures(session, act.client_id, list(statements))
        for statement in (statements[picture.account.patient_id],)
    ]


def _holds(draft: _Draft) -> bool:
    booked = {_figures(encounter) for encounter in draft.picture.encounters}
    return not draft.findings and booked == {_figures(line) for line in draft.lines}


def _figures(line: EncounterAccount | StatementLineRow) -> tuple[object, ...]:
    return (
        line.encounter_id,
        line.charge,
        line.insurance_paid,
        line.adjusted,
        line.patient_paid,
        line.balance,
    )


def _document(
    draft: _Draft,
    visits: dict[UUID, VisitFacts],
    sender: StatementSender,
    policy: StatementPolicy,
) -> StatementDocument:
    account, statement = draft.picture.account, draft.statement
    return StatementDocument(
        number=statement.number,
        practice=sender.practice,
        guarantor=account.guarantor,
        account_number=account.account_number,
        statement_date=statement.statement_date,
        due_date=statement.due_date,
        period=statement.period,
        lines=tuple(
            _line(line, visits[line.encounter_id], account, statement) for line in draft.lines
        ),
        pay_url=policy.pay_url,
        message=policy.message,
        reply_to=sender.reply_to,
    )


def _line(
    row: StatementLineRow, visit: VisitFacts, account: StatementAccount, statement: Statement
) -> StatementLine:
    with_whom = f" with {visit.provider_name}" if visit.provider_name else ""
    return StatementLine(
        service_date=visit.service_date or statement.statement_date,
        patient_name=account.patient_name,
        description=f"Visit{with_whom}",
        charge=row.charge,
        insurance_paid=row.insurance_paid,
        adjusted=row.adjusted,
        patient_paid=row.patient_paid,
        balance=row.balance,
    )


def _queue_mail(
    session: Session,
    act: Act,
    draft: _Draft,
    document: StatementDocument,
    sender: StatementSender,
) -> None:
    row_id, message_id = new_message_id(sender.address)
    headers = MailHeaders(
        message_id=message_id,
        sender=sender.address,
        sender_name=sender.practice.name,
        reply_to=sender.reply_to,
        recipient=draft.picture.account.email,
        sent_at=act.at,
    )
    mail = statement_message(document, render_statement(document), headers=headers)
    new = NewMessage(
        id=row_id,
        kind=MessageKind.STATEMENT,
        cause_key=f"statement:{draft.statement.id}",
        message_id=message_id,
        recipient=headers.recipient,
        content=mail.as_bytes(),
        statement_id=draft.statement.id,
    )
    add_message(session, act.client_id, act, new)
