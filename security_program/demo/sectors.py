"""Preparedness sectors that cut across boards: who leads and who takes part."""

from boards.models import Sector

from .people import Town

SECTORS = {
    "energiforsorjning": (
        "Energiförsörjning",
        "exploateringsnamnden",
        ("fastighetsnamnden", "sisab", "micasa", "svenska_bostader"),
    ),
    "vatten_och_avlopp": (
        "Dricksvatten och avlopp",
        "stockholm_vatten_och_avfall",
        ("miljo_och_halsoskyddsnamnden", "trafiknamnden"),
    ),
    "transporter": ("Transporter", "trafiknamnden", ("stockholms_hamn", "stockholm_parkering")),
    "kommunikationer": (
        "Elektroniska kommunikationer",
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
        sector = Sector.objects.create(code=code, name=name, lead=town.boards[lead])
        sector.members.set(town.boards[member] for member in (lead, *members))
