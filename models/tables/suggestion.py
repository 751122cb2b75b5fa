"""What a practice's own accepted codes taught."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.tables.owned import Owned


class SuggestionModel(Owned, table=True):
    """What suggests codes for one practice's notes; its bytes hold pieces of words of notes."""

    __tablename__ = "suggestion_model"
    __table_args__ = (UniqueConstraint("client_id"),)

    learned_from: str = Field(
        max_length=64
    )  # sha256 of the notes and codes: the same learn nothing
    sha256: str = Field(max_length=64)  # of the content
    trained_at: datetime
    note_count: int
    code_count: int
    content: bytes
