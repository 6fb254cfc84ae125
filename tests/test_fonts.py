"""Chinese type must not depend on the machine, and must not touch the user's settings."""

from __future__ import annotations

import subprocess
import sys

import matplotlib
import pytest
from matplotlib.font_manager import FontProperties, findfont

from lanxikit import fonts
from lanxikit.errors import LanxiError


@pytest.mark.parametrize(("style", "file"), [("sans", "NotoSansSC-Regular.otf"), ("serif", "NotoSerifSC-Regular.otf")])
def test_the_family_leads_to_the_file_that_comes_with_the_package(style, file):
    first, second = fonts.family(style)
    assert findfont(FontProperties(family=[first]), fallback_to_default=False) == str(fonts.path(style))
    assert fonts.path(style).name == file
    assert findfont(FontProperties(family=[second]), fallback_to_default=False).endswith("DejaVuSans.ttf")


def test_the_family_changes_no_setting_and_is_made_known_once():
    before = dict(matplotlib.rcParams)
    fonts.family("sans")
    entries = len(matplotlib.font_manager.fontManager.ttflist)
    fonts.family.cache_clear()
    fonts.family("sans")
    assert dict(matplotlib.rcParams) == before
    assert len(matplotlib.font_manager.fontManager.ttflist) == entries


def test_importing_fonts_does_not_import_matplotlib():
    code = "import sys, lanxikit.fonts; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_printable_character_of_the_documents_can_be_drawn(corpus):
    text = {sign for doc in corpus for sign in doc.text if sign.isprintable()}
    assert len(text) > 1500
    assert fonts.missing("".join(sorted(text))) == ""


def test_missing_names_what_no_font_has_once_and_in_order():
    assert fonts.missing("甲\U0010fffe乙\U0010fffd\U0010fffe\n") == "\U0010fffe\U0010fffd"


def test_an_unknown_style_is_refused_with_the_choices():
    with pytest.raises(LanxiError, match=r"'kai'.*sans, serif"):
        fonts.path("kai")
