"""What no other open tool finds: the fifteen defects for which these checks are written."""

from revcycle.formats.x12.check import check_file
from revcycle.formats.x12.diagnostics import Diagnostic
from tests.unit.formats.x12_checks.spoiled_files import CLAIM_FILE, REMITTANCE_FILE, spoiled
from tests.unit.formats.x12_checks.test_single_defects import CLAIM_DEFECTS, REMITTANCE_DEFECTS


def the_only_one(name: str) -> Diagnostic:
    [found] = check_file(spoiled(CLAIM_FILE, CLAIM_DEFECTS[name].edit))
    return found


def the_only_one_of_a_remittance(name: str) -> Diagnostic:
    [found] = check_file(spoiled(REMITTANCE_FILE, REMITTANCE_DEFECTS[name].edit))
    return found


def test_an_npi_with_a_wrong_check_digit_is_found() -> None:
    assert the_only_one("npi_bad_check_digit").rule_id == "x12.npi"


def test_an_npi_of_nine_digits_is_found() -> None:
    assert the_only_one("npi_9_digits").rule_id == "x12.npi"


def test_a_pointer_to_no_diagnosis_is_found() -> None:
    assert the_only_one("dx_pointer_out_of_range").rule_id == "x12.diagnosis_pointer"


def test_a_diagnosis_with_its_dot_is_found() -> None:
    assert the_only_one("dx_with_decimal").rule_id == "x12.diagnosis_dot"


def test_a_replacement_without_the_payers_number_is_found() -> None:
    assert the_only_one("freq7_without_REF_F8").rule_id == "x12.original_reference_missing"


def test_a_patient_without_birth_date_is_found() -> None:
    found = the_only_one("patient18_without_DMG")
    assert found.rule_id == "x12.subscriber_demographics_missing"


def test_two_claims_with_one_number_are_found() -> None:
    assert the_only_one("duplicate_clm01").rule_id == "x12.clm01_duplicate"


def test_a_billing_provider_in_a_post_office_box_is_found() -> None:
    assert the_only_one("po_box_billing_address").rule_id == "x12.billing_po_box"


def test_a_procedure_code_of_four_digits_is_found() -> None:
    assert the_only_one("procedure_code_bad_format").rule_id == "x12.procedure_form"


def test_a_state_that_does_not_exist_is_found() -> None:
    assert the_only_one("state_code_XX").rule_id == "x12.state"


def test_a_billing_provider_with_five_digits_of_zip_is_found() -> None:
    assert the_only_one("zip_5_digits_billing").rule_id == "x12.billing_zip"


def test_a_patient_born_after_the_file_was_made_is_found() -> None:
    assert the_only_one("dob_in_future").rule_id in {
        "x12.birth_date_future",
        "x12.birth_date_after_service",
    }


def test_an_unknown_adjustment_reason_is_found() -> None:
    assert the_only_one_of_a_remittance("cas_bad_carc").rule_id == "x12.adjustment_reason"


def test_an_unknown_remark_is_found() -> None:
    assert the_only_one_of_a_remittance("lq_bad_remark").rule_id == "x12.remark"


def test_a_patient_responsibility_that_its_adjustments_do_not_explain_is_found() -> None:
    found = the_only_one_of_a_remittance("clp05_ne_sum_PR")
    assert (found.tag, found.element) == ("CLP", 5)
