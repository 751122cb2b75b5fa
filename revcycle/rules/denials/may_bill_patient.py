"""May a denied amount be asked from the patient?"""


def may_bill_patient(group: str) -> bool:
    """Tell whether the payer assigned an amount to the patient; contract amounts never are.

    Source:
        CARC group codes: PR is the patient's, CO the provider's by contract, OA and PI neither's.
    """
    return group == "PR"
