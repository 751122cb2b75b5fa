"""Payers of a practice, the connections to them, and the numbers that files carry."""

from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.tables.columns import belongs_to
from models.tables.owned import Owned


class PayerConnection(Owned, table=True):
    """A way to exchange files with a payer or clearinghouse."""

    __tablename__ = "payer_connection"
    __table_args__ = (UniqueConstraint("client_id", "key"),)

    key: str = Field(max_length=40)
    sender_id: str = Field(max_length=15)  # ISA06, ours
    receiver_id: str = Field(max_length=15)  # ISA08, theirs


class Payer(Owned, table=True):
    """Who pays. ``key`` is the name in the client file."""

    __tablename__ = "payer"
    __table_args__ = (
        UniqueConstraint("client_id", "key"),
        belongs_to("payer_connection", "connection_id"),
    )

    key: str = Field(max_length=40)
    name: str = Field(max_length=120)
    payer_id: str = Field(max_length=80)
    connection_id: UUID


class ControlNumber(Owned, table=True):
    """The last number used of one kind towards one partner.

    It is raised in the transaction that writes the file, so that no number is used twice.
    """

    __tablename__ = "control_number"
    __table_args__ = (
        UniqueConstraint("client_id", "connection_id", "kind"),
        belongs_to("payer_connection", "connection_id"),
    )

    connection_id: UUID
    kind: str = Field(max_length=20)  # interchange
    last_value: int = 0
