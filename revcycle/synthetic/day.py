"""One day of an invented practice: its files, and what is right about them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from models.documents.encounter import EncounterDocument
from revcycle.synthetic.answers import Answer
from revcycle.synthetic.csv_writer import write_csv
from revcycle.synthetic.defects import Defect, choose_defect
from revcycle.synthetic.encounters import EncounterPlan, SyntheticEncounter, build_encounter
from revcycle.synthetic.fhir_writer import write_fhir
from revcycle.synthetic.hl7v2_writer import write_hl7v2
from revcycle.synthetic.panel import Panel, PanelPatient
from revcycle.synthetic.practice import SourceFormat, SyntheticPractice, SyntheticSource
from revcycle.synthetic.visit_choice import choose_short_visit, choose_visit
from revcycle.synthetic.visits import Visit

NOTE_ONLY_RATE: Final = 0.30  # encounters that arrive without codes
PANEL_SIZE_MIN: Final = 600  # patients of a practice; a day draws from three times its encounters
FILE_ENCOUNTERS_MAX: Final = 500
_EXTENSIONS: Final = {SourceFormat.FHIR: "json", SourceFormat.HL7V2: "hl7", SourceFormat.CSV: "csv"}


@dataclass(frozen=True, slots=True, repr=False)
class SyntheticFile:
    """A file to leave in the drop folder of a source."""

    source_key: str
    name: str
    content: bytes
    records: int  # how many the reader must find


@dataclass(frozen=True, slots=True, repr=False)
class SyntheticDay:
    """What one day brings."""

    files: tuple[SyntheticFile, ...]
    answers: tuple[Answer, ...]


def generate_day(
    practice: SyntheticPractice, *, encounters: int, seed: int, service_date: date
) -> SyntheticDay:
    """Invent a day: the same arguments give the same bytes.

    A practice and a seed have one panel of patients, so the same people come back on other days.

    Args:
        practice: The facts of the practice.
        encounters: How many; duplicates come on top, in files of their own.
        seed: Any whole number.
        service_date: The day on which everything took place.
    """
    book = _DayBook(practice, Panel(practice, seed), service_date, seed)
    book.fill(encounters)
    files: list[SyntheticFile] = []
    for source in practice.sources:
        own = [one for one in book.entries if one.source is source]
        again = [one for one in own if one.answer.defect == Defect.DUPLICATE]
        stem = f"{source.key}_{service_date:%Y%m%d}_{seed}"
        files += write_files(practice, source, own, stem)
        files += write_files(practice, source, again, f"{stem}_again")
    return SyntheticDay(tuple(files), tuple(one.answer for one in book.entries))


@dataclass(slots=True, repr=False)
class _DayBook:
    """The encounters of the day in the making."""

    practice: SyntheticPractice
    panel: Panel
    service_date: date
    seed: int
    entries: list[SyntheticEncounter] = field(default_factory=list)
    returned: set[str] = field(default_factory=set)

    def fill(self, count: int) -> None:
        """Invent the encounters; nobody comes twice, but those whose spelling changes."""
        rng = random.Random(f"{self.practice.npi}:{self.seed}:{self.service_date}")
        indexes = rng.sample(range(max(PANEL_SIZE_MIN, 3 * count)), count)
        for number, index in enumerate(indexes, start=1):
            self.entries.append(self._entry(number, index, rng))

    def _entry(self, number: int, index: int, rng: random.Random) -> SyntheticEncounter:
        defect = choose_defect(rng)
        patient, visit = self._who_comes(index, defect, rng)
        if visit is None:
            visit = choose_visit(self.practice.kind, patient, self.service_date, rng)
            defect = Defect.NONE if defect is Defect.CHANGED_SPELLING else defect
        source = rng.choice(self.practice.sources)
        plan = EncounterPlan(
            source_key=f"E{self.service_date:%y%m%d}{self.seed % 10_000:04d}-{number:05d}",
            service_date=self.service_date,
            visit=visit,
            provider=rng.choice(self.practice.providers),
            source=source,
            arrives_coded=rng.random() >= NOTE_ONLY_RATE or not _carries_notes(source),
            defect=defect,
        )
        return build_encounter(self.practice, patient, plan, rng)

    def _who_comes(
        self, index: int, defect: Defect, rng: random.Random
    ) -> tuple[PanelPatient, Visit | None]:
        """Return a new patient, or for a changed spelling one of today with another visit."""
        if defect is Defect.CHANGED_SPELLING and self.entries:
            earlier = rng.choice(self.entries)
            if earlier.patient.number not in self.returned:
                self.returned.add(earlier.patient.number)
                visit = choose_short_visit(self.practice.kind, other_than=earlier.visit)
                return earlier.patient, visit
        return self.panel.patient(index), None


def _carries_notes(source: SyntheticSource) -> bool:
    return source.format is not SourceFormat.CSV or "note" in source.columns


def write_files(
    practice: SyntheticPractice,
    source: SyntheticSource,
    entries: Sequence[SyntheticEncounter],
    stem: str,
) -> list[SyntheticFile]:
    """Write the entries of one source, some hundred a file, each named after a stem."""
    files = []
    for start in range(0, len(entries), FILE_ENCOUNTERS_MAX):
        documents = [one.document for one in entries[start : start + FILE_ENCOUNTERS_MAX]]
        number = start // FILE_ENCOUNTERS_MAX + 1
        name = f"{stem}_{number:03d}.{_EXTENSIONS[source.format]}"
        content = _write(practice, source, documents)
        files.append(SyntheticFile(source.key, name, content, len(documents)))
    return files


def _write(
    practice: SyntheticPractice, source: SyntheticSource, documents: Sequence[EncounterDocument]
) -> bytes:
    match source.format:
        case SourceFormat.FHIR:
            return write_fhir(documents, place_of_service=practice.place_of_service)
        case SourceFormat.HL7V2:
            return write_hl7v2(documents, practice_name=practice.name)
        case SourceFormat.CSV:
            return write_csv(documents, source, place_of_service=practice.place_of_service)
