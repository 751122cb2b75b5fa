"""Is there a signed record of the service, written on its day?"""

from collections.abc import Iterator
from typing import Final

from models.documents.coding_case import CodingCase, NoteFacts
from models.documents.finding import Finding, Severity

RECORD_ID = "coding.medical_record"
DATE_ID = "coding.note_date"
FIELD: Final = "notes"


def check_medical_record(case: CodingCase) -> tuple[Finding, ...]:
    """Report a chart without a note, and one in which no note is signed.

    A question's answer that came by telephone is unsigned beside the signed note: that is enough.

    Source:
        CMS, Medicare Program Integrity Manual, chapter 3, section 3.3.2.4 (signatures) and 3.3.2.5
        (the record supports what is billed).
    """
    notes = case.chart.notes
    if notes is None:
        return ()
    written = [note for note in notes if not note.is_empty]
    if not written:
        return (_warning(RECORD_ID, "there is no note: code from the record, ask for it"),)
    if not any(note.is_signed for note in written):
        return (_warning(RECORD_ID, "no note is signed: ask the provider to sign"),)
    return ()


def check_note_date(case: CodingCase) -> tuple[Finding, ...]:
    """Report a chart none of whose notes was written on a day of the service.

    Source:
        CMS, Medicare Program Integrity Manual, chapter 3, section 3.3.2.5: the record is of the
        service billed; written later it is a late entry, and marked so.
    """
    written = [note for note in case.chart.notes or () if not note.is_empty]
    return tuple(_other_days(case, written))


def _other_days(case: CodingCase, notes: list[NoteFacts]) -> Iterator[Finding]:
    days = {note.written_on for note in notes if note.written_on}
    last = case.chart.last_day or case.service_date
    if days and not any(case.service_date <= day <= last for day in days):
        listed = ", ".join(str(day) for day in sorted(days))
        text = (
            f"the service is of {case.service_date}, notes are of {listed}: is it the same visit?"
        )
        yield _warning(DATE_ID, text)


def _warning(rule_id: str, message: str) -> Finding:
    return Finding(rule_id, Severity.WARNING, FIELD, message)
