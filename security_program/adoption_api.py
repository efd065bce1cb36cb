"""Through the API: companies adopt the programme, and a council's agenda is proposed."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.routers import SimpleRouter

from boards.api.change import change, on_its_board
from boards.api.reading import reading
from boards.api.rows import Rows, described
from boards.models import Board

from . import agendas
from .adopting import adopts, asks
from .models import Adoption, AdoptionCall, Programme
from .obligation_forms import AdoptionCallForm, AdoptionForm


class AdoptionSerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", read_only=True)
    programme: Any = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = Adoption
        fields = ["id", "board", "programme", "decided_on", "paragraph"]
        read_only_fields = fields


@described
class AdoptionRows(Rows):
    """Which companies have adopted which version, by their own boards' decisions."""

    serializer_class = AdoptionSerializer
    order = ("-decided_on",)
    queryset = Adoption.objects.none()

    def seen(self, user: Any) -> QuerySet:
        return Adoption.objects.visible_to(user).select_related("board", "programme")


class AdoptionCallSerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", read_only=True)
    programme: Any = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = AdoptionCall
        fields = ["id", "board", "programme", "decided_on", "paragraph", "answer_by"]
        read_only_fields = fields


@described
class AdoptionCallRows(Rows):
    """When the parent company has asked the companies to adopt which version, and by when."""

    serializer_class = AdoptionCallSerializer
    order = ("-decided_on",)
    kept = ()
    queryset = AdoptionCall.objects.none()

    def seen(self, user: Any) -> QuerySet:
        return AdoptionCall.objects.visible_to(user).select_related("board", "programme")


@change("namnder/<slug:slug>/antagande/", Board, adopts, AdoptionSerializer, form=AdoptionForm)
def company_adopt(board: Board, form: Any, by: Any) -> Adoption:
    """Notes that the company's board has adopted the version in force."""
    adoption: Adoption = Adoption.objects.note(board, _in_force(), by=by, **form.cleaned_data)
    return adoption


@change("namnder/<slug:slug>/uppmaning/", Board, asks, AdoptionCallSerializer, form=AdoptionCallForm)
def adoption_ask(board: Board, form: Any, by: Any) -> AdoptionCall:
    """The parent company asks every company that has not adopted the version in force."""
    call: AdoptionCall = AdoptionCall.objects.ask(board, _in_force(), by=by, **form.cleaned_data)
    return call


def _in_force() -> Programme:
    programme = Programme.objects.in_force()
    if programme is None:
        raise forms.ValidationError(_("No version is in force."))
    return programme


class ItemSerializer(serializers.Serializer):
    text = serializers.CharField()
    url = serializers.CharField()


class AgendaPartSerializer(serializers.Serializer):
    title = serializers.CharField()
    items = ItemSerializer(many=True)


class AgendaSerializer(serializers.Serializer):
    """A proposed agenda, as parts and as the text that a meeting is entered with."""

    text = serializers.CharField()
    parts = AgendaPartSerializer(many=True)


@reading("namnder/<slug:slug>/moten/forslag/", Board, on_its_board("hold_meetings"), AgendaSerializer)
def agenda(board: Board, user: Any) -> dict[str, Any]:
    """An agenda for the council's next meeting, proposed from what is open."""
    parts = agendas.propose(board, user)
    return {"text": agendas.as_text(parts), "parts": parts}


rows = SimpleRouter(use_regex_path=False)
rows.register("antaganden", AdoptionRows, basename="api_adoption")
rows.register("uppmaningar", AdoptionCallRows, basename="api_adoption_call")
urlpatterns: list[Any] = [company_adopt, adoption_ask, agenda, *rows.urls]
