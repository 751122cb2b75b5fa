"""The public and licensed lists that codes are judged by, and who owns their words."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ReferenceKind(StrEnum):
    """One list that is imported whole. The value is what commands and the database say."""

    ICD10CM = "icd10cm"  # codes with titles, CDC's order file
    ICD10CM_NOTES = "icd10cm_notes"  # excludes, code first, use additional: CDC's tabular XML
    HCPCS = "hcpcs"  # level II, CMS quarterly
    CPT = "cpt"  # the user's licensed list
    PTP_PRACTITIONER = "ptp_practitioner"  # NCCI procedure-to-procedure edits
    PTP_HOSPITAL = "ptp_hospital"
    MUE_PRACTITIONER = "mue_practitioner"  # medically unlikely edits
    MUE_HOSPITAL = "mue_hospital"
    MUE_SUPPLIER = "mue_supplier"
    ADD_ON = "add_on"  # codes that need a primary one
    PLACE_OF_SERVICE = "place_of_service"
    TAXONOMY = "taxonomy"
    ADJUSTMENT_REASON = "adjustment_reason"  # CARC
    REMARK = "remark"  # RARC
    CLAIM_STATUS_CATEGORY = "claim_status_category"
    CLAIM_STATUS = "claim_status"
    MPFS = "mpfs"  # relative value units of Medicare's fee schedule
    GPCI = "gpci"  # its geographic indices
    PAYER = "payer"
    COVERAGE_POLICY = "coverage_policy"  # which diagnoses support a procedure


class Licence(StrEnum):
    """On what ground a list may be used."""

    PUBLIC = "public"  # a work of the United States government
    OWN = "own"  # the company's own, or a payer's for its partners
    AMA = "ama"  # CPT numbers or words stand in it
    X12 = "x12"
    NUCC = "nucc"


class EditionState(StrEnum):
    """Whether an edition is looked up."""

    IN_USE = "in_use"
    ROLLED_BACK = "rolled_back"  # its rows stay; nobody asks them


LICENCE_OF_KIND: Final[Mapping[ReferenceKind, Licence]] = MappingProxyType(
    {
        ReferenceKind.ICD10CM: Licence.PUBLIC,
        ReferenceKind.ICD10CM_NOTES: Licence.PUBLIC,
        ReferenceKind.HCPCS: Licence.PUBLIC,
        ReferenceKind.CPT: Licence.AMA,
        ReferenceKind.PTP_PRACTITIONER: Licence.AMA,
        ReferenceKind.PTP_HOSPITAL: Licence.AMA,
        ReferenceKind.MUE_PRACTITIONER: Licence.AMA,
        ReferenceKind.MUE_HOSPITAL: Licence.AMA,
        ReferenceKind.MUE_SUPPLIER: Licence.AMA,
        ReferenceKind.ADD_ON: Licence.AMA,
        ReferenceKind.PLACE_OF_SERVICE: Licence.PUBLIC,
        ReferenceKind.TAXONOMY: Licence.NUCC,
        ReferenceKind.ADJUSTMENT_REASON: Licence.X12,
        ReferenceKind.REMARK: Licence.X12,
        ReferenceKind.CLAIM_STATUS_CATEGORY: Licence.X12,
        ReferenceKind.CLAIM_STATUS: Licence.X12,
        ReferenceKind.MPFS: Licence.AMA,
        ReferenceKind.GPCI: Licence.PUBLIC,
        ReferenceKind.PAYER: Licence.OWN,
        ReferenceKind.COVERAGE_POLICY: Licence.OWN,
    }
)

PUBLIC_LICENCES: Final = frozenset({Licence.PUBLIC, Licence.OWN})  # nobody need attest anything
MODIFIER_DETAIL: Final = "modifier"  # marks the codes of HCPCS that are no procedures
