"""Is the workbench ready? Asked by whoever started it."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from workbench.pages.access import open_to_all
from workbench.pages.practices import count_practices
from workbench.pages.site import CurrentSite

router = APIRouter(dependencies=[open_to_all()])


@router.get("/healthz")
def tell_health(site: CurrentSite) -> JSONResponse:
    """Say yes after a look at the database; a database that does not answer is a 500."""
    return JSONResponse({"status": "ok", "practices": count_practices(site)})
