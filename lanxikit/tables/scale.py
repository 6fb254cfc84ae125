"""Tables of a run over many documents, beside those of the stages."""

from lanxikit.tables.schema import Column, Table

TEXTS = Table(
    "texts",
    "A row a document: the text in which all offsets count.",
    (
        Column("doc_id", "string", "the document"),
        Column("text", "string", "the decoded file, or what its reader made of it, unchanged"),
    ),
    key=("doc_id",),
    links=(("doc_id", "documents", "doc_id"),),
)

REMARKS = Table(
    "remarks",
    "A row a remark of a reader, such as a page without text or places that are damaged.",
    (
        Column("doc_id", "string", "the document"),
        Column("note", "string", "the remark, in the language of the run"),
    ),
    links=(("doc_id", "documents", "doc_id"),),
)

UNREAD = Table(
    "unread",
    "A row a file or folder that could not be read, and is in no other table.",
    (
        Column("path", "string", "where it lies, from the source folder on, with /"),
        Column("reason", "string", "what is wrong, in the language of the run"),
        Column("todo", "string", "what to do about it", missing=True),
    ),
)
