"""The forms of what one relies on, of how one goes on without it, and of what is done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.dates import Lean
from boards.forms import DateField
from boards.meeting_forms import PersonField
from boards.models import Board

from ..models import Commitment, Dependency, Measure, Risk, Rsa, Supplier
from .row_forms import CARE, ItemForm, line, step_of, whole_hours, words


class SupplierForm(ItemForm):
    name = line(
        _("Supplier"), 160, required=True, error_messages={"required": _("Write the name of the supplier.")}
    )
    organisation_number = line(
        _("Organisation number"),
        13,
        help_text=_("Ten digits. The city then sees when several rely on the same."),
    )
    delivers = line(_("What it delivers"), 200)
    contract = line(_("Contract"), 200)


class DependencyForm(ItemForm):
    field_order = ("commitment",)

    commitment = forms.ModelChoiceField(
        Commitment.objects.none(),
        label=_("Commitment"),
        error_messages={"required": _("Choose which commitment it is about.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Choose")), *Dependency.Kind.choices],
        error_messages={"required": _("Choose what kind of dependency it is.")},
    )
    name = line(
        _("What it depends on"),
        160,
        required=True,
        help_text=CARE,
        error_messages={"required": _("Write what it depends on.")},
    )
    tolerance_hours = whole_hours(
        _("Manages without for, hours"), help_text=_("Counted from when it fails. A day is 24 hours.")
    )
    substitute = forms.ChoiceField(
        label=_("Is there a substitute?"),
        choices=Dependency.Substitute.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    provider = forms.ModelChoiceField(
        Board.objects.none(),
        label=_("Provided by an organisation in the city"),
        required=False,
        help_text=_("It is asked to confirm when the analysis is handed in."),
    )
    supplier = forms.ModelChoiceField(Supplier.objects.none(), label=_("Or by a supplier"), required=False)
    note = line(_("How one manages without"), 300)

    def choose_from(self, rsa: Rsa) -> None:
        self.fields["commitment"].queryset = rsa.commitments.standing().in_order()
        self.fields["provider"].queryset = Board.objects.bound().on().exclude(pk=rsa.board_id).by_name()
        self.fields["supplier"].queryset = rsa.suppliers.standing().in_order()


class PlanForm(ItemForm):
    MORE = ("trigger", "resources", "responsible", "review_by")
    field_order = ("dependency",)

    dependency = forms.ModelChoiceField(
        Dependency.objects.none(),
        label=_("Dependency"),
        error_messages={"required": _("Choose what one does without.")},
    )
    title = line(
        _("Name of the plan"), 160, required=True, error_messages={"required": _("Give the plan a name.")}
    )
    routine = words(
        _("Reserve routine"),
        2000,
        required=True,
        help_text=_("Who does what, and where. Write so that a temp understands."),
        rows=4,
        error_messages={"required": _("Describe how one goes on without it.")},
    )
    endurance_hours = whole_hours(_("How long it lasts, hours"))
    decided_on = DateField(label=_("Decided on"), required=False, lean=Lean.PAST)
    tested_on = DateField(label=_("Last tested on"), required=False, lean=Lean.PAST)
    trigger = line(_("When it is put to use"), 300)
    resources = line(_("What it takes"), 300)
    responsible = PersonField(
        label=_("Responsible"), required=False, help_text=_("Name or e-mail address."), max_length=200
    )
    review_by = DateField(
        label=_("To be reviewed by"),
        required=False,
        lean=Lean.FUTURE,
        help_text=_("Without a day it needs to be reviewed a year after it was decided on or tested."),
    )

    def choose_from(self, rsa: Rsa) -> None:
        self.fields["dependency"].queryset = rsa.dependencies.standing().in_order().with_names()


class MeasureForm(ItemForm):
    MORE = (
        *("cost", "funding", "effect_likelihood", "effect_consequence", "dependency"),
        *("in_internal_control", "in_the_plan", "dropped_why"),
    )

    text = line(
        _("Measure"),
        300,
        required=True,
        help_text=CARE,
        error_messages={"required": _("Write what is to be done.")},
    )
    risks = forms.ModelMultipleChoiceField(
        Risk.objects.none(), label=_("Risks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    responsible = PersonField(
        label=_("Responsible"), required=False, help_text=_("Name or e-mail address."), max_length=200
    )
    due_on = DateField(label=_("Done by"), required=False, lean=Lean.FUTURE)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=Measure.Status.choices,
        widget=forms.RadioSelect,
        initial=Measure.Status.PROPOSED,
    )
    dropped_why = line(_("Why it was dropped"), 300)
    cost = forms.DecimalField(
        label=_("Cost, kronor"), required=False, min_value=0, max_digits=12, decimal_places=0, localize=True
    )
    funding = line(_("How it is paid for"), 200)
    effect_likelihood = step_of(_("Likelihood afterwards"), widget=forms.Select)
    effect_consequence = step_of(_("Consequence afterwards"), widget=forms.Select)
    dependency = forms.ModelChoiceField(
        Dependency.objects.none(), label=_("Makes a plan for"), required=False
    )
    in_internal_control = forms.BooleanField(label=_("In the internal control plan"), required=False)
    in_the_plan = forms.BooleanField(label=_("In the year's plan of activities"), required=False)

    def choose_from(self, rsa: Rsa) -> None:
        self.fields["risks"].queryset = rsa.risks.standing().by_weight()
        self.fields["dependency"].queryset = rsa.dependencies.standing().in_order()
        self.scale("effect_likelihood", rsa.method.likelihoods, judged=False)
        self.scale("effect_consequence", rsa.method.consequences, judged=False)
