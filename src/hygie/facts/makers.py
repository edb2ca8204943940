"""Makers of medical devices and of what runs in them: the spellings of one name, and how companies hang together.

A spelling variant is nearly certain; a brand, a division or a merger is less so: after one company buys another, a
product may stand under either name, and the table says with which probability a product of the same name is the same.
Probabilities are Hygie's own judgement. Spellings marked CISA are the vendor names of the medical advisories that CISA
publishes as CSAF; those marked CPE are vendor names of the CPE dictionary.

Product families: a word by which a maker's advisory names many products (`FAMILIES`), with members as users write them.

Source: CISA ICSMA advisories (CSAF); NVD CPE vendor names; the companies' own announcements of mergers, by year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

VERSION = 1

SPELLING = 0.99
"""Probability that a listed spelling means the maker."""


@dataclass(frozen=True, slots=True)
class Group:
    """One maker and its spellings."""

    normal: str
    spellings: tuple[str, ...]
    """As met; compared folded (case, accents, legal forms apart)."""
    source: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Two makers under either of which one product may stand."""

    one: str
    other: str
    kind: str
    """brand, division, merger, spin-off."""
    probability: float
    source: str


GROUPS: tuple[Group, ...] = (
    Group(
        "3B Medical", ("BMC Medical, 3B Medical", "3B Medical Inc"), "CISA ICSMA-17-227-01 names maker and distributor"
    ),
    Group(
        "Abbott",
        (
            "Abbott Laboratories",
            "Abbott Laboratories SA",
            "Abbott Medical",
            "Abbott Vascular",
            "Abbott Diagnostics",
            "abbottlaboratories",
        ),
        "CISA; CPE",
    ),
    Group(
        "Agfa", ("Agfa HealthCare", "Agfa-Gevaert", "agfa_healthcare", "AGFA Radiology Solutions"), "company names; CPE"
    ),
    Group("AliveCor", ("Alive Cor", "AliveCor Inc"), "CISA"),
    Group("ArjoHuntleigh", ("Arjo", "Huntleigh", "Arjo Huntleigh", "Huntleigh Healthcare"), "company names"),
    Group(
        "B. Braun",
        (
            "B Braun",
            "BBraun",
            "B. Braun Medical",
            "B. Braun Melsungen AG",
            "B.Braun Medical SAS",
            "B. Braun Avitum",
            "B. Braun Melsungen",
            "bbraun",
            "b_braun",
            "Aesculap",
        ),
        "CISA; CPE; Aesculap is its division",
    ),
    Group(
        "BD",
        (
            "Becton Dickinson",
            "Becton, Dickinson and Company (BD)",
            "Becton, Dickinson and Company",
            "Becton Dickinson and Co",
            "Becton-Dickinson",
            "BD Biosciences",
            "BD Medical",
            "BD Diagnostics",
            "BD Alaris",
            "BD Kiestra",
            "BD Rowa",
            "Becton",
            "bd",
            "becton_dickinson",
        ),
        "CISA; CPE",
    ),
    Group("BIOTRONIK", ("Biotronik SE & Co. KG", "Biotronik France"), "CISA"),
    Group("BPL Medical Technologies", ("BPL Medical", "BPL"), "CISA"),
    Group(
        "Baxter",
        (
            "Baxter International Inc.",
            "Baxter Healthcare",
            "Baxter SAS",
            "Baxter International",
            "Gambro",
            "Gambro Lundia",
            "Gambro Baxter",
            "Baxter Gambro",
            "Hospal",
            "Gambro Hospal",
        ),
        "CISA; Gambro, with its brand Hospal, bought 2013",
    ),
    Group("BeaconMedaes", ("Beacon Medaes", "BeaconMedæs"), "CISA"),
    Group("bioMérieux", ("Biomerieux", "bioMerieux SA"), "company name"),
    Group("Bio-Rad", ("BioRad", "Bio Rad Laboratories", "Bio-Rad Laboratories"), "company name"),
    Group(
        "Boston Scientific",
        ("Boston Scientific Corporation", "BostonScientific", "Guidant", "boston_scientific"),
        "CISA; CPE",
    ),
    Group(
        "Canon Medical",
        ("Canon Medical Systems", "Toshiba Medical Systems", "Toshiba Medical", "Canon Medical Systems Corporation"),
        "Toshiba Medical Systems bought by Canon 2016, renamed 2018",
    ),
    Group(
        "Capsule Technologies",
        ("Capsule Tech", "Capsule Technologie", "Capsule", "Philips Capsule", "capsuletech"),
        "CISA",
    ),
    Group("Braun", ("Braun GmbH", "Braun Healthcare"), "company names"),
    Group("Cardinal Health", ("Cardinal", "Cardinal Health France"), "company names"),
    Group(
        "CareFusion",
        (
            "Care Fusion",
            "Carefusion Corporation",
            "Carefusion France 309",
            "Cardinal Health CareFusion",
            "carefusion",
            "Alaris",
            "Alaris Medical",
            "Alaris Medical Systems",
            "IVAC",
            "IVAC Medical Systems",
        ),
        "CPE; Alaris Medical Systems, before 1996 IVAC, bought by Cardinal Health 2004",
    ),
    Group("CME Medical", ("CME", "Caesarea Medical Electronics"), "CISA ICSMA-22-335-01"),
    Group("Carestream", ("Carestream Health", "Carestream Health Inc", "Carestream Health France"), "CISA"),
    Group("Carl Zeiss Meditec", ("Zeiss", "Carl Zeiss", "Zeiss Meditec", "Carl Zeiss Meditec AG"), "company names"),
    Group(
        "Change Healthcare",
        ("ChangeHealthcare", "McKesson", "McKesson Corporation", "change_healthcare"),
        "CISA ICSMA-19-241-01: McKesson Cardiology",
    ),
    Group("Contec", ("Contec Health", "Contec Medical Systems", "Contec Medical", "contec_health"), "CISA; CPE"),
    Group(
        "Dräger",
        (
            "Drager",
            "Draeger",
            "Dräger Medical",
            "Draeger Medical",
            "Drägerwerk AG & Co. KGaA",
            "Drägerwerk",
            "Draegerwerk",
            "Dräger Médical SAS",
            "Draeger Medical Systems",
            "draeger",
            "Drager France",
            "Draeger Siemens",
            "Dräger Siemens",
        ),
        "CISA; CPE",
    ),
    Group("Edwards Lifesciences", ("Edwards", "Edwards Life Sciences", "Edwards Lifesciences SAS"), "company names"),
    Group("Elekta", ("Elekta AB", "Elekta SAS", "Elekta Instrument"), "company names"),
    Group(
        "Fresenius Kabi",
        (
            "Fresenius-Kabi",
            "Fresenius Kabi France",
            "Fresenius Kabi AG",
            "Fresenius Vial",
            "Fresenius Kabi Vial",
            "Vial Medical",
            "Vial",
            "FK",
            "fresenius-kabi",
        ),
        "CISA; CPE; Fresenius Vial made Agilia",
    ),
    Group(
        "Fresenius Medical Care",
        ("Fresenius Medical", "FMC Fresenius", "Fresenius Medical Care AG", "Fresenius Medical Care France"),
        "company names",
    ),
    Group(
        "Fujifilm",
        (
            "Fuji",
            "Fuji Film",
            "Fujifilm Corporation",
            "Fujifilm Medical",
            "Fujifilm Healthcare",
            "Fujifilm Medical Systems",
            "FUJIFILM France",
        ),
        "CISA",
    ),
    Group(
        "GE HealthCare",
        (
            "GE Healthcare",
            "GE Medical",
            "GE Medical Systems",
            "GEMS",
            "GEMS IT",
            "GEMSIT",
            "GE Medical Systems Information Technologies",
            "GEMS Information Technologies",
            "General Electric (GE)",
            "General Electric Healthcare",
            "General Electric Medical Systems",
            "GE",
            "General Electric",
            "gehealthcare",
            "GEHC",
            "ge",
            "GE Medical Systems SCS",
            "GE HealthCare Technologies",
            "G.E. Healthcare",
            "G.E. Medical Systems",
            "Datex-Ohmeda",
            "Datex Ohmeda",
            "Datex",
            "Marquette",
        ),
        "CISA; CPE; Datex-Ohmeda and Marquette are its earlier names for anaesthesia and monitoring",
    ),
    Group(
        "Getinge",
        (
            "Getinge AB",
            "Getinge France",
            "Maquet",
            "Maquet Critical Care",
            "MAQUET Getinge Group",
            "Getinge Maquet",
            "Getinge Infection Control",
            "Datascope",
        ),
        "Maquet is Getinge's brand since 2000",
    ),
    Group("Hamilton Medical", ("Hamilton", "Hamilton Medical AG", "hamilton-medical"), "CISA; CPE"),
    Group("Hillrom", ("Hill-Rom", "Hill Rom", "Hillrom Holdings", "Hill-Rom SAS", "hillrom"), "CISA; CPE"),
    Group("Hitachi", ("Hitachi Medical", "Hitachi Healthcare", "Hitachi Aloka", "Aloka"), "company names"),
    Group("Epsimed", ("EPSIMED",), "FDA safety communication of January 2025"),
    Group("Hewlett-Packard", ("HP", "Hewlett Packard", "HP Medical", "hewlett_packard"), "company names"),
    Group("Agilent", ("Agilent Technologies", "HP Agilent", "Agilent HP"), "company names"),
    Group("Hologic", ("Hologic Inc",), "company name"),
    Group("Hospira", ("Hospira Inc", "Hospira France"), "CPE"),
    Group("i-SENS", ("i-SENS Inc", "iSens", "I Sens"), "CISA"),
    Group("ICU Medical", ("ICUMedical", "ICU Medical Inc", "icumed"), "CPE"),
    Group("Illumina", ("Illumina Inc",), "CISA"),
    Group(
        "Innokas",
        ("Innokas Yhtymä Oy", "Innokas YhtymÃ¤ Oy", "Innokas Medical"),
        "CISA, also as damaged in encoding there",
    ),
    Group("Insulet", ("Insulet Corporation", "Omnipod"), "CISA"),
    Group(
        "Johnson & Johnson",
        (
            "Johnson and Johnson",
            "J&J",
            "Johnson et Johnson",
            "Johnson Johnson",
            "Ethicon",
            "Ethicon Endo-Surgery",
            "DePuy",
            "DePuy Synthes",
            "Biosense Webster",
            "johnson_and_johnson",
        ),
        "CISA; divisions named by the company",
    ),
    Group(
        "Karl Storz",
        ("Storz", "Karl Storz Endoskope", "Karl Storz SE & Co. KG", "Karl Storz Endoscopie France"),
        "company names",
    ),
    Group("Konica Minolta", ("Konica", "Konica Minolta Healthcare", "Konica Minolta Medical"), "company names"),
    Group("LifePoint Informatics", ("Life Point Informatics",), "CISA"),
    Group(
        "LivaNova", ("Sorin", "Sorin Group", "Stöckert", "Stockert", "LivaNova PLC"), "Sorin and Cyberonics merged 2015"
    ),
    Group("Löwenstein Medical", ("Loewenstein Medical", "Löwenstein", "Weinmann"), "company names"),
    Group("Masimo", ("Masimo Corporation", "Masimo Corp"), "company name"),
    Group(
        "Medtronic",
        ("Medtronic Inc", "Medtronic ", "Medtronic France", "Medtronic MiniMed", "MiniMed", "Medtronic Plc"),
        "CISA",
    ),
    Group(
        "Covidien",
        (
            "Covidien LP",
            "Covidien France",
            "Covidien Medtronic",
            "Medtronic Covidien",
            "Nellcor",
            "Puritan Bennett",
            "Nellcor Puritan Bennett",
            "Tyco",
            "Tyco Healthcare",
            "Valleylab",
        ),
        "brands named by the company; Tyco Healthcare until 2007",
    ),
    Group("MicroDicom", ("Micro Dicom",), "CISA"),
    Group(
        "Mindray",
        (
            "Shenzhen Mindray",
            "Mindray Bio-Medical",
            "Shenzhen Mindray Bio-Medical Electronics",
            "Mindray Medical",
            "Mindray Medical France",
        ),
        "company names",
    ),
    Group(
        "Mortara",
        ("Mortara Instrument", "Mortara Instruments", "ELI"),
        "CISA ICSMA-22-167-01: ELI devices of Mortara",
    ),
    Group(
        "Natus",
        ("Natus Medical, Inc. (Natus)", "Natus Medical", "Natus Medical Incorporated", "Xltek", "Nicolet"),
        "CISA; its neurology brands",
    ),
    Group("Nihon Kohden", ("NihonKohden", "Nihon Kohden Corporation", "Nihon Kohden France"), "company names"),
    Group("Nova Biomedical", ("Nova Biomedical Corporation",), "company name"),
    Group("OFFIS", ("OFFIS e.V.", "offis"), "CISA; CPE"),
    Group(
        "Olympus",
        ("Olympus Medical", "Olympus Medical Systems", "Olympus France", "Olympus Corporation"),
        "company names",
    ),
    Group("OpenClinic GA", ("OpenClinic", "openclinic_ga_project"), "CISA; CPE"),
    Group("Orthanc", ("Orthanc Server", "Osimis", "orthanc-server"), "CISA; CPE"),
    Group(
        "Philips",
        (
            "Phillips",
            "Philips Healthcare",
            "Philips Medical Systems",
            "Royal Philips",
            "Koninklijke Philips",
            "Koninklijke Philips N.V.",
            "Philips Medical",
            "Philips Electronics",
            "Philips France",
            "HP Philips",
            "Agilent Philips",
            "Philips Santé",
            "Philips Medizin Systeme",
            "Philips Medical Systems Nederland",
        ),
        "CISA, with a typing error there",
    ),
    Group("Qualcomm Life", ("Qualcomm", "Qualcomm Life Inc"), "CISA ICSMA-18-240-01"),
    Group(
        "Radiometer",
        ("Radiometer Medical", "Radiometer Medical ApS", "Radiometer SAS", "Radiometer Copenhagen"),
        "company names",
    ),
    Group("ResMed", ("Res Med", "ResMed SAS"), "company name"),
    Group("Respironics", ("Philips Respironics", "Respironics Inc"), "bought by Philips 2007"),
    Group(
        "Roche",
        (
            "Roche Diagnostics",
            "Roche Diagnostics GmbH",
            "Roche Diagnostics France",
            "F. Hoffmann-La Roche",
            "Hoffmann La Roche",
        ),
        "CISA",
    ),
    Group("Santesoft", ("Sante Soft", "Santesoft LTD"), "CISA"),
    Group("Schiller", ("Schiller AG", "Schiller Médical", "Schiller Medical SAS"), "company names"),
    Group("Shimadzu", ("Shimadzu Corporation", "Shimadzu France"), "company name"),
    Group("Siemens", ("Siemens AG", "siemens"), "CISA; CPE"),
    Group(
        "Siemens Healthineers",
        (
            "Siemens Healthcare",
            "Siemens Medical",
            "Siemens Medical Solutions",
            "Siemens Healthcare GmbH",
            "Siemens Healthcare SAS",
            "Siemens Healthineers AG",
            "siemens-healthineers",
            "Siemens Healthcare Diagnostics",
            "Siemens Médical",
        ),
        "spun off by Siemens, named Healthineers 2016; CPE",
    ),
    Group(
        "Silex Technology",
        ("Silex", "Silex Technology and GE Healthcare", "silextechnology"),
        "CISA ICSMA-18-128-01 names both",
    ),
    Group(
        "Smiths Medical",
        (
            "Smiths Medical ASD",
            "Smith Medical",
            "Smiths Medical International",
            "smiths-medical",
            "Smiths Medical France",
            "Graseby",
            "Medfusion",
        ),
        "CISA; CPE; its brands",
    ),
    Group("Softneta", ("Softneta UAB",), "CISA"),
    Group("SOOIL", ("SOOIL Developments", "SOOIL Developments Co, Ltd.", "SOOIL Development", "sooil"), "CISA; CPE"),
    Group("Spacelabs", ("Spacelabs Healthcare", "Spacelabs Medical", "Space Labs"), "CISA"),
    Group("St. Jude Medical", ("Saint Jude Medical", "St Jude Medical", "St. Jude", "SJM", "sjm"), "CISA; CPE"),
    Group("Stryker", ("Stryker Corporation", "Stryker France", "Stryker Medical"), "CISA"),
    Group("Swisslog Healthcare", ("Swisslog", "swisslog-healthcare", "Swisslog Health Care"), "CISA; CPE"),
    Group("Sysmex", ("Sysmex Corporation", "Sysmex France"), "company name"),
    Group("Tandem Diabetes Care", ("Tandem", "Tandem Diabetes"), "company name"),
    Group("Terumo", ("Terumo Corporation", "Terumo France", "Terumo BCT"), "company names"),
    Group(
        "Thermo Fisher",
        ("Thermo Fisher Scientific", "ThermoFisher", "Thermo Scientific", "Thermo Electron"),
        "company names",
    ),
    Group("Vantive", ("Vantive Health", "Vantive SAS"), "company names"),
    Group("Varian", ("Varian Medical Systems", "Varian Medical", "Varian Medical Systems France"), "company names"),
    Group("Vyaire Medical", ("Vyaire",), "CISA ICSMA-17-255-01"),
    Group(
        "Welch Allyn",
        ("WelchAllyn", "Welch-Allyn", "Welch Allyn Inc", "Hill-Rom / Welch Allyn", "Hillrom Welch Allyn"),
        "CISA names its products under Hillrom and Baxter",
    ),
    Group(
        "Wind River",
        (
            "ENEA, Green Hills Software, ITRON, IP Infusion, and Wind River",
            "WindRiver",
            "Wind River Systems",
            "windriver",
        ),
        "CISA ICSMA-19-274-01; CPE",
    ),
    Group("Ypsomed", ("Ypsomed AG", "Ypsomed SAS"), "CISA"),
    Group("ZOLL", ("Zoll Medical", "ZOLL Medical Corporation", "Zoll Medical France"), "CISA"),
    Group(
        "Hillrom and ELI, Baxter International",
        ("Hillrom and ELI, Baxter International Inc.",),
        "CISA ICSMA-22-167-01 names three in one",
    ),
    Group("Microsoft", ("Microsoft Corporation", "microsoft"), "CPE"),
    Group("BlackBerry", ("QNX", "QNX Software Systems", "Research In Motion", "blackberry"), "QNX bought 2010; CPE"),
    Group("Laerdal", ("Laerdal Medical", "Lærdal"), "company name"),
    Group("Physio-Control", ("Physio Control", "PhysioControl", "Medtronic Physio-Control"), "company name"),
    Group("Air Liquide Medical Systems", ("Air Liquide Medical", "Air Liquide Santé", "ALMS"), "company names"),
    Group("Atom Medical", ("Atom",), "company name"),
    Group("Ascom", ("Ascom AG", "Ascom France"), "company name"),
    Group("Omnicell", ("Omnicell Inc", "Aesynt"), "company names"),
    Group("Beckman Coulter", ("Beckman", "Beckman-Coulter", "Beckman Coulter France"), "company name"),
    Group("Werfen", ("Instrumentation Laboratory", "Werfen France", "IL Werfen"), "company names"),
    Group("Nipro", ("Nipro Corporation", "Nipro Medical"), "company name"),
    Group("Steris", ("Steris Corporation", "Cantel Medical", "Steris SAS"), "company names"),
    Group("Intuitive Surgical", ("Intuitive", "Intuitive Surgical SAS"), "company names"),
    Group("Accuray", ("Accuray Inc", "TomoTherapy"), "company names"),
    Group("Trumpf Medical", ("Trumpf", "Trumpf Medizin Systeme"), "company names"),
    Group("Samsung Medison", ("Samsung", "Medison", "Samsung Healthcare"), "company names"),
    Group("Esaote", ("Esaote SpA",), "company name"),
    Group("Bayer", ("Bayer HealthCare", "Medrad", "Bayer Medrad"), "Medrad bought 2006"),
    Group("Guerbet", ("Liebel-Flarsheim", "Guerbet SA"), "company names"),
    Group("Bracco", ("Bracco Injeneering", "E-Z-EM", "Acist"), "company names"),
)

RELATIONS: tuple[Relation, ...] = (
    Relation("BD", "CareFusion", "merger", 0.94, "bought by BD 2015"),
    Relation("CareFusion", "Cardinal Health", "spin-off", 0.9, "infusion pumps until 2009"),
    Relation("BD", "Cardinal Health", "spin-off", 0.85, "through CareFusion"),
    Relation("B. Braun", "Braun", "brand", 0.9, "written so for short; Braun itself makes thermometers"),
    Relation("BD", "CME Medical", "merger", 0.94, "bought by BD 2017; CISA ICSMA-22-335-01"),
    Relation("Baxter", "Vantive", "spin-off", 0.93, "kidney care of Baxter, a company of its own since 2025"),
    Relation("Dräger", "Siemens", "division", 0.85, "Infinity monitors sold as Siemens until 2003"),
    Relation("GE HealthCare", "Innokas", "brand", 0.93, "CARESCAPE VC150 is made by Innokas; CISA ICSMA-21-007-01"),
    Relation("CareFusion", "Vyaire Medical", "spin-off", 0.92, "respiratory business of CareFusion, 2016"),
    Relation("BD", "Vyaire Medical", "spin-off", 0.9, "sold by BD 2016"),
    Relation("Baxter", "Hillrom", "merger", 0.94, "bought by Baxter 2021"),
    Relation("Hillrom", "Welch Allyn", "brand", 0.95, "bought by Hill-Rom 2015; CISA names it as brand"),
    Relation("Baxter", "Welch Allyn", "brand", 0.93, "through Hillrom; CISA ICSMA-24-151-02"),
    Relation("Hillrom", "Mortara", "brand", 0.95, "Mortara bought by Hill-Rom 2017"),
    Relation("Welch Allyn", "Mortara", "brand", 0.95, "sold as Welch Allyn ELI"),
    Relation("Baxter", "Mortara", "brand", 0.93, "through Hillrom"),
    Relation("Hillrom and ELI, Baxter International", "Hillrom", "brand", 0.97, "three names in one text"),
    Relation("Hillrom and ELI, Baxter International", "Mortara", "brand", 0.97, "three names in one text"),
    Relation("Hillrom and ELI, Baxter International", "Welch Allyn", "brand", 0.95, "three names in one text"),
    Relation("Hillrom and ELI, Baxter International", "Baxter", "merger", 0.97, "three names in one text"),
    Relation("Hillrom", "Trumpf Medical", "merger", 0.92, "bought by Hill-Rom 2014"),
    Relation("Philips", "Hewlett-Packard", "spin-off", 0.85, "monitors and ultrasound, Agilent's from 1999"),
    Relation("Philips", "Agilent", "merger", 0.85, "healthcare group of Agilent bought by Philips 2001"),
    Relation("Contec", "Epsimed", "brand", 0.85, "FDA safety communication of January 2025: sold as Epsimed MN-120"),
    Relation("Philips", "Respironics", "brand", 0.95, "bought by Philips 2007"),
    Relation("Philips", "Capsule Technologies", "merger", 0.94, "bought by Philips 2021"),
    Relation("Qualcomm Life", "Capsule Technologies", "merger", 0.92, "Capsule owned by Qualcomm Life 2015 to 2019"),
    Relation(
        "Philips", "Carestream", "merger", 0.9, "healthcare information systems (Vue PACS) bought by Philips 2019"
    ),
    Relation("Siemens", "Siemens Healthineers", "division", 0.96, "spun off; advisories of both name its devices"),
    Relation("Siemens Healthineers", "Varian", "merger", 0.93, "bought 2021"),
    Relation("Siemens", "Varian", "merger", 0.9, "through Siemens Healthineers"),
    Relation("Abbott", "St. Jude Medical", "merger", 0.95, "bought by Abbott 2017"),
    Relation("ICU Medical", "Hospira", "merger", 0.94, "infusion systems bought 2017"),
    Relation("ICU Medical", "Smiths Medical", "merger", 0.94, "bought 2022"),
    Relation("Medtronic", "Covidien", "merger", 0.94, "bought 2015"),
    Relation("Medtronic", "Physio-Control", "spin-off", 0.9, "until 2011"),
    Relation("Stryker", "Physio-Control", "merger", 0.94, "bought 2016"),
    Relation("Fujifilm", "Hitachi", "merger", 0.92, "diagnostic imaging bought 2021"),
    Relation(
        "GE HealthCare", "Silex Technology", "brand", 0.93, "CISA ICSMA-18-128-01: network modules inside GE devices"
    ),
    Relation("Fresenius Kabi", "Fresenius Medical Care", "division", 0.7, "one group, other products"),
)

FAMILIES: dict[str, tuple[str, ...]] = {
    "intellivue": ("mp2", "mp5", "mp20", "mp30", "mp40", "mp50", "mp60", "mp70", "mp80", "mp90", "x2", "x3", "mx100",
                   "mx400", "mx450", "mx500", "mx550", "mx600", "mx700", "mx750", "mx800", "mx850",
                   "mx40"),
    "avalon": ("fm20", "fm30", "fm40", "fm50"),
    "efficia": ("cm10", "cm12", "cm100", "cm120", "cm150"),
    "pagewriter": ("tc10", "tc20", "tc30", "tc35", "tc50", "tc70"),
    "carescape": ("b450", "b650", "b850"),
    "spectrum": ("35700bax", "35700bax2", "35700bax3"),
    "alaris": ("8000", "8015"),
    "plum": ("a+", "a+3", "360"),
    "evita": ("v300", "v500", "v600", "v800"),
    "infinity": ("delta", "kappa", "gamma", "c500", "c700"),
    "agilia": ("sp", "vp", "link+", "connect"),
    "space": ("perfusor", "infusomat", "spacecom", "spacestation"),
}  # fmt: skip
"""Family word -> model tokens sold under it. Source: names in CISA's medical advisories and makers' catalogues."""


@dataclass(frozen=True, slots=True)
class Tie:
    """How one maker hangs together with another."""

    other: str
    """Normal form."""
    kind: str
    """brand, division, merger, spin-off."""
    probability: float
    """That a product of the same name is the same product."""


@dataclass(frozen=True, slots=True)
class Makers:
    """The tables as the comparison of names takes them."""

    spellings: Mapping[str, tuple[str, float]]
    """Spelling as written -> normal form and probability that it is meant."""
    ties: Mapping[str, tuple[Tie, ...]]
    """Normal form -> its ties, both ways."""


@cache
def makers() -> Makers:
    """Spellings and ties; always the same object."""
    spellings: dict[str, tuple[str, float]] = {}
    for group in GROUPS:
        spellings.update((spelling, (group.normal, SPELLING)) for spelling in group.spellings)
    for group in GROUPS:
        spellings[group.normal] = (group.normal, 1.0)
    ties: dict[str, tuple[Tie, ...]] = {}
    for relation in RELATIONS:
        for one, other in ((relation.one, relation.other), (relation.other, relation.one)):
            ties[one] = (*ties.get(one, ()), Tie(other, relation.kind, relation.probability))
    return Makers(spellings, ties)
