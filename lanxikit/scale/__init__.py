"""Any number of documents: into partitioned tables (``lx.process``), and back piece by piece (``lx.scan``).

The source is walked in a fixed order and cut into batches (`walk`, `batches`). A batch goes
through one function (`batch`), whoever calls it: a process on this machine (`local`) or a
worker of a Dask cluster (`cluster`). Its tables are files of their own (`parts`), its receipt
comes last; a run goes on from the receipts that still hold (`plan`, `process`).
"""
