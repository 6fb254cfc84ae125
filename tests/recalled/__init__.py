"""Documents of the genre written from memory by three testers who did not know the rules, with their annotations.

The 51 documents of the set ``third`` (text, Markdown, web pages, Word, PDF) were written before their tester had seen the
kit. What the kit scored then (F1):

============================================  ======  ======  =======  =====  ========
third                                         leaves  duties  targets  bases  metadata
============================================  ======  ======  =======  =====  ========
first look, no corrections                    0.964   0.897   0.951    1.000  0.943
the tester's own slips corrected (kept here)  0.977   0.922   0.954    1.000  0.943
============================================  ======  ======  =======  =====  ========

Since then the rules were tuned on them: what ``python -m tests.recalled`` prints now is no measure of unseen documents.
Word files stand in ``third/``; of the PDF files the text the kit kept is kept (``"from": ".pdf"``), not the pages.
"""
