"""Agendas: who has which, what stands in them, what changed since, who may see or change it."""
