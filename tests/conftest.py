"""What many tests use: the study's corpus and its units, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

import lanxikit as lx

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def corpus():
    return lx.read_corpus(ROOT / "data" / "raw")


@pytest.fixture(scope="session")
def units(corpus):
    return lx.segment(corpus)


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("LANXI_LANG", "en")
