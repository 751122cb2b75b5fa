"""Phrases and notes with known codes, which stay out of this repository; and measures of ranks."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from revcycle.reference.tabular import TabularCode
from revcycle.rules.suggestions.history import AcceptedNote
from workbench.commands.accepted_notes import read_accepted_notes

SHARED: Final = Path(__file__).resolve().parents[2] / "shared" / "data"
PHRASES: Final = SHARED / "disease_ontology" / "do_synonym_icd10cm.csv"
NOTES: Final = SHARED / "codiesp_train"
TUNED_ON: Final = 1_500  # of the shuffled phrases: not measured
SEED: Final = 7
CATEGORY: Final = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name of a disease and the code, or the heading, that it belongs to."""

    text: str
    code: str


def read_phrases(tabular: Collection[TabularCode], count: int) -> list[Phrase]:
    """Read synonyms of the Disease Ontology that equal no title, none that anything was tuned on.

    Returns:
        Nothing where the file is not there.
    """
    if not PHRASES.is_file():
        return []
    titles = {one.title.lower().strip() for one in tabular}
    codes = {one.code for one in tabular}
    with PHRASES.open(encoding="utf-8") as lines:
        rows = [(row["synonym"], row["icd10cm"].replace(".", "")) for row in csv.DictReader(lines)]
    kept = [
        Phrase(text, code)
        for text, code in rows
        if text.lower().strip() not in titles and code in codes
    ]
    Random(SEED).shuffle(kept)
    return kept[TUNED_ON:][:count]


def read_notes(count: int) -> list[AcceptedNote]:
    """Read the notes with their codes; nothing where they are not there."""
    return read_accepted_notes(NOTES)[:count] if NOTES.is_dir() else []


def phrase_rank(found: Sequence[str], code: str) -> int:
    """Say at which place, from 0, the code or one below it stands; beyond the list if nowhere."""
    return next((at for at, one in enumerate(found) if one.startswith(code)), len(found) + 1_000)


def note_recall(found: Sequence[str], wanted: Collection[str], first: int) -> float:
    """Say which share of the codes stands among the first."""
    return len(set(found[:first]) & set(wanted)) / len(set(wanted))


def average_precision(found: Sequence[str], wanted: Collection[str]) -> float:
    """Average the precision at the place of each wanted code; one that is missing counts 0."""
    hits, total = 0, 0.0
    for place, one in enumerate(found, start=1):
        if one in wanted:
            hits += 1
            total += hits / place
    return total / len(set(wanted))


def categories(codes: Collection[str]) -> list[str]:
    """Cut codes to their categories, each once, in their order."""
    return list(dict.fromkeys(one[:CATEGORY] for one in codes))
