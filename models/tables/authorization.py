"""What payers allow patients: authorizations, and limits of their plans."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field

from models.tables.columns import belongs_to, one_of
from models.tables.owned import Owned
from models.values.authorized import AuthorizationSource, Counted


class VisitAuthorization(Owned, table=True):
    """So many visits or units of some services, allowed to one patient by one payer."""

    __tablename__ = "visit_authorization"
    __table_args__ = (
        UniqueConstraint("client_id", "patient_id", "payer_id", "key"),
        CheckConstraint(one_of("counts", Counted), name="counts_known"),
        CheckConstraint(one_of("source", AuthorizationSource), name="source_known"),
        CheckConstraint("allowed >= 0", name="allowed_not_negative"),
        belongs_to("patient"),
        belongs_to("payer"),
        belongs_to("inbound_file"),
    )

    patient_id: UUID
    payer_id: UUID
    key: str = Field(max_length=60)  # the number; limits of the plan have what they limit
    number: str = Field(default="", max_length=50)  # REF*G1; empty: a limit of the plan
    procedures: str = Field(default="", max_length=400)  # 97110,97140-97150; empty: all
    counts: Counted = Field(sa_type=String(10))
    allowed: int
    valid_from: date | None = None
    valid_to: date | None = None
    counted_from: date | None = None  # the payer counted what was before
    source: AuthorizationSource = Field(sa_type=String(10))
    inbound_file_id: UUID | None = None
    noted_at: datetime
    noted_by: str = Field(max_length=80)
