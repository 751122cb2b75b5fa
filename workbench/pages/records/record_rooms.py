"""The routes of all records, as the application takes them."""

from fastapi import APIRouter

from workbench.pages.records import claims, encounters, files, patients, remittances

router = APIRouter()
for module in (claims, encounters, patients, remittances, files):
    router.include_router(module.router)
