"""Times the pages of one year, pads the database with other years and organisations, and times them again.

python -m script.benchmark.years APPLICATION BARE --repeat 15 --json FILE
"""

import argparse
import json
from pathlib import Path

import django

MOST = 1.3


def measure_all(browsers, bare, repeat):  # type: ignore[no-untyped-def]
    from .measure import line, measure
    from .pages import pages_of_a_year

    rows = []
    for page in pages_of_a_year():
        rows.append(measure(page, browsers[page.role], bare, repeat))
        print(line(rows[-1]), flush=True)
    return rows


def verdict(grown: dict[str, float]) -> str:
    over = [f"{page} ({times:.2f})" for page, times in grown.items() if times > MOST]
    if not over:
        return f"Every page is within {MOST} times what it took before."
    return f"Beyond {MOST} times what they took before: {', '.join(over)}"


def main() -> int:
    django.setup()
    from . import padding
    from .measure import HEADING, Browser
    from .pages import pages_of_a_year

    parser = argparse.ArgumentParser()
    parser.add_argument("application")
    parser.add_argument("bare")
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--json", type=Path, required=True)
    options = parser.parse_args()

    bare, browsers = Browser(options.bare), {}
    for role in {page.role for page in pages_of_a_year()}:
        browsers[role] = Browser(options.application)
        browsers[role].sign_in(role)
    print(f"The demo city\n{HEADING}")
    small = measure_all(browsers, bare, options.repeat)
    rows = padding.pad()
    print(f"With {padding.YEARS} years and {padding.ORGANISATIONS} organisations more: {rows}\n{HEADING}")
    padded = measure_all(browsers, bare, options.repeat)
    # The bare page stands for how busy the machine was at the time.
    grown = [round(after["ratio"] / before["ratio"], 2) for before, after in zip(small, padded, strict=True)]
    print(f"{'page':<40} {'small ms':>9} {'padded ms':>9} {'times':>6}")
    for before, after, times in zip(small, padded, grown, strict=True):
        print(f"{before['page']:<40} {before['median_ms']:>9.1f} {after['median_ms']:>9.1f} {times:>6.2f}")
    print(verdict({row["page"]: times for row, times in zip(small, grown, strict=True)}))
    options.json.write_text(json.dumps({"small": small, "padded": padded, "rows": rows}, indent=2) + "\n")
    return int(max(grown) > MOST)


if __name__ == "__main__":
    raise SystemExit(main())
