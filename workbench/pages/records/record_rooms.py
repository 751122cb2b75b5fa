"""The routes of all records, as the application takes them."""

from fastapi import APIRouter

from workbench.pages.records import attachments, claims, encounters, files, patients, remittances

router = APIRouter()
for module in (claims, encounters, patients, remittances, files, attachments):
    router.include_router(module.router)
