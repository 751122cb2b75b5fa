"""What signing in needs: secrets as hashes or sealed, sessions, and what was tried."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String
from sqlmodel import Field

from models.states.staff_session import SessionState
from models.tables.columns import one_of
from models.tables.staff import OfStaff


class StaffCredential(OfStaff, table=True):
    """What one person proves with who they are."""

    __tablename__ = "staff_credential"

    staff_member_id: UUID = Field(foreign_key="staff_member.id", unique=True)
    password_hash: str = Field(max_length=200)  # argon2id
    password_set_at: datetime
    one_time_until: datetime | None = None  # the password is good for one sign-in before this
    totp_sealed: bytes | None = None  # encrypted; of the app being enrolled, or enrolled
    totp_enrolled_at: datetime | None = None
    totp_last_step: int = 0  # a step is taken once


class RecoveryCode(OfStaff, table=True):
    """One code for the day the telephone is lost."""

    __tablename__ = "recovery_code"

    staff_member_id: UUID = Field(foreign_key="staff_member.id", index=True)
    code_hash: str = Field(max_length=64)
    used_at: datetime | None = None


class StaffSession(OfStaff, table=True):
    """One browser of one person. Only the hash of what its cookie holds is known here."""

    __tablename__ = "staff_session"
    __table_args__ = (
        CheckConstraint(one_of("state", SessionState), name="state_known"),
        Index(None, "provider_state_hash", unique=True),  # one answer begins one session
    )

    staff_member_id: UUID = Field(foreign_key="staff_member.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    # Of the answer of a sign-in service that vouched for the person; None: a password did.
    provider_state_hash: str | None = Field(default=None, max_length=64)
    state: SessionState = Field(default=SessionState.BEGUN, sa_type=String(20))
    started_at: datetime
    seen_at: datetime
    second_factor_at: datetime | None = None
    ended_at: datetime | None = None
    end_reason: str = Field(default="", max_length=20)  # signed_out, revoked, expired, replaced
    address: str = Field(default="", max_length=45)
    browser: str = Field(default="", max_length=120)


class SignInAttempt(OfStaff, table=True):
    """A password or code was tried; it counts as wrong until it is known to be right.

    What was typed as login is kept as a hash: people type passwords there by mistake.
    """

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index(None, "login_hash", "at"),
        Index(None, "address", "at"),
    )

    at: datetime
    login_hash: str = Field(max_length=64)
    address: str = Field(max_length=45)
    is_right: bool = False
    is_sign_in: bool = False  # it completed a sign-in: earlier failures count no more
