"""The demo's verifier writes down the authorizations that visits came with."""

import pytest
from sqlmodel import select

from models.tables import Encounter, VisitAuthorization
from revcycle.settings import settings
from revcycle.store.session import transaction
from tests.integration.submission.office import Office
from workbench.commands.simulated_authorizations import write_authorizations


def test_one_is_used_up_the_next_one_nearly_and_a_second_day_changes_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVCYCLE_DATABASE_URL", office.url)
    settings.cache_clear()
    office.add_encounter("99213")
    numbered = [office.add_encounter("99213"), office.add_encounter("99213")]
    with transaction(office.url) as session:
        for number, one in enumerate(numbered, start=1):
            row = session.exec(select(Encounter).where(Encounter.id == one)).one()
            row.prior_authorization = f"AUTH{number}"
    done = write_authorizations(office.act)
    assert done == {"verifier: wrote an authorization down": 2}
    assert write_authorizations(office.act) == {}
    kept = {row.number: (row.allowed, row.procedures) for row in office.all(VisitAuthorization)}
    assert kept == {"AUTH1": (1, "99213"), "AUTH2": (2, "99213")}
