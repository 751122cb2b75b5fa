"""the coder's work: what people know besides queues, and what a chart needs."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

POOL = "ix_work_item_pool"
POOL_COLUMNS = ["client_id", "queue", "priority", "due_at", "id"]
IS_IN_POOL = sa.text(
    "state = 'open' AND lease_holder IS NULL AND assignee IS NULL"
    " AND snoozed_until IS NULL AND escalated_at IS NULL"
)
NEEDS = "ix_work_item_needs"
IS_FOR_SKILLED = sa.text("state = 'open' AND needs <> ''")


def upgrade() -> None:
    """Make them; what waits already is anybody's until the next cycle."""
    op.create_table(
        "staff_specialty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
        sa.CheckConstraint(
            "kind IN ('specialty', 'certification')", name=op.f("ck_staff_specialty_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["staff_member_id"],
            ["staff_member.id"],
            name=op.f("fk_staff_specialty_staff_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_specialty")),
        sa.UniqueConstraint(
            "staff_member_id",
            "kind",
            "key",
            name=op.f("uq_staff_specialty_staff_member_id_kind_key"),
        ),
    )
    op.add_column(
        "work_item",
        sa.Column(
            "needs",
            sqlmodel.sql.sqltypes.AutoString(length=45),
            nullable=False,
            server_default="",
        ),
    )
    _make_pool([*POOL_COLUMNS, "needs"])
    op.create_index(
        NEEDS,
        "work_item",
        ["client_id", "queue", "needs"],
        sqlite_where=IS_FOR_SKILLED,
        postgresql_where=IS_FOR_SKILLED,
    )


def downgrade() -> None:
    """Take them away; every chart is anybody's again."""
    op.drop_index(NEEDS, table_name="work_item")
    _make_pool(POOL_COLUMNS)
    op.drop_column("work_item", "needs")
    op.drop_table("staff_specialty")


def _make_pool(columns: list[str]) -> None:
    op.drop_index(POOL, table_name="work_item")
    op.create_index(
        POOL, "work_item", columns, sqlite_where=IS_IN_POOL, postgresql_where=IS_IN_POOL
    )
