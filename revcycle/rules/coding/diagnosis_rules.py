"""The rules about diagnoses, in the order in which their findings are shown."""

from typing import Final

from models.documents.finding import Severity
from revcycle.rules.coding import diagnosis_codes
from revcycle.rules.coding.coding_rule import CodingRule

DIAGNOSIS_RULES: Final = (
    CodingRule(
        id=diagnosis_codes.RULE_ID,
        asks="Is there a diagnosis, and is each valid and billable on the date of service?",
        fix="Choose a code that is in force on the date and has all its characters.",
        source="ICD-10-CM Official Guidelines, section I.B.2 and IV; CMS Medicare Code Editor",
        severity=Severity.ERROR,
        check=diagnosis_codes.check_diagnosis_codes,
    ),
)
