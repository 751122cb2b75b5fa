"""The rules about the chart and the place, in the order in which their findings are shown."""

from typing import Final

from models.documents.finding import Severity
from revcycle.rules.coding import medical_record, place_and_visit, place_of_service
from revcycle.rules.coding.coding_rule import CodingRule

CHART_RULES: Final = (
    CodingRule(
        id=medical_record.RECORD_ID,
        asks="Is there a note, and is one signed?",
        fix="Ask the practice for the note, or the provider for the signature.",
        source="CMS, Medicare Program Integrity Manual, chapter 3, sections 3.3.2.4 and 3.3.2.5",
        severity=Severity.WARNING,
        check=medical_record.check_medical_record,
    ),
    CodingRule(
        id=medical_record.DATE_ID,
        asks="Was a note written on the date of service?",
        fix="Look whether the note belongs to this visit; correct the date, or ask the provider.",
        source="CMS, Medicare Program Integrity Manual, chapter 3, section 3.3.2.5",
        severity=Severity.WARNING,
        check=medical_record.check_note_date,
    ),
    CodingRule(
        id=place_of_service.RULE_ID,
        asks="Is the place of service published, and in force on the date?",
        fix="Correct the place with the practice.",
        source="CMS, Place of Service Code Set",
        severity=Severity.ERROR,
        check=place_of_service.check_place_of_service,
    ),
    CodingRule(
        id=place_and_visit.VISIT_ID,
        asks="Does the kind of visit fit the place of service?",
        fix="Correct the place with the practice, or choose the code of that kind of place.",
        source="CMS, Medicare Claims Processing Manual, chapter 12, section 30.6",
        severity=Severity.ERROR,
        check=place_and_visit.check_place_and_visit,
    ),
    CodingRule(
        id=place_and_visit.TELEHEALTH_ID,
        asks="Do place of service and modifiers agree that it was telehealth?",
        fix="Add modifier 95 or 93 where the payer wants it, or correct the place.",
        source="CMS, Medicare Claims Processing Manual, chapter 12, section 190.3",
        severity=Severity.WARNING,
        check=place_and_visit.check_telehealth,
    ),
)
