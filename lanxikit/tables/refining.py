"""Tables of the refining stage."""

from lanxikit.tables.schema import Column, Table
