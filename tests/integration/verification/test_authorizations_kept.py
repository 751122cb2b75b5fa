"""Authorizations are written down once, by persons, files and payers' answers."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlmodel import select

from models.documents.act import Act
from models.documents.authorization import NewAuthorization
from models.errors import NotFoundError, RejectedError
from models.tables import AuditEvent, Client, Patient, Payer, VisitAuthorization
from models.values.authorized import AuthorizationSource, Counted
from revcycle.formats.csv.authorizations import AUTHORIZATION_COLUMNS
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.record_encounters import record_encounters
from revcycle.operations.verification.authorizations_left import list_authorizations_left
from revcycle.operations.verification.import_authorizations import (
    AUTHORIZATIONS,
    ImportedAuthorizations,
    import_authorizations,
)
from revcycle.operations.verification.keep_authorizations import KeptCount, keep_authorizations
from revcycle.store.session import transaction
from tests.conftest import NOON, TODAY
from tests.integration.intake_records import CODED, a_record
from tests.integration.practice_rows import BLUE_HERON, COMMONWEAL, add_partners
from tests.integration.verification.test_verification import POLICY

HEADER = ",".join(AUTHORIZATION_COLUMNS)


@pytest.fixture
def act(either_database_url: str) -> Act:
    """Somebody of a practice with one patient, who came twice."""
    client = Client(key="demo_practice", name="Demo Practice", time_zone="America/New_York")
    with transaction(either_database_url) as session:
        session.add(client)
    act = Act(client.id, "tester", NOON, TODAY)
    records = [
        a_record(1, **CODED),
        a_record(2, source_key="V-2", service_date=date(2026, 11, 19), **CODED),
    ]
    with transaction(either_database_url, client.id) as session:
        add_partners(session, client.id)
        file = store_inbound_file(session, act, source="e", kind="FHIR", name="a", content=b"{}")
        session.flush()
        record_encounters(session, act, file.id, records, policy=POLICY)
    return act


@pytest.fixture
def told(either_database_url: str, act: Act) -> NewAuthorization:
    """Twelve visits of Ottoline Wrenfield."""
    with transaction(either_database_url, act.client_id) as session:
        patient_id = session.exec(select(Patient.id)).one()
        payer_id = session.exec(select(Payer.id).where(Payer.key == BLUE_HERON.key)).one()
    return NewAuthorization(patient_id, payer_id, "A-77", 12, procedures="99202-99215")


def keep(url: str, act: Act, *new: NewAuthorization) -> KeptCount:
    with transaction(url, act.client_id) as session:
        return keep_authorizations(session, act, new, source=AuthorizationSource.PERSON)


def rows(url: str, act: Act) -> list[VisitAuthorization]:
    with transaction(url, act.client_id) as session:
        return list(session.exec(select(VisitAuthorization)))


def actions(url: str, act: Act) -> list[str]:
    with transaction(url, act.client_id) as session:
        found = session.exec(select(AuditEvent.action)).all()
    return [one for one in found if one.endswith("_authorization")]


def test_the_same_twice_is_kept_once_and_a_change_is_written_into_the_trail(
    either_database_url: str, act: Act, told: NewAuthorization
) -> None:
    url = either_database_url
    assert keep(url, act, told) == KeptCount(added=1)
    assert keep(url, act, told, told) == KeptCount()
    assert keep(url, act, replace(told, allowed=20)) == KeptCount(changed=1)
    (row,) = rows(url, act)
    assert (row.number, row.allowed, row.counts) == ("A-77", 20, Counted.VISITS)
    assert actions(url, act) == ["add_authorization", "change_authorization"]


def test_what_visits_used_is_said_with_what_is_left(
    either_database_url: str, act: Act, told: NewAuthorization
) -> None:
    keep(either_database_url, act, told, replace(told, number="A-78", allowed=1))
    with transaction(either_database_url, act.client_id) as session:
        found = list_authorizations_left(session, act.client_id, [told.patient_id])
    shown = {one.authorization.number: (one.payer_name, one.used, one.left) for one in found}
    assert shown == {"A-77": (BLUE_HERON.name, 2, 10), "A-78": (BLUE_HERON.name, 2, 0)}


def test_another_practices_patient_and_payer_are_not_found(
    either_database_url: str, act: Act, told: NewAuthorization
) -> None:
    for foreign in (replace(told, patient_id=uuid4()), replace(told, payer_id=uuid4())):
        with pytest.raises(NotFoundError):
            keep(either_database_url, act, foreign)
    assert rows(either_database_url, act) == []


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"allowed": -1}, id="fewer-than-none"),
        pytest.param({"allowed": 10_000}, id="more-than-anybody-has"),
        pytest.param({"number": "X" * 51}, id="a-number-that-fits-on-no-claim"),
        pytest.param(
            {"valid_from": TODAY, "valid_to": date(2026, 1, 1)}, id="ends-before-it-begins"
        ),
    ],
)
def test_what_nobody_could_have_authorized_is_refused(
    either_database_url: str, act: Act, told: NewAuthorization, changes: dict[str, object]
) -> None:
    with pytest.raises(RejectedError):
        keep(either_database_url, act, replace(told, **changes))  # type: ignore[arg-type] # of the cases
    assert rows(either_database_url, act) == []


def take_in(url: str, act: Act, *lines: str) -> ImportedAuthorizations:
    content = "\n".join((HEADER, *lines)).encode()
    with transaction(url, act.client_id) as session:
        file = store_inbound_file(
            session, act, source="command", kind=AUTHORIZATIONS, name="a.csv", content=content
        )
        session.flush()
        return import_authorizations(
            session, act, file.id, payers=(BLUE_HERON, COMMONWEAL), date_format="%Y-%m-%d"
        )


def test_a_file_is_taken_in_once_and_its_bad_rows_are_named(
    either_database_url: str, act: Act
) -> None:
    lines = (
        "MRN-1,Blue Heron Health Plan,A-77,physical therapy,12,,2026-11-01,2027-01-31",
        "MRN-9,Blue Heron Health Plan,A-78,,12,,,",
        "MRN-1,Nobody's Plan,A-79,,12,,,",
        "MRN-1,BHHP1,A-80,some codes,12,,,",
        "MRN-1,BHHP1,A-81,,,40,,",
    )
    count = take_in(either_database_url, act, *lines)
    assert (count.read, count.kept) == (5, KeptCount(added=2))
    assert [(one.position, one.field) for one in count.refused] == [
        ("line 3", "patient_number"),
        ("line 4", "payer"),
        ("line 5", "procedures"),
    ]
    assert not take_in(either_database_url, act, *lines).is_new
    again = take_in(either_database_url, act, lines[0], lines[4].replace(",40,", ",44,"))
    assert again.kept == KeptCount(changed=1)
    kept = {row.number: (row.procedures, row.allowed) for row in rows(either_database_url, act)}
    assert kept == {"A-77": ("97010-97799", 12), "A-81": ("", 44)}


def test_a_file_without_our_headers_changes_nothing(either_database_url: str, act: Act) -> None:
    with transaction(either_database_url, act.client_id) as session:
        file = store_inbound_file(
            session, act, source="c", kind=AUTHORIZATIONS, name="b.csv", content=b"a,b\n1,2\n"
        )
        session.flush()
        count = import_authorizations(session, act, file.id, payers=(), date_format="%Y-%m-%d")
    assert [one.field for one in count.refused] == [""]
    assert rows(either_database_url, act) == []
