"""The tables that pass between the stages, each declared once.

>>> from lanxikit.tables import table
>>> table("units").names()[:3]
['doc_id', 'unit_id', 'parent_id']
"""

from lanxikit.tables.schema import Column, Table, check, table, tables

__all__ = ["Column", "Table", "check", "table", "tables"]
