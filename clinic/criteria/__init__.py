"""What medicine and the payers ask: pure Python, with no database and no clock (the date is one of the facts)."""
