"""Draft a statement for every account that owes something after insurance."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import is_blocking
from models.documents.statement import EncounterAccount, StatementAccount, StatementPolicy
from models.tables import Statement, StatementLineRow
from models.values.identifiers import CONTROL_ALPHABET
from revcycle.operations.statements.account_pictures import AccountPicture, load_pictures
from revcycle.operations.statements.statement_work import update_work
from revcycle.rules.statements.due import statement_period
from revcycle.rules.statements.release import check_draft
from revcycle.store.state_changes import record_creation
from revcycle.store.statements import list_patients_owing

CHUNK: Final = 500
NUMBER_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class DraftCount:
    """What became of the accounts that owe.

    Attributes:
        drafted: A statement was made.
        waiting: Too early, too little, or stopped.
        held: A person must put something right first.
    """

    drafted: int
    waiting: int
    held: int


def draft_statements(
    session: Session,
    act: Act,
    patient_ids: Sequence[UUID] | None = None,
    *,
    policy: StatementPolicy,
) -> DraftCount:
    """Fix the balance and the lines of each statement that may be made today.

    ``None`` means every account that owes. Repeating it drafts nothing: the accounts then have
    their statement of the period. Two runs at once meet at the locked accounts.
    """
    owing = list_patients_owing(session, act.client_id) if patient_ids is None else patient_ids
    counts = [
        _draft_chunk(session, act, owing[start : start + CHUNK], policy)
        for start in range(0, len(owing), CHUNK)
    ]
    return DraftCount(
        drafted=sum(count.drafted for count in counts),
        waiting=sum(count.waiting for count in counts),
        held=sum(count.held for count in counts),
    )


def _draft_chunk(
    session: Session, act: Act, patient_ids: Sequence[UUID], policy: StatementPolicy
) -> DraftCount:
    pictures = load_pictures(session, act.client_id, patient_ids)
    findings = {
        picture.account.patient_id: check_draft(picture.account, policy=policy, today=act.today)
        for picture in pictures
    }
    update_work(session, act, findings)
    ready = [picture for picture in pictures if not findings[picture.account.patient_id]]
    for picture in ready:
        _add_statement(session, act, picture, policy)
    session.flush()
    held = sum(is_blocking(found) for found in findings.values())
    return DraftCount(len(ready), len(pictures) - len(ready) - held, held)


def _add_statement(
    session: Session, act: Act, picture: AccountPicture, policy: StatementPolicy
) -> None:
    statement = _statement(act, picture.account, policy)
    record_creation(session, act.client_id, act, statement)
    session.add_all(
        _line(act.client_id, statement.id, ordinal, encounter)
        for ordinal, encounter in enumerate(picture.encounters, start=1)
    )


def _statement(act: Act, account: StatementAccount, policy: StatementPolicy) -> Statement:
    return Statement(
        client_id=act.client_id,
        patient_id=account.patient_id,
        number=new_statement_number(act.today),
        period=statement_period(act.today),
        statement_date=act.today,
        due_date=act.today + timedelta(days=policy.due_days),
        balance=account.balance,
    )


def _line(
    client_id: UUID, statement_id: UUID, ordinal: int, encounter: EncounterAccount
) -> StatementLineRow:
    return StatementLineRow(
        client_id=client_id,
        statement_id=statement_id,
        ordinal=ordinal,
        encounter_id=encounter.encounter_id,
        charge=encounter.charge,
        insurance_paid=encounter.insurance_paid,
        adjusted=encounter.adjusted,
        patient_paid=encounter.patient_paid,
        balance=encounter.balance,
    )


def new_statement_number(on: date) -> str:
    """Make a number that can be read over the phone: year, month and 40 random bits."""
    body = "".join(secrets.choice(CONTROL_ALPHABET) for _ in range(NUMBER_LENGTH))
    return f"{on:%y%m}-{body}"
