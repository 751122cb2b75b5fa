"""Whatever can be asked or answered is written, and read again as it was."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from models.documents.acknowledgement import StatusDocument
from models.documents.eligibility import CoverageDocument
from revcycle.formats.x12 import t270, t271, t276, t277, t277ca
from tests.unit.formats.x12_inquiries.inquiry_strategies import ENVELOPE, coverage, status

Read = Callable[[bytes], tuple[tuple[Any, ...], tuple[Any, ...]]]
SLOW_TO_INVENT = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
quietly = settings(max_examples=25, deadline=None, suppress_health_check=SLOW_TO_INVENT)


@quietly
@given(coverage("270"))
def test_any_270_is_read_as_it_was_written(document: CoverageDocument) -> None:
    documents, findings = t270.read_documents(t270.write_documents([document], ENVELOPE))
    assert findings == ()
    assert documents == (document,)


@quietly
@given(coverage("271"))
def test_any_271_is_read_as_it_was_written(document: CoverageDocument) -> None:
    documents, findings = t271.read_documents(t271.write_documents([document], ENVELOPE))
    assert findings == ()
    assert documents == (document,)


@pytest.mark.parametrize("guide", [t276, t277, t277ca], ids=["276", "277", "277CA"])
@quietly
@given(document=status())
def test_any_status_is_read_as_it_was_written(guide: Any, document: StatusDocument) -> None:
    documents, findings = guide.read_documents(guide.write_documents([document], ENVELOPE))
    assert findings == ()
    assert documents == (document,)
