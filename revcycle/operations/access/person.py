"""A person in a session: what pages and operations are told of who asks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models.documents.staff_act import StaffAct
from models.states.staff_session import SessionState
from models.tables import StaffCredential, StaffMember, StaffSession
from models.values.access import Reach, Right, Role
from revcycle.rules.access.rights import Access, access_of
from revcycle.rules.access.sign_in_steps import SignInStep, find_sign_in_step
from revcycle.store import break_glass, clients, staff


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, and what that person may.

    Attributes:
        step: What is still asked before anything but the sign-in itself is answered.
        practice_ids: Every practice that exists for this person.
        opened_ids: Those of them that were opened in an emergency.
    """

    session_id: UUID
    staff_member_id: UUID
    login: str
    display_name: str
    roles: frozenset[Role]
    access: Access
    step: SignInStep
    practice_ids: frozenset[UUID]
    opened_ids: frozenset[UUID]

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


def to_person(session: Session, row: StaffSession, member: StaffMember, *, at: datetime) -> Person:
    """Picture who a session belongs to, with the rights of this moment."""
    roles = staff.list_roles(session, member.id)
    access = access_of(roles)
    opened = break_glass.list_open_practice_ids(session, member.id, at=at)
    return Person(
        session_id=row.id,
        staff_member_id=member.id,
        login=member.login,
        display_name=member.display_name,
        roles=roles,
        access=access,
        step=_step(session, row),
        practice_ids=_practice_ids(session, member.id, access.reach, opened),
        opened_ids=opened,
    )


def _step(session: Session, row: StaffSession) -> SignInStep:
    if row.state == SessionState.SIGNED_IN:
        return SignInStep.DONE
    return step_of(row, staff.get_credential(session, row.staff_member_id))


def _practice_ids(
    session: Session, staff_member_id: UUID, reach: Reach, opened: frozenset[UUID]
) -> frozenset[UUID]:
    if reach is Reach.ALL:
        return frozenset(client_id for _, client_id in clients.list_client_ids(session))
    if reach is Reach.ASSIGNED:
        return staff.list_practice_ids(session, staff_member_id) | opened
    return frozenset()
