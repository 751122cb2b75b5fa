"""What a partner may choose: delimiters, characters, capitals, line breaks."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.claim import ClaimDocument
from models.documents.claim_details import Note
from models.documents.claim_supplements import ClaimSupplement
from models.documents.party import Reference
from models.errors import RejectedError
from revcycle.formats.x12 import t837p
from revcycle.formats.x12.claims.writing_profile import CharacterSet, WriteProfile
from revcycle.formats.x12.segments import Delimiters
from tests.unit.formats.x12_claims.claim_examples import (
    PATIENT,
    a_batch,
    an_envelope,
    dependent_claim,
    secondary_claim,
    self_claim,
)
from tests.unit.formats.x12_claims.special_claims import plain_claim, special

PIPES = Delimiters("|", "^", ">", "~")
EXTENDED = WriteProfile(characters=CharacterSet.EXTENDED, upper_case=False)


def written(claim: ClaimDocument, profile: WriteProfile) -> str:
    return t837p.write_claims(a_batch(claim), an_envelope(), profile).decode()


def named(last_name: str) -> ClaimDocument:
    patient = replace(PATIENT, last_name=last_name)
    claim = plain_claim(patient=patient)
    return replace(claim, subscriber=replace(claim.subscriber, person=patient))


def noted(text: str) -> ClaimDocument:
    return special(ClaimSupplement(notes=(Note("ADD", text),)))


def test_a_partner_has_its_own_delimiters() -> None:
    text = written(self_claim(), WriteProfile(delimiters=PIPES))
    assert text.startswith("ISA|00|")
    assert text[104:107] == ">~\n"
    assert "CLM|A-1|165.5|||11>B>1|Y|A|Y|Y~" in text
    assert "*" not in text
    assert t837p.read_claims(text.encode()) == ((self_claim(),), ())


def test_our_delimiters_are_data_where_a_partner_has_others() -> None:
    claim = noted("AT 10:30 * TWICE")
    text = written(claim, WriteProfile(delimiters=PIPES))
    assert "NTE|ADD|AT 10:30 * TWICE~" in text
    assert t837p.read_claims(text.encode()) == ((claim,), ())


def test_a_delimiter_in_a_note_is_refused_by_the_name_of_the_field() -> None:
    with pytest.raises(RejectedError, match=r"text of NTE\*ADD holds .* delimiter"):
        written(noted("AT 10:30"), WriteProfile())


def test_a_partners_delimiter_in_text_is_transliterated_where_the_table_has_it() -> None:
    extended = WriteProfile(delimiters=PIPES, characters=CharacterSet.EXTENDED)
    assert "NTE|ADD|A/B)C~" in written(noted("A|B>C"), extended)


def test_a_file_may_be_one_line() -> None:
    text = written(self_claim(), WriteProfile(line_breaks=False))
    assert "\n" not in text
    assert t837p.read_claims(text.encode()) == ((self_claim(),), ())


def test_a_line_break_may_end_a_segment() -> None:
    lines = WriteProfile(delimiters=Delimiters(terminator="\n"), line_breaks=False)
    text = written(self_claim(), lines)
    assert "~" not in text
    assert t837p.read_claims(text.encode()) == ((self_claim(),), ())


@pytest.mark.parametrize(
    ("typed", "basic", "extended"),
    [
        ("Muñoz_Łuk", "MUNOZ-LUK", "Munoz_Luk"),
        ("O\N{RIGHT SINGLE QUOTATION MARK}Neil", "O'NEIL", "O'Neil"),
        ("Smith [née Sørensen]", "SMITH (NEE SORENSEN)", "Smith [nee Sorensen]"),
        ("  Two   blanks ", "TWO BLANKS", "Two blanks"),
    ],
)
def test_names_are_brought_into_the_characters_of_the_partner(
    typed: str, basic: str, extended: str
) -> None:
    assert f"NM1*IL*1*{basic}*" in written(named(typed), WriteProfile())
    assert f"NM1*IL*1*{extended}*" in written(named(typed), EXTENDED)


def test_an_identifier_is_never_changed() -> None:
    claim = plain_claim(control_number="a_1#b")
    assert "CLM*a_1#b*" in written(claim, WriteProfile())


@pytest.mark.parametrize("value", ["AB*C", "AB:C", "AB~C", "AB^C", " ABC", "ABÉ", "A\nB"], ids=repr)
def test_an_identifier_that_x12_cannot_carry_is_refused(value: str) -> None:
    with pytest.raises(RejectedError, match="prior authorization"):
        written(plain_claim(prior_authorization=value), WriteProfile())


@pytest.mark.parametrize(
    "delimiters",
    [Delimiters("*", "^", "*", "~"), Delimiters("A"), Delimiters(" "), Delimiters("\n")],
    ids=["twice", "a-letter", "a-blank", "a-line-break"],
)
def test_delimiters_must_be_four_different_signs(delimiters: Delimiters) -> None:
    with pytest.raises(RejectedError, match="four different signs"):
        WriteProfile(delimiters=delimiters)


def test_small_letters_need_the_extended_set() -> None:
    with pytest.raises(RejectedError, match="extended"):
        WriteProfile(upper_case=False)


@given(st.sampled_from([self_claim(), dependent_claim(), secondary_claim()]), st.data())
@settings(max_examples=20, deadline=None)
def test_any_delimiters_give_the_same_claim(claim: ClaimDocument, data: st.DataObject) -> None:
    signs = data.draw(
        st.lists(st.sampled_from("*|:>^~!+'\x1d\x1e\x1f"), min_size=4, max_size=4, unique=True)
    )
    profile = WriteProfile(delimiters=Delimiters(*signs), line_breaks=False)
    text = t837p.write_claims(a_batch(claim), an_envelope(), profile, verify=False)
    assert t837p.read_claims(text) == ((claim,), ())


AS_IT_STANDS = WriteProfile(as_it_stands=True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("NM1*IL*1*TESTPERSON*", "NM1*IL*1*Test:Person*"),
        ("N4*DAYTON*OH*45402~", "N4*Dayton*Ohio*4540~"),
        ("DMG*D8*19800229*F~\n", ""),
        ("*XX*1245319599~", "*XX*1245319590~"),
        ("CLM*A-1*", "CLM*Bell_A-1*"),
    ],
    ids=["delimiter", "address", "no-birth", "npi", "number"],
)
def test_what_was_read_is_written_as_it_stands(old: str, new: str) -> None:
    data = written(plain_claim(), WriteProfile()).replace(old, new).encode()
    (batch,), _ = t837p.read_batches(data)
    again = t837p.write_claims(batch, an_envelope(), AS_IT_STANDS, verify=False)
    assert again.splitlines()[:-3] == data.splitlines()[:-3]  # SE counts


def test_a_level_that_says_too_little_is_written_under_a_new_number() -> None:
    data = written(plain_claim(), WriteProfile()).replace("HL*2*1*22*0~", "HL*2~\nHL*7*1*22*0~")
    (batch,), _ = t837p.read_batches(data.encode())
    again = t837p.write_claims(batch, an_envelope(), AS_IT_STANDS, verify=False).decode()
    levels = [one for one in again.split("~\n") if one.startswith("HL*")]
    assert levels == ["HL*1**20*1", "HL*2*1*22*0", "HL*3"]


def test_a_refusal_repeats_no_qualifier_that_may_be_a_name() -> None:
    named_number = Reference("TESTPERSON", "1")
    with pytest.raises(RejectedError, match=r"no room for a number of kind \? on the claim"):
        written(special(ClaimSupplement(references=(named_number,))), WriteProfile())
