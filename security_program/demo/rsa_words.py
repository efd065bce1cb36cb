"""What the invented analyses say beyond the commitments: weaknesses, measures, plans, suppliers and remarks.

The suppliers are made up, and so are their numbers: none of them has the check digit that a real number must have.
"""

SUPPLIERS = {
    "elnat": ("Mälarström Elnät AB", "559911-0100", "Elnät"),
    "mobil": ("Nordsvar Mobil AB", "559911-0200", "Mobiltelefoni och mobila larm"),
    "omsorgsdata": ("Omsorgsdata i Norden AB", "559911-0301", "Verksamhetssystem för omsorgen"),
    "maltid": ("Brickan Måltider AB", "559911-0400", "Lagad mat till boenden, skolor och förskolor"),
    "drivmedel": ("Kvarnholmens Drivmedel AB", "559911-0500", "Drivmedel och diesel till reservkraft"),
    "bank": ("Riksväxelbanken AB", "559911-0600", "Konton och betalningar"),
    "bevakning": ("Vaka Bevakning AB", "559911-0700", "Väktare, ordningsvakter och larm"),
    "drift": ("Granit Driftcentral AB", "559911-0800", "Drift av stadens servrar"),
    "varme": ("Söderkraft Värme AB", "559911-0900", "Fjärrvärme"),
    "jour": ("Dygnet Fastighetsjour AB", "559911-1000", "Jour och felavhjälpning"),
    "larm": ("Trygg Respons AB", "559911-1101", "Mottagning av larm"),
    "gata": ("Vintervägar Entreprenad AB", "559911-1200", "Snöröjning och gatudrift"),
    "lon": ("Lönverket Sverige AB", "559911-1300", "Löne- och ekonomisystem"),
    "skola": ("Skolplats Nordia AB", "559911-1400", "Skolplattform"),
    "fiber": ("Svets & Fiber i Stockholm AB", "559911-1500", "Reparation av fiber"),
    "kemi": ("Östersjö Kemikalier AB", "559911-1600", "Kemikalier till vattenverk och bad"),
}
# By the words of a dependency, who delivers it.
DELIVERED_BY = {
    "Elnätet": "elnat",
    "Mobiltelefoni": "mobil",
    "Mobilnät för larm": "mobil",
    "Verksamhetssystemet för omsorgen": "omsorgsdata",
    "Måltider": "maltid",
    "Drivmedel till tjänstebilar": "drivmedel",
    "Drivmedel till servicebilar": "drivmedel",
    "Diesel till reservkraft": "drivmedel",
    "Bank och betalningar": "bank",
    "Ordningsvakter": "bevakning",
    "Väktare och larm": "bevakning",
    "Ärende- och diariesystemet": "drift",
    "Kund- och ekonomisystemet": "drift",
    "Driftcentralen": "drift",
    "Fjärrvärme": "varme",
    "Jourentreprenör": "jour",
    "Larmoperatör": "larm",
    "Snöröjning och gatudrift": "gata",
    "Löne- och ekonomisystemet": "lon",
    "Skolplattformen": "skola",
    "Fiberreparatörer": "fiber",
    "Kemikalier till vattenverken": "kemi",
    "Kemikalier till baden": "kemi",
}
CONTRACTS = ("Avtal 2023:114, till och med 2027", "Ramavtal 2022:31, kan förlängas ett år", "Avtal 2024:9")
DEMANDED = "Samma krav på informationssäkerhet och kontinuitet som i egen verksamhet"

# By the kind of risk: what makes it worse with them, and what they do about it.
WEAK = {
    "natur_klimat": (
        "Ingen har ansvar för snöskottning vid entréerna på helger",
        "Två lokaler saknar kylda rum",
    ),
    "smitta": ("Vikariepoolen är gemensam och töms samtidigt för alla", "Skyddsutrustning räcker i fem dygn"),
    "hot_vald": ("Larmknappar saknas vid hembesök", "Receptionen har bara en utgång"),
    "teknik": ("Bara en person kan starta om systemet", "Reservkraften provas inte med full last"),
    "olycka_brand": ("Utrymning övas inte på natten", "Ritningarna är tio år gamla"),
    "forsorjning": ("En enda leverantör, och lager för ett dygn",),
    "antagonistisk": ("Dörrar mellan hus står olåsta på dagen", "Gamla konton tas bort för sent"),
    "informationspaverkan": ("Ingen bevakar vad som sprids på kvällar och helger",),
    "social_oro": ("Samverkan med polisen hänger på en person",),
}
MEASURES = {
    "natur_klimat": ("Avtala om snöröjning med reserv", "Ordna svala rum på varje boende"),
    "smitta": ("Träna egen personal i att ta över andra uppgifter", "Utöka lagret av skyddsutrustning"),
    "hot_vald": ("Inför larm vid ensamarbete", "Bygg om receptionen med två utgångar"),
    "teknik": ("Prova reservkraften med full last varje kvartal", "Öva reservrutinen på papper"),
    "olycka_brand": ("Öva utrymning under natten", "Gå igenom brandskyddet med räddningstjänsten"),
    "forsorjning": ("Ta in en andra leverantör i avtalet",),
    "antagonistisk": ("Stäng gamla konton samma dag någon slutar", "Höj skalskyddet i teknikrummen"),
    "informationspaverkan": ("Utbilda talespersoner och bevaka sociala medier",),
    "social_oro": ("Träffa polis och fastighetsägare varje månad",),
}
MAKE_A_PLAN = "Ta fram en kontinuitetsplan för: {}"
# By the kind of dependency: the plan's name, when it is put to use, what is done, what it takes, and for how long.
PLANS = {
    "el": (
        "Reservkraft och flytt",
        "Avbrott längre än 15 minuter",
        "Starta reservkraften. Flytta dem som behöver el till huset med eget aggregat.",
        "Aggregat, diesel för ett dygn",
        24,
    ),
    "tele_data": (
        "Radio och bud",
        "Telefonerna är döda i 30 minuter",
        "Lämna ut radioapparater till gruppledarna. Skicka bud varannan timme.",
        "Tolv radioapparater, laddade",
        48,
    ),
    "it_system": (
        "Papper och telefon",
        "Systemet svarar inte på en timme",
        "Arbeta efter utskrivna listor från i morse. För in i efterhand.",
        "Utskrifter varje morgon",
        48,
    ),
    "bemanning": (
        "Prioriterade insatser",
        "Färre än 60 procent i tjänst",
        "Gör insatserna i prioritetslistans ordning. Ring in anhöriga.",
        "Prioritetslista per brukare",
        96,
    ),
    "livsmedel": (
        "Kall mat från lager",
        "Leveransen är fyra timmar sen",
        "Ta ut torrvaror och konserver. Dela ut vatten.",
        "Lager för två dygn",
        48,
    ),
    "lokal": (
        "Reservlokal",
        "Huset går inte att använda",
        "Flytta till reservlokalen enligt kartan.",
        "Avtal om lokal",
        168,
    ),
    "vatten": (
        "Nödvatten",
        "Inget vatten i kranen i två timmar",
        "Hämta vatten vid tankställe. Tvätta med servetter.",
        "Dunkar och servetter",
        48,
    ),
    "varme": (
        "Varma rum",
        "Under 17 grader inomhus",
        "Samla alla i två rum med egna element.",
        "Element och filtar",
        24,
    ),
    "betalning": (
        "Rekvisitioner",
        "Betalningar är stoppade mer än ett dygn",
        "Skriv rekvisitioner till butiker som har avtal.",
        "Block i kassaskåpet",
        120,
    ),
    "leverantor": (
        "Avtal i reserv",
        "Leverantören kan inte leverera på ett dygn",
        "Avropa från andra leverantören på listan.",
        "Lista med avtal",
        72,
    ),
    "intern_namnd": (
        "Egen reserv",
        "Den andra nämnden kan inte leverera",
        "Gör det nödvändigaste själva och ring deras jour.",
        "Jourlista",
        24,
    ),
    "drivmedel": (
        "Tankning i förväg",
        "Bränsle saknas vid ordinarie station",
        "Tanka ur tanken i depån. Kör bara prioriterade turer.",
        "Tank i depån",
        72,
    ),
}
GRADES = ("god", "i_huvudsak_god", "i_huvudsak_god", "bristfallig", "mycket_bristfallig")
NO_ACCIDENTS = "Vi driver ingen egen verksamhet där olyckor kan få följder för andra."
NO_VIOLENCE = "Vi möter inte allmänheten, och inga händelser har rapporterats på fem år."
RETURNED = "Två saker behöver ses över innan vi kan godkänna."
REMARKS = (
    ("why", "Vilket underlag har ni för sannolikheten? Skriv en mening om det.", "Vi har lagt till händelsen från i vintras."),
    ("measures", "Åtgärden saknar en dag som går att följa upp.", "Dagen är satt efter samtal med chefen."),
)  # fmt: skip
RECALLED = "Fel version skickades. Beroendena från i våras saknades."
COMMENTS = (
    "Stämmer det fortfarande? Reservkraften byttes i maj.",
    "Jag frågar enhetschefen på torsdag.",
    "Kan vi skriva vilka gator det gäller?",
)
CONFIRMED = (
    "Det stämmer. Vår jour nås dygnet runt.",
    "Ja, men räkna med att vi prioriterar vården först.",
    "",
)
REJECTED = "Vi har inget avtal om det med er. Hör av er, så ser vi på det tillsammans."
ACCEPTED = "Ombyggnaden som tar bort risken börjar till våren. Till dess bevakas platsen."
