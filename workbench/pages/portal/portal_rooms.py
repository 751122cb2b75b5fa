"""Every page of the portal, in one router."""

from fastapi import APIRouter

from workbench.pages.portal import claims, files, home, queries, statements

router = APIRouter()
for room in (home, queries, claims, statements, files):
    router.include_router(room.router)
