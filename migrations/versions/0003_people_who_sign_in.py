"""people who sign in."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("login_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=45), nullable=False),
        sa.Column("is_right", sa.Boolean(), nullable=False),
        sa.Column("is_sign_in", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_attempt_address_at"), ["address", "at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_sign_in_attempt_login_hash_at"), ["login_hash", "at"], unique=False
        )

    op.create_table(
        "staff_trail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("actor", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("staff_member_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=45), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_trail")),
    )
    with op.batch_alter_table("staff_trail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_trail_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_staff_trail_staff_member_id"), ["staff_member_id"], unique=False
        )

    op.create_table(
        "break_glass",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_member_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("ends_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reviewed_by", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("reviewed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("review_note", sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'ended', 'approved', 'objected')",
            name=op.f("ck_break_glass_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["client.id"], name=op.f("fk_break_glass_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_member_id"], ["staff_member.id"], name=op.f("fk_break_glass_staff_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_glass")),
    )
    with op.batch_alter_table("break_glass", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_break_glass_staff_member_id"), ["staff_member_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_break_glass_state"), ["state"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_member_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_member_id"], ["staff_member.id"], name=op.f("fk_recovery_code_staff_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recovery_code_staff_member_id"), ["staff_member_id"], unique=False
        )

    op.create_table(
        "staff_credential",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_member_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("password_set_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("one_time_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_enrolled_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_member_id"],
            ["staff_member.id"],
            name=op.f("fk_staff_credential_staff_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_credential")),
        sa.UniqueConstraint("staff_member_id", name=op.f("uq_staff_credential_staff_member_id")),
    )
    op.create_table(
        "staff_practice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_member_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["client.id"], name=op.f("fk_staff_practice_practice_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_member_id"], ["staff_member.id"], name=op.f("fk_staff_practice_staff_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_practice")),
        sa.UniqueConstraint(
            "staff_member_id",
            "practice_id",
            name=op.f("uq_staff_practice_staff_member_id_practice_id"),
        ),
    )
    with op.batch_alter_table("staff_practice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_staff_practice_practice_id"), ["practice_id"], unique=False
        )

    op.create_table(
        "staff_role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_member_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "role IN ('coder', 'auditor', 'verifier', 'biller', 'poster', 'denial_specialist', 'team_lead', 'manager', 'compliance', 'administrator', 'clinician', 'office_manager')",
            name=op.f("ck_staff_role_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_member_id"], ["staff_member.id"], name=op.f("fk_staff_role_staff_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_role")),
        sa.UniqueConstraint(
            "staff_member_id", "role", name=op.f("uq_staff_role_staff_member_id_role")
        ),
    )
    op.create_table(
        "staff_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_member_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("seen_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("second_factor_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("end_reason", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(length=45), nullable=False),
        sa.Column("browser", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.CheckConstraint(
            "state IN ('begun', 'signed_in', 'ended')", name=op.f("ck_staff_session_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["staff_member_id"], ["staff_member.id"], name=op.f("fk_staff_session_staff_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_session_token_hash")),
    )
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_staff_session_staff_member_id"), ["staff_member_id"], unique=False
        )

    op.create_table(
        "staff_skill",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_member_id", sa.Uuid(), nullable=False),
        sa.Column("skill", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_member_id"], ["staff_member.id"], name=op.f("fk_staff_skill_staff_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_skill")),
        sa.UniqueConstraint(
            "staff_member_id", "skill", name=op.f("uq_staff_skill_staff_member_id_skill")
        ),
    )
    # Nobody has a password yet: whoever was active is invited, and needs one by a command.
    with op.batch_alter_table("staff_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("daily_capacity", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE staff_member SET state = CASE WHEN is_active THEN 'invited' ELSE 'disabled' END"
    )
    with op.batch_alter_table("staff_member", schema=None) as batch_op:
        batch_op.alter_column("state", existing_type=sa.String(length=20), nullable=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_staff_member_state_known"), "state IN ('invited', 'active', 'disabled')"
        )
        batch_op.drop_column("is_active")

    _make_append_only()


def downgrade() -> None:
    with op.batch_alter_table("staff_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_active", sa.Boolean(), nullable=True))
    op.execute("UPDATE staff_member SET is_active = (state <> 'disabled')")
    with op.batch_alter_table("staff_member", schema=None) as batch_op:
        batch_op.alter_column("is_active", existing_type=sa.Boolean(), nullable=False)
        batch_op.drop_constraint(batch_op.f("ck_staff_member_state_known"), type_="check")
        batch_op.drop_column("daily_capacity")
        batch_op.drop_column("state")

    op.drop_table("staff_skill")
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_session_staff_member_id"))

    op.drop_table("staff_session")
    op.drop_table("staff_role")
    with op.batch_alter_table("staff_practice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_practice_practice_id"))

    op.drop_table("staff_practice")
    op.drop_table("staff_credential")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_staff_member_id"))

    op.drop_table("recovery_code")
    with op.batch_alter_table("break_glass", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_break_glass_state"))
        batch_op.drop_index(batch_op.f("ix_break_glass_staff_member_id"))

    op.drop_table("break_glass")
    with op.batch_alter_table("staff_trail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_trail_staff_member_id"))
        batch_op.drop_index(batch_op.f("ix_staff_trail_at"))

    op.drop_table("staff_trail")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_login_hash_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_address_at"))

    op.drop_table("sign_in_attempt")


def _make_append_only() -> None:
    """Refuse changes to the trail of people and sign-ins; ``refuse_change`` came with 0002."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for action in ("update", "delete"):
        body = (
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            if on_postgresql
            else "BEGIN SELECT RAISE(ABORT, 'staff_trail is append-only'); END"
        )
        op.execute(
            f"CREATE TRIGGER staff_trail_no_{action} BEFORE {action.upper()} ON staff_trail {body}"
        )
