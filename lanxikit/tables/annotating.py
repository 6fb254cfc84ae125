"""Tables of the annotating stage."""

from lanxikit.tables.schema import Column, Table
