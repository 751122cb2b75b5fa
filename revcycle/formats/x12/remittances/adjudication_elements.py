"""Where the fields of MIA, MOA, TS3 and TS2 stand; reader and writer share it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

INPATIENT_REMARKS: Final = (5, 20, 21, 22, 23)  # MIA
OUTPATIENT_REMARKS: Final = (3, 4, 5, 6, 7)  # MOA

INPATIENT_AMOUNTS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "operating_outlier": 2,
        "drg_amount": 4,
        "disproportionate_share": 6,
        "msp_pass_through": 7,
        "capital": 8,
        "capital_federal": 9,
        "capital_hospital": 10,
        "capital_disproportionate_share": 11,
        "old_capital": 12,
        "capital_education": 13,
        "operating_hospital": 14,
        "operating_federal": 16,
        "capital_outlier": 17,
        "indirect_teaching": 18,
        "professional_component": 19,
        "capital_exception": 24,
    }
)
INPATIENT_QUANTITIES: Final[Mapping[str, int]] = MappingProxyType(
    {"covered_days": 1, "lifetime_psychiatric_days": 3, "cost_report_days": 15}
)
OUTPATIENT_AMOUNTS: Final[Mapping[str, int]] = MappingProxyType(
    {"hcpcs_payable": 2, "renal_disease_amount": 8, "professional_component": 9}
)
OUTPATIENT_QUANTITIES: Final[Mapping[str, int]] = MappingProxyType({"reimbursement_rate": 1})

SUMMARY_AMOUNTS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "charge": 5,
        "msp_payer": 13,
        "non_laboratory_charge": 15,
        "hcpcs_reported": 17,
        "hcpcs_payable": 18,
        "professional_component": 20,
        "msp_patient_liability": 21,
        "patient_reimbursement": 22,
        "interim_adjustment": 24,
    }
)
SUMMARY_QUANTITIES: Final[Mapping[str, int]] = MappingProxyType(
    {"claim_count": 4, "interim_claim_count": 23}
)
SUMMARY_TEXTS: Final = (1, 2, 3)  # provider, facility and end of the fiscal period

INPATIENT_SUMMARY_AMOUNTS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "drg_amount": 1,
        "federal_specific": 2,
        "hospital_specific": 3,
        "disproportionate_share": 4,
        "capital": 5,
        "medical_education": 6,
        "day_outlier": 8,
        "cost_outlier": 9,
        "msp_pass_through": 15,
        "capital_federal": 17,
        "capital_hospital": 18,
        "capital_disproportionate_share": 19,
    }
)
INPATIENT_SUMMARY_QUANTITIES: Final[Mapping[str, int]] = MappingProxyType(
    {
        "outlier_days": 7,
        "average_stay": 10,
        "discharges": 11,
        "cost_report_days": 12,
        "covered_days": 13,
        "noncovered_days": 14,
        "average_weight": 16,
    }
)
