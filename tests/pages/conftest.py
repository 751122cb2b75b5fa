"""What tests of pages share: the application, asked the way a browser asks."""

from collections.abc import Generator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.pages.page_examples import NOON
from workbench.pages.app import create_app

ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture
def mail_folder(tmp_path: Path) -> Path:
    """The folder of the mail catcher, empty."""
    folder = tmp_path / "mails"
    folder.mkdir()
    return folder


@pytest.fixture
def visitor(database_url: str, mail_folder: Path) -> Generator[TestClient]:
    """Somebody who looks at the pages at noon."""
    app = create_app(database_url, mail_folder=mail_folder, now=lambda: NOON)
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client
