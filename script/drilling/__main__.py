"""python -m script.drilling write|moment|plant|verify|count|sign-in|report: the steps of script/drill that ask the city."""

import django

django.setup()

from .steps import main  # noqa: E402

main()
