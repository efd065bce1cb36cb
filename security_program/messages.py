"""Compiles the translation catalogues without gettext: `python -m security_program.messages`."""

from pathlib import Path

import polib

LOCALE = Path(__file__).parent / "locale"


def compile_catalogues() -> None:
    for catalogue in LOCALE.glob("*/LC_MESSAGES/*.po"):
        polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))


if __name__ == "__main__":
    compile_catalogues()
