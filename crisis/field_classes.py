"""The class of each field on this floor (boards.classes says what it means)."""

from boards.classes import declare

declare("crisis.Level", K0="code step name name_en text text_en decided_by decided_by_en decided_in_law")
