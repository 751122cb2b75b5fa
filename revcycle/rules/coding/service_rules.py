"""The rules about services, in the order in which their findings are shown."""

from typing import Final

from models.documents.finding import Severity
from revcycle.rules.coding import (
    add_on_codes,
    authorized_visits,
    both_sides,
    diagnosis_pointers,
    global_period,
    listed_procedures,
    medicare_status,
    modifier_codes,
    modifier_conflicts,
    modifier_order,
    procedure_pairs,
    repeated_services,
    seen_before,
    service_codes,
    service_parts,
    supporting_diagnoses,
    therapy_time,
    unit_limits,
    vaccines,
    visit_limits,
    visit_modifiers,
)
from revcycle.rules.coding.coding_rule import CodingRule

SERVICE_RULES: Final = (
    CodingRule(
        id=service_codes.RULE_ID,
        asks="Is there a service, and has each the form of one that can be billed?",
        fix="Put right the code, its modifiers or its units as the finding says.",
        source="ASC X12N/005010X222A1, SV101 and SV104",
        severity=Severity.ERROR,
        check=service_codes.check_service_codes,
    ),
    CodingRule(
        id=diagnosis_pointers.RULE_ID,
        asks="Does each service say which diagnoses it was for?",
        fix="Point the service at one to four of the diagnoses, the main reason first.",
        source="ASC X12N/005010X222A1, SV107",
        severity=Severity.ERROR,
        check=diagnosis_pointers.check_diagnosis_pointers,
    ),
    CodingRule(
        id=repeated_services.RULE_ID,
        asks="Does a service stand twice, so that a payer will take the second for a duplicate?",
        fix="Raise the units of the first, or say by modifier 76, 77 or 91 that it was repeated.",
        source="CMS, Medicare Claims Processing Manual, chapter 1, section 120",
        severity=Severity.WARNING,
        check=repeated_services.check_repeated_services,
    ),
    CodingRule(
        id=listed_procedures.RULE_ID,
        asks="Is each procedure in the lists that are loaded, and in force on its day?",
        fix="Choose a code that is in force on the day, or load the list that has it.",
        source="45 CFR 162.1000 and 162.1011; CMS, HCPCS record layout (termination date)",
        severity=Severity.ERROR,
        check=listed_procedures.check_listed_procedures,
    ),
    CodingRule(
        id=modifier_codes.RULE_ID,
        asks="Is each modifier one that exists, and was it in force on the day?",
        fix="Correct the modifier, or leave it out.",
        source=(
            "CMS, Medicare Claims Processing Manual, chapter 23, section 20.3; HCPCS record layout"
        ),
        severity=Severity.ERROR,
        check=modifier_codes.check_modifier_codes,
    ),
    CodingRule(
        id=modifier_order.RULE_ID,
        asks="Do the modifiers that change the price stand first?",
        fix="Write the modifiers in the order that the finding says.",
        source="CMS, Medicare Claims Processing Manual, chapter 26, section 10.4, item 24D",
        severity=Severity.WARNING,
        check=modifier_order.check_modifier_order,
    ),
    CodingRule(
        id=modifier_conflicts.RULE_ID,
        asks="Do modifiers of a service contradict each other, or the kind of service?",
        fix="Leave out the one that does not hold.",
        source=(
            "NCCI Policy Manual, chapter I, section E; CMS, Medicare Claims Processing "
            "Manual, chapter 12, sections 20.2 and 40.7"
        ),
        severity=Severity.ERROR,
        check=modifier_conflicts.check_modifier_conflicts,
    ),
    CodingRule(
        id=procedure_pairs.RULE_ID,
        asks="Is a procedure beside another one of the day that includes it?",
        fix="Leave out the one that is included, or say by a modifier that it was separate.",
        source=(
            "CMS, NCCI Policy Manual, chapter I, sections A and E (procedure-to-procedure edits)"
        ),
        severity=Severity.ERROR,
        check=procedure_pairs.check_procedure_pairs,
    ),
    CodingRule(
        id=unit_limits.RULE_ID,
        asks="Are there more units of a procedure than are likely?",
        fix="Compare the units with the record and lower them; a reviewable limit can be accepted.",
        source=(
            "CMS, NCCI Policy Manual, chapter I, section V (medically unlikely edits); MLN SE1422"
        ),
        severity=Severity.ERROR,
        check=unit_limits.check_unit_limits,
    ),
    CodingRule(
        id=add_on_codes.RULE_ID,
        asks="Does an add-on code stand beside the procedure that it adds to?",
        fix="Add the primary procedure, or leave out the add-on code.",
        source="CMS, NCCI Add-on Code Edits, types 1 to 3",
        severity=Severity.ERROR,
        check=add_on_codes.check_add_on_codes,
    ),
    CodingRule(
        id=visit_modifiers.RULE_ID,
        asks="Does a visit on the day of a procedure say that it was work of its own?",
        fix="Put 25 or 57 on the visit if the record shows it, else leave the visit out.",
        source="CMS, Medicare Claims Processing Manual, chapter 12, sections 30.6.6 and 40.1",
        severity=Severity.ERROR,
        check=visit_modifiers.check_visit_modifiers,
    ),
    CodingRule(
        id=global_period.RULE_ID,
        asks="Is a service within the global period of an operation before?",
        fix="Say by 24, 58, 78 or 79 why it is paid, else leave it out.",
        source="CMS, Medicare Claims Processing Manual, chapter 12, sections 40.1 and 40.2",
        severity=Severity.ERROR,
        check=global_period.check_global_period,
    ),
    CodingRule(
        id=seen_before.RULE_ID,
        asks="Was the patient of a new-patient visit seen within three years?",
        fix="Choose the visit of an established patient.",
        source="CMS, Medicare Claims Processing Manual, chapter 12, section 30.6.7.A",
        severity=Severity.ERROR,
        check=seen_before.check_new_patients,
    ),
    CodingRule(
        id=both_sides.RULE_ID,
        asks="May a procedure be billed for both sides, and as one unit?",
        fix="Leave out 50, or set the units to one.",
        source=(
            "CMS, Medicare Claims Processing Manual, chapter 12, section 40.7; MPFS, "
            "bilateral surgery"
        ),
        severity=Severity.ERROR,
        check=both_sides.check_both_sides,
    ),
    CodingRule(
        id=service_parts.RULE_ID,
        asks="May the technical or professional part be billed, and at this place?",
        fix="Put 26 on what was read only; leave the rest to the facility.",
        source=(
            "CMS, MPFS, PC/TC indicator; Medicare Claims Processing Manual, chapter 13, "
            "section 20.2"
        ),
        severity=Severity.ERROR,
        check=service_parts.check_service_parts,
    ),
    CodingRule(
        id=therapy_time.RULE_ID,
        asks="Do the units of treatments by the clock fit the minutes of the record?",
        fix="Count the minutes of all treatments of the day and set the units by them.",
        source="CMS, Medicare Claims Processing Manual, chapter 5, sections 20.2 and 20.3",
        severity=Severity.ERROR,
        check=therapy_time.check_therapy_time,
    ),
    CodingRule(
        id=vaccines.RULE_ID,
        asks="Does each vaccine have its giving, and each giving its vaccine?",
        fix="Add the code that is missing.",
        source="CMS, Medicare Claims Processing Manual, chapter 18, section 10.2.1",
        severity=Severity.WARNING,
        check=vaccines.check_vaccines,
    ),
    CodingRule(
        id=supporting_diagnoses.RULE_ID,
        asks="Does a diagnosis support the procedure, as the payer's policy wants it?",
        fix="Point at a diagnosis of the policy if the record has one.",
        source="42 USC 1395y(a)(1)(A); the coverage policy that the finding names",
        severity=Severity.ERROR,
        check=supporting_diagnoses.check_supporting_diagnoses,
    ),
    CodingRule(
        id=visit_limits.RULE_ID,
        asks="Are more visits billed in a year than the payer's policy pays?",
        fix="Ask for an authorization and enter its number.",
        source="the coverage policy that the finding names",
        severity=Severity.WARNING,
        check=visit_limits.check_visit_limits,
    ),
    CodingRule(
        id=authorized_visits.RULE_ID,
        asks="Is a visit left of what the payer authorized, or its plan allows?",
        fix="Ask the payer for more visits, and enter its new authorization at the patient.",
        source="ASC X12N/005010X217 (278), number of visits certified; 005010X279A1 (271), EB",
        severity=Severity.ERROR,
        check=authorized_visits.check_authorized_visits,
    ),
    CodingRule(
        id=medicare_status.RULE_ID,
        asks="Does Medicare pay the procedure at all?",
        fix="Choose the code that Medicare wants, or bill the patient as the law allows.",
        source=(
            "CMS, MPFS, status code; Medicare Claims Processing Manual, chapter 23, section 30.2.2"
        ),
        severity=Severity.INFO,
        check=medicare_status.check_medicare_status,
    ),
)
