"""The pane of the BPO inbox: a remittance file that reached the wrong practice.

What is shown is who was paid, by whom and how much: nothing of a patient, who is of another
practice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.remittance import RemittanceDocument
from models.states.file import InboundFileState
from models.values.access import Right
from models.values.money import Money
from revcycle.formats.x12.t835 import read_remittances
from revcycle.rules.posting.refusal import is_paid_to, signed_amount
from revcycle.store import clients
from revcycle.store.audit import record_act
from revcycle.store.inbound_files import get_inbound_file
from workbench.pages.client_files import find_client_file
from workbench.pages.panes.pane import OpenedItem, Pane


@dataclass(frozen=True, slots=True)
class MisroutedPayment:
    """A payment of the file, without its claims."""

    payer_name: str
    trace_number: str
    paid_on: date
    amount: Money
    claims: int
    payee_npi: str
    payee_tin: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class FittingPractice:
    """A practice that the file is for, by its identifiers."""

    id: UUID
    key: str
    name: str


def build_bpo_inbox(session: Session, opened: OpenedItem) -> Pane:
    """Put the payee of the file beside our practice, and name whom it fits."""
    act, practice = opened.act, opened.practice
    file = get_inbound_file(session, act.client_id, opened.line.subject_id)
    record_act(session, act.client_id, act, "see_file", "inbound_file", file.id)
    documents = payments_of(file.content)
    config = find_client_file(practice.key)
    own = (config.practice.npi, config.practice.tin) if config else ("", "")
    return Pane(
        "panes/bpo_inbox.html",
        {
            "waits": file.state == InboundFileState.QUARANTINED,
            "file_name": file.name,
            "source": file.source,
            "received_at": file.received_at,
            "own_npi": own[0],
            "own_tin": own[1],
            "payments": [_payment(one, *own) for one in documents],
            "fits": fitting_practices(session, opened, documents),
            "may_take": opened.person.may(Right.TAKE_WORK),
            "note": opened.typed.get("note", ""),
        },
    )


def payments_of(content: bytes) -> tuple[RemittanceDocument, ...]:
    """Read the payments of a file; what is misrouted was read before, so it can be read."""
    documents, _ = read_remittances(content)
    return documents


def fitting_practices(
    session: Session, opened: OpenedItem, documents: Sequence[RemittanceDocument]
) -> list[FittingPractice]:
    """List other practices the person sees that every payment of the file names, by identifiers.

    A practice the person does not see is not named, even if the file is for it.
    """
    seen = opened.person.practice_ids - {opened.practice.id}
    return [
        FittingPractice(row.id, row.key, row.name)
        for row in clients.list_clients(session)
        if row.id in seen and _is_for(row.key, documents)
    ]


def _is_for(key: str, documents: Sequence[RemittanceDocument]) -> bool:
    config = find_client_file(key)
    if config is None or not documents:
        return False
    npis = frozenset({config.practice.npi})
    return all(is_paid_to(document, npis, config.practice.tin) for document in documents)


def _payment(document: RemittanceDocument, npi: str, tin: str) -> MisroutedPayment:
    return MisroutedPayment(
        payer_name=document.payer.name,
        trace_number=document.trace_number,
        paid_on=document.payment_date,
        amount=signed_amount(document),
        claims=len(document.claims),
        payee_npi=document.payee.npi,
        payee_tin=document.payee.tax_id,
        is_ours=is_paid_to(document, frozenset({npi}) if npi else frozenset(), tin),
    )
