"""Replays made-up attempts against the rules, to see what attackers get and whom it disturbs. Pure."""
