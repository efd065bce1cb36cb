"""Plans and follow-ups of many organisations at once, as when a city brings its years with it: set-based."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.verbs import bulk_verb

from .models import (
    Activity,
    Answer,
    BoardGoal,
    FollowUp,
    FollowUpStep,
    HandOver,
    Indicator,
    IndicatorValue,
    Situation,
)
from .models.planned import Mark

AT_A_TIME = 200


@bulk_verb("plan.loaded", _("Goals and activities of %(about)s were loaded (%(count)s goals)"))
def load_plans(
    goals: Sequence[BoardGoal],
    activities: Sequence[Activity],
    indicators: Sequence[Indicator] = (),
    *,
    lineage: Sequence[tuple[BoardGoal | Activity, BoardGoal | Activity]] = (),
    by: Any,
) -> None:
    """With a lineage, each of the first went on unchanged from the other, which may be loaded by the same call."""
    made = BoardGoal.objects.bulk_create(goals, batch_size=AT_A_TIME)
    Activity.objects.bulk_create(activities, batch_size=AT_A_TIME)
    for model in (BoardGoal, Activity):
        going_on = [(row, before) for row, before in lineage if isinstance(row, model)]
        for row, before in going_on:
            row.came_from_id, row.mark = before.pk, Mark.UNCHANGED
        fields = ["came_from", "mark"]
        model._default_manager.bulk_update([row for row, _before in going_on], fields, batch_size=AT_A_TIME)
    Indicator.objects.bulk_create(indicators, batch_size=AT_A_TIME)
    audit.record_many("plan.loaded", made, by=by)


@bulk_verb("hand_overs.loaded", _("Earlier hand-overs of %(about)s were loaded (%(count)s)"))
def load_hand_overs(handed: Sequence[HandOver], *, by: Any) -> None:
    audit.record_many("hand_overs.loaded", HandOver.objects.bulk_create(handed, batch_size=AT_A_TIME), by=by)


@bulk_verb("follow_ups.loaded", _("Earlier follow-ups of %(about)s were loaded (%(count)s)"))
def load_follow_ups(
    reports: Sequence[FollowUp],
    answers: Sequence[Answer],
    steps: Sequence[FollowUpStep],
    *,
    situations: Sequence[Situation] = (),
    values: Sequence[IndicatorValue] = (),
    by: Any,
) -> None:
    made = FollowUp.objects.bulk_create(reports, batch_size=AT_A_TIME)
    Answer.objects.bulk_create(answers, batch_size=AT_A_TIME)
    FollowUpStep.objects.bulk_create(steps, batch_size=AT_A_TIME)
    Situation.objects.bulk_create(situations, batch_size=AT_A_TIME)
    IndicatorValue.objects.bulk_create(values, batch_size=AT_A_TIME)
    audit.record_many("follow_ups.loaded", made, by=by)
