"""Addresses of the pages that the roof composes or owns."""

from django.urls import path

from boards import access_requests

from .pages import (
    accessibility,
    first_run,
    guidelines,
    health,
    papers,
    programme,
    reading,
    requirements,
    sanitation,
    settings,
    wording,
    year,
)

urlpatterns = [
    path("halsa/", health.health, name="health"),
    path("status/", health.status, name="status"),
    path("hjalp/", reading.help_page, name="help"),
    path("ordlista/", reading.glossary, name="glossary"),
    path("personuppgifter/", reading.privacy, name="privacy"),
    path("tillganglighet/", accessibility.accessibility, name="accessibility"),
    path("tillganglighet/redogorelse/ny/", accessibility.statement_new, name="statement_new"),
    path("tillganglighet/brist/ny/", accessibility.barrier_new, name="barrier_new"),
    path("tillganglighet/brist/<int:pk>/", accessibility.barrier_answer, name="barrier_answer"),
    path("atkomst/ny/", access_requests.access_request_new, name="access_request_new"),
    path("atkomst/<int:pk>/", access_requests.access_request, name="access_request"),
    path("program/", programme.programme_list, name="programme_list"),
    path("program/jamfor/", programme.programme_compare, name="programme_compare"),
    path("program/utveckling/", programme.programme_lineage, name="programme_lineage"),
    path("program/krav/", requirements.requirement_list, name="requirement_list"),
    path("program/krav/<slug:slug>/", requirements.requirement_page, name="requirement_page"),
    path("program/anvisningar/", guidelines.guideline_list, name="guideline_list"),
    path("program/anvisningar/ny/", guidelines.guideline_new, name="guideline_new"),
    path("program/anvisningar/<slug:slug>/", guidelines.guideline_page, name="guideline_page"),
    path(
        "program/anvisningar/<slug:slug>/ny/", guidelines.guideline_version_new, name="guideline_version_new"
    ),
    path("program/anvisningar/<slug:slug>/beslut/", guidelines.guideline_decision, name="guideline_decision"),
    path(
        "program/anvisningar/<slug:slug>/kvittens/",
        guidelines.guideline_acknowledge,
        name="guideline_acknowledge",
    ),
    path("program/<slug:slug>/", programme.programme_page, name="programme_page"),
    path("program/<slug:slug>/text/ny/", wording.text_new, name="text_new"),
    path("program/<slug:slug>/text/granskning/", wording.text_preview, name="text_preview"),
    path("program/<slug:slug>/text/<int:order>/rattelse/", wording.erratum_new, name="erratum_new"),
    path("program/<slug:slug>/beredning/", programme.programme_moved, name="programme_moved"),
    path("program/<slug:slug>/fortsatt-giltighet/", programme.programme_kept, name="programme_kept"),
    path("program/<slug:slug>/upphorande/", programme.programme_ended, name="programme_ended"),
    path("program/<slug:slug>/ikrafttradande/", programme.programme_in_force, name="programme_in_force"),
    path("arshjul/", year.year_wheel, name="year_wheel"),
    path("lagesbilder/", papers.situation_list, name="situation_list"),
    path("rapporter/", papers.report_list, name="report_list"),
    path("sammantraden/", papers.meeting_list, name="meeting_list"),
    # the first run
    path("kom-igang/", first_run.set_up, name="set_up"),
    path("kom-igang/fil/", first_run.set_up_boards, name="set_up_boards"),
    path("kom-igang/<slug:part>/", first_run.set_up_part, name="set_up_part"),
    # what differs between cities
    path("typsnitt.css", settings.city_font, name="city_font"),
    path("installningar/", settings.settings_home, name="settings_home"),
    path("installningar/stad/", settings.city_name, name="settings_city"),
    path("installningar/utseende/", settings.city_look, name="settings_look"),
    path("installningar/telefon/", settings.city_numbers, name="settings_numbers"),
    path("installningar/kontakt/", settings.city_contact, name="settings_contact"),
    path("installningar/datum/", settings.date_list, name="settings_dates"),
    path("installningar/datum/<slug:code>/", settings.date_form, name="settings_date"),
    path("installningar/skalor/", settings.scale_list, name="settings_scales"),
    path("installningar/skalor/nivaer/", settings.scale_levels, name="settings_levels"),
    path("installningar/skalor/<slug:scale>/", settings.scale_words, name="settings_scale"),
    path("installningar/sanering/", sanitation.sanitize, name="sanitation"),
    path("installningar/texter/", settings.text_list, name="settings_texts"),
    path("installningar/texter/<slug:key>/", settings.text_form, name="settings_text"),
    path("installningar/nivaer/", settings.crisis_levels, name="settings_crisis"),
    path("installningar/nivaer/<slug:code>/", settings.crisis_level, name="settings_crisis_level"),
]
