"""favourite codes."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLE = "favourite_code"
OWN_ROWS = (
    "client_id = ANY ((SELECT string_to_array(nullif("
    "current_setting('app.client_ids', true), ''), ',')::uuid[])::uuid[])"
)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        TABLE,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person", AutoString(length=80), nullable=False),
        sa.Column("system", sa.String(length=10), nullable=False),
        sa.Column("code", AutoString(length=7), nullable=False),
        sa.CheckConstraint(
            "system IN ('icd10cm', 'hcpcs', 'cpt', 'priced')",
            name=op.f("ck_favourite_code_system_known"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_favourite_code_client_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "id", name=op.f("pk_favourite_code")),
        sa.UniqueConstraint(
            "client_id",
            "person",
            "system",
            "code",
            name=op.f("uq_favourite_code_client_id_person_system_code"),
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {TABLE}_of_client ON {TABLE} USING ({OWN_ROWS})")


def downgrade() -> None:
    """Take them away."""
    op.drop_table(TABLE)
