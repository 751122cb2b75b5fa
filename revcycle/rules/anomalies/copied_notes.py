"""Notes of one writer that have nearly the same words.

A note is the set of its runs of five words. Runs that many notes of the writer have are a template
and are left out. Pairs are found exactly, by the rarest runs of each note.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from models.documents.coding_mix import AuthoredNote, NotePair

RUN: Final = 5  # words
RUNS_MIN: Final = 20  # outside of templates; shorter notes are alike without being copied
ALIKE: Final = Fraction(4, 5)
TEMPLATE_NOTES_MIN: Final = 5
TEMPLATE_SHARE: Final = Fraction(1, 5)
_WORD: Final = re.compile(r"\w+")
Runs = frozenset[str]


def find_copied_notes(notes: Iterable[AuthoredNote]) -> list[NotePair]:
    """Find pairs of notes, of different patients or days, that share most of their words.

    The share is what both have divided by what either has, of the runs that are left.

    Source:
        Broder, Compression and Complexity of Sequences (1997) 21-29 (runs of words); Bayardo, Ma
        and Srikant, WWW 2007, 131-140 (pairs by rare runs). HHS OIG OEI-01-11-00571: copied text.
    """
    by_writer: defaultdict[str, list[AuthoredNote]] = defaultdict(list)
    for note in notes:
        by_writer[note.writer].append(note)
    found = [pair for each in by_writer.values() for pair in _pairs(each)]
    return sorted(found, key=lambda one: (-one.share, one.second_day, one.first_id, one.second_id))


def runs_of(text: str) -> Runs:
    """Cut a text into its runs of five words, without case and punctuation.

    Source:
        Broder (1997), see ``find_copied_notes``.
    """
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _pairs(notes: Sequence[AuthoredNote]) -> Iterator[NotePair]:
    in_order = sorted(notes, key=lambda one: (one.day, one.encounter_id))
    runs = _without_templates([runs_of(note.text) for note in in_order])
    for first, second in sorted(_candidates(runs)):
        share = Fraction(len(runs[first] & runs[second]), len(runs[first] | runs[second]))
        if share >= ALIKE and _is_elsewhere(in_order[first], in_order[second]):
            yield _picture(in_order[first], in_order[second], share)


def _without_templates(runs: Sequence[Runs]) -> list[Runs]:
    seen = Counter(run for each in runs for run in each)
    limit = max(Fraction(TEMPLATE_NOTES_MIN), TEMPLATE_SHARE * len(runs))
    rare = [frozenset(run for run in each if seen[run] <= limit) for each in runs]
    return [each if len(each) >= RUNS_MIN else frozenset() for each in rare]


def _candidates(runs: Sequence[Runs]) -> set[tuple[int, int]]:
    """Pair notes that share one of their rarest runs; every pair that is alike enough does."""
    seen = Counter(run for each in runs for run in each)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for number, each in enumerate(runs):
        least_shared = -(-ALIKE.numerator * len(each) // ALIKE.denominator)
        rarest = sorted(each, key=lambda run: (seen[run], run))[: len(each) - least_shared + 1]
        for run in rarest if each else ():
            found.update((earlier, number) for earlier in holders[run])
            holders[run].append(number)
    return found


def _is_elsewhere(first: AuthoredNote, second: AuthoredNote) -> bool:
    """Leave out parts of one chart, and what one patient has twice on one day."""
    if first.encounter_id == second.encounter_id:
        return False
    return first.day != second.day or not _is_same_patient(first, second)


def _is_same_patient(first: AuthoredNote, second: AuthoredNote) -> bool:
    return first.patient_id is not None and first.patient_id == second.patient_id


def _picture(first: AuthoredNote, second: AuthoredNote, share: Fraction) -> NotePair:
    return NotePair(
        writer=first.writer,
        first_id=first.encounter_id,
        first_day=first.day,
        second_id=second.encounter_id,
        second_day=second.day,
        is_same_patient=_is_same_patient(first, second),
        share=share,
    )
