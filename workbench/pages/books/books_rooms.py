"""The routes of all rooms of the books, as the application takes them."""

from fastapi import APIRouter

from workbench.pages.books import (
    ageing,
    contracts,
    deposits,
    entries,
    eob,
    front,
    periods,
    trial,
    variances,
    what_if,
)

router = APIRouter()
for module in (
    front,
    trial,
    ageing,
    entries,
    periods,
    deposits,
    eob,
    contracts,
    variances,
    what_if,
):
    router.include_router(module.router)
