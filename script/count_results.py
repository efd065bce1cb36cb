"""Sums the reports of several pytest runs: count_results.py FOLDER [FAILED STAGE] prints `N passed, N failed, N skipped`."""

import sys
from pathlib import Path
from xml.etree import ElementTree


def count(folder: Path, failed_stage: str = "") -> str:
    ran = failed = skipped = 0
    for report in folder.glob("*.xml"):
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314
            ran += int(suite.get("tests", 0))
            failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped += int(suite.get("skipped", 0))
    # A stage that broke before it counted anything is one failure: the line must never look green.
    if failed_stage and not failed:
        ran, failed = ran + 1, 1
    return f"{max(ran - failed - skipped, 0)} passed, {failed} failed, {skipped} skipped"


if __name__ == "__main__":
    print(count(Path(sys.argv[1]), *sys.argv[2:3]))
