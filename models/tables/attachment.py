"""Files that people add to a record."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String
from sqlmodel import Field

from models.states.attachment import ScanVerdict
from models.tables.columns import one_of
from models.tables.owned import Owned


class Attachment(Owned, table=True):
    """One file beside a record, as it came; its content is shown by nobody but a download."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(one_of("verdict", ScanVerdict), name="verdict_known"),
        Index(None, "client_id", "subject_kind", "subject_id"),
    )

    subject_kind: str = Field(max_length=20)  # encounter, denial ...
    subject_id: UUID
    title: str = Field(max_length=120)  # as the sender called it; never a name on a disk
    media_type: str = Field(max_length=80)
    content: bytes
    sha256: str = Field(max_length=64)
    added_at: datetime
    added_by: str = Field(max_length=80)
    verdict: ScanVerdict = Field(sa_type=String(20))
