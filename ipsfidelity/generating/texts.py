"""Invented words. None of them names a place, a service or a person that there is."""

MARK = "generated"
DOMAIN = "generated.example"

PLACES = (
    "Alderbrook", "Ashmere", "Birchhaven", "Brackley Moor", "Cedar Reach", "Coldwater", "Copperfield", "Dunmoor",
    "Eastmere", "Elmsgate", "Fernley", "Foxhollow", "Glenarbour", "Greyhaven", "Hartsea", "Hazelmere", "Holmswick",
    "Ivybridge Vale", "Juniper Bay", "Kestrel Point", "Larkfield", "Linden Cross", "Maplehurst", "Millrace",
    "Northam Water", "Oakenshaw", "Otterbourne", "Pinecrest", "Quarrydale", "Redwater", "Rowanlea", "Saltmarsh",
    "Silverbeck", "Stonebridge", "Thornfield", "Umberleigh", "Valehead", "Westering", "Willowby", "Yarrowdale",
)  # fmt: skip
FIRST_NAMES = (
    "Ada", "Amir", "Anouk", "Bela", "Carys", "Chidi", "Dana", "Eino", "Farah", "Gwen", "Hana", "Idris", "Ines", "Jonas",
    "Kalinda", "Leif", "Maren", "Nadia", "Oisin", "Priya", "Quinn", "Rafa", "Saoirse", "Tariq", "Uma", "Vera", "Wim",
    "Yara", "Zeno",
)  # fmt: skip
LAST_NAMES = (
    "Abbot", "Barrow", "Castell", "Delacroix", "Easton", "Farrow", "Gale", "Hollis", "Ibsen", "Jarrow", "Keane",
    "Lindqvist", "Marlow", "Norwood", "Okafor", "Penrose", "Quill", "Rasmus", "Sable", "Thorne", "Usher", "Vance",
    "Wilder", "Yates",
)  # fmt: skip
COMPASS = (
    "North",
    "East",
    "South",
    "West",
    "Central",
    "Coast",
    "Border",
    "Upland",
    "River",
    "Lake",
    "Island",
    "Plain",
)

NOT_RATED = "The visit did not reach what this item asks about."
SUMMARY = "The team was welcomed everywhere and saw what it asked to see. All of this is invented."
STRENGTH = "Practice here is steady, and people who were asked said the same."
REASON = "The team went through what each had seen and agreed on this."
BARRIERS = (
    "Two posts stood empty for most of the year.",
    "Clinicians and specialists keep separate records.",
    "Money for the service is granted a year at a time.",
    "Referrals come late, if at all.",
)
FACILITATORS = (
    "The manager of the clinic speaks for IPS in every meeting.",
    "New staff shadow someone for a month.",
    "Employers nearby know the team by name.",
)
ADAPTATIONS = (
    ("Specialists see people by video in outlying districts.", "The way to the clinic takes half a day."),
    ("One team leader serves two services.", "Neither is large enough for one of its own."),
)
MEASURES = (
    "Counted at the monthly meeting.",
    "Read from ten records a quarter.",
    "Asked of every new client.",
)
NOTES = (
    "Spoken of at the team meeting; a first step is made.",
    "Waiting for the new post to be filled.",
    "Half of the way: the form is in use in one of two teams.",
)
SET_ASIDE = "The commissioner changed what is paid for."


def rationale(title: str, score: int) -> str:
    return f"{title}: what was seen and said fits the anchor of {score}."


def evidence(title: str) -> str:
    return f"Records read, and interviews with specialists and clinicians, on {title.lower()}."


def recommendation(title: str) -> str:
    return f"Agree within the quarter who sees to this, and look at it again: {title.lower()}."


def action(title: str) -> str:
    return f"Work on this together with the clinical teams: {title.lower()}."[:200]
