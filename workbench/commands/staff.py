"""``revcycle staff``: people who sign in.

Passwords are made here and printed once; none is ever an argument.
"""

import getpass
from collections.abc import Iterable, Sequence
from typing import Annotated
from uuid import UUID

import typer

from models.documents.act import Act
from models.documents.staff_act import StaffAct
from models.errors import NotFoundError
from models.states.work_item import Queue
from models.tables import StaffMember
from models.values.access import Role
from revcycle.connectors import clock
from revcycle.operations.access.assign_staff import Assignment, assign_queues, assign_staff
from revcycle.operations.access.keep_staff import (
    ONE_TIME_PASSWORD,
    NewStaff,
    add_staff,
    disable_staff,
    enable_staff,
    get_member_id,
    reset_staff,
)
from revcycle.rules.access.password_hash import hash_password
from revcycle.rules.access.rights import access_of
from revcycle.rules.access.secret_texts import invent_one_time_password
from revcycle.store import clients, staff
from revcycle.store.session import transaction
from workbench.commands.console import out, table_of
from workbench.commands.demo_staff import read_demo_staff
from workbench.commands.open_database import require_database

staff_app = typer.Typer(help="People who sign in.", no_args_is_help=True)
NONE = "none"
Login = Annotated[str, typer.Argument(help="login of the person")]


@staff_app.command()
def add(
    login: Annotated[str, typer.Argument(help="3 to 40 small letters, digits, dots or hyphens")],
    name: Annotated[str, typer.Argument(help="as colleagues read it")],
    role: Annotated[list[Role], typer.Option(help="repeatable")],
) -> None:
    """Add a person and print a one-time password; the first administrator comes in like this."""
    password = invent_one_time_password()
    person = NewStaff(login, name, frozenset(role), hash_password(password))
    with transaction(require_database()) as session:
        add_staff(session, _act(), person)
    _print_one_time_password(login, password)


@staff_app.command()
def disable(login: Login) -> None:
    """Take a person out: every session ends at once."""
    with transaction(require_database()) as session:
        ended = disable_staff(session, _act(), get_member_id(session, login))
    out.print(f"{login} may not sign in any more; {ended} sessions ended.", markup=False)


@staff_app.command()
def enable(login: Login) -> None:
    """Let a person who was disabled in again, as on the first day."""
    password = invent_one_time_password()
    password_hash = hash_password(password)
    with transaction(require_database()) as session:
        enable_staff(session, _act(), get_member_id(session, login), password_hash)
    _print_one_time_password(login, password)


@staff_app.command("reset-mfa")
def reset_mfa(login: Login) -> None:
    """Make a person's authenticator, recovery codes and password void; print a one-time password.

    The password too: otherwise it alone would be enough to enrol a stranger's telephone.
    """
    password = invent_one_time_password()
    password_hash = hash_password(password)
    with transaction(require_database()) as session:
        reset_staff(session, _act(), get_member_id(session, login), password_hash)
    _print_one_time_password(login, password)


@staff_app.command()
def assign(
    login: Login,
    client: Annotated[
        list[str] | None, typer.Option(help="key of a practice; all of them are named; repeatable")
    ] = None,
    queue: Annotated[
        list[Queue] | None,
        typer.Option(help="at those practices; without it all queues of the roles; repeatable"),
    ] = None,
    role: Annotated[list[Role] | None, typer.Option(help="instead of before; repeatable")] = None,
    skill: Annotated[list[str] | None, typer.Option(help="instead of before; repeatable")] = None,
    capacity: Annotated[int | None, typer.Option(min=0, help="work items a day")] = None,
    specialty: Annotated[
        list[str] | None,
        typer.Option(help="whose charts are coded; none takes all away; repeatable"),
    ] = None,
    certification: Annotated[
        list[str] | None,
        typer.Option(help="that a coder holds, such as CPC; none takes all away; repeatable"),
    ] = None,
) -> None:
    """Say for which practices and queues a person works; what is not named stays as it is."""
    with transaction(require_database()) as session:
        member_id = get_member_id(session, login)
        known = dict(clients.list_client_ids(session))
        assignment = Assignment(
            roles=frozenset(role) if role else None,
            practice_ids=_practice_ids(known, client) if client else None,
            skills=frozenset(skill) if skill else None,
            daily_capacity=capacity,
            specialties=_named(specialty),
            certifications=_named(certification),
        )
        assign_staff(session, _act(), member_id, assignment)
        chosen = staff.list_practice_ids(session, member_id)
        queues = queue or sorted(access_of(staff.list_roles(session, member_id)).queues)
    _assign_everywhere(known.values(), member_id, chosen, queues)
    out.print(f"{login}: {len(chosen)} practices, queues {', '.join(queues) or 'none'}.")


def _named(words: list[str] | None) -> frozenset[str] | None:
    """Read what is said instead of before: nothing said changes nothing, ``none`` leaves none."""
    return frozenset(words) - {NONE} if words else None


def _assign_everywhere(
    client_ids: Iterable[UUID],
    member_id: UUID,
    chosen: frozenset[UUID],
    queues: Sequence[Queue],
) -> None:
    """Give a person the queues at the practices chosen, and none at the others."""
    for client_id in client_ids:
        act = Act(client_id, _act().actor, clock.now(), clock.now().date())
        with transaction(require_database(), client_id) as session:
            assign_queues(session, act, member_id, queues if client_id in chosen else ())


@staff_app.command("demo-code")
def demo_code(login: Login) -> None:
    """Say what the authenticator app of an invented person of the demo shows now."""
    at = clock.now()
    codes = {one.login: one.code(at) for one in read_demo_staff()}
    if login not in codes:
        msg = f"the demo has no {login}"
        raise NotFoundError(msg)
    out.print(codes[login], highlight=False)


@staff_app.command("list")
def list_people() -> None:
    """List everybody who may sign in, or might."""
    table = table_of("login", "name", "state", "roles", "practices", "skills", "capacity")
    with transaction(require_database()) as session:
        keys = {client_id: key for key, client_id in clients.list_client_ids(session)}
        for member in staff.list_staff(session):
            practices = sorted(keys[one] for one in staff.list_practice_ids(session, member.id))
            roles = sorted(staff.list_roles(session, member.id))
            skills = sorted(staff.list_skills(session, member.id))
            for known in staff.list_specialties(session, member.login).values():
                skills.extend(known)
            table.add_row(*_cells(member, roles, practices, skills))
    out.print(table if table.row_count else "Nobody yet; begin with: revcycle staff add")


def _cells(member: StaffMember, *lists: Sequence[str]) -> tuple[str, ...]:
    capacity = "" if member.daily_capacity is None else str(member.daily_capacity)
    texts = (", ".join(one) for one in lists)
    return (member.login, member.display_name, member.state, *texts, capacity)


def _practice_ids(known: dict[str, UUID], keys: Sequence[str]) -> frozenset[UUID]:
    for key in keys:
        if key not in known:
            msg = f"practice {key} is not registered"
            raise NotFoundError(msg)
    return frozenset(known[key] for key in keys)


def _act() -> StaffAct:
    return StaffAct(f"command:staff:{getpass.getuser()}"[:80], clock.now())


def _print_one_time_password(login: str, password: str) -> None:
    out.print(f"Login              {login}", markup=False, highlight=False)
    out.print(f"One-time password  {password}", markup=False, highlight=False)
    days = ONE_TIME_PASSWORD.days
    out.print(f"Good for {days} days. Hand it over in person; it is shown nowhere else.")
