"""People of the billing company and of practices, who sign in for tests the way people do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

import pyotp
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from models.documents.act import Act
from models.documents.approval import ApprovalLimits, Approver
from models.documents.staff_act import StaffAct
from models.states.work_item import Queue
from models.values.access import Role
from models.values.money import Money
from revcycle.operations.access.assign_staff import Assignment, assign_queues, assign_staff
from revcycle.operations.access.begin_sign_in import begin_password_try, finish_password_try
from revcycle.operations.access.choose_password import choose_first_password
from revcycle.operations.access.enrol_authenticator import begin_enrolment, confirm_enrolment
from revcycle.operations.access.keep_staff import NewStaff, add_staff
from revcycle.operations.access.pass_second_factor import pass_second_factor
from revcycle.operations.access.person import Person
from revcycle.operations.access.resume_session import resume_session
from revcycle.rules.access.password_hash import is_password
from revcycle.store.session import transaction

KEY = b"tests know this key of 32 bytes."
ONE_TIME = "only for the first morning"
PASSWORD = "correct lantern otter brick"
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
HIRED_AT = NOON - timedelta(days=1)
COMMAND = StaffAct("command:staff", HIRED_AT)
ADDRESS = "192.0.2.7"


def approver(login: str = "second", *, cents: int = 10_000_000) -> Approver:
    """Somebody who may approve amounts up to a limit."""
    limits = ApprovalLimits(Money(cents), Money(cents))
    return Approver(login, frozenset({Role.MANAGER}), limits)


@dataclass(frozen=True)
class Colleague:
    """Somebody with a password and a telephone."""

    id: UUID
    login: str
    secret: str
    recovery_codes: tuple[str, ...]
    password: str = PASSWORD

    def code(self, at: datetime = NOON) -> str:
        """Read the authenticator app."""
        return pyotp.TOTP(self.secret).at(at)


@cache
def cheap_hash(password: str) -> str:
    """Hash a password with little work; how much is in the hash, so checking it is cheap too."""
    return PasswordHash((Argon2Hasher(1, 8, 1),)).hash(password)


def invite(url: str, login: str, roles: Iterable[Role], practices: Iterable[UUID] = ()) -> UUID:
    """Add a person with a one-time password."""
    person = NewStaff(login, login.title(), frozenset(roles), cheap_hash(ONE_TIME))
    with transaction(url) as session:
        member_id = add_staff(session, COMMAND, person)
        assignment = Assignment(practice_ids=frozenset(practices))
        assign_staff(session, COMMAND, member_id, assignment)
    return member_id


def join(url: str, login: str, roles: Iterable[Role], practices: Iterable[UUID] = ()) -> Colleague:
    """Add a person who chooses a password and enrols an app on the day before."""
    member_id = invite(url, login, roles, practices)
    token = give_password(url, login, ONE_TIME, at=HIRED_AT)
    assert token
    act = StaffAct(login, HIRED_AT, ADDRESS)
    with transaction(url) as session:
        choose_first_password(session, act, token, cheap_hash(PASSWORD))
        secret = begin_enrolment(session, act, token, key=KEY)
    with transaction(url) as session:
        code = pyotp.TOTP(secret).at(HIRED_AT)
        enrolment = confirm_enrolment(session, act, token, code, key=KEY)
    assert enrolment.token
    return Colleague(member_id, login, secret, enrolment.recovery_codes)


def give_password(
    url: str, login: str, password: str, *, at: datetime = NOON, address: str = ADDRESS
) -> str | None:
    """Try a password; return the token of the session that begins if it is right."""
    act = StaffAct("", at, address)
    with transaction(url) as session:
        tried = begin_password_try(session, act, login)
    is_right = is_password(password, tried.password_hash)
    with transaction(url) as session:
        return finish_password_try(session, act, tried, is_right=is_right, browser="a browser")


def sign_in(url: str, colleague: Colleague, *, at: datetime = NOON) -> str:
    """Sign in with password and app; return the token of the session."""
    token = give_password(url, colleague.login, colleague.password, at=at)
    assert token
    with transaction(url) as session:
        act = StaffAct(colleague.login, at, ADDRESS)
        passed = pass_second_factor(session, act, token, colleague.code(at), key=KEY)
    assert passed.token
    return passed.token


def who(url: str, token: str, *, at: datetime = NOON) -> Person | None:
    """Ask who a session belongs to."""
    with transaction(url) as session:
        return resume_session(session, StaffAct("", at, ADDRESS), token)


def hire(url: str, login: str, role: Role, practices: Iterable[UUID], *queues: Queue) -> Colleague:
    """Let a person join who takes work of these queues at these practices."""
    ids = list(practices)
    colleague = join(url, login, [role], ids)
    for client_id in ids:
        act = Act(client_id, "tester", HIRED_AT, HIRED_AT.date())
        with transaction(url, client_id) as session:
            assign_queues(session, act, colleague.id, queues)
    return colleague
