"""What denials propose, how an edit does on past claims, and what it finds in new ones."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.documents.finding import Severity
from models.documents.learned_edit import (
    EditKind,
    EditLine,
    EditRule,
    EditSeverity,
    EditSubject,
    PastClaim,
    PastDenial,
    SwitchedEdit,
)
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.rules.prevention.back_test import back_test
from revcycle.rules.prevention.measure_effect import measure_effect
from revcycle.rules.prevention.propose_edits import propose_edits
from revcycle.rules.prevention.stopped_lines import stopped_lines
from revcycle.rules.submission.learned_edits import check_learned_edits, say_fix
from tests.unit.formats.x12_claims.claim_examples import outpatient_claim, self_claim

DAY = date(2026, 11, 1)
PAYER, OTHER = new_id(), new_id()
NPI = "1999900115"


def a_past_claim(  # noqa: PLR0913 - each test names what matters to it
    *,
    code: str = "99213",
    modifiers: Sequence[str] = (),
    diagnoses: Sequence[str] = ("J069",),
    denied: str = "",
    payer: str = "blue_heron",
    authorized: bool = False,
    verified: bool = True,
    npi: str = NPI,
    on: date = DAY,
) -> PastClaim:
    """A claim of one line; ``denied`` is the CARC, empty if it was paid."""
    line = EditLine(1, code, frozenset(modifiers), tuple(diagnoses))
    denials = (PastDenial(1, "CO", denied, "", Money(10_000)),) if denied else ()
    return PastClaim(
        new_id(),
        PAYER if payer == "blue_heron" else OTHER,
        payer,
        on,
        EditSubject(npi, authorized, verified, (line,)),
        denials,
    )


def test_a_modifier_that_paid_lines_have_and_denied_ones_lack_is_proposed() -> None:
    denied = [a_past_claim(denied="4") for _ in range(4)]
    paid = [a_past_claim(modifiers=["25"]) for _ in range(20)]
    (proposal,) = propose_edits([*denied, *paid])
    assert proposal.rule == EditRule(EditKind.REQUIRES_MODIFIER, "blue_heron", "99213", ("25",))
    assert set(proposal.denied) == {claim.id for claim in denied}
    assert set(proposal.test.hits) == {claim.id for claim in denied}
    assert proposal.test.false_alarms == ()
    assert proposal.test.precision_permille == 1000
    assert proposal.denied_amount == Money(40_000)
    assert (proposal.group, proposal.reason) == ("CO", "4")


def test_categories_of_diagnoses_are_learned_from_what_was_paid() -> None:
    denied = [a_past_claim(code="83036", diagnoses=["Z000"], denied="11") for _ in range(3)]
    paid = [a_past_claim(code="83036", diagnoses=[code]) for code in ("E119", "E1165", "R7303")]
    (proposal,) = propose_edits([*denied, *paid])
    assert proposal.rule.kind is EditKind.REQUIRES_DIAGNOSIS
    assert proposal.rule.wanted == ("E11", "R73")


@pytest.mark.parametrize(
    ("denied", "paid", "expected"),
    [
        (
            {"denied": "197"},
            {"authorized": True},
            EditRule(EditKind.REQUIRES_AUTHORIZATION, "blue_heron", "99213"),
        ),
        (
            {"denied": "27", "verified": False},
            {},
            EditRule(EditKind.REQUIRES_COVERAGE, "blue_heron"),
        ),
        (
            {"denied": "204"},
            {"code": "99214"},
            EditRule(EditKind.CODE_NOT_ACCEPTED, "blue_heron", "99213"),
        ),
        (
            {"denied": "B7", "npi": "1999900123"},
            {},
            EditRule(EditKind.PROVIDER_NOT_ENROLLED, "blue_heron", "", ("1999900123",)),
        ),
    ],
    ids=lambda one: one.kind if isinstance(one, EditRule) else "",
)
def test_each_kind_of_edit_is_proposed_where_it_would_have_helped(
    denied: dict[str, Any], paid: dict[str, Any], expected: EditRule
) -> None:
    claims = [a_past_claim(**denied) for _ in range(3)] + [a_past_claim(**paid) for _ in range(9)]
    (proposal,) = propose_edits(claims)
    assert proposal.rule == expected
    assert len(proposal.test.hits) == 3
    assert not proposal.test.false_alarms


def test_two_denials_are_chance() -> None:
    assert not propose_edits([a_past_claim(denied="197") for _ in range(2)])


def test_three_denials_of_one_claim_are_one_claim() -> None:
    once = a_past_claim(denied="197")
    assert not propose_edits([once, once, once])


def test_an_edit_that_is_wrong_more_often_than_right_is_not_proposed() -> None:
    denied = [a_past_claim(denied="197") for _ in range(3)]
    assert propose_edits([*denied, *(a_past_claim() for _ in range(3))])
    assert not propose_edits([*denied, *(a_past_claim() for _ in range(4))])


def test_denials_that_no_check_of_a_claim_prevents_propose_nothing() -> None:
    assert not propose_edits([a_past_claim(denied="29") for _ in range(9)])


def test_what_one_payer_denies_says_nothing_of_another() -> None:
    denied = [a_past_claim(denied="197", payer="commonweal") for _ in range(3)]
    (proposal,) = propose_edits([*denied, *(a_past_claim() for _ in range(50))])
    assert proposal.rule.payer_key == "commonweal"
    assert proposal.test.tested == 3


def test_a_claim_denied_for_another_reason_is_neither_hit_nor_false_alarm() -> None:
    rule = EditRule(EditKind.REQUIRES_AUTHORIZATION, "blue_heron", "99213")
    hit, other, paid = a_past_claim(denied="197"), a_past_claim(denied="29"), a_past_claim()
    test = back_test(rule, [hit, other, paid, a_past_claim(authorized=True)])
    assert (test.tested, test.hits, test.false_alarms) == (4, (hit.id,), (paid.id,))
    assert test.precision_permille == 500


def test_the_most_money_comes_first_and_the_order_is_always_the_same() -> None:
    few = [a_past_claim(denied="197", code="99214") for _ in range(3)]
    many = [a_past_claim(denied="197") for _ in range(5)]
    rules = [proposal.rule.procedure_code for proposal in propose_edits([*few, *many])]
    assert rules == ["99213", "99214"]
    assert rules == [one.rule.procedure_code for one in propose_edits([*reversed(many), *few])]


def test_the_effect_compares_as_many_days_before_as_since() -> None:
    rule = EditRule(EditKind.REQUIRES_AUTHORIZATION, "blue_heron", "99213")
    before = [
        a_past_claim(denied="197" if at < 4 else "", on=DAY - timedelta(3)) for at in range(20)
    ]
    after = [
        a_past_claim(denied="197" if at < 1 else "", on=DAY + timedelta(2)) for at in range(30)
    ]
    long_ago = a_past_claim(denied="197", on=DAY - timedelta(11))
    effect = measure_effect(rule, [*before, *after, long_ago], switched_on=DAY, days=10)
    assert effect.denied_before == tuple(claim.id for claim in before[:4])
    assert (len(effect.decided_before), len(effect.decided_since)) == (20, 30)
    assert effect.denied_since == (after[0].id,)
    assert (effect.before_per_hundred, effect.after_per_hundred) == ("20.0", "3.3")
    nothing = measure_effect(rule, [], switched_on=DAY, days=10)
    assert nothing.after_per_hundred == ""


def switched(
    kind: EditKind, code: str = "", *wanted: str, severity: EditSeverity = EditSeverity.WARNING
) -> SwitchedEdit:
    return SwitchedEdit(UUID(int=7), EditRule(kind, "blue_heron", code, wanted), severity)


def test_an_edit_that_is_on_says_what_is_wrong_where_and_what_to_do() -> None:
    edit = switched(EditKind.REQUIRES_MODIFIER, "99213", "25", severity=EditSeverity.ERROR)
    (finding,) = check_learned_edits(self_claim(), edits=[edit], is_coverage_verified=True)
    assert finding.severity is Severity.ERROR
    assert finding.field == "lines[1].modifiers"
    assert finding.rule_id == f"scrub.learned.{UUID(int=7)}"
    assert finding.message == "this payer denies 99213 without a modifier such as 25"


def test_a_claim_that_has_what_is_wanted_goes() -> None:
    edits = [
        switched(EditKind.REQUIRES_MODIFIER, "90471", "59"),
        switched(EditKind.REQUIRES_DIAGNOSIS, "99213", "J06"),
        switched(EditKind.REQUIRES_AUTHORIZATION, "99213"),
        switched(EditKind.REQUIRES_COVERAGE),
        switched(EditKind.CODE_NOT_ACCEPTED, "99215"),
        switched(EditKind.PROVIDER_NOT_ENROLLED, "", "1999900123"),
    ]
    assert not check_learned_edits(self_claim(), edits=edits, is_coverage_verified=True)


@pytest.mark.parametrize("kind", EditKind)
def test_every_kind_says_a_fix_and_stops_what_lacks_it(kind: EditKind) -> None:
    edit = switched(kind, "" if kind is EditKind.REQUIRES_COVERAGE else "99213", "X1")
    assert say_fix(edit)
    subject = EditSubject("X1", False, False, (EditLine(1, "99213", frozenset(), ("J069",)),))  # noqa: FBT003 - two facts
    assert [line.number for line in stopped_lines(edit.rule, subject)] == [1]


def test_what_concerns_the_whole_claim_is_said_once() -> None:
    edit = switched(EditKind.REQUIRES_COVERAGE)
    (finding,) = check_learned_edits(self_claim(), edits=[edit], is_coverage_verified=False)
    assert finding.field == "coverage"


def test_lines_of_a_hospital_are_judged_by_all_its_diagnoses() -> None:
    edit = switched(EditKind.REQUIRES_DIAGNOSIS, "97110", "Z87")
    assert not check_learned_edits(outpatient_claim(), edits=[edit], is_coverage_verified=True)
