"""What a sign-in service says of a person."""

import pytest

from revcycle.rules.access.provider_claims import find_login, has_several_factors


@pytest.mark.parametrize(
    ("claims", "claim", "login"),
    [
        pytest.param({"email": "Mia.Hill@Ours.example"}, "email", "mia.hill", id="our-domain"),
        pytest.param({"email": "mia.hill@theirs.example"}, "email", "", id="another-domain"),
        pytest.param({"email": "mia@x@ours.example"}, "email", "mia@x", id="two-signs"),
        pytest.param({"email": "mia.hill"}, "email", "", id="no-domain"),
        pytest.param({"upn": " Mia.Hill "}, "upn", "mia.hill", id="another-claim"),
        pytest.param({"upn": 7}, "upn", "", id="no-text"),
        pytest.param({}, "email", "", id="nothing"),
        pytest.param(
            {"email": "mia.hill@ours.example", "email_verified": "true"}, "email", "", id="a-text"
        ),
    ],
)
def test_a_login_is_read_from_one_claim(claims: dict[str, object], claim: str, login: str) -> None:
    assert find_login(claims, claim, "ours.example") == login


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param({"amr": ["pwd", "mfa"]}, True, id="mfa"),
        pytest.param({"amr": ["pwd", "otp"]}, True, id="password-and-code"),
        pytest.param({"amr": ["otp"]}, False, id="a-code-alone"),
        pytest.param({"amr": ["pwd"]}, False, id="password-alone"),
        pytest.param({"amr": "mfa"}, False, id="no-list"),
        pytest.param({"amr": [{"mfa": 1}]}, False, id="no-texts"),
        pytest.param({"acr": "https://idp.example/acr/mfa"}, True, id="grade"),
        pytest.param({"acr": "urn:mace:incommon:iap:silver"}, False, id="another-grade"),
        pytest.param({}, False, id="nothing-said"),
    ],
)
def test_several_factors_are_believed_only_when_said(
    claims: dict[str, object], *, expected: bool
) -> None:
    assert has_several_factors(claims) is expected
