"""Synthetic documents of the genre with known answers: ``documents(seed, bank)``; ``python -m tests.genre`` scores the kit on them."""

from .make import Synthetic, documents, scanned, without_scans

__all__ = ["Synthetic", "documents", "scanned", "without_scans"]
