"""Encodings: exact text, or a plain word; damage is shown and counted."""

from __future__ import annotations

import codecs
import contextlib
import random

import pytest

import lanxikit as lx
from lanxikit.errors import ReadingError
from lanxikit.reading.damaged import LOST, mended
from lanxikit.reading.decode import decode, decoded
from lanxikit.text.fold import fold, narrow
from tests.clock import within

SIMPLE = (
    "兰州市人民政府关于印发《兰州—西宁城市群发展“十四五”实施方案》的通知\n各县（区）人民政府：\n一、总体要求\n（一）推进产业协同发展，"
    "到2025年达到30%以上。（责任单位：市发展改革委、湟中区政府）\n\n①完善体制机制；②加强组织领导。\n"
)
TRADITIONAL = (
    "蘭州市人民政府關於印發發展規劃的通知\n各縣區人民政府：\n一、總體要求\n（一）推進產業協同發展，到2025年達到30%以上。（責任單位：市發展改革委）\n"
)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_exact_in_every_encoding(encoding, ends):
    text = SIMPLE.replace("\n", ends)
    assert decoded(text.encode(encoding))[::2] == (text, 0)


@pytest.mark.parametrize("encoding", [*ENCODINGS, "big5", "big5hkscs", "cp950"])
def test_traditional_text(encoding):
    assert decoded(TRADITIONAL.encode(encoding))[::2] == (TRADITIONAL, 0)


@pytest.mark.parametrize("text", ["兰州市", "海东市人民政府", "一、总则", "蘭州市政府", "湟中区", "G109线改扩建"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_few_characters_are_enough(text, encoding):
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("length", [10, 30, 100])
def test_pieces_of_the_five(corpus, encoding, length):
    chance, wrong = random.Random(0), 0
    for _ in range(150):
        text = chance.choice(list(corpus)).text
        start = chance.randrange(len(text) - length)
        piece = text[start : start + length]
        if piece.strip() and not piece.isascii():
            wrong += decode(piece.encode(encoding))[0] != piece
    assert wrong <= 1


def spoilt(data, kind, chance):
    place, data = chance.randrange(len(data) // 4, len(data)), bytearray(data)
    if kind == "changed":
        data[place] = 0xFF
    elif kind == "lost":
        del data[place]
    else:
        data = data[:place]
    return bytes(data)


@pytest.mark.parametrize("kind", ["changed", "lost", "cut off"])
@pytest.mark.parametrize(("encoding", "text"), [("utf-8", SIMPLE), ("gb18030", SIMPLE), ("big5", TRADITIONAL)], ids=["utf-8", "gb18030", "big5"])
def test_a_damaged_byte_costs_little(encoding, text, kind):
    chance, text = random.Random(1), text * 3
    for _ in range(40):
        found = decoded(spoilt(text.encode(encoding), kind, chance))
        assert found.encoding == encoding and found.damaged <= 2 and found.text.count(LOST) <= 4
        assert found.damaged or kind != "changed"
        whole = text[: len(found.text)] if kind == "cut off" else text
        right = set(whole.split("\n")) & set(found.text.split("\n"))
        assert len(right) >= len(set(whole.split("\n"))) - 2  # the line with the damage, or the two parts of it


def test_the_text_after_a_lost_byte_is_in_step_again():
    text = "推进产业协同发展，完善基础设施，加强组织领导"
    data = text.encode("gb18030")
    for place in range(len(data) - 8):
        found = mended(b"\xd2\xbb\xa1\xa2\n" + data[:place] + data[place + 1 :] + b"\n")
        assert found.startswith("一、\n") and found.endswith("领导\n") and LOST in found
        assert sum(a == b for a, b in zip(reversed(found), reversed(text + "\n"), strict=False)) >= len(text) - place // 2 - 3


def test_damage_is_said_and_the_share_is_small(tmp_path):
    data = SIMPLE.encode() * 20
    (tmp_path / "a.txt").write_bytes(data[:1000] + b"\xff" + data[1000:])
    with pytest.warns(UserWarning, match=r"a\.txt: 1 place"):
        corpus = lx.read_corpus(tmp_path)
    assert LOST in corpus["a"].text and corpus.notes["doc_id"].tolist() == ["a"]
    (tmp_path / "a.txt").write_bytes(b"\xff".join(data[start : start + 60] for start in range(0, 3000, 60)))
    with pytest.raises(ReadingError, match="damaged"):
        lx.read_corpus(tmp_path)


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 40, b"\xff" * 5_000, random.Random(2).randbytes(5_000).replace(b"\0", b""),
     "Ā兰州".encode("utf-16-le")[:5] * 100, ("兰州市人民政府".encode().decode("latin-1") * 20).encode(), (LOST * 9 + "兰州市").encode() * 20,
     codecs.BOM_UTF16_LE + b"\x00\xd8" * 300],
)  # fmt: skip
def test_what_is_no_text_is_refused(data):
    with pytest.raises(ReadingError) as caught:
        decode(data, "a.txt")
    assert caught.value.where == "a.txt" and caught.value.todo


@pytest.mark.parametrize(
    "data",
    [b"\x81" * 100_001, b"\xb0" * 99_999 + b"\n", (b"\xb0\xa1" * 30 + b"\xff") * 1_600, b"\x00" * 100_000, b"\r" * 100_000, b"\xe5\x85" * 50_000,
     b"\xff\n" * 50_000],
)  # fmt: skip
def test_hostile_bytes_take_no_time(data):
    def read():
        with contextlib.suppress(ReadingError):
            decode(data)

    within(1, read)


def test_damage_that_was_saved_is_not_counted_as_ours():
    assert decoded((SIMPLE * 5 + LOST).encode()).damaged == 0


def test_the_catalogue_may_name_the_encoding(tmp_path):
    (tmp_path / "a.txt").write_bytes("規劃".encode("cp950"))
    (tmp_path / "documents.csv").write_text("doc_id,file,encoding\na,a.txt,Big5\n", encoding="utf-8")
    corpus = lx.read_corpus(tmp_path)
    assert corpus["a"].text == "規劃" and corpus.documents.loc[0, "reader"] == "big5"


@pytest.mark.parametrize(("name", "what"), [("big6", "no encoding"), ("utf-16", "damaged|UTF-16"), ("hex", "no encoding"), ("ascii", "ascii")])
def test_a_wrong_name_is_said(tmp_path, name, what):
    (tmp_path / "a.txt").write_bytes(SIMPLE.encode("gb18030") + b"x")
    (tmp_path / "documents.csv").write_text(f"doc_id,file,encoding\na,a.txt,{name}\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=what):
        lx.read_corpus(tmp_path)


@pytest.mark.parametrize(("encoding", "reader"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gbk", "gb18030"), ("utf-16", "utf-16")])
def test_the_reader_column_names_the_encoding(tmp_path, encoding, reader):
    (tmp_path / "a.txt").write_text(SIMPLE, encoding=encoding, newline="")
    assert lx.read_corpus(tmp_path).documents.loc[0, "reader"] == reader


def test_traditional_characters_are_folded_one_for_one():
    text = "責任單位：市發展改革委；到2025年達到30%，關於以後"
    assert fold(text) == "责任单位:市发展改革委;到2025年达到30%,关于以后"
    assert narrow(text) == text.replace("：", ":").replace("；", ";").replace("，", ",")


def test_what_simplified_texts_write_stays():
    assert fold("乾隆、著作、藉口、象徵、瞭望") == "乾隆、著作、藉口、象徵、瞭望"


def test_a_file_in_big5_is_read_by_the_rules():
    text, encoding = decode("關於印發產業行動計劃的通知\n責任單位：市發展改革委".encode("big5") * 3)
    assert encoding == "big5" and "责任单位:市发展改革委" in fold(text)
