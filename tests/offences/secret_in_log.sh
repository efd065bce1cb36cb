# What somebody wrote about another, in a line of the log.
# stage: sqlite tests/canary
# because: boards.FactorReset.reason stands in log
python3 - <<'PY'
from pathlib import Path
file = Path("boards/models/accounts.py")
text = file.read_text()
assert "        if made:\n" in text
file.write_text(text.replace(
    "        if made:\n",
    '        __import__("logging").getLogger("boards").warning("asked because %s", reason)\n        if made:\n', 1))
PY
