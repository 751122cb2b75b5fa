"""An audit by keys: a chart is coded blind, the two codings differ, a third person decides."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from models.states.audited_case import AuditedCaseState
from models.states.work_item import Queue
from models.values.access import Role
from tests.integration.audit.coding_office import CodingOffice
from tests.pages.audit_desk import KEY, open_audit
from tests.pages.browser import address, browser_tests, chromium, desk, open_desk
from tests.pages.test_accessibility import judge
from tests.people import hire

__all__ = ["address", "chromium", "desk"]
pytestmark = browser_tests
QUEUES = (Queue.CODING_AUDIT, Queue.ADJUDICATION)


@pytest.fixture
def office(database_url: str, mail_folder: Path) -> CodingOffice:
    assert mail_folder.exists()
    return open_audit(database_url, charts=1)


def test_a_chart_is_coded_blind_disputed_and_decided(
    chromium: Browser, address: str, office: CodingOffice
) -> None:
    ida = hire(office.url, "ida", Role.AUDITOR, [office.act.client_id], *QUEUES)
    tom = hire(office.url, "tom", Role.TEAM_LEAD, [office.act.client_id], *QUEUES)

    auditor = open_desk(chromium, address)
    page = auditor.sign_in(ida, "/queues/coding_audit")
    page.keyboard.press("n")
    page.locator("#coding-form").wait_for()
    expect(page.locator("#item")).to_contain_text("Blood pressure is high again.")
    expect(page.locator("#item")).not_to_contain_text("20610")
    expect(page.locator("#item")).not_to_contain_text("cleo")
    page.keyboard.press("c")
    page.keyboard.type("I10")
    page.locator("#service-1-procedure").fill("99213")
    page.locator("#service-1-pointers").fill("1")
    expect(page.locator("#coding-findings")).not_to_contain_text("stand here while you type")
    page.locator("#typing .is-kept").wait_for()
    page.reload()  # by mistake; nothing of a second coding is lost
    expect(page.locator("#service-1-procedure")).to_have_value("99213")
    page.get_by_text("kept from").wait_for()
    assert judge(page, "auditor's pane") == {}
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name="Complete", exact=True).click()
    page.get_by_text("a third person decides").wait_for()
    auditor.context.close()

    lead = open_desk(chromium, address)
    page = lead.sign_in(tom, "/queues/adjudication")
    page.keyboard.press("n")
    page.get_by_role("heading", name="What is right").wait_for()
    assert judge(page, "third person's pane") == {}
    choices = page.locator("select[name=choice]")
    for number in range(choices.count()):
        choices.nth(number).select_option("second")
    page.locator("#typing .is-kept").wait_for()
    page.reload()
    expect(choices.first).to_have_value("second")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/queues/adjudication?said=nothing_left")
    (case,) = office.cases()
    assert case.state == AuditedCaseState.DECIDED

    lead.go(f"/coding/{KEY}/audits?first=2026-11-01&last=2026-11-30")
    expect(page.get_by_role("row", name="cleo").first).to_contain_text("%")
    assert judge(page, "figures") == {}
    page.get_by_role("region").or_(page.get_by_role("group", name="Cases")).last.get_by_role(
        "link"
    ).first.click()
    page.get_by_role("heading", name="What the coder learns").wait_for()
    assert judge(page, "case") == {}
    assert [*auditor.complaints, *lead.complaints] == []
    lead.context.close()
