"""The routes about patients' payments, credits, refunds and who approves them."""

from fastapi import APIRouter

from workbench.pages.books import refunds
from workbench.pages.panes import credit_balance_acts, money_approval_acts
from workbench.pages.records import payments

router = APIRouter()
for one in (
    credit_balance_acts.router,
    money_approval_acts.router,
    payments.router,
    payments.posting,
    refunds.router,
    refunds.posting,
):
    router.include_router(one)
