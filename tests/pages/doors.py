"""Through the doors of the workbench: forms are read from their pages, as a browser does."""

import re
from datetime import datetime

from httpx2 import Response
from starlette.testclient import TestClient

from tests.people import NOON, Colleague

FORM_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


def form_token_of(page: str) -> str:
    """Read the token of the first form of a page."""
    match = FORM_TOKEN.search(page)
    assert match, "the page has no form"
    return match[1]


def send_form(visitor: TestClient, page: str, action: str, **fields: str) -> Response:
    """Load a page, fill in its form and send it; the answer is not followed."""
    token = form_token_of(visitor.get(page).text)
    fields["form_token"] = token
    return visitor.post(action, data=fields, follow_redirects=False)


def sign_in_by_form(visitor: TestClient, colleague: Colleague, at: datetime = NOON) -> None:
    """Sign in with password and app."""
    send_form(visitor, "/sign-in", "/sign-in", login=colleague.login, password=colleague.password)
    answer = send_form(visitor, "/sign-in/code", "/sign-in/code", code=colleague.code(at))
    assert answer.status_code == 303, answer.text
