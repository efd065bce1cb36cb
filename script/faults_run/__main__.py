"""python -m script.faults_run --json FILE [--times 20] [--short] [--only NAME] [--seed N]: called by script/faults."""

import django

django.setup()

from .run import main  # noqa: E402

main()
