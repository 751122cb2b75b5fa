"""The one table of who may do and see what. ``docs/reference/access.md`` is made from it.

Source:
    45 CFR 164.502(b) and 164.514(d), minimum necessary: access follows what a role needs.
    45 CFR 164.308(a)(4), information access management.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from models.documents.finding import Finding, Severity
from models.states.work_item import Queue
from models.values.access import FieldKind, FieldView, Reach, Right, Role

RULE_ID = "access.roles"


@dataclass(frozen=True, slots=True)
class Access:
    """What one role, or one person with several, may do and see. Nothing else is allowed.

    Attributes:
        reach: Of which practices.
        queues: Whose work is seen; it can be taken with ``Right.TAKE_WORK`` only.
        rights: What may be done.
        shown: Fields seen in full.
        masked: Fields of which only a part is seen; every other kind of field is hidden.
    """

    reach: Reach
    queues: frozenset[Queue]
    rights: frozenset[Right]
    shown: frozenset[FieldKind]
    masked: frozenset[FieldKind]

    def may(self, right: Right) -> bool:
        """Tell whether something may be done."""
        return right in self.rights

    def view_of(self, field: FieldKind) -> FieldView:
        """Tell how much of a field is seen."""
        if field in self.shown:
            return FieldView.SHOWN
        return FieldView.MASKED if field in self.masked else FieldView.HIDDEN


def _row(
    reach: Reach,
    queues: Iterable[Queue],
    rights: Iterable[Right],
    *,
    shown: Iterable[FieldKind] = (),
    masked: Iterable[FieldKind] = (),
    of_practice: bool = False,
) -> Access:
    company = () if of_practice else (Right.SEE_REFERENCE,)
    everyone = frozenset({Right.OWN_ACCOUNT, *company})
    return Access(
        reach,
        frozenset(queues),
        everyone | frozenset(rights),
        frozenset(shown),
        frozenset(masked),
    )


_CODING = (Queue.CODING, Queue.PROVIDER_QUERY)
_AUDIT = (Queue.CODING_AUDIT, Queue.ADJUDICATION)
_WORKER = (Right.SEE_WORK, Right.TAKE_WORK, Right.SEE_PATIENTS, Right.BREAK_GLASS)
_IDENTITY = (FieldKind.MEMBER_ID, FieldKind.BIRTH_DATE, FieldKind.CONTACT)

ACCESS_OF_ROLES: Final[Mapping[Role, Access]] = MappingProxyType(
    {
        Role.CODER: _row(
            Reach.ASSIGNED,
            _CODING,
            (*_WORKER, Right.CODE),
            shown=(FieldKind.NOTE, FieldKind.BIRTH_DATE),
            masked=(FieldKind.MEMBER_ID,),
        ),
        Role.AUDITOR: _row(
            Reach.ASSIGNED,
            # No coder's queue: an audit is blind, and its codes would stand there.
            _AUDIT,
            (Right.SEE_WORK, Right.TAKE_WORK, Right.SEE_PATIENTS, Right.AUDIT_CODES),
            shown=(FieldKind.NOTE, FieldKind.BIRTH_DATE),
            masked=(FieldKind.MEMBER_ID,),
        ),
        Role.VERIFIER: _row(
            Reach.ASSIGNED,
            (Queue.INTAKE, Queue.PATIENT_MATCH, Queue.VERIFICATION),
            (*_WORKER, Right.VERIFY_COVERAGE),
            shown=_IDENTITY,
            masked=(FieldKind.SSN,),
        ),
        Role.BILLER: _row(
            Reach.ASSIGNED,
            (Queue.SCRUB, Queue.REJECTION, Queue.FOLLOW_UP, Queue.STATEMENT, Queue.TRANSPORT),
            (*_WORKER, Right.RELEASE_CLAIMS),
            shown=_IDENTITY,
            masked=(FieldKind.SSN,),
        ),
        Role.POSTER: _row(
            Reach.ASSIGNED,
            (Queue.POSTING, Queue.UNAPPLIED, Queue.DEPOSIT, Queue.CREDIT_BALANCE),
            (*_WORKER, Right.POST_MONEY, Right.SEE_BOOKS),
            shown=(FieldKind.MEMBER_ID, FieldKind.BANK),
            masked=(FieldKind.BIRTH_DATE,),
        ),
        Role.DENIAL_SPECIALIST: _row(
            Reach.ASSIGNED,
            (Queue.DENIAL, Queue.APPEAL, Queue.REJECTION, Queue.FOLLOW_UP, Queue.VARIANCE),
            (*_WORKER, Right.WORK_DENIALS),
            shown=(*_IDENTITY, FieldKind.NOTE),
            masked=(FieldKind.SSN,),
        ),
        Role.TEAM_LEAD: _row(
            Reach.ASSIGNED,
            Queue,
            (
                *_WORKER,
                Right.CODE,
                Right.AUDIT_CODES,
                Right.VERIFY_COVERAGE,
                Right.RELEASE_CLAIMS,
                Right.POST_MONEY,
                Right.WORK_DENIALS,
                Right.APPROVE_WRITE_OFFS,
                Right.ASSIGN_WORK,
                Right.SEE_BOARD,
                Right.SEE_BOOKS,
            ),
            shown=(*_IDENTITY, FieldKind.NOTE),
            masked=(FieldKind.SSN, FieldKind.BANK),
        ),
        Role.MANAGER: _row(
            Reach.ALL,
            Queue,
            (
                Right.SEE_WORK,
                Right.SEE_PATIENTS,
                Right.AUDIT_CODES,  # to see the figures; cases are taken by others
                Right.APPROVE_WRITE_OFFS,
                Right.ASSIGN_WORK,
                Right.SEE_BOARD,
                Right.SEE_BOOKS,
                Right.KEEP_BOOKS,
                Right.PAUSE_STAGES,
                Right.SEE_AUDIT,
                Right.SEE_MAILS,
                Right.KEEP_REFERENCE,
            ),
            shown=(FieldKind.BIRTH_DATE,),
            masked=(FieldKind.SSN, FieldKind.MEMBER_ID, FieldKind.CONTACT, FieldKind.BANK),
        ),
        Role.COMPLIANCE: _row(
            Reach.ALL,
            Queue,
            (
                Right.SEE_WORK,
                Right.SEE_PATIENTS,
                Right.AUDIT_CODES,
                Right.SEE_BOARD,
                Right.SEE_BOOKS,
                Right.SEE_AUDIT,
                Right.SEE_MAILS,
                Right.REVIEW_BREAK_GLASS,
            ),
            shown=(*_IDENTITY, FieldKind.NOTE),
            masked=(FieldKind.SSN, FieldKind.BANK),
        ),
        # Who gives rights sees no patient.
        Role.ADMINISTRATOR: _row(Reach.NONE, (), (Right.KEEP_STAFF, Right.KEEP_REFERENCE)),
        Role.CLINICIAN: _row(
            Reach.ASSIGNED,
            (),
            (Right.ANSWER_QUERIES, Right.SEE_REPORTS),
            shown=(*_IDENTITY, FieldKind.NOTE),
            masked=(FieldKind.SSN,),
            of_practice=True,
        ),
        Role.OFFICE_MANAGER: _row(
            Reach.ASSIGNED,
            (),
            (Right.ANSWER_QUERIES, Right.SEND_FILES, Right.SEE_REPORTS),
            shown=_IDENTITY,
            masked=(FieldKind.SSN,),
            of_practice=True,
        ),
    }
)
PRACTICE_ROLES: Final = frozenset({Role.CLINICIAN, Role.OFFICE_MANAGER})
REACH_ORDER: Final = (Reach.NONE, Reach.ASSIGNED, Reach.ALL)
NOTHING: Final = Access(Reach.NONE, frozenset(), frozenset(), frozenset(), frozenset())


def access_of(roles: Collection[Role]) -> Access:
    """Add up what several roles may do: whoever has two may do what either may.

    Source:
        The table above.
    """
    rows = [ACCESS_OF_ROLES[role] for role in roles]
    if not rows:
        return NOTHING
    shown = frozenset[FieldKind]().union(*(row.shown for row in rows))
    return Access(
        reach=max((row.reach for row in rows), key=REACH_ORDER.index),
        queues=frozenset[Queue]().union(*(row.queues for row in rows)),
        rights=frozenset[Right]().union(*(row.rights for row in rows)),
        shown=shown,
        masked=frozenset[FieldKind]().union(*(row.masked for row in rows)) - shown,
    )


def check_roles(roles: Collection[Role], *, practices: int) -> tuple[Finding, ...]:
    """Refuse roles that one person may not have together.

    Args:
        roles: What the person is to be.
        practices: To how many practices the person is to be assigned.

    Returns:
        One error for each thing that is wrong.

    Source:
        45 CFR 164.308(a)(3), workforce security: who grants access does not use it, and people of
        a practice see that practice only.
    """
    chosen = set(roles)
    wrong = []
    if not chosen:
        wrong.append("at least one role is needed")
    if chosen & PRACTICE_ROLES and chosen - PRACTICE_ROLES:
        wrong.append("a person of a practice has no role of the billing company")
    if Role.ADMINISTRATOR in chosen and len(chosen) > 1:
        wrong.append("an administrator has no other role")
    if chosen & PRACTICE_ROLES and practices > 1:
        wrong.append("a person of a practice is assigned to that practice only")
    return tuple(Finding(RULE_ID, Severity.ERROR, "roles", text) for text in wrong)
