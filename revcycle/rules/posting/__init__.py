"""How a remittance is read against our claims: refusal, matching, decisions."""
