"""The pane of statements on hold: why an account gets none, and what would let it leave."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.statement import StatementAccount
from models.documents.work import WorkLine
from models.errors import NotFoundError
from models.values.access import FieldKind, FieldView
from revcycle.operations.statements.account_pictures import AccountPicture, load_pictures
from revcycle.operations.statements.policies import statement_policy
from revcycle.operations.statements.stop_statements import STOP_REASONS
from revcycle.rules.access.field_masks import see_field
from revcycle.rules.access.rights import Access
from revcycle.rules.statements.delivery import UNAPPLIED_CREDIT
from revcycle.rules.statements.release import check_draft
from revcycle.store import messages
from revcycle.store.audit import record_act
from revcycle.store.statements import find_visits
from workbench.pages.client_files import find_client_file
from workbench.pages.panes.fingerprint import fingerprint_of
from workbench.pages.panes.pane import OpenedItem, Pane

LABELS: Final = (
    ("last_name", "Guarantor's last name"),
    ("first_name", "Guarantor's first name"),
    ("email", "E-mail"),
    ("line1", "Street"),
    ("city", "City"),
    ("state", "State"),
    ("zip_code", "ZIP code"),
)
CONTACT_FIELDS: Final = frozenset(name for name, _ in LABELS[2:])


def build_statement_hold(session: Session, opened: OpenedItem) -> Pane:
    """Show the account as the safety gate sees it, with what can be put right."""
    act, access = opened.act, opened.person.access
    patient_id = patient_of(session, act.client_id, opened.line)
    picture = picture_of(session, act.client_id, patient_id)
    record_act(session, act.client_id, act, "see_patient", "patient", patient_id)
    account = picture.account
    config = find_client_file(opened.practice.key)
    policy = statement_policy(config) if config else None
    findings = check_draft(account, policy=policy, today=act.today) if policy else ()
    now = values_of(account)
    visits = find_visits(session, act.client_id, [one.encounter_id for one in picture.encounters])
    return Pane(
        "panes/statement_hold.html",
        {
            "patient_id": patient_id,
            "account_number": account.account_number,
            "balance": account.balance,
            "credit": account.credit,
            "has_credit_hold": opened.line.reason == UNAPPLIED_CREDIT,
            "last_statement": account.last_statement_date,
            "stopped": account.stopped,
            "stopped_words": STOP_REASONS.get(account.stopped, account.stopped),
            "findings": findings,
            "knows_policy": policy is not None,
            "visits": [
                (
                    visits[one.encounter_id].service_date,
                    one.charge,
                    one.insurance_paid,
                    one.adjusted,
                    one.patient_paid,
                    one.balance,
                )
                for one in picture.encounters
            ],
            "fields": [
                (name, label, opened.typed.get(name, _shown(access, name, now[name])))
                for name, label in LABELS
            ],
            "may_correct": opened.is_mine and access.view_of(FieldKind.CONTACT) is FieldView.SHOWN,
            "stop_reasons": STOP_REASONS,
            "form": opened.typed.get("form", ""),
            "reason": opened.typed.get("reason", ""),
            "is_refused_mail": opened.line.subject_kind == "message",
            "seen": fingerprint_of(now),
        },
    )


def patient_of(session: Session, client_id: UUID, line: WorkLine) -> UUID:
    """Name the account that an item is about: its own, or that of a refused mail.

    Raises:
        NotFoundError: the mail carries no statement.
    """
    if line.subject_kind != "message":
        return line.subject_id
    mail = messages.lock_message(session, client_id, line.subject_id)
    if mail.statement_id is None:
        msg = f"message {line.subject_id} carries no statement"
        raise NotFoundError(msg)
    return messages.lock_patient_of_statement(session, client_id, mail.statement_id).id


def picture_of(session: Session, client_id: UUID, patient_id: UUID) -> AccountPicture:
    """Read an account.

    Raises:
        NotFoundError: this practice has no such patient.
    """
    pictures = load_pictures(session, client_id, [patient_id])
    if not pictures:
        msg = f"no patient {patient_id}"
        raise NotFoundError(msg)
    return pictures[0]


def values_of(account: StatementAccount) -> dict[str, str]:
    """Give what the form shows of an account."""
    guarantor, address = account.guarantor, account.guarantor.address
    return {
        "last_name": guarantor.last_name,
        "first_name": guarantor.first_name,
        "email": account.email,
        "line1": address.line1 if address else "",
        "city": address.city if address else "",
        "state": address.state if address else "",
        "zip_code": address.zip_code if address else "",
    }


def _shown(access: Access, name: str, text: str) -> str:
    return see_field(access, FieldKind.CONTACT, text) if name in CONTACT_FIELDS else text
