"""The class of each field on this floor (boards.classes says what it means)."""

from boards.classes import declare

declare(
    "risk_analysis.MethodVersion",
    K0="number likelihoods consequences protected_values criticalities levels decided_at decided_by",
)
