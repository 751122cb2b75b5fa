"""What a coder sees of findings: errors stop, warnings are accepted, the rest informs."""

from models.documents.finding import Finding, Severity
from workbench.pages.client_files import own_coding_policy
from workbench.pages.panes.coding_findings import show_findings

FOUND = [
    Finding("coding.medicare_status", Severity.INFO, "services[1].procedure_code", "not covered"),
    Finding("coding.modifier_order", Severity.WARNING, "services[1].modifiers", "price first"),
    Finding("coding.procedure_pairs", Severity.ERROR, "services[2].procedure_code", "is included"),
]


def test_what_only_informs_stands_last_and_is_not_accepted() -> None:
    shown = show_findings(FOUND, ())
    assert [(one.is_error, one.is_warning) for one in shown] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_a_practice_without_a_file_here_takes_findings_as_written() -> None:
    policy = own_coding_policy("nobody_here")
    assert [policy.weigh(one, "") for one in FOUND] == FOUND
