"""The kit on synthetic documents of the genre: the promised scores, and the generator itself."""

import re
import tomllib
from itertools import pairwise

import pytest

from tests.genre import documents, scanned, without_scans, wording_dev, wording_heldout
from tests.genre.__main__ import left_out
from tests.genre.make import KINDS, build
from tests.genre.paper import LEAF_KINDS
from tests.genre.reading import judge
from tests.genre.scoring import Count, Score, norm, same_agency

BANKS = ("dev", "held-out")


@pytest.fixture(scope="module", params=BANKS)
def bank(request):
    return request.param


@pytest.fixture(scope="module")
def made(bank):
    return documents(0, bank)


@pytest.fixture(scope="module")
def scores(made):
    whole, crashes, torn = Score(), [], []
    for document, score in judge(made):
        whole.add(score)
        crashes += [f"{document.name}: {error}" for error in score.errors if error.startswith("CRASH")]
        torn += [] if score.tiles else [document.name]
    return whole, crashes, torn


def test_no_document_makes_the_kit_crash(scores):
    assert scores[1] == []


def test_the_rows_of_every_document_join_to_its_text(scores):
    assert scores[2] == []


# The least share, a little below what was measured on the held-out bank, and the least number that was looked at.
FLOORS = {
    "leaves": (0.99, 2_500),
    "paths": (0.98, 2_500),
    "headings": (0.99, 2_500),
    "duties": (0.985, 5_000),
    "targets": (0.955, 3_000),
    "kinds": (0.99, 1_000),
    "deadlines": (0.99, 1_000),
    "comparators": (0.97, 3_000),
}


@pytest.mark.parametrize("what", FLOORS)
def test_promised_scores(scores, what):
    count, (least, looked_at) = getattr(scores[0], what), FLOORS[what]
    assert round(count.f1, 4) >= least and count.right + count.missed >= looked_at


def test_a_wrong_kind_or_deadline_counts_in_full():
    assert Count(right=9, missed=1, wrong=1).f1 == 0.9


@pytest.mark.skipif(bool(without_scans()), reason=f"scans are left out: {without_scans()}")
def test_scans(bank):
    """Pages that OCR reads: characters may be wrong, the structure is there. Few leaves: one lost is 7 in 100."""
    whole = Score()
    for document, score in judge(scanned(0, bank)):
        assert score.tiles and not any(error.startswith("CRASH") for error in score.errors), document.name
        whole.add(score)
    for what in ("leaves", "paths", "headings", "duties", "targets"):
        assert getattr(whole, what).f1 >= 0.9, what


def test_what_is_left_out_is_said(monkeypatch):
    assert left_out(False) == "left out: 2 scans, not asked for (--scans)"
    monkeypatch.setattr("lanxikit.reading.formats.ocr.installed", lambda: False)
    assert left_out(True).startswith("left out: 2 scans, OCR is not installed: make setup")
    monkeypatch.setattr("lanxikit.reading.formats.ocr.installed", lambda: True)
    assert left_out(True) == "left out: none"


def test_the_set_up_installs_what_the_scans_need(root):
    """``make setup`` (and so CI) takes every package of the lock; the lock is made of all extras."""
    extra = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["ocr"]
    locked = {line.partition("==")[0]: line for line in (root / "requirements.lock").read_text("utf-8").splitlines()}
    for wanted in extra:
        name = re.match(r"[\w-]+", wanted)[0]
        assert name in locked and ";" not in locked[name], name
    made = (root / "Makefile").read_text("utf-8")
    assert "--all-extras" in made and "uv pip sync" in made.replace("$(UV)", "uv") and "requirements.lock" in made


def test_there_are_enough_documents_of_every_kind_and_damage(made):
    assert len(made) >= 60 and {document.kind for document in made} == set(KINDS)
    seen = {part for document in made for part in document.damage.split("+")}
    assert seen >= {
        "lost",
        "pages",
        "width",
        "blanks",
        "apart",
        "ocr",
        "labels",
        "brackets",
        "wrap22",
        "html",
        "docx",
        "pdf",
        "gb18030",
        "big5",
    }
    assert sum(len(document.leaves) for document in made) > 1500


def test_the_same_seed_gives_the_same_documents(bank):
    again = [build(kind, 3, bank) for kind in ("three_levels", "task_list", "web_page")]
    assert [document.text for document in again] == [
        build(kind, 3, bank).text for kind in ("three_levels", "task_list", "web_page")
    ]
    assert build("three_levels", 4, bank).text != again[0].text


def test_the_answers_stand_in_the_text(made):
    """Every known leaf, read without its line breaks and furniture, is in its document, in order."""
    for document in made:
        if document.data and document.suffix != ".txt":
            continue
        for (start, end, _), (after, _, _) in pairwise(document.spans):
            assert start < end <= after <= len(document.text)
        whole, at = norm(document.text), 0
        broken = any(word in document.damage for word in ("pages", "wrap"))
        for leaf in (
            document.leaves if not broken and document.kind not in ("task_list", "with_annexes", "three_year") else ()
        ):
            sentence = norm(leaf.text.split("。")[0])
            found = whole.find(sentence, at)
            assert found >= 0, (document.name, leaf.text)
            at = found


def test_numbers_of_the_answers_stand_in_their_leaf(made):
    for document in made:
        for leaf in document.leaves:
            digits = norm(leaf.text)
            for target in leaf.targets:
                shown = f"{target.value:g}"
                assert shown in digits or re.search("[一二三四五百分成番]", digits), (document.name, shown, leaf.text)


def test_the_banks_are_disjoint():
    dev, held_out = wording_dev, wording_heldout

    def sentences(bank):
        rows = {
            text for field in bank.FIELDS.values() for texts in field.values() for text in texts if "bodies" not in text
        }
        return (
            {text for text in rows if len(text) > 8}
            | set(bank.RULES)
            | set(bank.GUIDING)
            | set(bank.SAFEGUARDS.values())
        )

    assert not sentences(dev) & sentences(held_out)
    assert not {row[0] for row in dev.REGIONS} & {row[0] for row in held_out.REGIONS}
    assert not set(dev.FIELDS) & set(held_out.FIELDS)


def test_every_known_unit_has_words_and_a_kind(made):
    for document in made:
        assert document.leaves
        for leaf in document.leaves:
            assert leaf.kind in LEAF_KINDS and norm(leaf.text)


def test_agencies_are_equal_but_for_their_own_place():
    region = build("three_levels", 0, "dev").region
    assert same_agency(region.prefix + "水利厅", region.name + "水利厅", region)
    assert not same_agency(region.prefix + "水利厅", region.prefix + "财政厅", region)
    assert not same_agency(region.prefix + "水利厅", "水利厅", region)
