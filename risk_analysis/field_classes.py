"""The class of each field on this floor (boards.classes says what it means).

What an analysis says of weaknesses is protected (K2). That there is one, in which state and by when, is internal.
"""

from boards.classes import declare

declare(
    "risk_analysis.MethodVersion",
    K0="number likelihoods consequences protected_values criticalities credibilities levels guidance demands"
    " capabilities decided_at decided_by",
)
declare(
    "risk_analysis.RsaCycle",
    K0="slug name kind year method opens_on due_on answered_by closed_on boards small_file_light companies_first",
)
declare(
    "risk_analysis.Rsa",
    K1="cycle board unit slug edition method profile state earlier begun_by begun_at sent_by fixed_by submitted_at"
    " submitted_by reference board_had_it_on sender_number receiver_number",
)
ITEM = "rsa thread is_confirmed removed_at version"
declare(
    "risk_analysis.Commitment",
    K1=ITEM,
    K2="title legal_basis people functioning fundamentals surroundings criticality is_societal societal_why"
    " tolerable_outage least_level is_external contract demanded_security",
)
declare(
    "risk_analysis.Risk",
    K1=ITEM,
    K2="commitment title kind cause course protection likelihood consequence worst_value harm_people"
    " harm_functioning harm_fundamentals harm_surroundings why uncertainty trend intent in_the_area level",
)
declare("risk_analysis.Acceptance", K1="risk by until at", K2="why")
declare("risk_analysis.Vulnerability", K1=ITEM, K2="text risk severity")
declare("risk_analysis.Supplier", K1=ITEM, K2="name organisation_number delivers contract key")
declare(
    "risk_analysis.Dependency",
    K1=ITEM,
    K2="commitment kind name provider supplier tolerance_hours substitute note is_critical",
)
declare(
    "risk_analysis.DependencyAnswer",
    K1="dependency state by at",
    K2="commitment promised_hours comment",
)
declare(
    "risk_analysis.ContinuityPlan",
    K1=ITEM,
    K2="dependency title trigger routine resources endurance_hours responsible decided_on tested_on review_by",
)
declare(
    "risk_analysis.Measure",
    K1=ITEM,
    K2="text risks dependency responsible due_on cost funding status dropped_why effect_likelihood"
    " effect_consequence in_internal_control in_the_plan",
)
declare("risk_analysis.Capability", K1="rsa place", K2="grade text")
declare("risk_analysis.Considered", K1="rsa what", K2="reason")
# The same for every answer, so that it tells none.
declare("risk_analysis.QuestionHandled", K1="rsa on")
declare("risk_analysis.RsaStep", K1="rsa before after by at", K2="comment")
declare("risk_analysis.Remark", K1="step part thread field replied_by", K2="about text reply")
declare("risk_analysis.RsaComment", K1="rsa thread by at settled_at settled_by", K2="text")
declare("risk_analysis.Reviewer", K1="person board assigned_by valid_from valid_to")
declare("risk_analysis.Snapshot", K1="rsa sha256 at", K2="body")
declare("risk_analysis.RsaReminder", K1="cycle board people sent_by sent_at")
declare("risk_analysis.RiskTheme", K1="name slug begun_by begun_at")
declare("risk_analysis.ThemedRisk", K1="theme thread put_by put_at")
declare("risk_analysis.Purpose", K1="reader what kind why boards asked_at approved_at approved_by")
declare("risk_analysis.RsaPaper", K1="key rsa what language asked_by asked_at version")
