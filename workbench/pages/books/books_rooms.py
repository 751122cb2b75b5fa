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
    posting_lists,
    posting_rates,
    prevention,
    prevention_acts,
    trial,
    variances,
    what_if,
    write_offs,
)

router = APIRouter()
for module in (
    front,
    trial,
    ageing,
    entries,
    periods,
    posting_lists,
    posting_rates,
    deposits,
    eob,
    contracts,
    variances,
    what_if,
    write_offs,
    prevention,
    prevention_acts,
):
    router.include_router(module.router)
router.include_router(posting_rates.letters)
