"""Invented input for a practice as its client file describes it."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from models.documents.claim import ClaimForm
from models.documents.client_config import ClientConfig
from revcycle.synthetic.answers import write_answers
from revcycle.synthetic.day import SyntheticDay, SyntheticFile, generate_day
from revcycle.synthetic.evening import FILING_DAYS, SyntheticEvening, generate_evening
from revcycle.synthetic.practice import (
    PracticeKind,
    SourceFormat,
    SyntheticPractice,
    SyntheticSource,
)

CARDIOLOGY_TAXONOMY = "207RC"
ANSWERS_NAME = "answers.jsonl"


def invent_day(
    config: ClientConfig, *, encounters: int, seed: int, service_date: date
) -> SyntheticDay:
    """Invent one day of a practice; the same arguments give the same bytes."""
    practice = synthetic_practice(config)
    return generate_day(practice, encounters=encounters, seed=seed, service_date=service_date)


def invent_evening(config: ClientConfig, *, seed: int, service_date: date) -> SyntheticEvening:
    """Invent what a practice drops in the evening; the same arguments give the same bytes."""
    practice = synthetic_practice(config)
    filing_days = config.payers[0].filing_limit_days or FILING_DAYS
    return generate_evening(practice, seed=seed, service_date=service_date, filing_days=filing_days)


def synthetic_practice(config: ClientConfig) -> SyntheticPractice:
    """Tell the generator what it must know of a practice."""
    return SyntheticPractice(
        kind=_kind(config),
        name=config.practice.name,
        npi=config.practice.npi,
        providers=tuple(provider.to_document() for provider in config.providers),
        payers=tuple((payer.name, payer.payer_id, 1) for payer in config.payers),
        sources=tuple(
            SyntheticSource(
                key=source.key,
                format=SourceFormat(source.format.value),
                columns=source.columns,
                date_format=source.date_format,
                delimiter=source.delimiter,
                encoding=source.encoding,
            )
            for source in config.intake
        ),
        place_of_service=config.practice.place_of_service,
        state=config.practice.address.state,
        zip_prefix=config.practice.address.zip_code[:3],
    )


def _kind(config: ClientConfig) -> PracticeKind:
    if config.practice.claim_form is ClaimForm.INSTITUTIONAL:
        return PracticeKind.HOSPITAL_OUTPATIENT
    taxonomies = (provider.taxonomy for provider in config.providers)
    if any(taxonomy.startswith(CARDIOLOGY_TAXONOMY) for taxonomy in taxonomies):
        return PracticeKind.CARDIOLOGY
    return PracticeKind.FAMILY


def write_day(day: SyntheticDay, folders: Mapping[str, Path], answers_folder: Path) -> int:
    """Leave the files in the folder of their source; return how many.

    The answer key goes elsewhere: it is for simulated staff and tests, never for intake.
    """
    drop_files(day.files, folders)
    answers_folder.mkdir(parents=True, exist_ok=True)
    _write(answers_folder / ANSWERS_NAME, write_answers(day.answers))
    return len(day.files)


def drop_files(files: Iterable[SyntheticFile], folders: Mapping[str, Path]) -> None:
    """Leave files in the folder of their source; a name appears when its bytes are complete."""
    for file in files:
        folder = folders[file.source_key]
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / file.name, file.content)


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
