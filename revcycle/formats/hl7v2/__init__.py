"""HL7 version 2 messages: registrations (ADT) and detailed charges (DFT)."""
