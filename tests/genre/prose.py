"""Sentences with their targets, drawn from a bank of templates."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from .paper import Target

_SLOT = re.compile(
    r"<([^<>|]*)\|([^<>|]*)\|(>=|<=|=|~|range|increase|decrease)>|\[([^\[\]|]*)\|([^\[\]|]*)\|([^\[\]|]*)\|([^\[\]|]*)\]"
)


@dataclass(frozen=True)
class Region:
    """Where a document comes from."""

    name: str
    level: str
    prefix: str
    sign: str
    places: tuple[str, ...]
    locals_: str

    @property
    def shire(self) -> str:
        return self.prefix


@dataclass
class Author:
    """Writes prose and lists for one document: one region, one year, its own habits."""

    rng: random.Random
    bank: object
    region: Region
    year: int

    @classmethod
    def of(cls, rng: random.Random, bank: object, level: str = "pmc") -> Author:
        rows = [row for row in bank.REGIONS if row[1] in level]
        return cls(rng, bank, Region(*rng.choice(rows)), rng.choice((2021, 2022, 2023, 2024)))

    def fields(self, count: int) -> list[str]:
        """Names of fields of policy, no two alike while there are enough."""
        names = list(self.bank.FIELDS)
        self.rng.shuffle(names)
        return (names * (1 + count // len(names)))[:count]

    def pick(self, field: str, what: str, count: int) -> list[str]:
        """``count`` wordings of a field (chapters, sections, items, plain …), none twice while there are enough."""
        rows = list(self.bank.FIELDS[field][what])
        self.rng.shuffle(rows)
        if count <= len(rows):
            return rows[:count]
        others = [row for name in self.bank.FIELDS if name != field for row in self.bank.FIELDS[name][what]]
        self.rng.shuffle(others)
        return (rows + others)[:count]

    def fill(self, template: str) -> tuple[str, list[Target]]:
        """Turn a template into words and the targets in it."""
        places = self.rng.sample(self.region.places, 2)
        deadline: str | None = "?"
        if template.startswith("@"):
            template = template[1:]
            opening, deadline = self.opening()
            template = opening + template
        template = template.replace("{C}", places[0]).replace("{D}", places[1]).replace("{S}", self.region.shire)
        template = template.replace("{Y}", str(self.year + 2))
        targets: list[Target] = []

        def number(match: re.Match[str]) -> str:
            if match.group(1) is None:
                words, value, unit, comparator = match.group(4, 5, 6, 7)
                targets.append(Target(float(value), None, unit, comparator, deadline))
                return words
            spec, unit, comparator = match.group(1, 2, 3)
            if spec.startswith("r"):
                low, width = (int(part) for part in spec[1:].split("+"))
                high = low + width
                dash = self.rng.choice("—-～")
                targets.append(Target(low, high, unit, "range", deadline))
                return f"{low}{dash}{high}{unit}"
            low, high = spec.split("-")
            if "." in spec:
                value = round(self.rng.uniform(float(low), float(high)), 1)
                words = f"{value}"
            else:
                value = self.rng.randint(int(low), int(high))
                if value > 1000:
                    value -= value % 100
                elif value > 200:
                    value -= value % 10
                words = str(value)
            targets.append(Target(float(value), None, unit, comparator, deadline))
            return words + unit

        return _SLOT.sub(number, template), targets

    def opening(self) -> tuple[str, str | None]:
        """Words that set a time, and the time."""
        year = self.year
        return self.rng.choice(
            (
                (f"到{year + 2}年，", str(year + 2)),
                (f"到{year + 2}年底，", str(year + 2) + "-12"),
                (f"{year + 1}年底前，", f"{year + 1}-12"),
                ("年内", "?"),
                ("", "?"),
                (f"{year}年，", str(year)),
                (f"力争到{year + 1}年，", str(year + 1)),
            )
        )

    def passage(
        self, field: str, *, sentences: int = 3, targets: int = 1, negatives: int = 0
    ) -> tuple[str, list[Target]]:
        """A paragraph: plain sentences, sentences with targets, sentences with numbers that are none."""
        wanted = self.pick(field, "plain", sentences) + [
            self.pick(field, "not", 1)[0] if self.rng.random() < 0.5 else self.rng.choice(self.bank.NOT)
            for _ in range(negatives)
        ]
        self.rng.shuffle(wanted)
        goals = [
            self.rng.choice(self.bank.GOALS) if self.rng.random() < 0.35 else goal
            for goal in self.pick(field, "targets", targets)
        ]
        for goal in goals:
            wanted.insert(self.rng.randint(min(1, len(wanted)), len(wanted)), goal)
        words, found = "", []
        for template in wanted:
            text, numbers = self.fill(template)
            words += text
            found += numbers
        return words, found

    def __post_init__(self) -> None:
        self.naming = self.rng.choice(self.bank.NAMING) if hasattr(self.bank, "NAMING") else "prefix"

    def body(self, key: str, naming: str = "") -> str:
        """The name of the body that serves a field, as this document writes it."""
        short = self.bank.BODIES[key]["pmc".index(self.region.level)]
        naming = naming or self.naming
        if naming == "bare" and not short.startswith("委"):
            return short
        return (self.region.name if naming == "full" else self.region.prefix) + short

    def bodies(self, field: str, count: int, *, naming: str = "") -> list[str]:
        """``count`` bodies for a field, the one in charge first."""
        keys = list(self.bank.FIELDS[field]["bodies"])
        rest = keys[1:]
        self.rng.shuffle(rest)
        others = [key for key in self.bank.BODIES if key not in keys]
        self.rng.shuffle(others)
        names: list[str] = []
        for key in [keys[0], *rest, *others]:
            name = self.body(key, naming)
            if name not in names:
                names.append(name)
        return names[:count]
