from datetime import date, timedelta

from django.db import models


class Row(models.Model):
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=80)
    state = models.CharField(max_length=20)
    number = models.IntegerField()
    day = models.DateField()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def fill(cls, rows: int = 1000) -> None:
        first = date(2026, 1, 1)
        cls.objects.bulk_create(
            cls(
                name=f"Row {n}",
                place=f"Place {n % 20}",
                state="open",
                number=n,
                day=first + timedelta(n % 300),
            )
            for n in range(rows)
        )
