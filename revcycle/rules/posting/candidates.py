"""Which of our claims may a payer's claim be about, and what speaks for each?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from rapidfuzz.distance import OSA

from models.documents.match import Candidate, ClaimPicture, LineKind, MatchReason
from models.documents.party import Person
from models.documents.remittance import RemittanceClaim
from revcycle.rules.intake.likeness import first_name_likeness, last_name_likeness
from revcycle.rules.posting.decision import DECIDED_STATES, may_decide
from revcycle.rules.posting.line_likeness import liken_lines, size_of

CANDIDATES_SHOWN: Final = 20
SCORE_MAX: Final = 100
SCORE_MIN: Final = 20  # below it a claim has no more in common than any other of that day
SLIPS_MAX: Final = 2  # characters of our number that a payer gets wrong
NUMBER_LENGTH_MIN: Final = 6  # a shorter number is part of many
NAME_LIKENESS_MIN: Final = 0.9
DAYS_APART_MAX: Final = 3
_SAME_CODE_KINDS: Final = frozenset({LineKind.SAME, LineKind.CHANGED_CODE, LineKind.SPLIT})


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What a payer said of one claim, with who said it.

    Attributes:
        payer_name: Of the remittance.
        payer_id: Of the remittance; may be empty.
    """

    decision: RemittanceClaim
    payer_name: str
    payer_id: str = ""


def rank_candidates(
    said: Said, claims: Iterable[ClaimPicture], *, score_min: int = SCORE_MIN
) -> tuple[Candidate, ...]:
    """Order claims by what they have in common with a payer's claim, the best first.

    The score orders and never decides: a person chooses.

    Args:
        said: The payer's claim.
        claims: Those that came into question.
        score_min: Claims below it are left out; 0 keeps what somebody searched for.

    Source:
        Our rule. What identifies a claim counts most (CLP01, CLP07), then who and when, then how
        much; see docs/explanation/money-and-ledger.md.
    """
    judged = [_candidate(said, claim) for claim in claims]
    kept = [one for one in judged if one.score >= score_min]
    kept.sort(key=lambda one: (-one.score, one.claim.control_numbers))
    return tuple(kept[:CANDIDATES_SHOWN])


def _candidate(said: Said, claim: ClaimPicture) -> Candidate:
    reasons = sorted(
        (reason for judge in _JUDGES for reason in judge(said, claim)),
        key=lambda reason: -reason.points,
    )
    points = sum(reason.points for reason in reasons)
    return Candidate(claim, max(0, min(points, SCORE_MAX)), tuple(reasons))


def _our_number(said: Said, claim: ClaimPicture) -> Iterator[MatchReason]:
    theirs = _plain(said.decision.claim_control_number)
    ours = [_plain(number) for number in claim.control_numbers]
    if not theirs:
        return
    slips = min(OSA.distance(theirs, number) for number in ours)
    long_enough = len(theirs) >= NUMBER_LENGTH_MIN
    if slips == 0:
        yield MatchReason(60, "our claim number")
    elif slips <= SLIPS_MAX and long_enough:
        wrong = "one character" if slips == 1 else f"{slips} characters"
        yield MatchReason(45 - 10 * (slips - 1), f"our claim number with {wrong} wrong")
    elif long_enough and any(theirs in number or number in theirs for number in ours):
        yield MatchReason(35, "a part of our claim number")


def _payer_number(said: Said, claim: ClaimPicture) -> Iterator[MatchReason]:
    number = said.decision.payer_claim_control_number
    if number and number == claim.payer_claim_control_number:
        yield MatchReason(40, "the number that the payer gave this claim")


def _patient(said: Said, claim: ClaimPicture) -> Iterator[MatchReason]:
    decision = said.decision
    theirs = Person(decision.patient_last_name, decision.patient_first_name)
    ours = Person(claim.last_name, claim.first_name)
    likeness = min(last_name_likeness(theirs, ours), first_name_likeness(theirs, ours))
    swapped = Person(decision.patient_first_name, decision.patient_last_name)
    if likeness == 1.0:
        yield MatchReason(20, "same patient name")
    elif likeness >= NAME_LIKENESS_MIN:
        yield MatchReason(12, f"nearly the patient's name: {claim.last_name}, {claim.first_name}")
    elif min(last_name_likeness(swapped, ours), first_name_likeness(swapped, ours)) == 1.0:
        yield MatchReason(12, "the patient's names, the other way round")
    elif decision.patient_last_name:
        yield MatchReason(-10, f"another patient: {claim.last_name}, {claim.first_name}")


def _member(said: Said, claim: ClaimPicture) -> Iterator[MatchReason]:
    theirs = {_plain(said.decision.member_id), _plain(said.decision.corrected_member_id)} - {""}
    if _plain(claim.member_id) in theirs:
        yield MatchReason(20, "same member number")


def _days(said: Said, claim: ClaimPicture) -> Iterator[MatchReason]:
    apart = _days_apart(said_dates(said.decision), claim.service_dates)
    if apart == 0:
        yield MatchReason(15, "same date of service")
    elif apart is not None and apart <= DAYS_APART_MAX:
        days = "one day" if apart == 1 else f"{apart} days"
        yield MatchReason(5, f"date of service {days} apart")


def _charge(said: Said, claim: ClaimPicture) -> Iterator[MatchReason]:
    if size_of(said.decision.charge) == claim.charge:
        yield MatchReason(20, "same charge")


def _lines(said: Said, claim: ClaimPicture) -> Iterator[MatchReason]:
    lines = said.decision.lines
    likenesses = [one for one in liken_lines(lines, claim.lines) if one]
    known = sum(one.kind in _SAME_CODE_KINDS for one in likenesses)
    if known and known == len(lines):
        yield MatchReason(15, "every line matches")
    elif known:
        yield MatchReason(15 * known // len(lines), f"{known} of {len(lines)} lines match")
    texts = dict.fromkeys(one.text for one in likenesses if one.kind is not LineKind.SAME)
    for text in texts:
        yield MatchReason(2, text)


def _payer(said: Said, claim: ClaimPicture) -> Iterator[MatchReason]:
    same_id = bool(said.payer_id) and said.payer_id == claim.payer_id
    if same_id or said.payer_name.casefold() == claim.payer_name.casefold():
        yield MatchReason(5, "same payer")
    else:
        yield MatchReason(-5, f"we asked {claim.payer_name}")


def _state(said: Said, claim: ClaimPicture) -> Iterator[MatchReason]:
    """Say whether the claim waits for what was said."""
    if said.decision.is_reversal:
        return
    if claim.state in DECIDED_STATES:
        yield MatchReason(-25, "it has a decision already")
    elif may_decide(claim.state):
        yield MatchReason(5, "it waits for a decision")
    else:
        yield MatchReason(-15, "it waits for no decision: it is not at the payer")


_Judge = Callable[[Said, ClaimPicture], Iterator[MatchReason]]
_JUDGES: Final[tuple[_Judge, ...]] = (
    _our_number,
    _payer_number,
    _patient,
    _member,
    _days,
    _charge,
    _lines,
    _payer,
    _state,
)


def said_dates(decision: RemittanceClaim) -> tuple[date, ...]:
    """List the days of service that a payer names: of its lines, else of the claim.

    Source:
        ASC X12 005010X221A1 (835), DTM*472 and DTM*150; DTM*232 where lines have none.
    """
    of_lines = {line.service_date for line in decision.lines if line.service_date}
    of_claim = {day for day in (decision.statement_from, decision.statement_to) if day}
    return tuple(sorted(of_lines or of_claim))


def _days_apart(theirs: tuple[date, ...], ours: tuple[date, ...]) -> int | None:
    distances = [abs((one - other).days) for one in theirs for other in ours]
    return min(distances, default=None)


def _plain(number: str) -> str:
    return "".join(one for one in number.upper() if one.isalnum())
