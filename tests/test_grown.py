"""The corpus that the benchmarks grow from the five documents."""

from itertools import islice

import lanxikit as lx
from benchmarks.grown import bases, document, documents
from lanxikit.reading.corpus import from_texts


def test_documents_depend_on_their_number_and_the_seed_alone():
    five = dict(documents(5))
    assert list(documents(3, start=2)) == list(five.items())[2:]
    assert document(4) == five["grown-000004"] != document(4, seed=1)


def test_documents_are_streamed():
    assert len(list(islice(documents(10**9), 2))) == 2


def test_no_two_documents_or_measures_are_alike():
    texts = dict(documents(15))
    assert len(set(texts.values())) == 15
    leaves = lx.segment(from_texts(texts)).query("is_leaf")
    long = leaves[leaves["text"].str.len() > 60]
    apart = long.drop_duplicates(["doc_id", "text"])  # a document may draw a measure twice
    assert apart["text"].nunique() > 0.95 * len(apart)


def test_grown_documents_read_like_the_five():
    raw = lx.segment(lx.read_corpus("data/raw"))
    grown = lx.segment(from_texts(dict(documents(5))))
    for kind in ("measure", "task", "duty", "heading"):
        one, other = ((units["kind"] == kind).sum() for units in (raw, grown))
        assert abs(one - other) < 0.1 * one, kind
    assert len(lx.targets(grown)) > 50


def test_the_places_are_others_and_the_duties_stay():
    text, frame = document(3), "".join(slot.front + slot.body + slot.duties for slot in bases()[3].slots)
    assert "平安区" in frame and "海东" in frame
    assert "平安区" not in text and "海东" not in text
    assert text.count("责任单位") > 0.8 * frame.count("责任单位")
