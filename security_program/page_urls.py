"""Addresses of the pages that the roof composes or owns."""

from django.urls import include, path

from boards import access_requests

from .pages import (
    accessibility,
    adoptions,
    agendas,
    first_run,
    follow_ups,
    guidelines,
    health,
    obligations,
    oversight,
    papers,
    plan_tables,
    plans,
    programme,
    reading,
    requirements,
    rounds,
    sanitation,
    settings,
    steering,
    wording,
    year,
)

# One board's follow-up in one round.
report_urls = [
    path("", follow_ups.follow_up_page, name="follow_up_page"),
    path("<int:pk>/", follow_ups.follow_up_answer, name="follow_up_answer"),
    path("lage/", follow_ups.follow_up_situation, name="follow_up_situation"),
    path("chef/", follow_ups.follow_up_to_chief, name="follow_up_to_chief"),
    path("andring/", follow_ups.follow_up_given_back, name="follow_up_given_back"),
    path("inlamning/", follow_ups.follow_up_filed, name="follow_up_filed"),
    path("granskning/", follow_ups.follow_up_taken_up, name="follow_up_taken_up"),
    path("aterlamning/", follow_ups.follow_up_returned, name="follow_up_returned"),
    path("godkannande/", follow_ups.follow_up_approved, name="follow_up_approved"),
    path("oppning/", follow_ups.follow_up_reopened, name="follow_up_reopened"),
    path("styrsystem/", steering.follow_up_steering, name="follow_up_steering"),
    path("styrsystem/ny/", steering.follow_up_handed_over, name="follow_up_handed_over"),
    path("styrsystem/<int:pk>/fil/", steering.hand_over_file, name="hand_over_file"),
    path("tillagg/ny/", follow_ups.follow_up_supplement, name="follow_up_supplement"),
]

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
    # what the programme asks, and what the organisations answer
    path("namnder/<slug:slug>/krav/<int:year>/", obligations.obligation_list, name="obligation_list"),
    path(
        "namnder/<slug:slug>/krav/<int:year>/bekraftelser/",
        obligations.obligation_confirm,
        name="obligation_confirm",
    ),
    path(
        "namnder/<slug:slug>/krav/<int:year>/<slug:code>/",
        obligations.obligation_page,
        name="obligation_page",
    ),
    path(
        "namnder/<slug:slug>/krav/<int:year>/<slug:code>/ej-verifierat/",
        obligations.obligation_not_verified,
        name="obligation_not_verified",
    ),
    path("namnder/<slug:slug>/antagande/ny/", adoptions.adoption_new, name="adoption_new"),
    path("program/<slug:slug>/antaganden/", adoptions.adoption_list, name="adoption_list"),
    path(
        "program/<slug:slug>/antaganden/uppmaning/ny/", adoptions.adoption_call_new, name="adoption_call_new"
    ),
    path("uppfoljning/krav/", oversight.obligation_matrix, name="obligation_matrix"),
    path("uppfoljning/krav/paminnelser/", oversight.obligation_reminders, name="obligation_reminders"),
    path("uppfoljning/krav/<slug:code>/", oversight.requirement_oversight, name="requirement_oversight"),
    path(
        "uppfoljning/krav/<int:year>/<slug:number>/<slug:slug>/",
        oversight.obligation_cell,
        name="obligation_cell",
    ),
    # a council's agenda, and what it decides
    path("namnder/<slug:slug>/moten/forslag/", agendas.council_agenda, name="council_agenda"),
    path(
        "namnder/<slug:slug>/beslut/<int:pk>/aktivitet/", agendas.decision_activity, name="decision_activity"
    ),
    # a year's plan and its follow-up
    path("namnder/<slug:slug>/mal/<int:year>/", plans.board_plan, name="board_plan"),
    path("namnder/<slug:slug>/mal/<int:year>/ny/", plans.board_goal_new, name="board_goal_new"),
    path("namnder/<slug:slug>/mal/<int:year>/ej-relevant/", plans.not_relevant_new, name="not_relevant_new"),
    path("namnder/<slug:slug>/ej-relevant/<int:pk>/", plans.not_relevant_reason, name="not_relevant_reason"),
    path("namnder/<slug:slug>/mal/<int:year>/overforing/", plans.plan_copied, name="plan_copied"),
    path("namnder/<slug:slug>/mal/<int:year>/tabell/<slug:what>/", plan_tables.plan_table, name="plan_table"),
    path("namnder/<slug:slug>/egna-mal/<int:pk>/", plans.board_goal, name="board_goal"),
    path("namnder/<slug:slug>/egna-mal/<int:pk>/borttagning/", plans.board_goal_away, name="board_goal_away"),
    path(
        "namnder/<slug:slug>/egna-mal/<int:pk>/sortering/", plans.board_goal_sorted, name="board_goal_sorted"
    ),
    path("namnder/<slug:slug>/egna-mal/<int:pk>/aktivitet/ny/", plans.activity_new, name="activity_new"),
    path("namnder/<slug:slug>/egna-mal/<int:pk>/indikator/ny/", plans.indicator_new, name="indicator_new"),
    path("namnder/<slug:slug>/indikatorer/<int:pk>/", plans.indicator_page, name="indicator_page"),
    path(
        "namnder/<slug:slug>/indikatorer/<int:pk>/borttagning/", plans.indicator_away, name="indicator_away"
    ),
    path("namnder/<slug:slug>/aktiviteter/<int:pk>/", plans.activity_page, name="activity_page"),
    path("namnder/<slug:slug>/aktiviteter/<int:pk>/borttagning/", plans.activity_away, name="activity_away"),
    path("namnder/<slug:slug>/uppfoljning/<int:year>/<slug:kind>/", include(report_urls)),
    path("uppfoljning/", rounds.round_list, name="round_list"),
    path("uppfoljning/styrsystem/", steering.steering_words, name="steering_words"),
    path("uppfoljning/ny/", rounds.round_new, name="round_new"),
    path("uppfoljning/<int:year>/<slug:kind>/", rounds.round_page, name="round_page"),
    path("uppfoljning/<int:year>/<slug:kind>/datum.ics", year.round_date, name="round_date"),
    path("uppfoljning/<int:year>/<slug:kind>/lasning/", rounds.round_locked, name="round_locked"),
    path("arshjul/", year.year_wheel, name="year_wheel"),
    path("arshjul/<slug:code>.ics", year.year_date, name="year_date"),
    path("kalender/", year.own_calendar, name="own_calendar"),
    path("kalender/datum/<slug:key>.ics", year.own_date, name="own_date"),
    path("kalender/adress/ny/", year.calendar_address_new, name="calendar_address_new"),
    path("kalender/adress/slut/", year.calendar_address_end, name="calendar_address_end"),
    path("kalender/<slug:secret>.ics", year.calendar_feed, name="calendar_feed"),
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
