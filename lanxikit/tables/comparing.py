"""Tables of the comparing stage."""

from lanxikit.tables.schema import Column, Table
