"""Times the pages of one year, pads the database with other years and organisations, and times them again.

python -m script.benchmark.years APPLICATION BARE --repeat 15 --json FILE
"""

import argparse
import json
from pathlib import Path

import django

MOST = 1.3
# What a list or a form may take at the 95th percentile.
MOST_MS = 300


def measure_all(pages, browsers, bare, repeat):  # type: ignore[no-untyped-def]
    from .measure import line, measure

    rows = []
    for page in pages:
        rows.append(measure(page, browsers[page.role], bare, repeat))
        print(line(rows[-1]), flush=True)
    return rows


def verdict(grown: dict[str, float]) -> str:
    over = [f"{page} ({times:.2f})" for page, times in grown.items() if times > MOST]
    if not over:
        return f"Every page is within {MOST} times what it took before."
    return f"Beyond {MOST} times what they took before: {', '.join(over)}"


def in_good_time(p95: dict[str, float]) -> str:
    """One row about the lists and forms where there is most; on a busy machine compare it with the bare page."""
    over = {page: ms for page, ms in p95.items() if ms > MOST_MS}
    row = f"p95 of lists and forms: {len(p95) - len(over)} of {len(p95)} within {MOST_MS} ms"
    slow = ", ".join(f"{page} ({ms:.0f} ms)" for page, ms in sorted(over.items(), key=lambda each: -each[1]))
    return f"{row}; beyond it: {slow}" if slow else row


def main() -> int:
    django.setup()
    from . import padding
    from .measure import HEADING, Browser
    from .pages import more_lists_and_forms, pages_of_a_year

    parser = argparse.ArgumentParser()
    parser.add_argument("application")
    parser.add_argument("bare")
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--json", type=Path, required=True)
    options = parser.parse_args()

    bare, browsers = Browser(options.bare), {}
    for role in {page.role for page in [*pages_of_a_year(), *more_lists_and_forms()]}:
        browsers[role] = Browser(options.application)
        browsers[role].sign_in(role)
    print(f"The demo city\n{HEADING}")
    small = measure_all(pages_of_a_year(), browsers, bare, options.repeat)
    rows = padding.pad()
    print(f"With {padding.YEARS} years and {padding.ORGANISATIONS} organisations more: {rows}\n{HEADING}")
    padded = measure_all(pages_of_a_year(), browsers, bare, options.repeat)
    more = measure_all(more_lists_and_forms(), browsers, bare, options.repeat)
    # The bare page stands for how busy the machine was at the time.
    grown = [round(after["ratio"] / before["ratio"], 2) for before, after in zip(small, padded, strict=True)]
    print(f"{'page':<40} {'small ms':>9} {'padded ms':>9} {'times':>6}")
    for before, after, times in zip(small, padded, grown, strict=True):
        print(f"{before['page']:<40} {before['median_ms']:>9.1f} {after['median_ms']:>9.1f} {times:>6.2f}")
    print(verdict({row["page"]: times for row, times in zip(small, grown, strict=True)}))
    p95 = {row["page"]: row["p95_ms"] for row in [*padded, *more]}
    print(in_good_time(p95))
    measured = {"small": small, "padded": padded, "more": more, "p95": p95, "rows": rows}
    options.json.write_text(json.dumps(measured, indent=2) + "\n")
    return int(max(grown) > MOST)


if __name__ == "__main__":
    raise SystemExit(main())
