"""Invented staff of a demonstration, who can sign in at once. Never for a real installation."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import pyotp
from rich.console import Console
from rich.table import Table

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.documents.staff_act import StaffAct
from models.errors import NotFoundError
from models.values.access import Role
from revcycle.connectors import clock
from revcycle.operations.access.assign_staff import Assignment, assign_queues, assign_staff
from revcycle.operations.access.begin_sign_in import begin_password_try, finish_password_try
from revcycle.operations.access.choose_password import choose_first_password
from revcycle.operations.access.end_sessions import end_all_sessions
from revcycle.operations.access.enrol_authenticator import begin_enrolment, confirm_enrolment
from revcycle.operations.access.keep_staff import NewStaff, add_staff, reset_staff
from revcycle.rules.access.password_hash import hash_password
from revcycle.rules.access.rights import PRACTICE_ROLES, access_of
from revcycle.rules.access.secret_texts import invent_one_time_password
from revcycle.rules.access.totp import STEP_SECONDS, totp_address
from revcycle.settings import settings
from revcycle.store import clients, staff
from revcycle.store.session import transaction
from workbench.commands.secret_key import sealing_key

DEFAULT_HOME = Path(".revcycle")
FILE_NAME = "staff.json"
ACTOR = "command:demo"
PEOPLE: Final[tuple[tuple[str, str, Role], ...]] = (
    ("mia.hill", "Mia Hill", Role.MANAGER),
    ("tom.lake", "Tom Lake", Role.TEAM_LEAD),
    ("cleo.reed", "Cleo Reed", Role.CODER),
    ("ada.moss", "Ada Moss", Role.AUDITOR),
    ("vera.dune", "Vera Dune", Role.VERIFIER),
    ("ben.field", "Ben Field", Role.BILLER),
    ("pia.stone", "Pia Stone", Role.POSTER),
    ("dan.brook", "Dan Brook", Role.DENIAL_SPECIALIST),
    ("cora.vale", "Cora Vale", Role.COMPLIANCE),
    ("abe.marsh", "Abe Marsh", Role.ADMINISTRATOR),
    ("clara.fern", "Clara Fern", Role.CLINICIAN),
    ("olaf.pine", "Olaf Pine", Role.OFFICE_MANAGER),
    ("nell.wade", "Nell Wade", Role.CODER),  # so that coders can be compared
)


@dataclass(frozen=True, slots=True, repr=False)
class DemoSignIn:
    """How one invented person signs in."""

    login: str
    role: str
    password: str
    secret: str

    def code(self, at: datetime) -> str:
        """Read the person's authenticator app."""
        return pyotp.TOTP(self.secret, interval=STEP_SECONDS).at(at)

    @property
    def address(self) -> str:
        """The ``otpauth`` address, for a real app."""
        return totp_address(self.secret, self.login)


def enter_demo_staff(configs: Sequence[ClientConfig]) -> list[DemoSignIn]:
    """Let the invented people join, once for each home; return how they sign in."""
    path = settings().home / FILE_NAME
    if path.exists():
        return read_demo_staff()
    with transaction(settings().database) as session:
        known = dict(clients.list_client_ids(session))
    practice_ids = [known[config.key] for config in configs]
    password = invent_one_time_password()
    password_hash = hash_password(password)
    sign_ins = [
        DemoSignIn(login, role, password, _join(login, name, role, practice_ids, password_hash))
        for login, name, role in PEOPLE
    ]
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(json.dumps([asdict(one) for one in sign_ins], indent=2) + "\n")
    part.replace(path)
    return sign_ins


def read_demo_staff() -> list[DemoSignIn]:
    """Read how the invented people of this home sign in.

    Raises:
        NotFoundError: no demonstration ran here.
    """
    path = settings().home / FILE_NAME
    if not path.exists():
        msg = f"{path} does not exist: this is no demonstration"
        raise NotFoundError(msg)
    return [DemoSignIn(**one) for one in json.loads(path.read_text())]


def print_demo_staff(sign_ins: Sequence[DemoSignIn], console: Console) -> None:
    """Say how the invented people sign in."""
    table = Table("login", "role", "secret for an authenticator app")
    for one in sign_ins:
        table.add_row(one.login, one.role.replace("_", " "), one.secret)
    console.print(table)
    first = sign_ins[0]
    console.print(f"Password of each   {first.password}", markup=False, highlight=False)
    console.print(f"Code of the app    {code_command(first)}", markup=False, soft_wrap=True)
    console.print(
        f"For a real app     {first.address}", markup=False, highlight=False, soft_wrap=True
    )


def code_command(one: DemoSignIn) -> str:
    """Say how to read the app of an invented person; another home than the usual is named."""
    home = settings().home
    where = "" if home.resolve() == DEFAULT_HOME.resolve() else f"REVCYCLE_HOME={home} "
    return f"{where}revcycle staff demo-code {one.login}"


def _join(
    login: str, name: str, role: Role, practice_ids: Sequence[UUID], password_hash: str
) -> str:
    """Let one person live through the first day; return the secret of the app."""
    url, key, act = settings().database, sealing_key(), StaffAct(ACTOR, clock.now())
    chosen = practice_ids[:1] if role in PRACTICE_ROLES else practice_ids
    with transaction(url) as session:
        member = staff.find_staff_member(session, login)
        if member is None:
            person = NewStaff(login, name, frozenset({role}), password_hash)
            member_id = add_staff(session, act, person)
        else:  # an earlier run was interrupted
            member_id = member.id
            reset_staff(session, act, member_id, password_hash)
        assign_staff(session, act, member_id, Assignment(practice_ids=frozenset(chosen)))
        tried = begin_password_try(session, act, login)
        token = finish_password_try(session, act, tried, is_right=True, browser=ACTOR) or ""
        choose_first_password(session, act, token, password_hash)
        secret = begin_enrolment(session, act, token, key=key)
        code = pyotp.TOTP(secret, interval=STEP_SECONDS).at(act.at)
        confirm_enrolment(session, act, token, code, key=key)
        end_all_sessions(session, act, member_id, why="signed_out")
    for client_id in chosen:
        at_practice = Act(client_id, ACTOR, act.at, act.at.date())
        with transaction(url, client_id) as session:
            assign_queues(session, at_practice, member_id, access_of([role]).queues)
    return secret
