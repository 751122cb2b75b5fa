"""What the client file says of how grave findings of coding are."""

from pathlib import Path

import pytest

from models.documents.claim import ClaimForm
from models.documents.coding_policy import Weight
from models.documents.finding import Finding, Severity
from revcycle.client_config import read_client_config
from revcycle.operations.coding.policies import coding_policy
from tests.unit.client_config.client_file_copies import errors_of, written

ORDER = '"coding.modifier_order" = "info"'
STATUS = '"coding.medicare_status" = "error"'


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param(
            ORDER, '"coding.unit_limit" = "info"', "'coding.unit_limits'", id="nearly-right-id"
        ),
        pytest.param(
            STATUS, '"procedure_pairs" = "off"', "'coding.procedure_pairs'", id="id-without-family"
        ),
        pytest.param(
            ORDER, '"coding.modifier_order" = "grave"', '"grave" is not allowed', id="no-weight"
        ),
        pytest.param(
            "federal_seniors = { ", "nobody = { ", "'nobody' is not defined", id="no-such-payer"
        ),
    ],
)
def test_what_no_rule_or_payer_has_is_refused(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    found = errors_of(written(tmp_path, (old, new)))
    assert [says in finding.message for finding in found] == [True]
    assert all((finding.field or "").startswith("coding") for finding in found)


def test_a_payer_stands_before_the_practice(tmp_path: Path) -> None:
    quiet = (ORDER, f'{ORDER}\n"coding.medicare_status" = "off"')
    policy = coding_policy(read_client_config(written(tmp_path, quiet)))
    found = Finding("coding.medicare_status", Severity.INFO, "services[1]", "not paid")
    assert policy.weigh(found, "blue_heron") is None
    graver = policy.weigh(found, "federal_seniors")
    assert graver is not None
    assert graver.severity is Severity.ERROR
    assert policy.weights["coding.modifier_order"] is Weight.INFO
    assert policy.form is ClaimForm.PROFESSIONAL
