"""Going through WordprocessingML by local names: the transitional and the strict form differ in namespaces only."""

from __future__ import annotations

from collections.abc import Iterator

_OFF = ("0", "false", "off", "none")


def local(element) -> str:
    """Return an element's name without its namespace; ``""`` for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element, name: str | None = None) -> Iterator:
    """Go through the children of an element, of one name if given; of ``None`` there are none."""
    for part in () if element is None else element:
        if name is None or local(part) == name:
            yield part


def child(element, name: str):
    """Return the first child of a name, or ``None``."""
    return next(children(element, name), None)


def val(element, name: str = "val", default: str | None = None) -> str | None:
    """Return an attribute by its local name."""
    if element is not None:
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] == name:
                return value
    return default


def on(element) -> bool:
    """Tell whether a switch such as ``<w:vanish/>`` is there and not set off."""
    return element is not None and (val(element) or "1").lower() not in _OFF
