"""suggest.*: how good suggestions are, on phrases and notes of known codes.

``make bench-suggest`` prints all tables beside the baselines, ``make bench`` keeps four numbers.
Phrases are synonyms of the Disease Ontology that equal no title; a hit is the code or one below
it. Notes are the 500 of CodiEsp in five parts: each part is ranked by what the other four taught,
weights of the fusion included. Both files stay outside this repository; without them a number is
that of three phrases of our own, and its note says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import fmean
from time import process_time
from types import MappingProxyType
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.measurement import Measurement
from benchmarks.sizes import FULL, Sizes
from benchmarks.suggestion_files import (
    Phrase,
    average_precision,
    categories,
    note_recall,
    phrase_rank,
    read_notes,
    read_phrases,
)
from revcycle.connectors.code_book import list_tabular_codes
from revcycle.rules.suggestions.book import BookIndex, build_book, search_book
from revcycle.rules.suggestions.history import AcceptedNote
from revcycle.rules.suggestions.suggest import learn, rank_codes, suggest_codes

DAY: Final = date(2026, 9, 1)
PARTS: Final = 5
NOTE_DEPTH: Final = 200
OWN_PHRASES: Final = (
    Phrase("kidney stone", "N200"),
    Phrase("adult onset diabetes", "E11"),
    Phrase("high blood pressure", "I10"),
)
OWN_NOTES: Final = (
    AcceptedNote("Cough and fever since Monday. Chest is clear.", ("R059", "R509")),
    AcceptedNote("Burning on urination. Urinary tract infection.", ("N390",)),
    AcceptedNote("Blood pressure is high again: hypertension.", ("I10",)),
    AcceptedNote("Type 2 diabetes, hypertension. Denies fever.", ("E119", "I10")),
    AcceptedNote("Fever and headache.", ("R509", "R519")),
)
PHRASE_BASELINE: Final = MappingProxyType({1: 0.422, 5: 0.548, 10: 0.593, 20: 0.617})
NOTE_BASELINE: Final = MappingProxyType(
    {"R@10": 0.291, "R@20": 0.394, "R@50": 0.513, "MAP": 0.261, "R@10, 3 characters": 0.346}
)


@dataclass(frozen=True, slots=True)
class Quality:
    """What one run showed."""

    phrases: Mapping[str, float]
    notes: Mapping[str, float]
    book_alone: Mapping[str, float]
    times: Mapping[str, float]
    phrase_count: int
    note_count: int
    is_own: bool


def measure_phrase_r1(sizes: Sizes) -> Measurement:
    """Measure how often the first code found for a phrase is right."""
    return _of_phrases(sizes, "suggest.phrase_r1", 1)


def measure_phrase_r10(sizes: Sizes) -> Measurement:
    """Measure how often the right code is among the first ten for a phrase."""
    return _of_phrases(sizes, "suggest.phrase_r10", 10)


def measure_note_r10(sizes: Sizes) -> Measurement:
    """Measure which share of a note's codes is among the first ten suggested."""
    return _of_notes(sizes, "suggest.note_r10", "R@10")


def measure_note_map(sizes: Sizes) -> Measurement:
    """Measure the mean average precision of the codes suggested for a note."""
    return _of_notes(sizes, "suggest.note_map", "MAP")


def main() -> None:
    """Print the tables."""
    console, found = Console(), _quality(FULL)
    if found.is_own:
        console.print("../shared/data is absent: these are three phrases of our own.")
    table = Table("phrases", "measured", "3 characters", "baseline")
    for first, baseline in PHRASE_BASELINE.items():
        exact, category = found.phrases[f"R@{first}"], found.phrases[f"R@{first}, 3 characters"]
        table.add_row(f"R@{first}", f"{exact:.3f}", f"{category:.3f}", f"{baseline:.3f}")
    console.print(table)
    table = Table("notes", "fusion", "book alone", "baseline")
    for name, value in found.notes.items():
        beside = (found.book_alone[name], NOTE_BASELINE[name])
        table.add_row(name, f"{value:.3f}", *(f"{one:.3f}" for one in beside))
    console.print(table)
    for name, value in found.times.items():
        console.print(f"{name}: {value:.3g}", highlight=False)
    console.print(f"{found.phrase_count} phrases, {found.note_count} notes", highlight=False)


def _of_phrases(sizes: Sizes, name: str, first: int) -> Measurement:
    found = _quality(sizes)
    note = f"share of {found.phrase_count} phrases; higher is better{_own(found)}"
    peers = {"baseline": PHRASE_BASELINE[first]}
    return Measurement(name, found.phrases[f"R@{first}"], "share", peers=peers, note=note)


def _of_notes(sizes: Sizes, name: str, key: str) -> Measurement:
    found = _quality(sizes)
    note = f"{found.note_count} notes in {PARTS} parts; higher is better{_own(found)}"
    peers = {"baseline": NOTE_BASELINE[key]}
    return Measurement(name, found.notes[key], "share", peers=peers, note=note)


def _own(found: Quality) -> str:
    return "; a few texts of our own, because ../shared/data is absent" if found.is_own else ""


@cache
def _quality(sizes: Sizes) -> Quality:
    """Measure once for all four numbers."""
    tabular = list_tabular_codes()
    began = process_time()
    book = build_book(tabular)
    times = {"build of the book, CPU seconds": process_time() - began}
    phrases = read_phrases(tabular, sizes.phrases) or list(OWN_PHRASES)
    notes = read_notes(sizes.suggested_notes)
    given = notes or list(OWN_NOTES)
    of_phrases = _measure_phrases(book, phrases, times)
    fused, alone = _measure_notes(book, given, times)
    return Quality(of_phrases, fused, alone, times, len(phrases), len(given), not notes)


def _measure_phrases(
    book: BookIndex, phrases: Sequence[Phrase], times: dict[str, float]
) -> dict[str, float]:
    began = process_time()
    found = [[one.code for one in search_book(book, each.text, DAY, 20)] for each in phrases]
    times["a phrase, CPU ms"] = 1_000 * (process_time() - began) / len(phrases)
    measured = {}
    for first in PHRASE_BASELINE:
        pairs = list(zip(found, phrases, strict=True))
        measured[f"R@{first}"] = fmean(phrase_rank(one, each.code) < first for one, each in pairs)
        measured[f"R@{first}, 3 characters"] = fmean(
            phrase_rank(one[:first], each.code[:3]) < first for one, each in pairs
        )
    return measured


def _measure_notes(
    book: BookIndex, notes: Sequence[AcceptedNote], times: dict[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    ranked: list[list[str]] = [[] for _ in notes]
    learning, suggesting = 0.0, 0.0
    for part in range(PARTS):
        began = process_time()
        learned = learn(book, [one for at, one in enumerate(notes) if at % PARTS != part])
        learning = max(learning, process_time() - began)
        for at in range(part, len(notes), PARTS):
            ranked[at] = rank_codes(book, learned, notes[at].text)[:NOTE_DEPTH]
            began = process_time()
            suggest_codes(book, learned, notes[at].text, DAY)
            suggesting += process_time() - began
    times["learning, CPU seconds"] = learning
    times["suggestions for a note, CPU ms"] = 1_000 * suggesting / len(notes)
    alone = [rank_codes(book, None, one.text)[:NOTE_DEPTH] for one in notes]
    return _scores(ranked, notes), _scores(alone, notes)


def _scores(ranked: Sequence[Sequence[str]], notes: Sequence[AcceptedNote]) -> dict[str, float]:
    pairs = list(zip(ranked, notes, strict=True))
    scores = {
        f"R@{first}": fmean(note_recall(found, one.codes, first) for found, one in pairs)
        for first in (10, 20, 50)
    }
    scores["R@10, 3 characters"] = fmean(
        note_recall(categories(found[:10]), categories(one.codes), 10) for found, one in pairs
    )
    scores["MAP"] = fmean(average_precision(found, one.codes) for found, one in pairs)
    return scores


if __name__ == "__main__":
    main()
