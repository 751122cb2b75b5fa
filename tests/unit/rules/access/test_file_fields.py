"""Who may open a whole file."""

import pytest

from models.values.access import Role
from revcycle.rules.access.file_fields import may_open_file
from revcycle.rules.access.rights import access_of


@pytest.mark.parametrize(
    ("role", "kind", "expected"),
    [
        pytest.param(Role.BILLER, "837P", True, id="a-biller-reads-claims"),
        pytest.param(Role.CODER, "837P", False, id="a-coder-sees-no-member-numbers"),
        pytest.param(Role.POSTER, "835", True, id="a-poster-reads-remittances"),
        pytest.param(Role.BILLER, "835", False, id="a-biller-sees-no-bank-accounts"),
        pytest.param(Role.MANAGER, "TA1", True, id="an-envelope-names-nobody"),
        pytest.param(Role.VERIFIER, "FHIR", False, id="a-verifier-reads-no-notes"),
        pytest.param(Role.TEAM_LEAD, "FHIR", True, id="a-team-lead-reads-charts"),
        pytest.param(Role.MANAGER, "never heard of", False, id="what-is-unknown-may-hold-all"),
    ],
)
def test_who_opens_what(role: Role, kind: str, *, expected: bool) -> None:
    assert may_open_file(access_of([role]), kind) is expected
