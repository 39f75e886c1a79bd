"""The whole mail system of an académie. `docs/architecture.md` draws its rooms."""

__version__ = "0.1.0"
