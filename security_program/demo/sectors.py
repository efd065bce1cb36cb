"""Preparedness sectors that cut across boards: who leads and who takes part."""

from boards.models import Sector

from .people import Town

SECTORS = {
    "energiforsorjning": (
        "Energiförsörjning",
        "exploateringsnamnden",
        ("fastighetsnamnden", "sisab", "micasa", "svenska_bostader"),
    ),
    "livsmedel_och_dricksvatten": (
        "Livsmedelsförsörjning och dricksvatten",
        "stockholm_vatten_och_avfall",
        ("miljo_och_halsoskyddsnamnden", "trafiknamnden"),
    ),
    "transporter": ("Transporter", "trafiknamnden", ("stockholms_hamn", "stockholm_parkering")),
    "kommunikationer": (
        "Elektroniska kommunikationer och post",
        "stokab",
        ("kommunstyrelsen", "servicenamnden"),
    ),
    "vard_och_omsorg": (
        "Hälsa, vård och omsorg",
        "aldrenamnden",
        ("socialnamnden", "micasa", "bromma_sdn", "farsta_sdn", "jarva_sdn", "skarholmen_sdn"),
    ),
    "skola_och_barnomsorg": (
        "Skola och barnomsorg",
        "utbildningsnamnden",
        ("forskolenamnden", "sisab", "sodermalm_sdn"),
    ),
}


def cut_across(town: Town) -> None:
    for code, (name, lead, members) in SECTORS.items():
        sector, _new = Sector.objects.get_or_create(code=code, defaults={"name": name})
        Sector.objects.filter(pk=sector.pk).update(lead=town.boards[lead])
        sector.members.set(town.boards[member] for member in (lead, *members))
