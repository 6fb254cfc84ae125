"""The administrative divisions of China: look a name up, find names in a text, place an issuer.

>>> from lanxikit.gazetteer import lookup, region_of
>>> lookup("海南州").name, lookup("东乡县").code, lookup("鼓楼区")
('海南藏族自治州', '622926', None)
>>> region_of("海东市平安区人民政府办公室").name
'平安区'
"""

from lanxikit.gazetteer.divisions import Division, divisions, full_name, lineage_of, lookup
from lanxikit.gazetteer.mentions import Mention, find, mentions
from lanxikit.gazetteer.regions import region_of

__all__ = ["Division", "Mention", "divisions", "find", "full_name", "lineage_of", "lookup", "mentions", "region_of"]
