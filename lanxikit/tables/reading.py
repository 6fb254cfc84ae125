"""Tables of the reading stage."""

from lanxikit.tables.schema import Column, Table

LEVEL_NAMES = {  # English, Chinese
    "country": ("country", "国家"),
    "province": ("province", "省级"),
    "prefecture": ("prefecture", "市州级"),
    "county": ("county", "区县级"),
    "township": ("township", "乡镇级"),
}
LEVELS = tuple(LEVEL_NAMES)
RELATIONS = ("descends", "cites", "sibling", "predates", "unrelated")

DOCUMENTS = Table(
    "documents",
    "A row a document, with what the document says of itself.",
    (
        Column("doc_id", "string", "name of the document in every table"),
        Column("title", "string", "full title, line breaks gone", missing=True),
        Column("number", "string", "发文字号, e.g. 青政办〔2022〕5号", missing=True),
        Column("issuers", "tuple", "issuing bodies, the leading one first"),
        Column("level", "string", "administrative level of the issuers", values=LEVELS, missing=True),
        Column("region", "string", "region of the issuers, full name; several joined by 、", missing=True),
        Column("adcode", "string", "GB/T 2260 code(s) of the region, six digits; several joined by 、", missing=True),
        Column("signed", "date", "成文日期, ISO", missing=True),
        Column("published", "date", "发布日期 given by the page, ISO", missing=True),
        Column("year", "integer", "year of signing, or of publishing where that is all there is", missing=True),
        Column("genre", "string", "genre of the policy text itself: 规划, 方案, 清单, 意见 …", missing=True),
        Column("source", "string", "file name"),
        Column("sha256", "string", "SHA-256 of the file's bytes"),
        Column("n_chars", "integer", "length of the decoded text in characters (code points)", low=0),
        Column("index_number", "string", "索引号 that the page gives, e.g. 015000185/2022-00047", missing=True),
        Column("theme", "string", "主题分类 that the page gives; several joined by 、 as written", missing=True),
        Column("reader", "string", "html, docx, pdf text, ocr; of plain text the encoding (gb18030)", missing=True),
    ),
    key=("doc_id",),
)

LINEAGE = Table(
    "lineage",
    "A row an ordered pair of documents: what the lower one says of the upper one.",
    (
        Column("upper_id", "string", "the document that might be the parent"),
        Column("lower_id", "string", "the document that might be the child"),
        Column(
            "relation",
            "string",
            "descends: rests on it; cites: mentions it; sibling: both rest on a third; "
            "predates: the lower one is older; unrelated",
            values=RELATIONS,
        ),
        Column("evidence", "string", "the passage that says so, as it stands in the lower document", missing=True),
        Column("start", "integer", "where the evidence starts in the lower document, characters", missing=True),
        Column("end", "integer", "where it ends, exclusive", missing=True),
    ),
    key=("upper_id", "lower_id"),
    links=(("upper_id", "documents", "doc_id"), ("lower_id", "documents", "doc_id")),
)

BASES = Table(
    "bases",
    "A row a document that a document names as its basis, whether it is in the corpus or not.",
    (
        Column("doc_id", "string", "the document"),
        Column("basis", "string", "the named document or agreement, as written, without its marks"),
        Column("basis_id", "string", "its doc_id where it is in the corpus", missing=True),
        Column("number", "string", "its 发文字号, where the document states it", missing=True),
        Column("year", "integer", "year of that number, or the year that its name gives", missing=True),
        Column("cue", "string", "the word that makes it a basis: 根据, 贯彻, 落实 …"),
        Column("start", "integer", "where the name starts in the document, characters", low=0),
        Column("end", "integer", "where it ends, exclusive", low=0),
    ),
    links=(("doc_id", "documents", "doc_id"),),
)
