"""A note cut into clauses, and what each says: that something is there, is not, or was once.

A coder codes neither what a note denies nor what the patient's mother had. "Denies", "no evidence
of" and "ruled out" take a clause out; "history of" leaves codes of history (Z85 to Z89), "family
history of" those of family history (Z80 to Z84).

Source:
    ICD-10-CM Official Guidelines, section IV.H (do not code what is ruled out), IV.J (conditions
    that were treated and no longer exist are not coded; history codes may be); the way of
    recognising it follows Chapman et al., NegEx (2001): cues before, cues after, false cues, and
    words that end a scope.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Saying(StrEnum):
    """What a clause says of the things it names."""

    PRESENT = "present"
    NEGATED = "negated"
    HISTORY = "history"  # the patient had it
    FAMILY = "family"  # somebody of the family has or had it


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a note; ``start`` and ``end`` count characters of the note."""

    start: int
    end: int
    text: str
    saying: Saying


_SENTENCE: Final = re.compile(r"(?:[^.;!?\n]|\.(?=\w)|(?<=\bDr)\.|(?<=\bvs)\.)+", re.IGNORECASE)
# A new statement begins here, whatever the sentence denied before.
_TURN: Final = re.compile(
    r"\b(?:but|however|although|though|except(?: for)?|apart from|aside from|yet|nevertheless"
    r"|(?<=, )(?:has|had|reports?|reported|complains?|complained|presents?|presented|shows?|showed"
    r"|is|was|there (?:is|was|are|were)|with|positive for)|and (?:has|had|reports|complains of"
    r"|presents with|is positive for))\b",
    re.IGNORECASE,
)
_FALSE_NEGATION: Final = re.compile(
    r"\b(?:no (?:significant )?(?:increase|change|improvement|further)|not only|gram negative"
    r"|not (?:certain|sure|necessarily)|no doubt|without difficulty"
    r"|cannot be (?:ruled out|excluded)"
    r"|not (?:been )?(?:ruled out|excluded))\b",
    re.IGNORECASE,
)
_NEGATED_AFTER_CUE: Final = re.compile(
    r"\b(?:no|not|nor|never|without|den(?:y|ies|ied|ying)|absence of|lack of|absent|negative for"
    r"|(?:no|without) (?:evidence|signs?|history) of|free of|rules? out|ruled out"
    r"|excluded?|excluding"
    r"|fails? to reveal|did not have)\b",
    re.IGNORECASE,
)
_NEGATED_BEFORE_CUE: Final = re.compile(
    r"\b(?:(?:was|were|is|are|has been|have been|been) (?:ruled out|excluded|discarded|absent"
    r"|negative|denied|not (?:present|seen|found|observed|detected|palpable))|ruled out"
    r"|unlikely)\b",
    re.IGNORECASE,
)
_FAMILY: Final = re.compile(
    r"\b(?:family (?:medical )?history|fam hx|fhx?|familial history"
    r"|(?:mother|father|brother|sister|aunt|uncle|grandmother|grandfather|parents?|siblings?)"
    r"(?:'s)?(?: \w+){0,3} (?:had|has|with|died of|suffered|diagnosed|history))\b",
    re.IGNORECASE,
)
_HISTORY: Final = re.compile(
    r"\b(?:(?:personal |past |prior |previous |remote )?history of(?! present)|h/o|hx of"
    r"|status post|s/p)(?=\W|$)",
    re.IGNORECASE,
)


def split_clauses(text: str) -> tuple[Clause, ...]:
    """Cut a note into clauses that each say one thing; nothing but blanks is left out."""
    found: list[Clause] = []
    for sentence in _SENTENCE.finditer(text):
        for start, end in _statements(sentence.group(), sentence.start()):
            found += _judge(text, start, end)
    return tuple(one for one in found if one.text)


def _statements(sentence: str, offset: int) -> Iterator[tuple[int, int]]:
    at = 0
    for turn in _TURN.finditer(sentence):
        yield offset + at, offset + turn.start()
        at = turn.start()
    yield offset + at, offset + len(sentence)


def _judge(text: str, start: int, end: int) -> Iterator[Clause]:
    """Cut a statement where its negation begins or ends."""
    statement = text[start:end]
    if family := _FAMILY.search(statement):
        is_denied = _negation(statement[: family.start()]) is not None
        saying = Saying.NEGATED if is_denied else Saying.FAMILY
        yield _clause(text, start, end, saying)
        return
    denied_until = _last_end(_NEGATED_BEFORE_CUE, statement)
    if denied_until:
        yield _clause(text, start, start + denied_until, Saying.NEGATED)
        start, statement = start + denied_until, statement[denied_until:]
    cue = _negation(statement)
    middle = end if cue is None else start + cue
    yield from _past_or_present(text, start, middle)
    if cue is not None:
        yield _clause(text, middle, end, Saying.NEGATED)


def _past_or_present(text: str, start: int, end: int) -> Iterator[Clause]:
    past = _HISTORY.search(text, start, end)
    middle = end if past is None else past.start()
    yield _clause(text, start, middle, Saying.PRESENT)
    if past is not None:
        yield _clause(text, middle, end, Saying.HISTORY)


def _negation(statement: str) -> int | None:
    """Find where a negation begins that is none of the false ones."""
    false = [match.span() for match in _FALSE_NEGATION.finditer(statement)]
    for cue in _NEGATED_AFTER_CUE.finditer(statement):
        if not any(start <= cue.start() < end for start, end in false):
            return cue.start()
    return None


def _last_end(cue: re.Pattern[str], statement: str) -> int:
    """Find where the last thing ends that is denied after it was named; 0 if nothing is."""
    if _FALSE_NEGATION.search(statement):
        return 0
    ends = [match.end() for match in cue.finditer(statement) if statement[: match.start()].strip()]
    return ends[-1] if ends else 0


def _clause(text: str, start: int, end: int, saying: Saying) -> Clause:
    raw = text[start:end]
    left = len(raw) - len(raw.lstrip(" \t\r,:-"))
    kept = raw.strip(" \t\r,:-")
    return Clause(start + left, start + left + len(kept), kept, saying)
