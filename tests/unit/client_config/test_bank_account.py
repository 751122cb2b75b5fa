"""What the client file says of the account into which payers pay."""

from pathlib import Path

import pytest

from tests.unit.client_config.client_file_copies import errors_of, written


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('date = "Posting Date"\n', "", "lacks date"),
        ('amount = "Amount"', 'credit = "In"', "either amount, or both credit and debit"),
        ('description = "Description"', 'words = "Description"', "is not a column we read"),
        ('description = "Description"', 'description = "amount"', "stands here and elsewhere"),
        ('format = "csv" # or', 'format = "bai2" # or', "has no meaning with"),
        ('account = "4321"', 'account = "987654321"', "last four digits"),
        ('kind = "directory" # optional; "sftp" needs', 'kind = "sftp" # needs', "needs it"),
    ],
)
def test_an_account_that_does_not_hold_together_is_refused(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    found = errors_of(written(tmp_path, (old, new)))
    assert any(says in finding.message for finding in found)
    assert all((finding.field or "").startswith("bank") for finding in found)
