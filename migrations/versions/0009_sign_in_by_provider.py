"""sessions that a company's own sign-in service vouched for."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "staff_session",
        sa.Column(
            "provider_state_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True
        ),
    )
    op.create_index(
        "ix_staff_session_provider_state_hash",
        "staff_session",
        ["provider_state_hash"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_index("ix_staff_session_provider_state_hash", "staff_session")
    op.drop_column("staff_session", "provider_state_hash")
