"""iCalendar (RFC 5545): bytes to values and back, recurrences expanded. Pure; instants without a zone take the one given."""
