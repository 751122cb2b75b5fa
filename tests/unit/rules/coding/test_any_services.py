"""Rules of services, asked about anything that may be typed or sent."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_case import (
    AddOnFacts,
    AuthorizationFacts,
    ChartFacts,
    CodeFacts,
    CodingCase,
    PastService,
    PolicyFacts,
    ProcedureFacts,
    PtpFacts,
    UnitLimitFacts,
)
from models.documents.finding import Severity
from models.values.authorized import Counted
from revcycle.rules.coding.coding_rule import CodingRule
from revcycle.rules.coding.service_rules import SERVICE_RULES
from tests.unit.rules.coding.service_cases import DAY, PROVIDER

GRAVITY = [Severity.INFO, Severity.WARNING, Severity.ERROR]
codes = st.sampled_from(["99213", "99203", "97110", "97161", "90686", "90471", "27447"]) | st.text(
    max_size=6
)
days = st.integers(-2, 1200).map(lambda back: DAY - timedelta(days=back))
a_modifier = st.sampled_from(["25", "26", "50", "59", "LT", "RT", "TC", "24"]) | st.text(max_size=3)
services = st.builds(
    CodedService,
    procedure_code=codes,
    diagnosis_pointers=st.lists(st.integers(-1, 14), max_size=5).map(tuple),
    modifiers=st.lists(a_modifier, max_size=5).map(tuple),
    units=st.decimals(-5, 10**6, allow_nan=False, places=3),
    service_date=st.none() | days,
)
periods = st.lists(st.tuples(days, st.none() | days), max_size=2).map(tuple)
ranges = st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4)), max_size=2).map(tuple)
facts_of_codes = st.builds(
    ProcedureFacts,
    is_known=st.none() | st.booleans(),
    periods=periods,
    status=st.sampled_from(["", "A", "I", "N"]),
    global_days=st.sampled_from(["", "000", "010", "090", "XXX", "ZZZ"]),
    bilateral=st.sampled_from(["", "0", "1", "2", "3", "9"]),
    component=st.sampled_from(["", "0", "1", "5"]),
    unit_limit=st.none() | st.builds(UnitLimitFacts, st.integers(0, 9), st.integers(1, 3)),
    add_on=st.none() | st.builds(AddOnFacts, st.integers(1, 3), st.frozensets(codes, max_size=8)),
    policies=st.lists(
        st.builds(PolicyFacts, st.text(max_size=5), ranges, ranges, st.none() | st.integers(0, 3)),
        max_size=2,
    ).map(tuple),
)
pairs = st.builds(PtpFacts, codes, codes, days, st.none() | days, st.sampled_from([0, 1, 9]))
cases = st.builds(
    CodingCase,
    coding=st.builds(
        CodingDocument,
        st.lists(st.text(max_size=8), max_size=4).map(tuple),
        st.lists(services, max_size=5).map(tuple),
        st.just(DAY),
    ),
    chart=st.builds(
        ChartFacts,
        place_of_service=st.sampled_from(["", "11", "22"]),
        provider_id=st.sampled_from([None, PROVIDER]),
        prior_authorization=st.sampled_from(["", "A1"]),
        authorizations=st.lists(
            st.builds(
                AuthorizationFacts,
                number=st.sampled_from(["", "A1"]),
                counts=st.sampled_from(Counted),
                allowed=st.integers(0, 9),
                used=st.integers(0, 9),
                needed=st.integers(0, 3),
                last_day=st.none() | days,
                is_in_force=st.booleans(),
            ),
            max_size=2,
        ).map(tuple),
        timed_minutes=st.none() | st.integers(0, 2000),
    ),
    past=st.lists(
        st.builds(PastService, st.uuids(), st.sampled_from([None, PROVIDER]), days, services),
        max_size=3,
    ).map(tuple),
    facts=st.builds(
        CodeFacts,
        pairs=st.lists(pairs, max_size=3).map(tuple),
        procedures=st.dictionaries(codes, facts_of_codes, max_size=6),
        modifiers=st.none() | st.dictionaries(a_modifier, periods, max_size=3),
    ),
)


@settings(max_examples=150, deadline=None)
@given(cases)
def test_no_rule_fails_and_each_keeps_its_word(case: CodingCase) -> None:
    for rule in SERVICE_RULES:
        for finding in rule.check(case):
            assert finding.rule_id == rule.id
            assert GRAVITY.index(finding.severity) <= GRAVITY.index(rule.severity)
            assert finding.message
            assert finding.field


@pytest.mark.parametrize("rule", SERVICE_RULES, ids=lambda rule: rule.id)
def test_of_a_visit_of_which_nothing_is_known_nothing_is_said(rule: CodingRule) -> None:
    visit = CodedService("99213", (1,), units=Decimal(1))
    case = CodingCase(CodingDocument(("I10",), (visit,), DAY))
    assert rule.check(case) == ()
