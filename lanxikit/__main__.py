"""``python -m lanxikit`` is ``lanxikit``."""

import sys

from lanxikit.study.cli import main

if __name__ == "__main__":
    sys.exit(main())
