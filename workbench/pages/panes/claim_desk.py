"""The acts about claims and denials, gathered."""

from fastapi import APIRouter

from workbench.pages.panes import appeal_acts, claim_acts, denial_acts, denial_letter

router = APIRouter()
for _module in (denial_acts, denial_letter, appeal_acts, claim_acts):
    router.include_router(_module.router)
