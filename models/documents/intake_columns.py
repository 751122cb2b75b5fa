"""What the columns of a practice's CSV file can mean."""

from typing import Final

_PERSON_COLUMNS: Final = (
    "last_name", "first_name", "middle_name", "suffix", "birth_date", "sex", "phone", "email",
    "address_line1", "address_line2", "city", "state", "zip_code",
)  # fmt: skip
_COVERAGE_COLUMNS: Final = (
    "payer_name", "payer_id", "plan_name", "member_id", "group_number", "relationship",
    "subscriber_last_name", "subscriber_first_name", "subscriber_birth_date", "subscriber_sex",
    "valid_from", "valid_to",
)  # fmt: skip

# What a column of a practice's CSV can mean. One row is one service; rows with the same
# ``encounter_number`` are one encounter, and what they say of patient and coverage is read once.
INTAKE_COLUMNS: Final = frozenset(
    {
        "encounter_number", "patient_number", "service_date", "service_end_date",
        "place_of_service", "prior_authorization", "note",
        "provider_npi", "provider_last_name", "provider_first_name",
        "procedure_code", "units", "charge", "revenue_code", "diagnosis_pointers",
        *(f"modifier_{number}" for number in range(1, 5)),
        *(f"diagnosis_{number}" for number in range(1, 13)),
        *(f"patient_{name}" for name in _PERSON_COLUMNS),
        *(f"guarantor_{name}" for name in _PERSON_COLUMNS),
        *(f"primary_{name}" for name in _COVERAGE_COLUMNS),
        *(f"secondary_{name}" for name in _COVERAGE_COLUMNS),
    }
)  # fmt: skip
INTAKE_COLUMNS_REQUIRED: Final = (
    "encounter_number",
    "service_date",
    "patient_last_name",
    "patient_first_name",
    "patient_birth_date",
    "patient_sex",
)
