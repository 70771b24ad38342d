"""How long things take, measured by hand in a database of its own (docs/measured.md)."""
