"""A person in a session: what pages and operations are told of who asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models.documents.practice_name import PracticeName
from models.documents.staff_act import StaffAct
from models.states.staff_session import SessionState
from models.tables import StaffCredential, StaffSession
from models.values.access import Reach, Right, Role
from revcycle.rules.access.rights import Access, access_of
from revcycle.rules.access.sign_in_steps import SignInStep, find_sign_in_step
from revcycle.store import clients, staff
from revcycle.store.staff_sessions import SessionLook


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, and what that person may.

    Attributes:
        step: What is still asked before anything but the sign-in itself is answered.
        practices: Every practice that exists for this person, by name.
        opened_ids: Those of them that were opened in an emergency.
    """

    session_id: UUID
    staff_member_id: UUID
    login: str
    display_name: str
    roles: frozenset[Role]
    access: Access
    step: SignInStep
    practices: tuple[PracticeName, ...]
    opened_ids: frozenset[UUID]

    @property
    def practice_ids(self) -> frozenset[UUID]:
        """Every practice that exists for this person."""
        return frozenset(practice.id for practice in self.practices)

    @property
    def is_signed_in(self) -> bool:
        """Whether nothing more is asked."""
        return self.step is SignInStep.DONE

    def may(self, right: Right) -> bool:
        """Tell whether the person is in and may do something."""
        return self.is_signed_in and self.access.may(right)

    def act(self, at: datetime, address: str) -> StaffAct:
        """Act in the person's name."""
        return StaffAct(self.login, at, address)


def step_of(row: StaffSession, credential: StaffCredential) -> SignInStep:
    """Tell what is still asked in a session."""
    if row.state == SessionState.SIGNED_IN:
        return SignInStep.DONE
    return find_sign_in_step(
        has_authenticator=credential.totp_enrolled_at is not None,
        has_second_factor=row.second_factor_at is not None,
        must_choose_password=credential.one_time_until is not None,
        is_vouched_for=row.provider_state_hash is not None,
    )


def to_person(session: Session, look: SessionLook) -> Person:
    """Picture who a session belongs to, with the rights of this moment."""
    access = access_of(look.roles)
    return Person(
        session_id=look.row.id,
        staff_member_id=look.member.id,
        login=look.member.login,
        display_name=look.member.display_name,
        roles=look.roles,
        access=access,
        step=_step(session, look.row),
        practices=tuple(sorted(_practices(session, look, access.reach), key=_by_name)),
        opened_ids=frozenset(practice.id for practice in look.opened),
    )


def _step(session: Session, row: StaffSession) -> SignInStep:
    if row.state == SessionState.SIGNED_IN:
        return SignInStep.DONE
    return step_of(row, staff.get_credential(session, row.staff_member_id))


def _practices(session: Session, look: SessionLook, reach: Reach) -> Collection[PracticeName]:
    if reach is Reach.ALL:
        return clients.list_practice_names(session)
    return look.assigned | look.opened if reach is Reach.ASSIGNED else ()


def _by_name(practice: PracticeName) -> tuple[str, str]:
    return (practice.name.casefold(), practice.key)
