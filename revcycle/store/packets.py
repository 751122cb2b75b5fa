"""Queries on packets."""

import hashlib
import json
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from models.documents.act import Act
from models.documents.packet import Packet as PacketDocument
from models.documents.packet import PacketPart, PacketPartKind, PacketPicture
from models.tables import Appeal, Packet


def keep_packet(
    session: Session, client_id: UUID, act: Act, appeal_id: UUID, packet: PacketDocument
) -> UUID:
    """Keep the packet of an appeal in place of the one before; return its id."""
    row = session.exec(
        select(Packet).where(Packet.client_id == client_id, Packet.appeal_id == appeal_id)
    ).one_or_none()
    if row is None:
        row = Packet(client_id=client_id, appeal_id=appeal_id, **_columns(act, packet))
    else:
        row.sqlmodel_update(_columns(act, packet))
    session.add(row)
    return row.id


def _columns(act: Act, packet: PacketDocument) -> dict[str, Any]:
    return {
        "parts": json.dumps([_written(part) for part in packet.parts]),
        "content": packet.content,
        "sha256": hashlib.sha256(packet.content).hexdigest(),
        "made_at": act.at,
        "made_by": act.actor,
    }


def list_packets(session: Session, client_id: UUID, denial_id: UUID) -> list[PacketPicture]:
    """List the packets of a denial's appeals, without their content."""
    rows = session.execute(
        select_columns(
            col(Packet.id),
            col(Packet.appeal_id),
            col(Packet.parts),
            col(Packet.sha256),
            func.length(Packet.content),
            col(Packet.made_at),
            col(Packet.made_by),
        )
        .join(
            Appeal,
            (col(Appeal.client_id) == client_id) & (col(Appeal.id) == col(Packet.appeal_id)),
        )
        .where(col(Packet.client_id) == client_id, col(Appeal.denial_id) == denial_id)
        .order_by(col(Appeal.level))
    )
    return [_picture(*row) for row in rows]


def find_content(session: Session, client_id: UUID, appeal_id: UUID) -> bytes | None:
    """Load the PDF that is kept for an appeal."""
    return session.exec(
        select(Packet.content).where(Packet.client_id == client_id, Packet.appeal_id == appeal_id)
    ).one_or_none()


def _written(part: PacketPart) -> dict[str, object]:
    return {
        "kind": str(part.kind),
        "title": part.title,
        "first_page": part.first_page,
        "pages": part.pages,
    }


def _picture(*columns: Any) -> PacketPicture:
    packet_id, appeal_id, parts, sha256, size, made_at, made_by = columns
    read = tuple(
        PacketPart(PacketPartKind(one["kind"]), one["title"], one["first_page"], one["pages"])
        for one in json.loads(parts)
    )
    return PacketPicture(packet_id, appeal_id, read, sha256, size, made_at, made_by)
