"""Keep the packet of an appeal: what leaves with the letter, byte for byte."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.packet import Packet
from models.errors import RejectedError
from models.states.appeal import AppealState
from revcycle.store import appeals, packets
from revcycle.store.audit import record_act


def keep_packet(session: Session, act: Act, appeal_id: UUID, packet: Packet) -> UUID:
    """Keep a packet in place of the one before; once the appeal is sent it stays as it left.

    Raises:
        NotFoundError: this client has no such appeal.
        RejectedError: the appeal left already; what left is not changed.
    """
    appeal = appeals.lock_appeal(session, act.client_id, appeal_id)
    if appeal.state != AppealState.PREPARED:
        msg = "the appeal was sent or taken back; its packet stays as it is"
        raise RejectedError(msg)
    packet_id = packets.keep_packet(session, act.client_id, act, appeal_id, packet)
    record_act(session, act.client_id, act, "print_packet", "appeal", appeal_id)
    return packet_id
