"""x12.validate_837p and x12.validate_835: every check of a sound file, and pyx12 beside it."""

import io
import warnings

import pyx12.params
import pyx12.x12n_document

from benchmarks.claim_files import claim_file
from benchmarks.cpu_time import ratio_to_floor
from benchmarks.measurement import Measurement, WrongResultError
from benchmarks.remittance_files import remittance_file
from benchmarks.sizes import Sizes
from models.documents.finding import Severity
from revcycle.formats.x12.check import check_file

TARGET = 60.0


def measure_validate_837p(sizes: Sizes) -> Measurement:
    """Measure the checks of a claim file."""
    data, small = claim_file(sizes.file_claims), claim_file(sizes.peer_claims)
    return _measure("x12.validate_837p", data, small, sizes)


def measure_validate_835(sizes: Sizes) -> Measurement:
    """Measure the checks of a remittance file."""
    data, small = remittance_file(sizes.file_claims), remittance_file(sizes.peer_claims)
    return _measure("x12.validate_835", data, small, sizes)


def _measure(name: str, data: bytes, small: bytes, sizes: Sizes) -> Measurement:
    ours = ratio_to_floor(lambda: _validate(data), data, sizes.repetitions)
    theirs = ratio_to_floor(lambda: _validate_with_pyx12(small), small, 1)
    return Measurement(
        name=name,
        value=ours.value,
        unit="x floor",
        target=TARGET,
        floor=ours.floor,
        peers={"pyx12": theirs.value},
        note=(
            f"{sizes.file_claims} claims; SNIP 1 to 5: envelope, guide, balances, situations and "
            f"codes; pyx12, on {sizes.peer_claims} claims, checks envelope and guide"
        ),
    )


def _validate(data: bytes) -> None:
    errors = [one for one in check_file(data) if one.severity is Severity.ERROR]
    if errors:
        msg = f"{len(errors)} errors in a sound file, the first is {errors[0].rule_id}"
        raise WrongResultError(msg)


def _validate_with_pyx12(data: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyx12 leaves files open
        accepted = pyx12.x12n_document.x12n_document(
            pyx12.params.params(), io.StringIO(data.decode("latin-1")), None, None
        )
    if not accepted:
        msg = "pyx12 refuses the generated file"
        raise WrongResultError(msg)
