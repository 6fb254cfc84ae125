"""Tables of the topics stage."""

from lanxikit.tables.schema import Column, Table
