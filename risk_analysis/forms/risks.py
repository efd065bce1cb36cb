"""The forms of what is to be protected and of what may happen to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Commitment, Risk, Rsa
from .row_forms import CARE, NOT_JUDGED, ItemForm, line, step_of, whole_hours, words


class CommitmentForm(ItemForm):
    MORE = (
        "legal_basis",
        "is_societal",
        "societal_why",
        "least_level",
        "is_external",
        "contract",
        "demanded_security",
    )

    title = line(
        _("Commitment"),
        160,
        required=True,
        help_text=CARE,
        error_messages={"required": _("Write what the commitment is.")},
    )
    people = step_of(_("The safety and security of the individual"))
    functioning = step_of(_("The functioning of the city"))
    fundamentals = step_of(_("Fundamental values"))
    surroundings = step_of(_("Environment and property"))
    tolerable_outage = whole_hours(
        _("Longest time without, hours"), help_text=_("A day is 24 hours, a week 168, a month 720.")
    )
    legal_basis = line(_("Ground in law or decision"), 200)
    is_societal = forms.BooleanField(label=_("Vital to society"), required=False)
    societal_why = line(_("Why it is vital to society"), 300)
    least_level = line(_("The least that has to work"), 300)
    is_external = forms.BooleanField(label=_("Run by somebody else"), required=False)
    contract = line(_("Contract"), 200)
    demanded_security = line(_("Security that the contract demands"), 300)

    def choose_from(self, rsa: Rsa) -> None:
        for name in Commitment.VALUES:
            self.fields[name].widget = forms.Select()
            self.scale(name, rsa.method.criticalities, judged=False)


class RiskForm(ItemForm):
    MORE = (
        "kind",
        *Risk.HARMS,
        "cause",
        "course",
        "protection",
        "uncertainty",
        "trend",
        "intent",
        "in_the_area",
    )

    title = line(
        _("Risk"),
        160,
        required=True,
        help_text=_("What happens, and what follows. Write nothing that concerns the security of Sweden."),
        error_messages={"required": _("Write what may happen.")},
    )
    commitment = forms.ModelChoiceField(
        Commitment.objects.none(),
        label=_("Commitment"),
        error_messages={"required": _("Choose which commitment it is about.")},
    )
    likelihood = step_of(
        _("How likely is it?"), required=True, error_messages={"required": _("Choose how likely it is.")}
    )
    consequence = step_of(
        _("How grave is the worst consequence?"),
        required=True,
        error_messages={"required": _("Choose how grave it would be.")},
    )
    worst_value = forms.TypedChoiceField(
        label=_("What does it hit hardest?"),
        coerce=int,
        choices=Risk.Value.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it hits hardest.")},
    )
    why = words(
        _("Why do you judge it so?"),
        1000,
        required=True,
        help_text=_("Write so that a new colleague understands."),
        error_messages={"required": _("Say why you judge it so. One sentence is enough.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[NOT_JUDGED, *Risk.Kind.choices], required=False)
    harm_people = step_of(_("Consequence for people"), widget=forms.Select)
    harm_functioning = step_of(_("Consequence for the functioning of the city"), widget=forms.Select)
    harm_fundamentals = step_of(_("Consequence for fundamental values"), widget=forms.Select)
    harm_surroundings = step_of(_("Consequence for environment and property"), widget=forms.Select)
    cause = words(_("Cause"), 1000)
    course = words(_("What happens"), 1000)
    protection = words(_("Protection there is already"), 1000)
    uncertainty = forms.ChoiceField(
        label=_("Uncertainty"), choices=[NOT_JUDGED, *Risk.Uncertainty.choices], required=False
    )
    trend = forms.ChoiceField(label=_("Trend"), choices=[NOT_JUDGED, *Risk.Trend.choices], required=False)
    intent = words(
        _("Intent and capability"),
        1000,
        help_text=_("For an antagonistic threat: who might want to, and be able to. Never name a suspect."),
    )
    in_the_area = forms.BooleanField(
        label=_("Concerns the geographic area"),
        required=False,
        help_text=_("And not only the organisation itself."),
    )

    def choose_from(self, rsa: Rsa) -> None:
        self.fields["commitment"].queryset = rsa.commitments.standing().in_order()
        antagonistic = self.initial.get("kind") == Risk.Kind.ANTAGONISTIC
        if antagonistic:
            self.fields["likelihood"].label = _("How credible is it?")
        self.scale("likelihood", rsa.method.credibilities if antagonistic else rsa.method.likelihoods)
        self.scale("consequence", rsa.method.consequences)
        for name in Risk.HARMS:
            self.scale(name, rsa.method.consequences, judged=False)


class VulnerabilityForm(ItemForm):
    text = line(
        _("Vulnerability"),
        300,
        required=True,
        help_text=CARE,
        error_messages={"required": _("Write what the vulnerability is.")},
    )
    severity = forms.TypedChoiceField(
        label=_("How serious"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[NOT_JUDGED, (1, _("A little")), (2, _("Rather")), (3, _("Serious")), (4, _("Very serious"))],
    )
    risk = forms.ModelChoiceField(Risk.objects.none(), label=_("Risk"), required=False)

    def choose_from(self, rsa: Rsa) -> None:
        self.fields["risk"].queryset = rsa.risks.standing().in_order()
