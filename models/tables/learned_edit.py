"""Edits that a practice's own denials propose, and what a manager decided about them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlmodel import Field

from models.documents.learned_edit import EditKind, EditSeverity
from models.states.learned_edit import EditState
from models.tables.columns import MoneyColumn, belongs_to, one_of
from models.tables.owned import Owned
from models.values.money import Money


class LearnedEdit(Owned, table=True):
    """One edit that would have stopped claims which were denied."""

    __tablename__ = "learned_edit"
    __table_args__ = (
        UniqueConstraint("client_id", "pattern"),
        CheckConstraint(one_of("state", EditState), name="state_known"),
        CheckConstraint(one_of("kind", EditKind), name="kind_known"),
        CheckConstraint(one_of("severity", EditSeverity), name="severity_known"),
        belongs_to("payer"),
    )

    pattern: str = Field(max_length=200)  # kind, payer, procedure and what is wanted: the same once
    kind: EditKind = Field(sa_type=String(30))
    payer_id: UUID
    procedure_code: str = Field(default="", max_length=5)  # empty: whatever was done
    wanted: str = Field(default="", max_length=80)  # modifiers, code prefixes or an NPI, by a colon
    group: str = Field(max_length=2)
    reason: str = Field(max_length=5)  # CARC
    remark: str = Field(default="", max_length=10)  # RARC
    state: EditState = Field(default=EditState.PROPOSED, sa_type=String(20))
    severity: EditSeverity = Field(default=EditSeverity.WARNING, sa_type=String(10))
    # The evidence and the back-test, as last counted.
    since: date
    until: date
    denied_claims: int
    denied_amount: Money = Field(sa_type=MoneyColumn)
    tested_claims: int
    hits: int
    false_alarms: int
    counted_at: datetime
    switched_on: date | None = None  # the effect is measured from here
    decided_by: str = Field(default="", max_length=80)
