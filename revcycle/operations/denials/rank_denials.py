"""Put denials in order: what expires first, then what is worth most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from sqlmodel import Session

from models.documents.act import Act
from models.documents.denial import DenialPicture, DenialTerms
from models.documents.playbook import Play, PlayClock
from models.states.denial import DenialState
from revcycle.rules.denials.appeal_levels import level_deadline
from revcycle.rules.denials.find_play import find_play
from revcycle.rules.denials.rank_denial import Rank, rank_denial
from revcycle.rules.denials.recovery_chance import (
    Chance,
    Resolved,
    count_resolved,
    recovery_chance,
)
from revcycle.store.denial_ranks import (
    OpenDenial,
    RankToKeep,
    keep_ranks,
    list_open_denials,
    list_outcomes,
    set_priorities,
)

UNRANKED: Final = 5  # the priority with which posting opens an item
NO_TERMS: Final[Mapping[str, DenialTerms]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RankCount:
    """How many denials were ranked, and how many items changed their place."""

    ranked: int
    moved: int


def rank_denials(
    session: Session,
    act: Act,
    *,
    plays: Sequence[Play],
    terms: Mapping[str, DenialTerms] = NO_TERMS,
) -> RankCount:
    """Rank every open denial, and give its item the priority.

    A priority that a person chose stays. Repeating it on the same day moves nothing.

    Args:
        session: The open transaction.
        act: Whose day it is.
        plays: The practice's playbook.
        terms: Of payers, by key.
    """
    known = count_outcomes(session, act)
    ranks = [
        _to_keep(one, *_rank(one, known, plays, terms, act.today))
        for one in list_open_denials(session, act.client_id)
    ]
    moved = set_priorities(session, act.client_id, ranks, unranked=UNRANKED)
    keep_ranks(session, act.client_id, ranks)
    return RankCount(len(ranks), moved)


def count_outcomes(session: Session, act: Act) -> tuple[Resolved, ...]:
    """Count what became of the practice's own denials."""
    return count_resolved(
        (one.payer_key, one.category, one.age_days, one.is_recovered)
        for one in list_outcomes(session, act.client_id)
    )


def rank_one(
    session: Session, act: Act, denial: DenialPicture, *, play: Play, terms: DenialTerms
) -> tuple[Rank, Chance] | None:
    """Show what one denial is worth now and why; None when it is not open any more."""
    if denial.state is not DenialState.OPEN:
        return None
    chance = recovery_chance(
        count_outcomes(session, act),
        payer_key=denial.payer_key,
        category=denial.category,
        age_days=(act.today - denial.decided_on).days,
    )
    rank = rank_denial(
        denial.amount,
        chance_permille=chance.permille,
        due_on=denial.due_on,
        limit_on=limit_of(play, terms, denial.decided_on, act.today),
        today=act.today,
    )
    return rank, chance


def limit_of(play: Play, terms: DenialTerms, decided_on: date, today: date) -> date | None:
    """Find the payer's last day for the path that a play names; None where none is known."""
    if play.clock is PlayClock.CORRECTED_CLAIM and terms.corrected_limit_days is not None:
        return decided_on + timedelta(days=terms.corrected_limit_days)
    if play.clock is PlayClock.APPEAL and terms.levels:
        first = terms.levels[0]
        return level_deadline(first, decided_on=decided_on, answered_on=None, today=today).on
    return None


def _rank(
    denial: OpenDenial,
    known: Sequence[Resolved],
    plays: Sequence[Play],
    terms: Mapping[str, DenialTerms],
    today: date,
) -> tuple[Rank, Chance]:
    play = find_play(
        denial.group,
        denial.reason,
        denial.remarks,
        denial.payer_key,
        plays,
        procedure_code=denial.procedure_code,
    )
    chance = recovery_chance(
        known,
        payer_key=denial.payer_key,
        category=denial.category,
        age_days=(today - denial.decided_on).days,
    )
    rank = rank_denial(
        denial.amount,
        chance_permille=chance.permille,
        due_on=denial.due_on,
        limit_on=limit_of(
            play, terms.get(denial.payer_key, DenialTerms()), denial.decided_on, today
        ),
        today=today,
    )
    return rank, chance


def _to_keep(denial: OpenDenial, rank: Rank, chance: Chance) -> RankToKeep:
    return RankToKeep(
        denial.id, chance.permille, rank.expected, rank.priority, denial.ranked_priority
    )
