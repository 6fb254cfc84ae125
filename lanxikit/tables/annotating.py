"""Tables of the annotating stage."""

from lanxikit.tables.reading import LEVELS
from lanxikit.tables.schema import Column, Table

PLACES = Table(
    "places",
    "A row a place named in a leaf: an administrative division or a functional area.",
    (
        Column("unit_id", "string", "the leaf"),
        Column("place", "string", "as written"),
        Column("name", "string", "official full name, without the divisions above; usual name of a functional area"),
        Column("adcode", "string", "GB/T 2260, six digits; of a functional area where it lies, several joined by 、"),
        Column("level", "string", "administrative level; missing for a functional area", values=LEVELS, missing=True),
        Column("parent", "string", "name of the division above; of a functional area where it lies", missing=True),
        Column("kind", "string", "what it is", values=("administrative", "functional area")),
        Column("start", "integer", "where the mention starts in the source file, characters", low=0),
        Column("end", "integer", "where it ends, exclusive", low=0),
        Column("part", "string", "where it stands in the leaf", values=("heading", "text")),
    ),
    links=(("unit_id", "units", "unit_id"),),
)

PROJECTS = Table(
    "projects",
    "A row a named project in a leaf.",
    (
        Column("unit_id", "string", "the leaf"),
        Column("project", "string", "full name; the words as written stand at start:end"),
        Column(
            "type",
            "string",
            "what is built",
            values=(
                "road",
                "rail",
                "air",
                "water",
                "energy",
                "industry",
                "agriculture",
                "culture",
                "education",
                "health",
                "environment",
                "logistics",
                "digital",
                "urban",
                "relief",
                "zone",
                "other",
            ),
        ),
        Column("action", "string", "verb that says what is done with it: 开工建设, 推进 …; empty in a list"),
        Column("start", "integer", "where the name starts in the source file, characters", low=0),
        Column("end", "integer", "where it ends, exclusive", low=0),
        Column("name", "string", "name with the class word that a list shares: 杨家 … 等水库 gives 杨家水库"),
    ),
    links=(("unit_id", "units", "unit_id"),),
)

TARGETS = Table(
    "targets",
    "A row a number that a unit commits to.",
    (
        Column("unit_id", "string", "leaf unit"),
        Column("indicator", "string", "what is counted or measured, in the words of the text", missing=True),
        Column(
            "comparator",
            "string",
            "how the number is meant; increase, decrease: the size of a change",
            values=("=", ">=", "<=", "~", "range", "increase", "decrease"),
        ),
        Column("value", "number", "the number, in the column unit; the lower end of a range"),
        Column("value_high", "number", "upper end of a range, in the column unit", missing=True),
        Column("unit", "string", "unit of measure with its 万 or 亿: 套, 万亩, 亿元, %"),
        Column("deadline", "string", "ISO year, month or day that governs the number", missing=True),
        Column(
            "kind",
            "string",
            "target; breakdown: part of the number before; capacity: size of a thing named, no goal",
            values=("target", "breakdown", "capacity"),
        ),
        Column("quote", "string", "the words, as in the unit's text"),
        Column("start", "integer", "where they start in the decoded file, characters", low=0),
        Column("end", "integer", "where they end, exclusive", low=0),
        Column("number", "string", "the number and its unit as written"),
        Column("change", "string", "up or down where the number is the size of a change", missing=True),
        Column("baseline", "number", "starting value (由60%提高到70%), in the column unit", missing=True),
        Column("every", "string", "rhythm of a recurring target: 年, 月, 季度", missing=True),
        Column("part", "string", "what a breakdown row is a part for, in the words of the text", missing=True),
    ),
    key=("unit_id", "start", "end", "number"),
    links=(("unit_id", "units", "unit_id"),),
)

RESPONSIBILITIES = Table(
    "responsibilities",
    "A row an agency that a unit makes answerable, in one role.",
    (
        Column("unit_id", "string", "leaf unit"),
        Column(
            "role",
            "string",
            "after the document's own words: lead 牵头, responsible 责任单位 and 按职责分工负责, support 配合",
            values=("lead", "responsible", "support"),
        ),
        Column("agency", "string", "full name, shared parts and 两省, 三市州 resolved; otherwise as written"),
        Column("agency_raw", "string", "the words it rests on, from that of its place to that of its field"),
        Column("function", "string", "field of policy that it serves, the same at every level", missing=True),
        Column(
            "level",
            "string",
            "administrative level of jurisdiction; of the places meant where they are unnamed (各县区政府)",
            values=LEVELS,
            missing=True,
        ),
        Column("jurisdiction", "string", "official name of the division whose agency it is", missing=True),
        Column("open_list", "boolean", "the list it stands in closes with 等, 等部门, 等单位"),
        Column("expanded", "boolean", "the name was put together from more than the written one"),
        Column("start", "integer", "where agency_raw starts in the decoded file, characters", low=0),
        Column("end", "integer", "where it ends, exclusive", low=0),
        Column("adcode", "string", "GB/T 2260 code of jurisdiction, six digits", missing=True),
        Column("fields", "tuple", "all fields of policy that it serves, the main one first"),
        Column("word", "string", "the document's own word for the role: 牵头, 指导单位; 责任单位 where it has none"),
    ),
    key=("unit_id", "role", "agency"),
    links=(("unit_id", "units", "unit_id"),),
)

DEADLINES = Table(
    "deadlines",
    "A row a time limit of a unit.",
    (
        Column("unit_id", "string", "leaf unit"),
        Column("deadline", "string", "ISO year, month or day; missing where it recurs or has no date", missing=True),
        Column("expression", "string", "the words, as written"),
        Column(
            "resolution",
            "string",
            "how fine the limit is; recurring: each month, each year",
            values=("year", "month", "day", "recurring"),
        ),
        Column(
            "basis",
            "string",
            "stated in full; counted from the document's date (年内); last year of a plan (“十四五”期间)",
            values=("stated", "relative to document date", "plan period"),
        ),
        Column("start", "integer", "where the words start in the decoded file, characters", low=0),
        Column("end", "integer", "where they end, exclusive", low=0),
    ),
    key=("unit_id", "start"),
    links=(("unit_id", "units", "unit_id"),),
)

COMMITMENT = Table(
    "commitment",
    "A row a verb that heads or ends a clause, on an ordered scale.",
    (
        Column("unit_id", "string", "leaf unit"),
        Column("verb", "string", "the verb, as written"),
        Column("strength", "integer", "place on the scale of commitment_verbs.tsv, 1 the weakest (ordinal)", low=1),
        Column("stage", "string", "its name: explore, encourage, prepare, advance, carry out, start, complete; forbid"),
        Column("clause", "string", "the words of the clause"),
        Column("hedge", "string", "words before the verb that take something back, joined by 、", missing=True),
        Column("start", "integer", "where the verb starts in the decoded file, characters", low=0),
        Column("end", "integer", "where it ends, exclusive", low=0),
        Column("emphasis", "string", "words before the verb that add weight, joined by 、", missing=True),
        Column(
            "place",
            "string",
            "head: heads the clause; result: ends it; inner: stands within it",
            values=("head", "result", "inner"),
        ),
    ),
    key=("unit_id", "start"),
    links=(("unit_id", "units", "unit_id"),),
)

INSTRUMENTS = Table(
    "instruments",
    "A row a word that suggests a policy instrument (Rothwell & Zegveld 1985).",
    (
        Column("unit_id", "string", "leaf unit"),
        Column("instrument", "string", "the class", values=("supply", "environment", "demand")),
        Column("tool", "string", "the sub-tool"),
        Column("word", "string", "the word that suggests it"),
        Column("start", "integer", "where the word starts in the decoded file, characters", low=0),
        Column("end", "integer", "where it ends, exclusive", low=0),
    ),
    key=("unit_id", "start"),
    links=(("unit_id", "units", "unit_id"),),
)

FINDINGS = Table(
    "findings",
    "A row a thing read in a unit, of whatever kind: what lx.explain shows.",
    (
        Column("unit_id", "string", "leaf unit"),
        Column(
            "finding",
            "string",
            "its kind",
            values=("duty", "target", "deadline", "place", "project", "commitment", "instrument"),
        ),
        Column("says", "string", "what was read, in one line"),
        Column("start", "integer", "where the words start in the source file, characters", low=0),
        Column("end", "integer", "where they end, exclusive", low=0),
    ),
    links=(("unit_id", "units", "unit_id"),),
)
