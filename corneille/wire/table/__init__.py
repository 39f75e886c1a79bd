"""Tables that spreadsheets and schools' tools write: CSV, whatever its separator and its letters."""
