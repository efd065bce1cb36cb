"""Preparedness sectors that cut across boards: who leads and who takes part."""

from boards.models import Sector

from .people import Town

# The sectors themselves are reference data; the lead takes part too.
SECTORS = {
    "energiforsorjning": ("exploateringsnamnden", ("fastighetsnamnden", "sisab", "micasa")),
    "kommunikationer": ("stokab", ("kommunstyrelsen", "servicenamnden")),
    "livsmedel_och_dricksvatten": (
        "stockholm_vatten_och_avfall",
        ("miljo_och_halsoskyddsnamnden", "utbildningsnamnden"),
    ),
    "ordning_och_sakerhet": ("kommunstyrelsen", ("bromma_sdn", "jarva_sdn", "norra_innerstaden_sdn")),
    "transporter": ("trafiknamnden", ("stockholms_hamn", "stockholm_parkering")),
    "vard_och_omsorg": (
        "aldrenamnden",
        ("socialnamnden", "micasa", "bromma_sdn", "farsta_sdn", "jarva_sdn", "skarholmen_sdn"),
    ),
}


def cut_across(town: Town) -> None:
    for code, (lead, members) in SECTORS.items():
        sector = Sector.objects.get(code=code)
        sector.lead = town.boards[lead]
        sector.save()
        sector.members.set(town.boards[member] for member in (lead, *members))
