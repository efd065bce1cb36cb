"""The words a requirement is made of: its kind, how often, and who in the programme's own terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    DUTY = "krav", _("Binding")
    DECISION = "beslut", _("Part of the decision")
    EARLIER = "tidigare", _("From an earlier version")
    WISH = "onskemal", _("Wish from a consulted body")
    POLITICAL = "politiskt", _("Wish from a party")
    PROPOSAL = "forslag", _("Proposed for the next version")
    PRACTICE = "praxis", _("Local practice")


class Cadence(models.TextChoices):
    ONGOING = "lopande", _("All the time")
    KEPT_CURRENT = "lopande_aktuell", _("Always up to date")
    ROUND_THE_CLOCK = "dygnet_runt", _("Round the clock")
    AFTER_HOURS = "utanfor_kontorstid", _("Outside office hours")
    REGULARLY = "regelbundet", _("Regularly")
    YEARLY = "arligen", _("Every year")
    YEARLY_PLAN = "arligen_vp", _("Every year, in the plan for the year")
    YEARLY_BUDGET = "arligen_budget", _("Every year, in the budget")
    YEARLY_T2 = "arligen_t2", _("Every year, at the second tertial")
    TERTIALS = "tertial_och_ar", _("Each tertial and each year")
    TERM = "varje_mandatperiod", _("Each term of office")
    PERIOD = "per_programperiod", _("Once each programme period")
    DURING_PERIOD = "under_programperioden", _("During the programme period")
    NEW_VERSION = "vid_ny_version", _("With each new version")
    ONCE = "engang", _("Once")
    BY_A_DAY = "senast", _("By a certain day")
    INSTRUCTED = "enligt_anvisning", _("As the instruction says")
    EACH_RSA = "per_rsa", _("In each RSA")
    EACH_RSA_AND_ONGOING = "per_rsa_och_lopande", _("In each RSA and all the time")
    EACH_PURCHASE = "per_upphandling", _("At each procurement")
    EACH_PROJECT = "per_projekt", _("In each project")
    EACH_STYREL = "per_styrel_omgang", _("In each round of Styrel")
    EACH_EVENT = "per_handelse", _("For each event")
    AT_EVENT = "vid_handelse", _("When something happens")
    AFTER_EVENT = "efter_varje_handelse", _("After each event")
    AFTER_CKL = "efter_varje_ckl_aktivering", _("After each time central crisis management was activated")
    AT_ONCE = "omgaende", _("At once")
    WITHOUT_DELAY = "utan_drojsmal", _("Without delay")
    SIX_HOURS = "inom_6_timmar", _("Within six hours")
    WHEN_NEEDED = "vid_behov", _("When needed")
    AT_EXERCISE = "vid_ovning", _("When there is an exercise")
    EXTRAORDINARY = "vid_extraordinar_handelse", _("At an extraordinary event")
    HEIGHTENED = "vid_hojd_beredskap", _("At heightened preparedness")
    WAR = "i_krig", _("In war")
    UNSTATED = "oangivet", _("Not stated")


class Actor(models.TextChoices):
    COUNCIL = "kommunfullmaktige", _("The city council")
    EXECUTIVE = "kommunstyrelsen", _("The city executive board")
    OFFICE = "stadsledningskontoret", _("The city executive office")
    DIRECTOR = "stadsdirektoren", _("The city manager")
    CITY = "staden", _("The city")
    BOARD = "namnd", _("Board")
    DISTRICT = "stadsdelsnamnd", _("District board")
    SOCIAL = "socialnamnden", _("The social services board")
    COMPANY = "bolagsstyrelse", _("Board of a company")
    PARENT_COMPANY = "stockholms_stadshus_ab", "Stockholms Stadshus AB"
    FIRE_BRIGADE = "ssbf", _("The fire brigade of Greater Stockholm")
    INSURER = "s_t_erik_forsakring", "S:t Erik Försäkring"
    MANAGER = "chef", _("Managers")
    EMPLOYEE = "medarbetare", _("Employees")
    COORDINATOR = "sakerhetssamordnare", _("Security coordinators")
    PROTECTIVE_CHIEF = "sakerhetsskyddschef", _("The head of protective security")
    CRISIS_BOARD = "krisledningsnamnden", _("The crisis management board")
    CRISIS_CHAIR = "krisledningsnamndens_ordforande", _("The chair of the crisis management board")
    CKL = "ckl", _("The central crisis management")
    RISK_COUNCIL = "riskhanteringsradet", _("The risk management council")
    CONSULTED = "remissinstans", _("Those consulted")
    OUTSIDE = "externa_aktorer", _("Others outside the city")
    PUBLIC = "allmanheten", _("The public")
    INCIDENT_SYSTEM = "incidentrapporteringssystemet", _("The incident reporting system")
    POLICE = "polismyndigheten", _("The police")
    COUNTY = "lansstyrelsen", _("The county administrative board")
    REGION = "ssr", "Samverkan Stockholmsregionen"
    TELECOM = "pts", "PTS"
