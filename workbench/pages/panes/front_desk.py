"""The acts of the front desk's panes, and of those for files, under one name."""

from fastapi import APIRouter

from workbench.pages.panes import intake_acts

router = APIRouter()
for acts in (intake_acts,):
    router.include_router(acts.router)
