# A field that nobody has said the class of.
# stage: sqlite tests/boards/test_classes.py
# because: boards.Training.planted has no class
python3 - <<'PY'
from pathlib import Path
file = Path("boards/models/trainings.py")
text = file.read_text()
file.write_text(text.replace("    objects =", '    planted = models.CharField(max_length=20, blank=True)\n\n    objects =', 1))
PY
