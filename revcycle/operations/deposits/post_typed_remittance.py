"""Post a paper remittance through the same door as an 835."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.party import Organization
from models.errors import RejectedError
from models.states.file import InboundFileState
from revcycle.formats.x12.interchange import Envelope
from revcycle.formats.x12.remittances.balance import remittance_gaps
from revcycle.formats.x12.t835 import write_remittances
from revcycle.operations.deposits.typed_remittance import TypedRemittance, document_of
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.posting.policies import RemittancePolicy
from revcycle.operations.posting.post_remittance_file import post_remittance_file
from revcycle.store.audit import record_act
from revcycle.store.remittance_numbers import find_payer_trace_id, remittance_of_number

SOURCE: Final = "manual"
QUALIFIER: Final = "ZZ"
WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "posting.duplicate_trace": "this payment was posted before",
        "posting.trace_reused": "another payment was posted under this number",
        "posting.wrong_payee": "the practice of this page is not the payee",
        "posting.unbalanced": "the amounts do not add up",
        "posting.unreadable": "something of it cannot be carried: look for unusual signs",
    }
)


def post_typed_remittance(
    session: Session,
    act: Act,
    typed: TypedRemittance,
    *,
    payee: Organization,
    policy: RemittancePolicy,
) -> UUID:
    """Write what was typed as an 835, keep that file, post it, and return the remittance.

    The file is kept as any other, with the source "manual"; refusals, matching and booking are
    those of every 835. What is refused leaves nothing behind once the caller's transaction ends.

    Raises:
        RejectedError: it does not add up, its number was posted before, or posting refuses it.
    """
    client_id = act.client_id
    if remittance_of_number(session, client_id, typed.payer_id, typed.number, typed.amount):
        raise RejectedError(WORDS["posting.duplicate_trace"])
    trace_id = find_payer_trace_id(session, client_id, typed.payer_id) or typed.payer_id
    document = document_of(typed, payee=payee, payer_trace_id=trace_id)
    gaps = remittance_gaps(document)
    if gaps:
        raise RejectedError("; ".join(f"{gap.position}: {gap.message}" for gap in gaps))
    envelope = Envelope(QUALIFIER, "MANUAL", QUALIFIER, payee.npi, 1, act.at)
    stored = store_inbound_file(
        session,
        act,
        source=SOURCE,
        kind="835",
        name=f"typed-{typed.number}.835",
        content=write_remittances([document], envelope, is_copy=True),
    )
    count = post_remittance_file(session, act, stored.id, policy=policy)
    if count.state is not InboundFileState.POSTED or count.was_posted_before:
        raise RejectedError(WORDS.get(count.reason, WORDS["posting.duplicate_trace"]))
    record_act(session, client_id, act, "type_remittance", "inbound_file", stored.id)
    session.flush()
    found = remittance_of_number(session, client_id, typed.payer_id, typed.number, typed.amount)
    assert found is not None, "it was posted just now"  # noqa: S101 - a promise
    return found
