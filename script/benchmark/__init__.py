"""The harness behind script/bench: the real stack on PostgreSQL, timed beside a bare Django page in the same run."""
