"""The acts of the front desk's panes, and of those for files, under one name."""

from fastapi import APIRouter

from workbench.pages.panes import (
    bpo_inbox_acts,
    coverage_correction_acts,
    intake_acts,
    patient_match_acts,
    statement_hold_acts,
    transport_acts,
    verification_acts,
)

router = APIRouter()
for acts in (
    bpo_inbox_acts,
    coverage_correction_acts,
    intake_acts,
    patient_match_acts,
    statement_hold_acts,
    transport_acts,
    verification_acts,
):
    router.include_router(acts.router)
