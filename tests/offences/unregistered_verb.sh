# A change that leaves nothing in the log.
# stage: sqlite tests/boards/test_verbs.py -k writes
# because: boards.models.units.SectorQuerySet.planted
cat >>boards/models/units.py <<'PY'


class SectorQuerySet(models.QuerySet):
    def planted(self) -> None:
        self.filter(lead=None).delete()
PY
