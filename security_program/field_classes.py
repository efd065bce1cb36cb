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
    "security_program.CalendarAddress",
    K0="person made_at revoked_at session_epoch ended_offices",
    K1="last_used_at",
    K3="token_hash=hash",
)
# The programme is public; so is everything that is read out of it.
declare(
    "security_program.Programme",
    K0="""slug name first_year last_year diary_number source state adopted_on adopted_precision ended_on
    confirmed_by confirmed_at""",
)
declare(
    "security_program.CouncilDecision",
    K0="""programme kind decided_on precision takes_effect_on diary_number paragraph replaced_by is_invented
    noted_by noted_at""",
)
declare("security_program.FocusArea", K0="programme order slug name name_en")
declare("security_program.Goal", K0="programme focus_area order text text_en source")
declare(
    "security_program.Descent",
    K0="""order kind before after goal subject subject_en elsewhere note note_en source is_our_reading""",
)
declare("security_program.Paragraph", K0="programme order level text focus_area goal")
declare("security_program.Erratum", K0="paragraph right reason by at")
declare(
    "security_program.Requirement",
    K0="""code programme kind focus_area what what_en cadence due_on voiced_by document section note note_en
    paragraphs""",
)
declare("security_program.RequirementActor", K0="requirement actor is_recipient order")
declare("security_program.Guideline", K0="slug name")
declare(
    "security_program.GuidelineVersion",
    K0="guideline number text acknowledge_within_days decided_by decided_on diary_number in_force_from",
)
declare("security_program.GuidelineAcknowledgement", K0="version board by at")
# Which company has adopted the programme is a public decision; how a board meets its duties is internal to it.
declare("security_program.Adoption", K0="board programme decided_on paragraph noted_by noted_at")
declare(
    "security_program.AdoptionCall",
    K0="board programme decided_on paragraph answer_by noted_by noted_at",
)
declare(
    "security_program.Assignment",
    K0="requirement board year first_day last_day due_on awaits_adoption withdrawn",
)
declare(
    "security_program.Statement",
    K1="assignment value proposed reason link stated_by stated_at doubted_by doubted_at remark",
)
# When a board follows up and whether it has handed in is open; what it plans and says is internal to it.
declare("security_program.Round", K0="year kind opens_on due_on")
declare("security_program.FollowUp", K0="round board state filed_on")
declare(
    "security_program.BoardGoal",
    K0="board year focus_area programme_goal came_from mark is_sorted same_as version steering_id",
    K1="text taken_away",
)
declare("security_program.NotRelevant", K0="board year focus_area", K1="reason stated_by stated_at")
declare(
    "security_program.Activity",
    K0="goal came_from from_decision mark version steering_id",
    K1="what responsible due_on taken_away",
)
declare("security_program.Indicator", K0="goal came_from", K1="name unit target source taken_away")
declare("security_program.IndicatorValue", K0="indicator kind", K1="value noted_by noted_at")
declare(
    "security_program.Answer", K0="follow_up activity version", K1="asked status text answered_by answered_at"
)
declare(
    "security_program.Situation",
    K0="follow_up version",
    K1="risks accidents accidents_text threats threats_text ahead answered_by answered_at",
)
declare("security_program.FollowUpStep", K0="follow_up before after at", K1="by comment")
declare("security_program.Remark", K0="step answer field", K1="text")
declare("security_program.Supplement", K0="follow_up answer", K1="text by at")
# That a follow-up has been handed on is open; its words are internal until the city has settled it.
declare("security_program.HandOver", K0="follow_up edition way at", K1="headings rows passages by")
declare("security_program.SteeringWord", K0="key word place")
declare("security_program.Reminder", K1="board year unanswered people sent_by sent_at")
