"""The routes of all rooms of the books, as the application takes them."""

from fastapi import APIRouter

from workbench.pages.books import front, trial

router = APIRouter()
for module in (front, trial):
    router.include_router(module.router)
