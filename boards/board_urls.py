"""Addresses of boards and companies, their offices, members and meetings."""

from django.urls import path

from . import (
    board_views,
    document_views,
    meeting_views,
    member_views,
    office_views,
    stand_in_views,
)

urlpatterns = [
    path("befogenheter/", board_views.mandate_list, name="mandate_list"),
    path("namnder/", board_views.board_list, name="board_list"),
    path("namnder/ny/", board_views.board_new, name="board_new"),
    path("namnder/<slug:slug>/uppgifter/", board_views.board_facts, name="board_facts"),
    path("namnder/<slug:slug>/slut/", board_views.board_end, name="board_end"),
    path("namnder/<slug:slug>/fortsattning/", board_views.board_go_on, name="board_go_on"),
    path("namnder/<slug:slug>/sammanlaggning/", board_views.board_merge, name="board_merge"),
    path("namnder/<slug:slug>/omraden/<int:pk>/", board_views.area_move, name="area_move"),
    # who holds which office
    path("namnder/<slug:slug>/roller/", office_views.office_list, name="office_list"),
    path("namnder/<slug:slug>/roller/ny/", office_views.office_new, name="office_new"),
    path("namnder/<slug:slug>/roller/<int:pk>/", office_views.office_holder, name="office_holder"),
    path("namnder/<slug:slug>/roller/<int:pk>/slut/", office_views.office_end, name="office_end"),
    path(
        "namnder/<slug:slug>/roller/<int:pk>/godkannande/", office_views.office_approve, name="office_approve"
    ),
    path("namnder/<slug:slug>/roller/<int:pk>/avslag/", office_views.office_refuse, name="office_refuse"),
    path(
        "namnder/<slug:slug>/roller/<int:pk>/overlamning/",
        office_views.office_hand_over,
        name="office_hand_over",
    ),
    path("namnder/<slug:slug>/roller/<int:pk>/utbildning/", office_views.training_new, name="training_new"),
    # deputies during leave
    path("namnder/<slug:slug>/ersattare/<int:pk>/", stand_in_views.stand_in_office, name="stand_in_office"),
    path(
        "namnder/<slug:slug>/ersattare/<int:pk>/godkannande/",
        stand_in_views.stand_in_approve,
        name="stand_in_approve",
    ),
    path(
        "namnder/<slug:slug>/ersattare/<int:pk>/avslag/",
        stand_in_views.stand_in_refuse,
        name="stand_in_refuse",
    ),
    # elected members
    path("namnder/<slug:slug>/ledamoter/", member_views.member_list, name="member_list"),
    path("namnder/<slug:slug>/ledamoter/ny/", member_views.member_new, name="member_new"),
    path("namnder/<slug:slug>/ledamoter/<int:pk>/", member_views.member_page, name="member_page"),
    # councils and the network
    path("namnder/<slug:slug>/moten/", meeting_views.council_list, name="council_list"),
    path("namnder/<slug:slug>/moten/ny/", meeting_views.council_new, name="council_new"),
    path("namnder/<slug:slug>/moten/<int:pk>/", meeting_views.council_page, name="council_page"),
    path("namnder/<slug:slug>/moten/<int:pk>/uppgifter/", meeting_views.council_facts, name="council_facts"),
    path("namnder/<slug:slug>/moten/<int:pk>/bort/", meeting_views.council_discard, name="council_discard"),
    path("namnder/<slug:slug>/moten/<int:pk>/beslut/", meeting_views.decision_new, name="decision_new"),
    path("namnder/<slug:slug>/beslut/<int:pk>/genomfort/", meeting_views.decision_done, name="decision_done"),
    # documents
    path("namnder/<slug:slug>/dokument/", document_views.document_list, name="document_list"),
    path("namnder/<slug:slug>/dokument/ny/", document_views.document_new, name="document_new"),
    path("namnder/<slug:slug>/namndblad/", document_views.board_sheet_new, name="board_sheet_new"),
    path("namnder/<slug:slug>/dokument/<int:pk>/", document_views.document_page, name="document_page"),
    path(
        "namnder/<slug:slug>/dokument/<int:pk>/version/",
        document_views.document_version,
        name="document_version",
    ),
    path(
        "namnder/<slug:slug>/dokument/<int:pk>/diarienummer/",
        document_views.document_register,
        name="document_register",
    ),
    path(
        "namnder/<slug:slug>/dokument/<int:pk>/atertaget/",
        document_views.document_withdraw,
        name="document_withdraw",
    ),
    path(
        "namnder/<slug:slug>/dokument/<int:pk>/fil/<int:number>/",
        document_views.document_file,
        name="document_file",
    ),
]
