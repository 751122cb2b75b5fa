"""The routes of all records, as the application takes them."""

from fastapi import APIRouter

from workbench.pages.records import (
    attachments,
    authorizations,
    claim_form,
    claims,
    encounters,
    files,
    patients,
    proof,
    remittances,
)

router = APIRouter()
for module in (claims, claim_form, proof, encounters, patients, remittances, files, attachments):
    router.include_router(module.router)
router.include_router(authorizations.router)
router.include_router(authorizations.verifying)
