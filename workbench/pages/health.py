"""Is the workbench ready? Asked by whoever started it."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from workbench.pages.practices import list_practices
from workbench.pages.site import CurrentSite

router = APIRouter()


@router.get("/healthz")
def tell_health(site: CurrentSite) -> JSONResponse:
    """Say yes after a look at the database; a database that does not answer is a 500."""
    return JSONResponse({"status": "ok", "practices": len(list_practices(site))})
