"""lx.read_corpus: metadata of the five, and plain words for every bad input."""

import shutil

import pytest

import lanxikit as lx
from lanxikit.errors import ReadingError

FIVE = {
    "haidong-2020": (None, ("海东市人民政府办公室",), "prefecture", "海东市", "630200", "2020-10-09", "2020-10-16", 2020, "清单"),
    "qinghai-gansu-2022": (
        "青政办〔2022〕5号", ("青海省人民政府办公厅", "甘肃省人民政府办公厅"), "province", "青海省、甘肃省", "630000、620000",
        "2022-02-07", None, 2022, "方案",
    ),
    "pingan-2022": ("平政办〔2022〕196号", ("海东市平安区人民政府办公室",), "county", "平安区", "630203", "2022-08-16", None, 2022, "清单"),
    "linxia-2022": ("临州办发〔2022〕29号", ("临夏回族自治州人民政府办公室",), "prefecture", "临夏回族自治州", "622900", "2022-04-02", "2022-04-07", 2022, "方案"),
    "haidong-2024": ("东政办〔2024〕69号", ("海东市人民政府办公室",), "prefecture", "海东市", "630200", "2024-07-09", None, 2024, "清单"),
}  # fmt: skip


@pytest.mark.parametrize("doc_id", FIVE)
def test_metadata(corpus, doc_id):
    row = corpus.documents.set_index("doc_id").loc[doc_id]
    found = tuple(
        None if name != "issuers" and row[name] != row[name] else row[name]
        for name in ("number", "issuers", "level", "region", "adcode", "signed", "published", "year", "genre")
    )
    assert found == FIVE[doc_id]


def test_titles(corpus):
    titles = corpus.documents.set_index("doc_id")["title"]
    assert (
        titles["haidong-2020"]
        == "海东市人民政府办公室关于印发海东市与兰州市、临夏州共同推进兰西城市群建设2020年重点任务清单的通知"
    )
    assert titles["qinghai-gansu-2022"].startswith("青海省人民政府办公厅 甘肃省人民政府办公厅关于印发")
    assert titles["linxia-2022"].endswith("《临夏州推进兰州经济圈发展“十四五”实施方案》的通知")


def test_text_is_the_decoded_file(root, corpus):
    for document in corpus:
        assert document.text.encode("utf-8") == (root / "data" / "raw" / document.source).read_bytes()


def test_corpus_is_a_collection(corpus):
    assert len(corpus) == 5 and corpus.doc_ids == [document.doc_id for document in corpus]
    with pytest.raises(lx.LanxiError, match="haidong-2020"):
        corpus["nowhere"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(tmp_path, corpus, encoding):
    (tmp_path / "a.txt").write_bytes(corpus["pingan-2022"].text.encode(encoding))
    assert lx.read_corpus(tmp_path)["a"].text == corpus["pingan-2022"].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("广东省“十四五”水利实施方案\n一、总则\n", ("province", "广东省", "440000")),
        ("海东市平安区2023年重点任务清单\n一、总则\n", ("county", "平安区", "630203")),
        (
            "浙江省水资源办法\n（2022年3月1日浙江省人民政府令第395号公布 自2022年5月1日起施行）\n第一章 总则\n",
            ("province", "浙江省", "330000"),
        ),
    ],
)
def test_place_of_a_title_without_issuer(tmp_path, text, expected):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    row = lx.read_corpus(tmp_path).documents.loc[0]
    assert (row["level"], row["region"], row["adcode"]) == expected
    if "公布" in text:
        assert row["signed"] == "2022-03-01"


def test_catalogue_overrides(tmp_path):
    (tmp_path / "a.txt").write_text("某市人民政府关于印发方案的通知\n2022年1月3日", encoding="utf-8")
    (tmp_path / "documents.csv").write_text("doc_id,file,level,signed\nx,a.txt,county,2021-05-06\n", encoding="utf-8")
    row = lx.read_corpus(tmp_path).documents.loc[0]
    assert (row["doc_id"], row["level"], row["signed"], row["year"]) == ("x", "county", "2021-05-06", 2021)


def test_catalogue_cells_as_excel_writes_them(tmp_path):
    (tmp_path / "a.txt").write_text("方案", encoding="utf-8")
    text = "doc_id,file,level,signed,issuers\nx,a.txt,县级,2022/1/5,甲县财政局、乙县财政局\n"
    (tmp_path / "documents.csv").write_bytes(text.encode("gb18030"))
    row = lx.read_corpus(tmp_path).documents.loc[0]
    assert (row["level"], row["signed"], row["issuers"]) == ("county", "2022-01-05", ("甲县财政局", "乙县财政局"))


def test_files_of_other_types_are_named(tmp_path):
    (tmp_path / "a.txt").write_text("方案", encoding="utf-8")
    (tmp_path / "b.wps").write_bytes(b"x")
    (tmp_path / "picture.svg").write_bytes(b"x")
    with pytest.warns(UserWarning, match="b.wps"):
        corpus = lx.read_corpus(tmp_path)
    assert corpus.doc_ids == ["a"] and corpus.unread["source"].tolist() == ["b.wps"]


def test_one_unreadable_file_does_not_lose_the_others(tmp_path):
    (tmp_path / "a.txt").write_text("方案", encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04 cut off")
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.txt").write_text("方案", encoding="utf-8")
    with pytest.raises(lx.LanxiError, match=r"b\.docx"):
        lx.read_corpus(tmp_path)
    with pytest.warns(UserWarning, match=r"3 file\(s\) were not read"):
        corpus = lx.read_corpus(tmp_path, on_error="skip")
    assert corpus.doc_ids == ["a"] and list(corpus.unread.columns) == ["source", "reason", "todo"]
    assert corpus.unread["source"].tolist() == ["b.docx", "c.txt", "d.txt"]
    assert (corpus.unread["todo"] != "").all()


def test_nothing_readable_is_an_error_all_the_same(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(lx.LanxiError, match="empty"):
        lx.read_corpus(tmp_path, on_error="skip")
    with pytest.raises(lx.LanxiError, match="on_error"):
        lx.read_corpus(tmp_path, on_error="ignore")


def test_one_text_in_two_files_is_said(tmp_path, corpus):
    text = corpus["pingan-2022"].text
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text.replace("\n", "\r\n"), encoding="gb18030", newline="")
    with pytest.warns(UserWarning, match=r"a\.txt and b\.txt hold the same text"):
        assert len(lx.read_corpus(tmp_path)) == 2


@pytest.mark.parametrize("ends", ["\r", "\r\n"])
def test_line_ends_stay_as_they_are(tmp_path, corpus, ends):
    text = corpus["linxia-2022"].text.replace("\n", ends)
    (tmp_path / "a.txt").write_text(text, encoding="utf-8", newline="")
    assert lx.read_corpus(tmp_path)["a"].text == text


def test_progress_is_shown_to_nobody_when_nobody_looks(tmp_path, capfd):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"方案{number}", encoding="utf-8")
    lx.read_corpus(tmp_path)
    assert capfd.readouterr() == ("", "")


def test_one_file_keeps_the_id_of_its_catalogue(root):
    assert lx.read_corpus(root / "data" / "raw" / "linxia-2022.txt").doc_ids == ["linxia-2022"]


def _empty(folder):
    (folder / "b.txt").write_bytes(b"")


def _blank(folder):
    (folder / "b.txt").write_text(" \n\u3000\n", encoding="utf-8")


def _binary(folder):
    (folder / "b.txt").write_bytes(bytes(range(256)) * 40)


def _image(folder):
    (folder / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x01\x02\x03" * 200)


def _latin(folder):
    (folder / "b.txt").write_bytes("兰州市人民政府".encode().decode("latin-1").encode("utf-8") * 40)


def _broken(folder):
    (folder / "b.txt").write_bytes(("兰州市人民政府".encode() + b"\xff\xfa") * 30)


def _twice(folder):
    shutil.copy(folder / "a.txt", folder / "b.txt")


def _same_id(folder):
    (folder / "a.md").write_text("另一个文件", encoding="utf-8")


def _absent(folder):
    (folder / "documents.csv").write_text("doc_id,file\na,a.txt\nb,b.txt\n", encoding="utf-8")


def _changed(folder):
    (folder / "documents.csv").write_text("doc_id,file,sha256\na,a.txt," + "0" * 64 + "\n", encoding="utf-8")


def _escape(folder):
    (folder / "documents.csv").write_text("doc_id,file\na,../a.txt\n", encoding="utf-8")


def _no_column(folder):
    (folder / "documents.csv").write_text("name,path\na,a.txt\n", encoding="utf-8")


def _cell(column, value):
    def write(folder):
        (folder / "documents.csv").write_text(f"doc_id,file,{column}\na,a.txt,{value}\n", encoding="utf-8")

    return write


def _listed_twice(folder):
    (folder / "documents.csv").write_text("doc_id,file\na,a.txt\nb,a.txt\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "what", "where"),
    [
        (_empty, "empty", "b.txt"),
        (_blank, "blank|empty", "b.txt"),
        (_binary, "binary|encoding", "b.txt"),
        (_image, "binary.*picture", "b.txt"),
        (_latin, "encoding", "b.txt"),
        (_broken, "encoding", "b.txt"),
        (_twice, "twice", "b.txt"),
        (_same_id, "Two files", "a"),
        (_absent, "not there", "documents.csv"),
        (_changed, "sha256", "a.txt"),
        (_escape, "own folder", "documents.csv"),
        (_no_column, "no column", "documents.csv"),
        (_listed_twice, "twice", "documents.csv, line 3"),
        (_cell("signed", "未知"), "signed", "documents.csv, line 2"),
        (_cell("signed", "2022-02-31"), "signed", "documents.csv, line 2"),
        (_cell("year", "二二年"), "year", "documents.csv, line 2"),
        (_cell("level", "高级"), "level", "documents.csv, line 2"),
    ],
)
def test_bad_input_says_what_where_and_what_to_do(tmp_path, damage, what, where):
    (tmp_path / "a.txt").write_text("关于印发方案的通知\n一、总则\n", encoding="utf-8")
    damage(tmp_path)
    with pytest.raises(lx.LanxiError, match=what) as caught:
        lx.read_corpus(tmp_path)
    assert where in caught.value.where and caught.value.todo


@pytest.mark.parametrize("source", ["nowhere", "nowhere.txt", ["nowhere.txt"], [], ["."], None, 7])
def test_missing_source(tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(lx.LanxiError) as caught:
        lx.read_corpus(source)
    assert caught.value.todo


def test_folder_without_documents(tmp_path):
    (tmp_path / "README.txt").write_text("about", encoding="utf-8")
    with pytest.raises(lx.LanxiError, match="no documents"):
        lx.read_corpus(tmp_path)


def test_messages_in_chinese(tmp_path, monkeypatch):
    monkeypatch.setenv("LANXI_LANG", "zh")
    with pytest.raises(lx.LanxiError, match="没有"):
        lx.read_corpus(tmp_path)


@pytest.mark.parametrize("source", ["", 7, None, [3]])
def test_what_names_no_files_is_told(source):
    with pytest.raises(ReadingError, match="names no files"):
        lx.read_corpus(source)


@pytest.mark.parametrize("limits", [{"seconds": -1}, {"pages": 0}, {"memory": 1}, {"bytes": "9"}])
def test_limits_that_cannot_be(limits):
    with pytest.raises(ReadingError, match=next(iter(limits))):
        lx.Limits(**limits)
