"""Which reader reads which kind of file."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.values.reference import ReferenceKind
from revcycle.reference.imports.add_on_pairs import ADD_ON_PAIRS
from revcycle.reference.imports.code_lists import (
    ADJUSTMENT_REASON,
    CLAIM_STATUS,
    CLAIM_STATUS_CATEGORY,
    PAYER,
    PLACE_OF_SERVICE,
    REMARK,
    TAXONOMY,
)
from revcycle.reference.imports.coverage_policies import COVERAGE_POLICIES
from revcycle.reference.imports.edition_reader import EditionReader
from revcycle.reference.imports.icd10cm_order import ICD10CM
from revcycle.reference.imports.icd10cm_tabular import ICD10CM_NOTES
from revcycle.reference.imports.locality_indices import LOCALITY_INDICES
from revcycle.reference.imports.procedure_lists import CPT, HCPCS
from revcycle.reference.imports.ptp_pairs import PTP_HOSPITAL, PTP_PRACTITIONER
from revcycle.reference.imports.relative_values import RELATIVE_VALUES
from revcycle.reference.imports.unit_limits import (
    MUE_HOSPITAL,
    MUE_PRACTITIONER,
    MUE_SUPPLIER,
)

READERS: Final[Mapping[ReferenceKind, EditionReader]] = MappingProxyType(
    {
        ReferenceKind.ICD10CM: ICD10CM,
        ReferenceKind.ICD10CM_NOTES: ICD10CM_NOTES,
        ReferenceKind.HCPCS: HCPCS,
        ReferenceKind.CPT: CPT,
        ReferenceKind.PLACE_OF_SERVICE: PLACE_OF_SERVICE,
        ReferenceKind.TAXONOMY: TAXONOMY,
        ReferenceKind.ADJUSTMENT_REASON: ADJUSTMENT_REASON,
        ReferenceKind.REMARK: REMARK,
        ReferenceKind.CLAIM_STATUS_CATEGORY: CLAIM_STATUS_CATEGORY,
        ReferenceKind.CLAIM_STATUS: CLAIM_STATUS,
        ReferenceKind.PAYER: PAYER,
        ReferenceKind.COVERAGE_POLICY: COVERAGE_POLICIES,
        ReferenceKind.PTP_PRACTITIONER: PTP_PRACTITIONER,
        ReferenceKind.PTP_HOSPITAL: PTP_HOSPITAL,
        ReferenceKind.MUE_PRACTITIONER: MUE_PRACTITIONER,
        ReferenceKind.MUE_HOSPITAL: MUE_HOSPITAL,
        ReferenceKind.MUE_SUPPLIER: MUE_SUPPLIER,
        ReferenceKind.ADD_ON: ADD_ON_PAIRS,
        ReferenceKind.MPFS: RELATIVE_VALUES,
        ReferenceKind.GPCI: LOCALITY_INDICES,
    }
)
