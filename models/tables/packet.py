"""Packets: the papers that left with an appeal."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.tables.columns import belongs_to
from models.tables.owned import Owned


class Packet(Owned, table=True):
    """The joined PDF of one appeal. It can be made anew until the appeal is sent."""

    __tablename__ = "packet"
    __table_args__ = (
        UniqueConstraint("client_id", "appeal_id"),
        belongs_to("appeal"),
    )

    appeal_id: UUID
    parts: str  # JSON: kind, title, first page and pages of each part
    content: bytes  # the PDF, byte for byte as it was handed out; PHI
    sha256: str = Field(max_length=64)
    made_at: datetime
    made_by: str = Field(max_length=80)
