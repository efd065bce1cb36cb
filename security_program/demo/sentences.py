"""What the boards of the demo write in their plans and follow-ups. All of it is invented."""

# By focus area of 2020–2023, in order: two ways of wording a goal, and what is done about it.
GOALS = (
    (
        "Alla chefer vet vad de ska göra de första timmarna av en kris",
        "Krisledningen är samlad inom en timme, också på en helg",
    ),
    (
        "Verksamheten klarar två dygn utan el och data",
        "Vi vet vad vi ska klara i höjd beredskap och med vilka",
    ),
    (
        "Alla medarbetare kan skydda den information de arbetar med",
        "Vi känner våra viktigaste leverantörers sårbarheter",
    ),
    (
        "Färre olyckor bland dem vi finns till för",
        "Varje brand stannar i det rum där den börjar",
    ),
    (
        "Ingen medarbetare är ensam med hot eller våld",
        "Den som utsätts för hot får stöd samma dag",
    ),
)
ACTIVITIES = (
    (
        "Öva ledningen i ett scenario med långvarigt elavbrott",
        "Gå igenom larmlistan på varje enhet",
        "Utbilda nya chefer under första halvåret",
    ),
    (
        "Pröva reservrutinerna under ett dygn på två enheter",
        "Ta reda på vilka uppgifter vi får i höjd beredskap",
        "Se över förråden av vatten, mat och bränsle",
    ),
    (
        "Uppdatera avtalen med krav på kontinuitet",
        "Utbilda alla nyanställda i hur information skyddas",
        "Gå igenom vilka som har åtkomst till våra system",
    ),
    (
        "Gå brandskyddsrond tillsammans med skyddsombuden",
        "Sanda och lys upp alla entréer före november",
        "Följ upp varje fallolycka inom en vecka",
    ),
    (
        "Följ upp stödet till dem som har utsatts för hot",
        "Pröva larmknapparna i receptioner och besöksrum",
        "Prata om otillåten påverkan på varje arbetsplatsträff",
    ),
)
SAID = {
    "enligt-plan": (
        "Arbetet är i gång och följer planen.",
        "Hälften av enheterna är klara, resten tas i höst.",
        "Första delen är gjord och har fått ett gott mottagande.",
    ),
    "forsenad": (
        "Arbetet har fått vänta eftersom samordnaren slutade.",
        "Upphandlingen drar ut på tiden. Ny tidplan finns.",
    ),
    "genomford": (
        "Genomfört. Tolv chefer deltog och sex brister har en ansvarig.",
        "Klart före sommaren. Lärdomarna är spridda till alla enheter.",
    ),
    "avbruten": ("Avbrutet, eftersom verksamheten har flyttat till en annan nämnd.",),
}
RISKS = (
    "Skyfall som stänger lokaler i källarplan, och avbrott i el och data under vintern.",
    "Brist på vikarier gör oss sårbara om flera är sjuka samtidigt.",
    "Beroendet av en enda leverantör av mat och transporter.",
)
ACCIDENTS = (
    "Halkolyckor vid entréer och tunga lyft i hemtjänsten.",
    "Fall i trappor och en brand i ett kök.",
)
THREATS = ("Hot i reception och på telefon.", "Hot mot handläggare efter avslag, och två fall av våld.")
AHEAD = ("Fler upphandlingar och en flytt av verksamhet.", "")
SUPPLEMENT = "Antalet som övade ska vara fjorton, inte tolv."
