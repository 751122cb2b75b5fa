"""The portal: people of a practice answer, look in and send files, and see their practice only."""

from uuid import UUID

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from models.states.attachment import ScanVerdict
from models.states.work_item import Queue
from models.tables import Attachment, AuditEvent, ClinicalNote, Encounter, InboundFile
from models.values.access import Role
from models.values.identifiers import new_id
from revcycle.rules.attachments.allowed import MEGABYTE
from revcycle.store.session import transaction
from tests.pages.doors import sign_in_by_form
from tests.pages.front_desk_office import add_office, items_of
from tests.pages.page_examples import HOSTILE, NOON, without_own_scripts
from tests.pages.portal_office import (
    BAD,
    OWN,
    PDF,
    QUESTION,
    answer,
    lakeside,
    olaf,
    question_of,
    record_of,
    scanned,
)
from tests.people import KEY, join
from workbench.pages.app import create_app

__all__ = ["lakeside", "olaf", "scanned"]  # fixtures


def test_the_day_begins_with_what_waits(olaf: TestClient) -> None:
    assert olaf.get("/sign-in", follow_redirects=False).headers["location"] == "/portal"
    page = olaf.get("/portal").text
    assert '<a href="/portal/queries">1</a>' in page
    assert "No claim was made yet" in page


class TestAnswers:
    def test_an_answer_becomes_an_addendum_and_the_chart_waits_for_a_coder(
        self, olaf: TestClient, database_url: str, lakeside: UUID
    ) -> None:
        address = question_of(olaf)
        page = olaf.get(address).text
        assert QUESTION in page
        assert "1 note stands in the chart. Clinicians of your practice can read it here." in page
        sent = answer(olaf, address, "The left knee, acute.", ("report.pdf", PDF))
        assert sent.status_code == 303, sent.text
        with transaction(database_url, lakeside) as session:
            notes = session.exec(select(ClinicalNote.text, ClinicalNote.author)).all()
            kept = session.exec(select(Attachment.title, Attachment.verdict)).all()
        assert ("The left knee, acute.", "Olaf") in notes
        assert kept == [("report.pdf", ScanVerdict.NOT_SCANNED)]
        (item,) = items_of(database_url, lakeside, Queue.CODING)
        assert item.reason == "coding.query_answered"
        assert "Answered" in olaf.get("/portal/queries").text

    def test_whoever_reads_no_notes_still_reads_what_they_wrote(
        self, olaf: TestClient, database_url: str, lakeside: UUID
    ) -> None:
        address = question_of(olaf)
        with transaction(database_url, lakeside) as session:
            encounter_id = session.exec(select(Encounter.id)).one()
            session.add(
                ClinicalNote(
                    client_id=lakeside,
                    encounter_id=encounter_id,
                    ordinal=9,
                    text="A note of a clinician of the same name.",
                    author="Olaf",
                )
            )
        assert "What you wrote" not in olaf.get(address).text
        assert answer(olaf, address, "The left knee, acute.").status_code == 303
        page = olaf.get(address).text
        assert "The left knee, acute." in page.split("What you wrote")[1]
        assert "of the same name" not in page

    def test_a_second_answer_is_refused_and_keeps_what_was_typed(self, olaf: TestClient) -> None:
        address = question_of(olaf)
        assert answer(olaf, address, "The left knee.").status_code == 303
        again = answer(olaf, address, "No, the right knee.")
        assert again.status_code == 409
        assert "answered before" in again.text
        assert "No, the right knee." in again.text

    @pytest.mark.parametrize(
        ("text", "files", "expected"),
        [
            pytest.param(" ", [], "write the answer", id="nothing-said"),
            pytest.param("x" * 4001, [], "at most 4,000 characters", id="too-long"),
            pytest.param("Left", [("a.exe", b"MZ\x90\x00")], "a.exe: the file is of", id="program"),
            pytest.param("Left", [("a.pdf", b"")], "a.pdf: the file is empty", id="empty-file"),
            pytest.param("Left", [("a.txt", b"x")] * 6, "5 are allowed", id="too-many"),
            pytest.param(
                "Left",
                [("a.pdf", PDF + bytes(10 * MEGABYTE))],
                "a.pdf has 10.0 MB; 10 MB are allowed",
                id="too-big",
            ),
        ],
    )
    def test_what_is_refused_says_what_is_allowed_and_changes_nothing(
        self,
        olaf: TestClient,
        database_url: str,
        lakeside: UUID,
        text: str,
        files: list[tuple[str, bytes]],
        expected: str,
    ) -> None:
        refused = answer(olaf, question_of(olaf), text, *files)
        assert refused.status_code == 409
        assert expected in refused.text
        assert f">{text}</textarea>" in refused.text
        assert len(items_of(database_url, lakeside, Queue.PROVIDER_QUERY)) == 1
        with transaction(database_url, lakeside) as session:
            assert session.exec(select(Attachment.id)).all() == []

    def test_an_infected_file_is_refused_and_nothing_is_kept(
        self, scanned: TestClient, database_url: str, lakeside: UUID
    ) -> None:
        refused = answer(scanned, question_of(scanned), "Left", ("a.pdf", PDF + BAD))
        assert refused.status_code == 409
        assert "a.pdf: the virus scanner found something" in refused.text
        assert "nothing of it was kept" in refused.text
        with transaction(database_url, lakeside) as session:
            outcomes = session.exec(
                select(AuditEvent.outcome).where(AuditEvent.action == "add_attachment")
            ).all()
        assert outcomes == ["infected"]
        with transaction(database_url, lakeside) as session:
            assert session.exec(select(Attachment.id)).all() == []
        assert answer(scanned, question_of(scanned), "Left", ("a.pdf", PDF)).status_code == 303
        with transaction(database_url, lakeside) as session:
            assert session.exec(select(Attachment.verdict)).all() == [ScanVerdict.CLEAN]

    def test_hostile_names_and_words_stay_text(self, olaf: TestClient) -> None:
        address = question_of(olaf)
        assert answer(olaf, address, HOSTILE, (HOSTILE[:60] + ".txt", b"words")).status_code == 303
        page = without_own_scripts(olaf.get(address).text)
        assert "<script" not in page
        assert "<svg" not in page

    def test_staff_who_see_notes_can_save_what_was_sent(
        self, olaf: TestClient, database_url: str, lakeside: UUID
    ) -> None:
        assert answer(olaf, question_of(olaf), "Left", ("report.pdf", PDF)).status_code == 303
        with transaction(database_url, lakeside) as session:
            attachment_id = session.exec(select(Attachment.id)).one()
        address = f"/practices/{OWN}/attachments/{attachment_id}/download"
        app = create_app(database_url, key=KEY, now=lambda: NOON)
        coder = TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
        sign_in_by_form(coder, join(database_url, "cleo", [Role.CODER], [lakeside]))
        saved = coder.get(address)
        assert saved.content == PDF
        assert saved.headers["content-type"] == "application/octet-stream"
        assert "report" not in saved.headers["content-disposition"]
        assert olaf.get(address).status_code == 403
        (item,) = items_of(database_url, lakeside, Queue.CODING)
        for page in (f"/queues/coding/{OWN}/{item.id}", record_of(item)):
            shown = coder.get(page).text
            assert "Attached by the practice" in shown
            assert f'<a href="{address}">report.pdf</a>' in shown
            assert "not scanned" in shown

    def test_staff_who_see_no_notes_do_not_see_what_came_with_them(
        self, olaf: TestClient, database_url: str, lakeside: UUID
    ) -> None:
        assert answer(olaf, question_of(olaf), "Left", ("report.pdf", PDF)).status_code == 303
        (item,) = items_of(database_url, lakeside, Queue.CODING)
        app = create_app(database_url, key=KEY, now=lambda: NOON)
        poster = TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
        sign_in_by_form(poster, join(database_url, "pia", [Role.POSTER], [lakeside]))
        shown = poster.get(record_of(item))
        assert shown.status_code == 200
        assert "shown to those who see notes" in shown.text
        assert "report.pdf" not in shown.text


class TestOwnPracticeOnly:
    @pytest.fixture
    def otto(self, stranger: TestClient, database_url: str, lakeside: UUID) -> TestClient:
        """An office manager of the other practice."""
        with transaction(database_url) as session:
            other = session.exec(select(Encounter.client_id).limit(1)).first()
        assert other == lakeside
        foreign = add_office(database_url, "harbor_outpatient")
        sign_in_by_form(stranger, join(database_url, "otto", [Role.OFFICE_MANAGER], [foreign]))
        return stranger

    def test_another_practices_records_do_not_exist(
        self, otto: TestClient, database_url: str, lakeside: UUID
    ) -> None:
        (item,) = items_of(database_url, lakeside, Queue.PROVIDER_QUERY)
        with transaction(database_url, lakeside) as session:
            file_id = session.exec(select(InboundFile.id)).first()
        assert otto.get(f"/portal/queries/{item.id}").status_code == 404
        assert answer(otto, f"/portal/queries/{item.id}", "Left").status_code == 404
        assert otto.get(f"/portal/files/{file_id}").status_code == 404
        assert QUESTION not in otto.get("/portal/queries").text
        assert "No file came yet" in otto.get("/portal/files").text

    @pytest.mark.parametrize(
        "address",
        [
            "/portal/claims",
            "/portal/claims?state=denied",
            "/portal/statements",
            "/portal/reports",
        ],
    )
    def test_an_empty_list_says_what_will_be_there(self, otto: TestClient, address: str) -> None:
        page = otto.get(address)
        assert page.status_code == 200
        assert 'class="empty"' in page.text

    @pytest.mark.parametrize("kind", ["statements", "reports"])
    def test_what_nobody_sent_cannot_be_saved(self, otto: TestClient, kind: str) -> None:
        assert otto.get(f"/portal/{kind}/{new_id()}/pdf").status_code == 404

    def test_a_clinician_answers_but_sends_no_files(
        self, stranger: TestClient, database_url: str, lakeside: UUID
    ) -> None:
        sign_in_by_form(stranger, join(database_url, "clara", [Role.CLINICIAN], [lakeside]))
        page = stranger.get(question_of(stranger)).text
        assert "Blood pressure is high again." in page
        assert "Send the answer" in page
        assert stranger.get("/portal/files").status_code == 403
        assert "/portal/files" not in stranger.get("/portal").text

    def test_staff_of_the_billing_company_have_no_portal(self, visitor: TestClient) -> None:
        assert visitor.get("/portal").status_code == 403


def test_what_was_read_and_saved_is_in_the_trail(
    olaf: TestClient, database_url: str, lakeside: UUID
) -> None:
    olaf.get(question_of(olaf))
    olaf.get("/portal/claims/export")
    with transaction(database_url, lakeside) as session:
        acts = set(session.exec(select(AuditEvent.action).where(AuditEvent.actor == "olaf")))
    assert {"see_queries", "see_query", "export_claims"} <= acts
