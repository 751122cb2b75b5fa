"""Reasons of rejections, in words."""

import pytest

from revcycle.operations.submission.partner_words import say_code, say_refusal


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("A7:562", "rejected, data invalid: NPI"),
        ("A7:562:85", "rejected, data invalid: billing provider: NPI"),
        ("A3:9999", "returned, cannot be processed: status 9999"),
        ("999:R", "rejected: the file that carried the claim"),
        ("TA1:R:003", "version not supported: the file that carried the claim"),
        ("277CA", "refused"),
        ("", "refused"),
    ],
)
def test_a_reason_in_words(reason: str, words: str) -> None:
    assert say_refusal(reason) == words


def test_a_code_of_a_kind_we_do_not_know_says_nothing() -> None:
    assert say_code("277CA", "") == ("", "")
