"""The acts about claims and denials, gathered."""

from fastapi import APIRouter

from workbench.pages.panes import (
    appeal_acts,
    claim_acts,
    denial_acts,
    denial_approval,
    denial_coverage,
    denial_letter,
    denial_records,
    follow_up_acts,
    packet_acts,
)

router = APIRouter()
for _module in (
    denial_acts,
    denial_approval,
    denial_coverage,
    denial_records,
    denial_letter,
    appeal_acts,
    packet_acts,
    claim_acts,
    follow_up_acts,
):
    router.include_router(_module.router)
