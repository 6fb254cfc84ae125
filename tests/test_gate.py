"""Files that mean harm, or are not what their name says: each a clear error, none costs more than a moment."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from types import SimpleNamespace

import pytest
from docx_fixtures import docx, p

import lanxikit as lx
from lanxikit.errors import ReadingError
from lanxikit.reading.formats import gate, worker
from lanxikit.reading.formats.docx import read
from lanxikit.reading.formats.limits import Limits
from lanxikit.reading.formats.package import Package
from lanxikit.reading.formats.workshop import Workshop
from tests.clock import within

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60


def packed(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in members.items():
            package.writestr(name.replace("__", "/"), text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(p("甲")), "docx"), (packed(xl__workbook="x"), "xlsx"), (packed(OFD_="x").replace(b"OFD_", b"OFD.xml"), "ofd"),
        (packed(a="x"), "zip"), (OLE, "ole"), (OLE + "EncryptedPackage".encode("utf-16-le"), "locked"), (b"{\\rtf1 x}", "rtf"),
        (b"%PDF-1.4", "pdf"), (b"\0\0\n%PDF-1.4", "pdf"), (PNG, "png"), (b"\xff\xd8\xff\xe0", "jpeg"), (b"II*\0", "tiff"),
        (b"  <!DOCTYPE html><p>", "html"), (b"\xef\xbb\xbf<html>", "html"), ("<html>".encode("utf-16"), "html"),
        (b"<?xml version='1.0'?><!-- x --><html>", "html"), (b"<?mso-application progid='Word.Document'?>", "word xml"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "mht"), (b"MZ\x90\0", "program"), (b"MZ is text", "text"), (b"7z\xbc\xaf\x27\x1c", "archive"),
        ("兰州市".encode("gb18030"), "text"), (b" \n", "empty"), (b"BM is text", "text"), (b"<!---->" * 600, "text"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_content(data, kind):
    assert gate.kind(data) == kind


@pytest.mark.parametrize(
    ("suffix", "data", "what", "todo"),
    [
        (".docx", OLE, "old Office", "save it as .docx"),
        (".docx", b"<html><body>x", "web page", ".html"),
        (".docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password", "without"),
        (".docx", packed(xl__workbook="x"), "Excel", ".docx"),
        (".docx", b"{\\rtf1 x}", "RTF", ".docx"),
        (".docx", PNG, "picture", ".png"),
        (".docx", b"", "empty", "again"),
        (".pdf", b"this is no pdf at all", "no PDF", "again"),
        (".pdf", b"<html>404 not found", "web page", ".html"),
        (".pdf", docx(p("甲")), "Word document", ".docx"),
        (".html", b"%PDF-1.7", "PDF", ".pdf"),
        (".html", b"MIME-Version: 1.0\nmultipart/related", "web archive", "HTML only"),
        (".txt", docx(p("甲")), "not text", ".docx"),
        (".txt", b"<!doctype html><p>x", "not text", ".html"),
        (".jpg", b"GIF89a", "picture", None),
        (".png", b"MZ\x90\0", "program", "Remove"),
    ],
)  # fmt: skip
def test_name_and_content_must_agree(tmp_path, suffix, data, what, todo):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    with pytest.raises(ReadingError, match=what) as caught:
        lx.read_corpus(path)
    assert caught.value.where.endswith(path.name) and (todo or "") in caught.value.todo


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".ofd", ".rtf", ".odt", ".xlsx", ""])
def test_types_that_are_not_read(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(OLE)
    with pytest.raises(ReadingError, match="cannot be read") as caught:
        lx.read_corpus(path)
    assert ("Word or WPS" in caught.value.todo) == (suffix in (".doc", ".wps", ".ofd", ".rtf", ".odt"))


def bomb(size=40_000_000):
    """A .docx of some 40 kB whose text unpacks to ``size`` bytes of valid XML."""
    return docx(p("甲" * 10 + " " * size))


def lying(declared=1_000):
    """A .docx whose directory understates what its text unpacks to."""
    data = bytearray(docx(p("甲" + " " * 5_000_000)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        info = package.getinfo("word/document.xml")
    real = struct.pack("<L", info.file_size)
    assert data.count(real) >= 2
    return bytes(data).replace(real, struct.pack("<L", declared))


def overlapping(count=900):
    """Many members that share one packed stream, as in the best known non-nested bomb."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = body.compress(b" " * 900_000) + body.flush()
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(b" " * 900_000), len(stream), 900_000, 1, 0) + b"x" + stream
    rows = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, zlib.crc32(b" " * 900_000), len(stream), 900_000, 10, 0, 0, 0, 0, 0, 0)
        + b"word/%05d" % number
        for number in range(count)
    )
    return local + rows + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(rows), len(local), 0)


def crowd():
    return docx(p("甲"), members={f"word/{number}": b"" for number in range(6_000)})


@pytest.mark.parametrize("make", [bomb, overlapping, crowd, lambda: docx(p("甲"), members={"word/media/a": b"\0" * 3_000_000})])
def test_zip_bombs_are_told_by_the_directory(make):
    data = make()

    def admit():
        with pytest.raises(ReadingError, match="too much") as caught:
            gate.admit(data, "a.docx", ".docx")
        assert caught.value.todo

    within(1, admit)


def test_a_directory_that_lies_is_found_out():
    with pytest.raises(ReadingError, match="damaged"):
        read(lying(), "a.docx")


def test_a_part_is_never_unpacked_beyond_the_limit():
    with pytest.raises(ReadingError, match="too much"):
        Package(docx(p("甲" * 50_000)), "a.docx", Limits(part=10_000)).read("word/document.xml")


def test_a_bomb_inside_a_document_is_not_opened():
    reading = read(docx(p("甲"), members={"word/embeddings/b.zip": bomb(1_000_000)}), "a.docx")
    assert reading.text == "甲\n"


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY {b} '{'&' + a + ';'}{'&' + a + ';'}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"


@pytest.mark.parametrize("prolog", [LAUGHS, OUTSIDE, "<!DOCTYPE x SYSTEM 'http://192.0.2.1/x.dtd'>", "<!DOCTYPE x>"])
def test_document_types_and_entities_are_refused(prolog):
    entity = "&i;" if prolog is LAUGHS else "&e;" if prolog is OUTSIDE else ""
    with pytest.raises(ReadingError, match="document type or entities"):
        read(docx(f"<w:p><w:r><w:t>AA{entity}BB</w:t></w:r></w:p>", prolog=prolog), "a.docx")


@pytest.mark.parametrize("part", ["styles", "numbering", "footnotes"])
def test_and_so_they_are_in_the_other_parts(part):
    with pytest.raises(ReadingError, match="document type or entities"):
        read(docx(p("甲", inside='<w:r><w:footnoteReference w:id="1"/></w:r>'), **{part: f"<?xml version='1.0'?>{LAUGHS}<x/>"}), "a.docx")


def test_a_utf_16_part_cannot_hide_its_document_type():
    text = f"<?xml version='1.0' encoding='UTF-16'?>{LAUGHS}<x/>".encode("utf-16")
    with pytest.raises(ReadingError, match="document type or entities"):
        read(docx(p("甲"), styles=text), "a.docx")


@pytest.mark.parametrize("part", ["", "x", "<x", "<x/><x/>", "<x>" * 5_000, "<?xml version='1.0' encoding='utf-7'?><x/>"])
def test_parts_that_are_no_xml(part):
    with pytest.raises(ReadingError, match="damaged"):
        read(docx(p("甲"), styles=part), "a.docx")


def test_truncated_documents_at_any_place():
    data = docx(p("兰州市" * 200))
    for end in range(0, len(data), 37):
        with pytest.raises(ReadingError):
            gate.admit(data[:end], "a.docx", ".docx")
            read(data[:end], "a.docx")


def test_flipped_bytes_never_crash():
    data = docx(p("兰州市" * 50))
    for place in range(0, len(data), 11):
        spoilt = data[:place] + bytes([data[place] ^ 0x5A]) + data[place + 1 :]
        try:
            gate.admit(spoilt, "a.docx", ".docx")
            read(spoilt, "a.docx")
        except ReadingError as error:
            assert error.where == "a.docx" and error.todo


def test_large_files_are_not_even_loaded(tmp_path):
    path = tmp_path / "a.docx"
    with path.open("wb") as stream:
        stream.truncate(300_000_000)
    with pytest.raises(ReadingError, match="300,000,000 bytes"):
        lx.read_corpus(path)
    (tmp_path / "b.txt").write_text("兰州市" * 100, encoding="utf-8")
    with pytest.raises(ReadingError, match="900 bytes"):
        lx.read_corpus(tmp_path / "b.txt", limits=Limits(bytes=800))


# The worker: a reader module of ours that hangs, dies or eats memory when told to.
ROGUE = '''
import os, time
from lanxikit.reading.formats.reading import Reading, page_done

def read(data, name):
    word = data.decode()
    if "hang" in word:
        while True: pass
    if "sleep" in word:
        time.sleep(600)
    if "die" in word:
        os.abort()
    if "quit" in word:
        os._exit(3)
    if "eat" in word:
        held = []
        while True: held.append(b"x" * 5_000_001)
    if "pages" in word:
        for _ in range(5):
            time.sleep(0.7)
            page_done()
    if "raise" in word:
        raise KeyError("x")
    if "print" in word:
        print("noise"); os.write(1, b"more noise\\n")
    return Reading(word, "rogue " + str(os.getpid()))
'''


@pytest.fixture
def rogue(tmp_path, monkeypatch):
    """Workers whose reader of .html does what the file says."""
    start = "import sys; sys.modules['lanxikit.reading.formats.html'] = __import__('rogue')\nfrom lanxikit.reading.formats import worker; worker.main()"
    (tmp_path / "rogue.py").write_text(ROGUE, encoding="utf-8")
    begin = subprocess.Popen

    def popen(command, **options):
        options["env"] = options["env"] | {"PYTHONPATH": os.pathsep.join((str(tmp_path), options["env"]["PYTHONPATH"]))}
        return begin([*command[: command.index("-m")], "-c", start], **options)

    monkeypatch.setattr(subprocess, "Popen", popen)
    with Workshop(Limits(seconds=2, memory=300_000_000)) as workshop:
        yield workshop


@pytest.mark.parametrize(
    ("word", "what"),
    [("hang", "more than 2 seconds"), ("sleep", "more than 2 seconds"), ("die", "parser failed"), ("quit", "parser failed"),
     ("eat", "memory"), ("raise", "KeyError")],
)  # fmt: skip
def test_a_worker_that_fails_is_replaced(rogue, word, what):
    before = rogue.read(b"fine", "a.html", ".html").reader
    start = time.monotonic()
    with pytest.raises(ReadingError, match=what) as caught:
        rogue.read(word.encode(), "b.html", ".html")
    assert caught.value.where == "b.html" and caught.value.todo and time.monotonic() - start < 10
    after = rogue.read(b"fine", "c.html", ".html").reader
    assert (after == before) == (word == "raise")


def test_what_a_parser_prints_does_not_disturb(rogue):
    assert rogue.read(b"print", "a.html", ".html").text == "print\n"
    assert rogue.read(b"fine", "a.html", ".html").text == "fine\n"


def test_the_time_counts_anew_for_every_page(rogue):
    assert rogue.read(b"pages", "a.html", ".html").text == "pages\n"


@pytest.mark.skipif(
    sys.platform != "linux",
    reason="only Linux ends what goes over RLIMIT_AS: macOS takes the limit and lets it pass, Windows has none; "
    "there the caller watches (test_memory_is_watched_from_outside_where_the_system_sets_no_limit)",
)
def test_memory_is_capped_by_the_system_too(rogue, monkeypatch):
    monkeypatch.setattr("lanxikit.reading.formats.workshop._meter", lambda pid: lambda: 0)
    with pytest.raises(ReadingError, match="memory"):
        rogue.read(b"eat", "a.html", ".html")


def test_memory_is_watched_from_outside_where_the_system_sets_no_limit(rogue, tmp_path):
    """As on Windows: the worker has no module ``resource``."""
    (tmp_path / "rogue.py").write_text(f"import sys; sys.modules['resource'] = None\n{ROGUE}", encoding="utf-8")
    with pytest.raises(ReadingError, match="memory"):
        rogue.read(b"eat", "a.html", ".html")
    assert rogue.read(b"fine", "b.html", ".html").text == "fine\n"


@pytest.mark.parametrize(("hard", "least", "most"), [(-1, 1_000, 2**63), (700, 700, 700)], ids=["no limit yet", "a lower one"])
def test_the_limit_the_system_is_asked_for(monkeypatch, hard, least, most):
    asked = []
    system = SimpleNamespace(
        RLIMIT_AS=9, getpagesize=lambda: 4096, getrlimit=lambda what: (-1, hard), setrlimit=lambda *how: asked.append(how)
    )
    monkeypatch.setitem(sys.modules, "resource", system)
    worker._cap(1_000)
    [(what, (soft, kept))] = asked
    assert what == 9 and kept == hard and least <= soft <= most


def test_a_system_without_limits_is_no_error(monkeypatch):
    monkeypatch.setitem(sys.modules, "resource", None)
    assert worker._cap(1_000) is None


def test_one_worker_serves_many_files_and_threads(rogue):
    found = []

    def several():
        found.extend(rogue.read(b"fine %d" % number, "a.html", ".html") for number in range(20))

    threads = [threading.Thread(target=several) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(found) == 80 and len({reading.reader for reading in found}) == 1


def test_a_worker_ends_with_its_caller(tmp_path):
    code = (
        "from lanxikit.reading.formats.workshop import Workshop; import os\n"
        "w = Workshop(); w.read(b'<p>x</p>', 'a.html', '.html'); print(w._process.pid, flush=True); os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    psutil = pytest.importorskip("psutil")
    end = time.monotonic() + 10
    while psutil.pid_exists(int(done.stdout)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not psutil.pid_exists(int(done.stdout))


def test_a_script_without_a_main_guard(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.docx").write_bytes(docx(p("兰州市发展规划")))
    (tmp_path / "run.py").write_text("import lanxikit as lx\nprint(lx.read_corpus('data').documents['reader'].tolist())", "utf-8")
    done = subprocess.run([sys.executable, "run.py"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "['docx']", done.stderr
