"""Which authorizations does a visit use, and how much of each have others used?"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal

from models.documents.authorization import Authorization, DoneService, Visit
from models.documents.coding_case import AuthorizationFacts
from models.values.authorized import Counted
from revcycle.rules.coding.authorized_procedures import covers_procedure


def judge_authorizations(
    held: Iterable[Authorization], visit: Visit, others: Iterable[Visit]
) -> tuple[AuthorizationFacts, ...]:
    """Say of each authorization that a visit uses what is left of it.

    A visit uses the one it names; one that names none uses the one that has room and ends first.
    Limits of the plan, which have no number, are used beside it. What stands in front is counted:
    visits on claims, then coded ones, then those not coded, each by day and id; so of two that
    want the last visit exactly one gets it, whoever is asked first.

    Source:
        ASC X12N/005010X217 (278), HSD: visits or units certified within a period;
        005010X222A1, REF*G1: a claim names one authorization.
    """
    ahead = [one for one in others if _place(one) < _place(visit)]
    own = [one for one in held if one.payer_id == visit.payer_id]
    if visit.number:
        named = [one for one in own if one.number == visit.number]
    else:
        fitting = [one for one in own if one.number and _used_by(one, visit)]
        named = sorted(fitting, key=lambda one: _wish(one, visit, ahead))[:1]
    limits = [one for one in own if not one.number and _used_by(one, visit)]
    return tuple(_facts(one, visit, ahead) for one in (*named, *limits))


def count_used(authorization: Authorization, visits: Iterable[Visit]) -> int:
    """Count the visits or units of an authorization that these use.

    Source:
        As ``judge_authorizations``; part of a unit counts as a whole one.
    """
    services = [one for visit in visits for one in _used_by(authorization, visit)]
    if authorization.counts is Counted.VISITS:
        return len({one.day for one in services})
    return int(sum((one.units for one in services), Decimal()).to_integral_value(ROUND_CEILING))


def _facts(
    authorization: Authorization, visit: Visit, ahead: Sequence[Visit]
) -> AuthorizationFacts:
    used = count_used(authorization, ahead)
    return AuthorizationFacts(
        number=authorization.number,
        counts=authorization.counts,
        allowed=authorization.allowed,
        used=used,
        needed=count_used(authorization, (*ahead, visit)) - used,
        first_day=authorization.valid_from,
        last_day=authorization.valid_to,
        is_in_force=all(_is_in_force(authorization, one.day) for one in visit.services),
    )


def _place(visit: Visit) -> tuple[int, date, str]:
    day = min((one.day for one in visit.services), default=date.max)
    return visit.standing, day, str(visit.encounter_id)


def _wish(
    authorization: Authorization, visit: Visit, ahead: Sequence[Visit]
) -> tuple[bool, date, str]:
    facts = _facts(authorization, visit, ahead)
    is_full = facts.used + facts.needed > facts.allowed
    return is_full, authorization.valid_to or date.max, authorization.number


def _used_by(authorization: Authorization, visit: Visit) -> tuple[DoneService, ...]:
    """List the services of a visit that an authorization allows."""
    if visit.payer_id != authorization.payer_id:
        return ()
    if authorization.number and visit.number not in ("", authorization.number):
        return ()
    return tuple(
        one
        for one in visit.services
        if covers_procedure(authorization.procedures, one.procedure_code)
        and _is_in_force(authorization, one.day)
        and (authorization.counted_from is None or authorization.counted_from <= one.day)
    )


def _is_in_force(authorization: Authorization, day: date) -> bool:
    has_begun = authorization.valid_from is None or authorization.valid_from <= day
    return has_begun and (authorization.valid_to is None or day <= authorization.valid_to)
