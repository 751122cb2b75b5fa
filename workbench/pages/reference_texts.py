"""What pages call lists of reference data, and where each comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from models.values.reference import Licence, ReferenceKind

LICENCES: Final[Mapping[Licence, str]] = MappingProxyType(
    {
        Licence.PUBLIC: "public",
        Licence.OWN: "our own or a payer's",
        Licence.AMA: "licence of the AMA",
        Licence.X12: "licence of X12",
        Licence.NUCC: "licence of NUCC",
    }
)


@dataclass(frozen=True, slots=True)
class ListWords:
    """What a list is called, and where somebody gets the file."""

    label: str
    origin: str


_PTP: Final = "CMS, NCCI procedure-to-procedure edits: four files a quarter"
_MUE: Final = "CMS, NCCI medically unlikely edits: one file a quarter"
_X12: Final = "X12, for companies with its licence: a table with code, text, start, stop"
LISTS: Final[Mapping[ReferenceKind, ListWords]] = MappingProxyType(
    {
        ReferenceKind.ICD10CM: ListWords(
            "Diagnoses (ICD-10-CM)", "CDC, order file icd10cm-order-2027.txt, each October"
        ),
        ReferenceKind.ICD10CM_NOTES: ListWords(
            "Notes of diagnoses", "CDC, tabular list icd10cm-tabular-2027.xml, each October"
        ),
        ReferenceKind.HCPCS: ListWords(
            "Procedures (HCPCS level II)", "CMS, Alpha-Numeric HCPCS file, each quarter"
        ),
        ReferenceKind.CPT: ListWords(
            "Procedures (CPT)", "your licensed list: a table with code and words"
        ),
        ReferenceKind.PTP_PRACTITIONER: ListWords("Pair edits, practitioners", _PTP),
        ReferenceKind.PTP_HOSPITAL: ListWords("Pair edits, hospitals", _PTP),
        ReferenceKind.MUE_PRACTITIONER: ListWords("Unit limits, practitioners", _MUE),
        ReferenceKind.MUE_HOSPITAL: ListWords("Unit limits, hospitals", _MUE),
        ReferenceKind.MUE_SUPPLIER: ListWords("Unit limits, equipment", _MUE),
        ReferenceKind.ADD_ON: ListWords("Add-on procedures", "CMS, NCCI add-on code edits"),
        ReferenceKind.PLACE_OF_SERVICE: ListWords(
            "Places of service", "CMS, Place of Service Code Set; a list ships with the program"
        ),
        ReferenceKind.TAXONOMY: ListWords(
            "Specialties (taxonomy)", "NUCC, nucc_taxonomy_261.csv, each January and July"
        ),
        ReferenceKind.ADJUSTMENT_REASON: ListWords("Adjustment reasons (CARC)", _X12),
        ReferenceKind.REMARK: ListWords("Remarks (RARC)", _X12),
        ReferenceKind.CLAIM_STATUS_CATEGORY: ListWords("Claim status categories", _X12),
        ReferenceKind.CLAIM_STATUS: ListWords("Claim statuses", _X12),
        ReferenceKind.MPFS: ListWords(
            "Medicare's relative values", "CMS, physician fee schedule, PPRRVU file"
        ),
        ReferenceKind.GPCI: ListWords(
            "Medicare's geographic indices", "CMS, physician fee schedule, GPCI file"
        ),
        ReferenceKind.PAYER: ListWords(
            "Payers", "your clearinghouse: a table with payer id and name"
        ),
        ReferenceKind.COVERAGE_POLICY: ListWords(
            "Coverage policies", "payers' policies: a table with policy, procedure, diagnoses, days"
        ),
    }
)
