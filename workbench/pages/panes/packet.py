"""What the panes of denials and appeals say of packets."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.denial import DenialPicture
from models.documents.packet import PacketPartKind, PacketPicture
from revcycle.operations.denials.gather_packet import list_records
from revcycle.store.attachments import AttachmentLine
from revcycle.store.packets import list_packets
from workbench.pages.panes.pane import OpenedItem

PART_WORDS: Final[Mapping[PacketPartKind, str]] = MappingProxyType(
    {
        PacketPartKind.LETTER: "The letter",
        PacketPartKind.REMITTANCE: "What the payer decided",
        PacketPartKind.CLAIM_FORM: "The claim as a form",
        PacketPartKind.PROOF: "Proof of timely filing",
        PacketPartKind.RECORDS: "Records",
    }
)
OFFERED: Final = (PacketPartKind.REMITTANCE, PacketPartKind.CLAIM_FORM, PacketPartKind.PROOF)


@dataclass(frozen=True, slots=True)
class PacketDesk:
    """What the pane says of packets.

    Attributes:
        kept: Of each letter that has one, by the id of the appeal.
        offered: Parts to choose, with their words.
        records: Files that can be joined.
    """

    kept: Mapping[UUID, PacketPicture]
    offered: Mapping[PacketPartKind, str]
    records: tuple[AttachmentLine, ...]


def build_packet_desk(session: Session, opened: OpenedItem, denial: DenialPicture) -> PacketDesk:
    """Show which packets are kept and what could be put into the next one."""
    client_id = opened.act.client_id
    return PacketDesk(
        kept={one.appeal_id: one for one in list_packets(session, client_id, denial.id)},
        offered={kind: PART_WORDS[kind] for kind in OFFERED},
        records=tuple(list_records(session, client_id, denial)),
    )
