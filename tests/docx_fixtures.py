"""Word files written part by part, so that a test can hold exactly what Word would."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
KINDS = {"styles.xml": "styles", "numbering.xml": "numbering", "footnotes.xml": "footnotes", "endnotes.xml": "endnotes",
         "header1.xml": "header", "footer1.xml": "footer"}  # fmt: skip


def p(text: str = "", properties: str = "", inside: str = "") -> str:
    """A paragraph."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}{inside}</w:p>"


def listed(text: str, number: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def tc(text: str, look: str = "") -> str:
    """A table cell."""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def tbl(*rows: list[str]) -> str:
    """A table."""
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def level(place: int, form: str, pattern: str, more: str = "", start: int | None = 1) -> str:
    """A level of a list definition."""
    first = "" if start is None else f'<w:start w:val="{start}"/>'
    return f'<w:lvl w:ilvl="{place}">{first}<w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>'


def numbering(definitions: dict[int, list[str]], nums: dict[int, tuple[int, str]], inside: str = "") -> str:
    """numbering.xml: definitions by id, lists by id with their definition and overrides."""
    parts = [f'<w:abstractNum w:abstractNumId="{key}">{"".join(rows)}</w:abstractNum>' for key, rows in definitions.items()]
    parts += [f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>' for key, (of, more) in nums.items()]
    return f"<w:numbering {NAMES}>{inside}{''.join(parts)}</w:numbering>"


def docx(body: str, *, members: dict[str, bytes] | None = None, prolog: str = "", names: str = NAMES, **parts: str) -> bytes:
    """A .docx; parts by name without ending (``styles="<w:styles …>"``), other members by path."""
    main = f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document {names}><w:body>{body}</w:body></w:document>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": main,
    }
    rows = []
    for name, text in parts.items():
        files[f"word/{name}.xml"] = text
        rows.append(f'<Relationship Id="{name}" Type="{R}/{KINDS[name + ".xml"]}" Target="{name}.xml"/>')
    rows.append(f'<Relationship Id="out" Type="{R}/attachedTemplate" Target="http://192.0.2.1/x.dotm" TargetMode="External"/>')
    files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (files | (members or {})).items():
            package.writestr(name, text)
    return out.getvalue()
