"""The pane of transport: a file or mail nobody knows the fate of, or that says nothing to us."""

from sqlmodel import Session

from models.documents.client_config import ResendPolicy
from models.states.file import InboundFileState, OutboundFileState
from models.states.statement import MessageState
from models.values.access import FieldKind, Right
from revcycle.operations.files.settle_outbound_doubt import ResendTerms, why_not_again
from revcycle.rules.access.field_masks import see_field
from revcycle.store import clients, inbound_files, messages, outbound_files
from revcycle.store.audit import record_act
from workbench.pages.client_files import find_client_file
from workbench.pages.panes.pane import OpenedItem, Pane

OUTBOUND_STATES = {
    OutboundFileState.READY: "waits to be sent",
    OutboundFileState.SENDING: "a sender has it now",
    OutboundFileState.UNCERTAIN: "nobody knows whether it arrived",
    OutboundFileState.SENT: "arrived",
    OutboundFileState.REFUSED: "refused as a whole",
}
MESSAGE_STATES = {
    MessageState.QUEUED: "waits to be sent",
    MessageState.SENDING: "a sender has it now",
    MessageState.UNCERTAIN: "nobody knows whether it left",
    MessageState.SENT: "the mail server took it",
    MessageState.REFUSED: "the mail server refused it",
}


def build_transport(session: Session, opened: OpenedItem) -> Pane:
    """Show what is known of the file or mail, and what can be decided about it."""
    kind = opened.line.subject_kind
    if kind == "outbound_file":
        return _build_outbound(session, opened)
    if kind == "message":
        return _build_message(session, opened)
    return _build_inbound(session, opened)


def resend_terms(opened: OpenedItem, connection_key: str) -> ResendTerms:
    """Say whether the same bytes may leave again towards a partner.

    Without the client file nobody knows that the partner refuses repeats, so it counts as one
    that does not.
    """
    config = find_client_file(opened.practice.key)
    refuses = config is not None and any(
        one.key == connection_key and one.resend_policy is ResendPolicy.IDENTICAL
        for one in config.connections
    )
    return ResendTerms(refuses, opened.person.may(Right.ASSIGN_WORK))


def connection_key_of(session: Session, opened: OpenedItem, connection_id: object) -> str:
    """Name a connection as the client file does."""
    known = clients.find_connections(session, opened.act.client_id)
    return next((key for key, row in known.items() if row.id == connection_id), "")


def _build_outbound(session: Session, opened: OpenedItem) -> Pane:
    act = opened.act
    file = outbound_files.get_outbound_file(session, act.client_id, opened.line.subject_id)
    record_act(session, act.client_id, act, "see_file", "outbound_file", file.id)
    partner = connection_key_of(session, opened, file.connection_id)
    terms = resend_terms(opened, partner)
    return Pane(
        "panes/transport.html",
        {
            "kind": "outbound",
            "id": file.id,
            "name": file.name,
            "what": f"{file.kind} with {file.record_count} inside",
            "partner": partner,
            "number": f"{file.control_number:09d}",
            "sha256": file.sha256,
            "size": len(file.content),
            "created_at": file.created_at,
            "taken_at": outbound_files.last_move_at(session, act.client_id, file.id, "take"),
            "state": OUTBOUND_STATES[OutboundFileState(file.state)],
            "in_doubt": file.state == OutboundFileState.UNCERTAIN,
            "other_bytes": opened.line.reason.endswith("other_bytes"),
            "refuses_repeats": terms.refuses_repeats,
            "why_not_again": why_not_again(
                session, act.client_id, opened.line.reason, file.id, terms
            ),
            **_typed(opened),
        },
    )


def _build_message(session: Session, opened: OpenedItem) -> Pane:
    act = opened.act
    mail = messages.lock_message(session, act.client_id, opened.line.subject_id)
    record_act(session, act.client_id, act, "see_message", "message", mail.id)
    return Pane(
        "panes/transport.html",
        {
            "kind": "message",
            "what": mail.kind.replace("_", " "),
            "message_id": mail.message_id,
            "recipient": see_field(opened.person.access, FieldKind.CONTACT, mail.recipient),
            "created_at": mail.created_at,
            "taken_at": mail.taken_at,
            "state": MESSAGE_STATES[MessageState(mail.state)],
            "in_doubt": mail.state == MessageState.UNCERTAIN,
            **_typed(opened),
        },
    )


def _build_inbound(session: Session, opened: OpenedItem) -> Pane:
    act = opened.act
    file = inbound_files.get_inbound_file(session, act.client_id, opened.line.subject_id)
    record_act(session, act.client_id, act, "see_file", "inbound_file", file.id)
    return Pane(
        "panes/transport.html",
        {
            "kind": "inbound",
            "id": file.id,
            "name": file.name,
            "what": file.kind,
            "partner": file.source,
            "created_at": file.received_at,
            "in_doubt": file.state == InboundFileState.QUARANTINED,
            **_typed(opened),
        },
    )


def _typed(opened: OpenedItem) -> dict[str, str]:
    return {
        "evidence": opened.typed.get("evidence", ""),
        "fate": opened.typed.get("fate", ""),
        "note": opened.typed.get("what", ""),
    }
