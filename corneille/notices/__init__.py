"""Words to people: what rooms have put into the outbox is told, on every channel that its person has."""
