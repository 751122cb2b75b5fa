"""Follow-up: clocks, silent claims, what payers say when asked, proof of filing."""
