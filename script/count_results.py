"""Sums the reports of several pytest runs: count_results.py FOLDER [FAILED STAGE].

Names what failed with the first line of why, and ends with `N passed, N failed, N skipped`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

LONGEST = 200


def suites(folder: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    for report in sorted(folder.glob("*.xml")):
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314
            yield report.stem, suite


def failures(folder: Path) -> Iterator[str]:
    for stage, suite in suites(folder):
        for case in suite.iter("testcase"):
            for why in [*case.findall("failure"), *case.findall("error")]:
                reason = (why.get("message") or "").partition("\n")[0][:LONGEST]
                yield f"{stage}: {case.get('classname')}::{case.get('name')}: {reason}"


def count(folder: Path, failed_stage: str = "") -> str:
    ran = failed = skipped = 0
    for _stage, suite in suites(folder):
        ran += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    # A stage that broke before it counted anything is one failure: the line must never look green.
    if failed_stage and not failed:
        ran, failed = ran + 1, 1
    return f"{max(ran - failed - skipped, 0)} passed, {failed} failed, {skipped} skipped"


if __name__ == "__main__":
    for line in failures(Path(sys.argv[1])):
        print(line)
    print(count(Path(sys.argv[1]), *sys.argv[2:3]))
