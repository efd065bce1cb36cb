"""The class of each field on the roof (boards.classes says what it means)."""

from boards.classes import declare

declare(
    "security_program.AccessibilityStatement",
    K0="""authority decided_on barriers barriers_en how_tested how_tested_en contact_email contact_phone
    decided_by""",
)
declare(
    "security_program.BarrierReport", K0="reported_at about answer answered_by answered_at", K1="text page"
)
declare(
    "security_program.CalendarRule",
    K0="code what what_en month day offset_days every_years first_year audience source is_checked",
)
declare("security_program.HelpText", K0="key kind order title title_en body body_en")
declare(
    "security_program.Programme",
    K0="""slug name first_year last_year diary_number adopted_on adopted_precision decision state confirmed_by
    confirmed_at ended_on""",
)
declare("security_program.FocusArea", K0="programme order name")
