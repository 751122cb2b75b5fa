"""What a practice's own accepted codes taught, what was suggested, and what became of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlmodel import Field

from models.tables.columns import belongs_to, one_of
from models.tables.owned import Owned
from models.values.suggestions import Source, SuggestionOutcome


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


class SuggestedCode(Owned, table=True):
    """A code that was suggested for a chart; its words stay in the note, counted from its start."""

    __tablename__ = "suggested_code"
    __table_args__ = (
        UniqueConstraint("client_id", "encounter_id", "model_sha256", "rank"),
        CheckConstraint("rank > 0", name="rank_from_one"),
        CheckConstraint(one_of("source", Source), name="source_known"),
        CheckConstraint(one_of("outcome", SuggestionOutcome), name="outcome_known"),
        Index(None, "client_id", "decided_at"),
        belongs_to("encounter"),
    )

    encounter_id: UUID
    model_sha256: str = Field(max_length=64)  # empty: the book alone suggested it
    rank: int  # from 1
    code: str = Field(max_length=20)  # without its dot
    source: Source = Field(sa_type=String(20))
    evidence_start: int | None = None  # characters of the chart's notes, joined
    evidence_end: int | None = None
    shown_at: datetime
    shown_to: str = Field(max_length=80)
    outcome: SuggestionOutcome = Field(default=SuggestionOutcome.UNDECIDED, sa_type=String(20))
    decided_at: datetime | None = None
    decided_by: str = Field(default="", max_length=80)  # who completed the chart
    final_code_count: int | None = None  # diagnoses of the completed chart
