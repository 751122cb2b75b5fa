"""What tests of pages share: the application, asked the way a browser asks."""

from collections.abc import Generator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from models.values.access import Role
from tests.pages.doors import sign_in_by_form
from tests.pages.page_examples import NOON
from tests.people import KEY, join
from workbench.pages.app import create_app

ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def no_page_failed_unnoticed() -> Generator[None]:
    """Fail whatever test met a page that failed, though it only looked at something else."""
    with capture_logs() as lines:
        yield
    assert [line for line in lines if line["event"] == "page_failed"] == []


@pytest.fixture
def mail_folder(tmp_path: Path) -> Path:
    """The folder of the mail catcher, empty."""
    folder = tmp_path / "mails"
    folder.mkdir()
    return folder


@pytest.fixture
def stranger(database_url: str, mail_folder: Path) -> Generator[TestClient]:
    """Somebody who asks for pages at noon and has not signed in."""
    app = create_app(database_url, key=KEY, mail_folder=mail_folder, now=lambda: NOON)
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def visitor(stranger: TestClient, database_url: str) -> TestClient:
    """A manager who has signed in and looks at the pages at noon."""
    sign_in_by_form(stranger, join(database_url, "mia.hill", [Role.MANAGER]))
    return stranger
