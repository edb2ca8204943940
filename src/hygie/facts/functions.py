"""Clinical functions: what each kind of device does for patients, and what is lost without it or without its network.

What comes in: nothing. What goes out: `functions()`, the table by stable key in its order; `phrases()`, the
designations by which a GMAO names each kind; `named(designation)`, the kind that a designation names.

These are Hygie's own clinical defaults, written for biomedical engineers to judge. They are shown as "not validated
by your hospital" until a named person confirms them. Texts stand in `words/{fr,en}/facts.po` under `function.<key>.*`.

How `safety` was set, one rule for all kinds, in SSVC's words (Safety Impact 2.0.1, physical harm): the worst credible
harm when a flaw is exploited on devices of the kind, given how the kind is used in a hospital:
- catastrophic (several deaths): sustains life or gives a dose to several patients at once, harm within minutes and no
  operator permanently at each patient's side; or silently wrong for a series of patients;
- critical (a death): sustains life with an operator at the side, guides an intervention under way, is the only alarm,
  or gives a result that is acted upon at once without a second check;
- marginal (major injury): care is delayed or misled, but a validation, a second device or a manual way stands between;
- negligible (minor injury): deferrable examination.
A kind nobody knows is "marginal, unknown": see `UNKNOWN_SAFETY`. It is never negligible.

`interruption` (tolerable interruption) is empty everywhere: no source was found that gives it by kind.

To add a kind: one row in `_TABLE`, four texts in each language, a line in the test.
Source: the scale is CERT/CC SSVC, Safety Impact 2.0.1; the judgement is Hygie's.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from hygie.facts import gateways
from hygie.facts.abbreviations import written_out
from hygie.facts.surroundings import means

VERSION = "2"
"""Raised whenever a row's meaning changes."""

UNKNOWN_SAFETY = "marginal"
"""Safety of a device whose clinical kind nobody knows."""


@dataclass(frozen=True, slots=True)
class ClinicalKind:
    """One kind of device, as a biomedical engineer would class it."""

    key: str
    """Stable key, e.g. "ventilator"."""
    safety: str
    """negligible, marginal, critical, catastrophic: worst credible harm when a flaw is exploited on it."""
    serves: str
    """therapy, monitoring, diagnosis, workflow; unknown for `UNKNOWN`."""
    connectable: str
    """yes, unknown, no: a presumed default, weaker than any source. "no" only where devices with a network port are not
    commonly sold; it stays presumed until a source or a person says so."""
    marked: str
    """yes, no, unknown: whether such a thing usually bears the CE mark of medical devices. Unknown counts as yes."""
    words: tuple[str, ...]
    """Folded designations, French and English (lower case, no accents, words parted by one space)."""
    lost_without_device: str
    """Message key: what patients lose without the device."""
    lost_without_network: str
    """Message key: what is lost when the device stands but its network is cut."""
    degraded_mode: str
    """Message key: how the ward works meanwhile."""
    rationale: str
    """Message key: why this safety."""
    interruption: str = ""
    """Tolerable interruption, with its source; "" no cited source."""


_TABLE: tuple[tuple[str, str, str], ...] = (
    # key; safety, serves, connectable, marked; designations (longer phrases are tried first whatever their order here)
    (
        "ventilator",
        "catastrophic, therapy, unknown, yes",
        (
            "respirateur, respirateur de reanimation, respirateur de rea, respirateur lourd, respirateur neonatal, "
            "ventilateur de reanimation, ventilateur de rea, ventilateur pulmonaire, ventilateur artificiel, "
            "ventilateur neonatal, ventilateur medical, ventilateur volumetrique, ventilateur barometrique, "
            "ventilateur domicile, respirateur domicile, ventilateur lourd, home ventilator, "
            "ventilateur vni, appareil de ventilation, ventilation non invasive, ventilation artificielle, "
            "assistance respiratoire, oscillateur haute frequence, vni, critical care ventilator, icu ventilator, "
            "intensive care ventilator, neonatal ventilator, lung ventilator, ventilator"
        ),
    ),
    (
        "transport_ventilator",
        "critical, therapy, unknown, yes",
        (
            "respirateur de transport, ventilateur de transport, respirateur d urgence, ventilateur d urgence, "
            "respirateur transport, ventilateur transport, respirateur smur, respirateur portable, "
            "transport ventilator, emergency ventilator, portable ventilator"
        ),
    ),
    (
        "anaesthesia_machine",
        "critical, therapy, unknown, yes",
        (
            "respirateur d anesthesie, ventilateur d anesthesie, respirateur anesthesie, ventilateur anesthesie, "
            "appareil d anesthesie, appareil anesthesie, station d anesthesie, machine d anesthesie, "
            "poste d anesthesie, systeme d anesthesie, anaesthesia machine, anesthesia machine, "
            "anaesthesia workstation, anesthesia workstation, anaesthesia system, anesthesia system, "
            "anaesthesia ventilator, anesthesia ventilator, console d anesthesie, anaesthesia work station, "
            "anesthesia work station"
        ),
    ),
    (
        "infusion_pump",
        "catastrophic, therapy, unknown, yes",
        (
            "pompe a perfusion, pompe de perfusion, pompe perfusion, pompe volumetrique, pompe a perfuser, perfuseur, "
            "pompe a debit, regulateur de perfusion, diffuseur pca, pompe pca, pompe a pca, pompe a insuline, "
            "pompe a morphine, pompe d analgesie, pompe antalgique, pca, pompe a perfusion volumetrique, "
            "infusion pump, volumetric pump, volumetric infusion pump, pca pump, insulin pump, large volume pump"
        ),
    ),
    (
        "syringe_pump",
        "catastrophic, therapy, unknown, yes",
        (
            "pousse seringue, pousse seringue electrique, pousse seringues, pse, pompe a seringue, pompe seringue, "
            "seringue electrique, seringue autopulsee, base primea, aivoc, syringe pump, syringe driver, "
            "syringe infusion pump, tci pump"
        ),
    ),
    (
        "infusion_gateway",
        "critical, therapy, yes, unknown",
        (
            "passerelle de perfusion, passerelle perfusion, serveur de perfusion, serveur de pompes, serveur pompes, "
            "station de perfusion, base de perfusion, rack de perfusion, colonne de perfusion, rack pousse seringue, "
            "base pousse seringue, station d accueil pousse seringue, station d accueil pompe a perfusion, "
            "station d accueil perfusion, logiciel de pompe a perfusion, infusion gateway, pump gateway, pump server, "
            "infusion management system, infusion rack, infusion docking station, alaris gateway, "
            "alaris gateway workstation, agilia link, spacestation, centrale de perfusion, poste de pilotage pompes"
        ),
    ),
    (
        "patient_monitor",
        "critical, monitoring, unknown, yes",
        (
            "moniteur multiparametrique, moniteur multiparametre, moniteur multi parametres, moniteur de surveillance, "
            "moniteur de surveillance patient, moniteur patient, moniteur cardiaque, moniteur de chevet, "
            "moniteur cardio respiratoire, moniteur hemodynamique, moniteur de debit cardiaque, moniteur d anesthesie, "
            "moniteur de reanimation, moniteur de transport, moniteur ecg, "
            "moniteur physiologique, bis moniteur, analyseur de gaz anesthesiques, "
            "moniteur neonatal, moniteur scope, scope, cardioscope, "
            "scope multiparametrique, scope de transport, module de monitorage, monitorage patient, "
            "surveillance multiparametrique, capnographe, moniteur de curarisation, moniteur bis, moniteur de gaz, "
            "patient monitor, bedside monitor, multiparameter monitor, physiological monitor, "
            "cardiac monitor, transport monitor, capnograph"
        ),
    ),
    (
        "central_station",
        "critical, monitoring, yes, yes",
        (
            "centrale de surveillance, centrale de monitorage, centrale de monitoring, station centrale, "
            "station centrale de surveillance, centrale scope, centrale de scopes, centrale moniteurs, "
            "poste central de surveillance, poste central de monitorage, surveillance centralisee, "
            "serveur de monitorage, passerelle de monitorage, pic ix, central station, central monitoring station, "
            "central monitor, patient information center, monitoring gateway"
        ),
    ),
    (
        "telemetry",
        "critical, monitoring, yes, yes",
        (
            "serveur de telemetrie, centrale de telemetrie, telemetry server, "
            "telemetrie, telemetrie cardiaque, emetteur de telemetrie, emetteur telemetrie, recepteur de telemetrie, "
            "boitier de telemetrie, systeme de telemetrie, telemetry, telemetry transmitter, telemetry receiver, "
            "telemetry system"
        ),
    ),
    (
        "defibrillator",
        "critical, therapy, unknown, yes",
        (
            "defibrillateur, defibrillateur semi automatique, defibrillateur automatique, defibrillateur moniteur, "
            "moniteur defibrillateur, scope defibrillateur, defibrillateur externe, dae, dsa, "
            "stimulateur cardiaque externe, defibrillator, monitor defibrillator, automated external defibrillator, "
            "aed, external pacemaker"
        ),
    ),
    (
        "ecg_cart",
        "marginal, diagnosis, unknown, yes",
        (
            "electrocardiographe, ecg, appareil ecg, chariot ecg, ecg 12 derivations, electrocardiogramme, "
            "enregistreur ecg, electrocardiograph, ecg cart, ecg machine, ekg, ekg machine"
        ),
    ),
    (
        "holter",
        "negligible, diagnosis, unknown, yes",
        (
            "holter, holter ecg, holter rythmique, holter tensionnel, holter pa, mapa, enregistreur holter, "
            "lecteur holter, station holter, holter recorder, ambulatory ecg, ambulatory blood pressure"
        ),
    ),
    (
        "stress_test",
        "marginal, diagnosis, unknown, yes",
        (
            "epreuve d effort, systeme d epreuve d effort, ergometre, bicyclette ergometrique, velo ergometrique, "
            "velo d effort, cycloergometre, tapis d effort, tapis de marche, ecg d effort, stress test, "
            "stress test system, ergometer, exercise ecg, treadmill"
        ),
    ),
    (
        "fetal_monitor",
        "critical, monitoring, unknown, yes",
        (
            "cardiotocographe, moniteur foetal, monitorage foetal, monitoring foetal, monitoring obstetrical, ctg, "
            "erce, ercf, centrale de monitoring foetal, centrale obstetricale, rythme cardiaque foetal, fetal monitor, "
            "foetal monitor, cardiotocograph, obstetrical monitor"
        ),
    ),
    (
        "incubator",
        "critical, therapy, unknown, yes",
        (
            "incubateur, couveuse, incubateur neonatal, incubateur ferme, incubateur de transport, "
            "table de reanimation neonatale, table de reanimation nouveau ne, table radiante, "
            "table chauffante neonatale, table chauffante, table de reanimation bebe, "
            "infant incubator, neonatal incubator, incubator, infant warmer, "
            "radiant warmer"
        ),
    ),
    (
        "phototherapy",
        "marginal, therapy, no, yes",
        (
            "phototherapie, lampe de phototherapie, tunnel de phototherapie, bilirubinometre, phototherapy, "
            "phototherapy lamp, bilirubin light"
        ),
    ),
    (
        "dialysis_machine",
        "critical, therapy, unknown, yes",
        (
            "epuration extrarenale, epuration extrarenale continue, generateur d epuration, epuration continue, "
            "generateur de dialyse, generateur d hemodialyse, generateur hemodialyse, hemodialyse, "
            "appareil de dialyse, moniteur de dialyse, moniteur d hemodialyse, hemofiltration, hemodiafiltration, "
            "moniteur d hemofiltration, epuration extra renale, eer, eerc, cvvhdf, "
            "dialyse peritoneale, cycleur de dialyse, poste de dialyse, "
            "rein artificiel, plasmapherese, dialysis machine, haemodialysis machine, hemodialysis machine, "
            "dialysis system, crrt"
        ),
    ),
    (
        "dialysis_water",
        "catastrophic, therapy, unknown, yes",
        (
            "traitement d eau, traitement d eau dialyse, traitement d eau pour dialyse, traitement de l eau, osmoseur, "
            "osmoseur dialyse, station de traitement d eau, double osmose, boucle de dialyse, dialysis water, "
            "dialysis water treatment, reverse osmosis, water treatment"
        ),
    ),
    (
        "heart_lung_machine",
        "critical, therapy, unknown, yes",
        (
            "circulation extra corporelle, circulation extracorporelle, cec, console de cec, machine coeur poumon, "
            "pompe de cec, autotransfuseur, recuperateur de sang, heart lung machine, cardiopulmonary bypass, "
            "perfusion console, cell saver, autotransfusion"
        ),
    ),
    (
        "ecmo",
        "critical, therapy, unknown, yes",
        (
            "ecmo, ecls, console ecmo, console d ecmo, assistance circulatoire, assistance ventriculaire, "
            "oxygenation extracorporelle, extracorporeal membrane oxygenation, ventricular assist, "
            "extracorporeal life support"
        ),
    ),
    (
        "balloon_pump",
        "critical, therapy, unknown, yes",
        (
            "contrepulsion, ballon de contre pulsion, ballon de contrepulsion, contre pulsion intra aortique, "
            "console de contrepulsion, contre pulsion, bcpia, cpbia, intra aortic balloon pump, balloon pump, iabp"
        ),
    ),
    (
        "cath_lab",
        "critical, therapy, yes, yes",
        (
            "salle de coronarographie, coronarographie, salle d angiographie, angiographe, angiographie, "
            "salle vasculaire, salle de radiologie interventionnelle, radiologie interventionnelle, "
            "salle interventionnelle, salle hybride, arceau vasculaire, capteur plan vasculaire, baie d hemodynamique, "
            "hemodynamique, polygraphe d hemodynamique, cath lab, catheterization laboratory, "
            "catheterisation laboratory, angiography system, angiography, interventional x ray, "
            "hemodynamic recording system"
        ),
    ),
    (
        "electrophysiology",
        "critical, therapy, unknown, yes",
        (
            "electrophysiologie, baie d electrophysiologie, salle d electrophysiologie, cartographie cardiaque, "
            "systeme de cartographie, rythmologie, generateur d ablation, radiofrequence cardiaque, "
            "stimulateur d electrophysiologie, programmateur de stimulateur, programmateur de pacemaker, "
            "electrophysiology, ep recording system, cardiac mapping, ablation generator, pacemaker programmer"
        ),
    ),
    (
        "ct_scanner",
        "critical, diagnosis, yes, yes",
        (
            "scanner, scanographe, tomodensitometre, tdm, scanner x, scanner rx, "
            "reconstructeur scanner, ct scanner, computed tomography, ct scan, ct"
        ),
    ),
    (
        "mri",
        "marginal, diagnosis, yes, yes",
        (
            "irm, imageur par resonance magnetique, imagerie par resonance magnetique, remnographe, "
            "resonance magnetique, mri, mr scanner, magnetic resonance"
        ),
    ),
    (
        "radiography",
        "marginal, diagnosis, yes, yes",
        (
            "table de radiologie, salle de radiologie, salle de radio, radiologie conventionnelle, "
            "table telecommandee, table os poumon, salle os poumon, capteur plan, radiographie numerique, "
            "radiologie numerique, numeriseur de plaques, lecteur de plaques, developpeuse, generateur rx, "
            "generateur de rayons x, panoramique dentaire, radiologie dentaire, cone beam, cbct, statif mural, "
            "digital radiography, radiography, computed radiography, x ray system, flat panel detector, dental x ray, "
            "fluoroscopy"
        ),
    ),
    (
        "mobile_xray",
        "marginal, diagnosis, unknown, yes",
        (
            "mobile de radiographie, mobile de radiologie, appareil mobile de radiologie, radio mobile, "
            "radiologie mobile, mobile rx, mobile de radio, mobile x ray, portable x ray"
        ),
    ),
    (
        "c_arm",
        "critical, therapy, unknown, yes",
        (
            "amplificateur de brillance, ampli de brillance, arceau, arceau de bloc, arceau chirurgical, "
            "arceau mobile, arceau de radioscopie, radioscopie, c arm, mobile c arm, image intensifier"
        ),
    ),
    (
        "mammography",
        "marginal, diagnosis, yes, yes",
        "mammographe, mammographie, tomosynthese, mammotome, mammography, mammography system, breast tomosynthesis",
    ),
    (
        "ultrasound",
        "marginal, diagnosis, unknown, yes",
        (
            "echographe, echographie, echocardiographe, echo doppler, appareil d echographie, echographe portable, "
            "echographe ultraportable, doppler, velocimetre doppler, echoendoscope, bladder scanner, bladderscan, "
            "scanner vesical, echographe vesical, ultrasound, ultrasound system, ultrasound scanner, echocardiograph, "
            "sonograph"
        ),
    ),
    (
        "gamma_camera",
        "marginal, diagnosis, yes, yes",
        (
            "gamma camera, camera a scintillation, scintigraphie, camera scintigraphique, spect, spect ct, "
            "tomoscintigraphie"
        ),
    ),
    (
        "pet_ct",
        "marginal, diagnosis, yes, yes",
        (
            "tep, tep scan, tep scanner, tep tdm, tomographe a emission de positons, camera a positons, petscan, "
            "pet ct, pet scan, pet scanner, pet mr, tep irm"
        ),
    ),
    (
        "contrast_injector",
        "critical, therapy, unknown, yes",
        (
            "injecteur, injecteur de produit de contraste, injecteur scanner, injecteur irm, injecteur de contraste, "
            "injecteur angiographie, injecteur d angiographie, contrast injector, contrast media injector, "
            "power injector"
        ),
    ),
    (
        "bone_densitometer",
        "negligible, diagnosis, unknown, yes",
        (
            "osteodensitometre, densitometre osseux, densitometre, absorptiometre, osteodensitometrie, "
            "bone densitometer, dexa"
        ),
    ),
    (
        "linac",
        "catastrophic, therapy, yes, yes",
        (
            "accelerateur, accelerateur de particules, accelerateur lineaire, accelerateur de radiotherapie, "
            "radiotherapie, cyberknife, tomotherapie, console d accelerateur, imageur portal, imagerie portale, "
            "scanner de simulation, simulateur de radiotherapie, linac, linear accelerator, tomotherapy"
        ),
    ),
    (
        "treatment_planning",
        "catastrophic, therapy, yes, yes",
        (
            "planification de traitement, systeme de planification, tps, dosimetrie, station de dosimetrie, "
            "logiciel de dosimetrie, console de dosimetrie, record and verify, systeme d information de radiotherapie, "
            "logiciel de radiotherapie, treatment planning, treatment planning system, oncology information system"
        ),
    ),
    (
        "brachytherapy",
        "critical, therapy, unknown, yes",
        "curietherapie, projecteur de source, projecteur de curietherapie, brachytherapy, afterloader",
    ),
    (
        "pacs",
        "critical, diagnosis, yes, unknown",
        (
            "pacs, archive d images, serveur pacs, serveur d images, serveur dicom, archivage d images, archive dicom, "
            "vna, serveur d imagerie, picture archiving, image archive, dicom archive, vendor neutral archive"
        ),
    ),
    (
        "worklist_server",
        "marginal, workflow, yes, unknown",
        (
            "serveur de worklist, worklist, serveur worklist, ris, systeme d information de radiologie, serveur ris, "
            "modality worklist, radiology information system"
        ),
    ),
    (
        "imaging_workstation",
        "marginal, diagnosis, yes, yes",
        (
            "console scanner, console irm, station d echocardiographie, station d echographie, console d echographie, "
            "console d interpretation, station d interpretation, console de post traitement, "
            "station de post traitement, console de diagnostic, station de diagnostic, console de visualisation, "
            "station de visualisation, negatoscope numerique, ecran de diagnostic, ecran diagnostic, "
            "moniteur diagnostic, moniteur de diagnostic, moniteur d interpretation, console de traitement, "
            "station d imagerie, console d imagerie, reading workstation, diagnostic workstation, imaging workstation, "
            "radiology workstation, post processing workstation, review workstation"
        ),
    ),
    (
        "dicom_printer",
        "marginal, workflow, yes, unknown",
        (
            "reprographe, imprimante dicom, reprographe laser, imageur laser, imprimante de films, "
            "imprimante laser de radiologie, graveur dicom, robot graveur, graveur de cd patient, dicom printer, "
            "film printer, laser imager, dicom burner, cd burner"
        ),
    ),
    (
        "chemistry_analyser",
        "marginal, diagnosis, unknown, yes",
        (
            "automate de biochimie, analyseur de biochimie, analyseur biochimie, automate biochimie, "
            "automate d immunologie, automate immunologie, immuno analyseur, automate d immunoanalyse, "
            "automate immunoanalyse, spectrophotometre, analyseur d urine, analyseur urinaire, "
            "analyseur multiparametrique, electrophorese, automate de laboratoire, automate d analyse, "
            "chaine analytique, chaine robotisee, chemistry analyser, chemistry analyzer, clinical chemistry, "
            "immunoassay analyser, immunoassay analyzer, urine analyser, urine analyzer"
        ),
    ),
    (
        "haematology_analyser",
        "marginal, diagnosis, unknown, yes",
        (
            "automate d hematologie, automate hematologie, analyseur d hematologie, analyseur hematologie, "
            "compteur de cellules, numeration, automate de numeration, cytometre, cytometre en flux, "
            "automate de groupage, automate d immuno hematologie, groupage sanguin, haematology analyser, "
            "hematology analyzer, hematology analyser, haematology analyzer, flow cytometer, cell counter, "
            "blood grouping analyser"
        ),
    ),
    (
        "coagulation_analyser",
        "marginal, diagnosis, unknown, yes",
        (
            "automate de coagulation, coagulometre, automate d hemostase, automate hemostase, analyseur d hemostase, "
            "analyseur de coagulation, thromboelastographe, thromboelastometre, agregometre, coagulation analyser, "
            "coagulation analyzer, haemostasis analyser, thromboelastograph"
        ),
    ),
    (
        "microbiology_analyser",
        "marginal, diagnosis, unknown, yes",
        (
            "automate de bacteriologie, automate bacteriologie, automate de microbiologie, automate microbiologie, "
            "automate d hemoculture, automate hemoculture, hemoculture, incubateur d hemocultures, "
            "incubateur a hemocultures, spectrometre de masse, maldi tof, thermocycleur, pcr, automate de pcr, "
            "biologie moleculaire, antibiogramme, microbiology analyser, microbiology analyzer, "
            "blood culture, mass spectrometer, thermal cycler, virology analyser"
        ),
    ),
    (
        "blood_gas_analyser",
        "critical, diagnosis, unknown, yes",
        (
            "gazometre, gaz du sang, analyseur de gaz du sang, analyseur gaz du sang, automate gaz du sang, "
            "analyseur des gaz du sang, analyseur de gaz sanguins, co oxymetre, blood gas, blood gas analyser, "
            "blood gas analyzer"
        ),
    ),
    (
        "glucose_meter",
        "critical, diagnosis, unknown, yes",
        (
            "lecteur de glycemie, glucometre, lecteur glycemie, lecteur de glucose, capteur de glucose, "
            "glycemie capillaire, glucose meter, glucometer, continuous glucose"
        ),
    ),
    (
        "lab_middleware",
        "critical, diagnosis, yes, unknown",
        (
            "middleware, middleware de laboratoire, concentrateur d automates, gestionnaire d automates, "
            "connexion d automates, serveur de biologie delocalisee, biologie delocalisee, serveur edbm, "
            "lab middleware, laboratory middleware, instrument manager, point of care data manager"
        ),
    ),
    (
        "lis",
        "critical, diagnosis, yes, unknown",
        (
            "sil, sgl, systeme d information de laboratoire, systeme de gestion de laboratoire, "
            "logiciel de laboratoire, informatique de laboratoire, laboratory information system, lims, lis"
        ),
    ),
    (
        "slide_scanner",
        "marginal, diagnosis, unknown, yes",
        (
            "scanner de lames, numeriseur de lames, lecteur de lames, pathologie numerique, colorateur, "
            "automate d immunohistochimie, automate de coloration, slide scanner, whole slide imaging, slide stainer, "
            "digital pathology"
        ),
    ),
    (
        "blood_bank_fridge",
        "marginal, workflow, unknown, unknown",
        (
            "refrigerateur a sang, armoire a sang, banque de sang, refrigerateur banque de sang, conservateur a sang, "
            "conservateur de plasma, congelateur a plasma, congelateur plasma, agitateur de plaquettes, "
            "incubateur de plaquettes, incubateur a plaquettes, incubateur agitateur de plaquettes, "
            "refrigerateur medicament, refrigerateur a medicaments, refrigerateur de pharmacie, refrigerateur, "
            "congelateur, armoire refrigeree, enceinte refrigeree, blood bank refrigerator, blood refrigerator, "
            "plasma freezer, pharmacy refrigerator, laboratory refrigerator, laboratory freezer"
        ),
    ),
    (
        "pharmacy_robot",
        "critical, workflow, yes, unknown",
        (
            "robot de pharmacie, robot pharmacie, automate de dispensation, robot de dispensation, "
            "automate de pharmacie, automate de preparation, robot de preparation, robot de dispensation nominative, "
            "automate de nutrition parenterale, preparateur automatique, stockeur rotatif, pharmacy robot, "
            "pharmacy automation, compounding robot, iv compounder, dispensing robot"
        ),
    ),
    (
        "dispensing_cabinet",
        "marginal, workflow, yes, unknown",
        (
            "armoire securisee, armoire a pharmacie, armoire a pharmacie securisee, armoire de dispensation, "
            "armoire securisee de medicaments, armoire a medicaments, armoire medicaments, dispensing cabinet, "
            "automated dispensing cabinet, medication cabinet"
        ),
    ),
    (
        "steriliser",
        "marginal, workflow, unknown, yes",
        (
            "sterilisateur, autoclave, sterilisateur vapeur, sterilisateur basse temperature, "
            "sterilisateur a peroxyde, sterilisateur plasma, steriliser, sterilizer"
        ),
    ),
    (
        "washer_disinfector",
        "marginal, workflow, unknown, yes",
        (
            "laveur desinfecteur, laveur desinfecteur d instruments, tunnel de lavage, cabine de lavage, "
            "laveur d instruments, laveur, lave bassin, bac a ultrasons, washer disinfector, instrument washer, "
            "bedpan washer"
        ),
    ),
    (
        "endoscopy_column",
        "marginal, diagnosis, unknown, yes",
        (
            "colonne d endoscopie, colonne endoscopie, colonne video, colonne de coelioscopie, colonne coelioscopie, "
            "colonne de coelio, colonne d arthroscopie, processeur video, videoprocesseur, processeur d endoscopie, "
            "source de lumiere, source de lumiere froide, camera d endoscopie, camera de coelioscopie, videoendoscope, "
            "endoscope, gastroscope, coloscope, bronchoscope, insufflateur, enregistreur d images medicales, "
            "enregistreur video de bloc, bloc operatoire integre, endoscopy tower, endoscopy system, video processor, "
            "laparoscopy tower"
        ),
    ),
    (
        "endoscope_washer",
        "marginal, workflow, unknown, yes",
        (
            "laveur d endoscopes, laveur d endoscope, lave endoscope, lave endoscopes, "
            "laveur desinfecteur d endoscopes, laveur desinfecteur d endoscope, enceinte de stockage d endoscopes, "
            "enceinte de stockage d endoscopes thermosensibles, armoire a endoscopes, eset, endoscope washer, "
            "endoscope reprocessor, endoscope cabinet"
        ),
    ),
    (
        "surgical_robot",
        "critical, therapy, unknown, yes",
        (
            "robot chirurgical, robot de chirurgie, robot d assistance chirurgicale, neuronavigation, neuronavigateur, "
            "systeme de navigation, navigation chirurgicale, station de navigation, surgical robot, "
            "surgical navigation, robotic surgery"
        ),
    ),
    (
        "electrosurgery",
        "critical, therapy, no, yes",
        (
            "bistouri electrique, bistouri, generateur hf, generateur electrochirurgical, bistouri ultrasons, "
            "bistouri argon, generateur haute frequence, thermofusion, laser chirurgical, lithotriteur, "
            "phacoemulsificateur, electrosurgery, electrosurgical generator, electrosurgical unit, surgical laser, "
            "phacoemulsifier"
        ),
    ),
    (
        "operating_light",
        "marginal, workflow, unknown, yes",
        (
            "scialytique, eclairage operatoire, lampe operatoire, eclairage scialytique, eclairage d examen, "
            "operating light, surgical light, examination light"
        ),
    ),
    (
        "operating_table",
        "marginal, workflow, no, yes",
        (
            "table d operation, table operatoire, table de bloc, table chirurgicale, table d accouchement, "
            "operating table, surgical table, delivery bed"
        ),
    ),
    (
        "surgical_microscope",
        "marginal, therapy, unknown, yes",
        (
            "microscope operatoire, microscope chirurgical, microscope de chirurgie, surgical microscope, "
            "operating microscope"
        ),
    ),
    (
        "nurse_call",
        "critical, monitoring, yes, no",
        (
            "appel malade, appel infirmier, appel infirmiere, systeme d appel malade, systeme appel malade, "
            "appel patient, nurse call, nurse call system"
        ),
    ),
    (
        "alarm_gateway",
        "critical, monitoring, yes, unknown",
        (
            "report d alarme, gestion d alarmes, serveur d alarmes, passerelle d alarmes, middleware d alarmes, "
            "distribution d alarmes, alarme deportee, alarm gateway, alarm server, alarm middleware, alarm management, "
            "alarm relay, alarm distribution, distributed alarm system, connexall, ascom unite, "
            "unite connectivity manager, vocera engage, vocera edge, emergin"
        ),
    ),
    (
        "building_management",
        "marginal, workflow, yes, no",
        (
            "gestion technique du batiment, gestion technique centralisee, gtb, gtc, automate gtb, "
            "centrale de traitement d air, cta, traitement d air, automate de ventilation, supervision technique, "
            "automate programmable, groupe electrogene, building management, building management system, "
            "air handling unit, bms controller"
        ),
    ),
    (
        "medical_gas_monitoring",
        "critical, monitoring, unknown, yes",
        (
            "alarme gaz medicaux, surveillance gaz medicaux, surveillance des gaz medicaux, centrale de gaz medicaux, "
            "gaz medicaux, alarme fluides medicaux, fluides medicaux, centrale d oxygene, coffret d alarme gaz, "
            "centrale d air medical, centrale de vide, centrale d aspiration, "
            "medical gas alarm, medical gas monitoring, medical gas"
        ),
    ),
    (
        "temperature_monitoring",
        "marginal, monitoring, yes, no",
        (
            "surveillance de temperature, surveillance des temperatures, enregistreur de temperature, "
            "sonde de temperature, centrale de temperature, suivi de temperature, tracabilite de temperature, "
            "centrale d acquisition de temperature, temperature monitoring, temperature logger, temperature recorder"
        ),
    ),
    (
        "eeg",
        "marginal, diagnosis, unknown, yes",
        (
            "electroencephalographe, eeg, video eeg, electromyographe, emg, potentiels evoques, polysomnographe, "
            "polygraphe, polygraphe de sommeil, polygraphe ventilatoire, electroencephalograph, electromyograph, "
            "polysomnograph, evoked potentials"
        ),
    ),
    (
        "pulmonary_function",
        "negligible, diagnosis, unknown, yes",
        (
            "spirometre, explorations fonctionnelles respiratoires, exploration fonctionnelle respiratoire, efr, "
            "plethysmographe, pneumotachographe, pulmonary function, spirometer, plethysmograph"
        ),
    ),
    (
        "hospital_bed",
        "marginal, workflow, unknown, yes",
        (
            "lit medicalise, lit medical, lit electrique, lit de reanimation, lit de rea, lit d hospitalisation, "
            "lit pediatrique, lit bariatrique, lit, berceau, matelas a air, matelas anti escarres, brancard, "
            "hospital bed, medical bed, icu bed, pressure mattress, stretcher"
        ),
    ),
    (
        "integration_engine",
        "critical, workflow, yes, no",
        (
            "eai, moteur d integration, moteur d interface, moteur d interoperabilite, plateforme d interoperabilite, "
            "passerelle hl7, concentrateur hl7, integration engine, interface engine, hl7 gateway, hl7 engine"
        ),
    ),
    (
        "ophthalmic_imaging",
        "negligible, diagnosis, unknown, yes",
        (
            "retinographe, oct, tomographie en coherence optique, camera retinienne, camera non mydriatique, "
            "autorefractometre, autorefracteur, auto refractometre, refractometre, tonometre, champ visuel, "
            "campimetre, perimetre, lampe a fente, biometre oculaire, biometre, topographe corneen, frontofocometre, "
            "angiographe retinien, microscope speculaire, "
            "fundus camera, optical coherence tomography, slit lamp, autorefractor, perimeter, "
            "retinal camera"
        ),
    ),
    (
        "blood_pressure_monitor",
        "marginal, monitoring, unknown, yes",
        (
            "moniteur de signes vitaux, moniteur signes vitaux, moniteur de parametres vitaux, vital signs monitor, "
            "tensiometre, tensiometre electronique, moniteur de pression arterielle, moniteur pni, pni, "
            "moniteur de tension, dynamap, dinamap, brassard tensionnel, blood pressure monitor, sphygmomanometer, "
            "nibp monitor"
        ),
    ),
    (
        "pulse_oximeter",
        "marginal, monitoring, unknown, yes",
        "oxymetre, oxymetre de pouls, saturometre, spo2, oxymetre colorimetrique, pulse oximeter, oximeter",
    ),
    (
        "thermometer",
        "negligible, monitoring, no, yes",
        "thermometre, thermometre auriculaire, thermometre frontal, thermometre electronique, thermometer",
    ),
    (
        "scale",
        "marginal, diagnosis, unknown, yes",
        (
            "balance, pese personne, pese bebe, fauteuil de pesee, chaise de pesee, plateforme de pesee, toise, "
            "impedancemetre, analyseur de composition corporelle, "
            "medical scale, patient scale, baby scale, weighing scale"
        ),
    ),
    (
        "suction",
        "critical, therapy, no, yes",
        (
            "aspirateur chirurgical, aspirateur de mucosites, aspirateur medical, aspirateur a mucosites, "
            "regulateur de vide, prise de vide, aspirateur, drainage thoracique, suction, suction unit, suction pump, "
            "aspirator, vacuum regulator"
        ),
    ),
    (
        "warming_device",
        "marginal, therapy, no, yes",
        (
            "rechauffeur, rechauffeur patient, rechauffeur de solutes, rechauffeur de sang, rechauffeur a air pulse, "
            "couverture chauffante, generateur d air chaud, generateur d hypothermie, hypothermie, matelas chauffant, "
            "humidificateur rechauffeur, humidificateur, etuve a solutes, fluid warmer, blood warmer, patient warmer, "
            "warming unit, forced air warmer, hypothermia unit, humidifier"
        ),
    ),
    (
        "feeding_pump",
        "marginal, therapy, unknown, yes",
        (
            "pompe de nutrition, pompe a nutrition, pompe nutrition, pompe de nutrition enterale, "
            "pompe a nutrition enterale, pompe enterale, nutripompe, regulateur de nutrition, tire lait, feeding pump, "
            "enteral pump, enteral feeding pump, nutrition pump, breast pump"
        ),
    ),
    (
        "patient_lift",
        "marginal, workflow, no, yes",
        (
            "leve malade, leve personne, souleve malade, souleve personne, rail de transfert, verticalisateur, lift, "
            "patient lift, patient hoist"
        ),
    ),
    (
        "workstation",
        "marginal, workflow, yes, unknown",
        (
            "poste de travail, ordinateur, ordinateur portable, pc, pc portable, unite centrale, micro ordinateur, "
            "client leger, tablette, chariot informatique, station de travail, ecran informatique, workstation, "
            "computer, laptop, desktop, thin client, tablet"
        ),
    ),
    (
        "server",
        "marginal, workflow, yes, unknown",
        (
            "serveur, serveur de fichiers, serveur virtuel, serveur applicatif, serveur d application, "
            "baie de stockage, nas, hyperviseur, server, storage array, hypervisor"
        ),
    ),
    (
        "network_equipment",
        "critical, workflow, yes, no",
        (
            "commutateur, commutateur reseau, switch, routeur, pare feu, borne wifi, borne wi fi, point d acces, "
            "point d acces wifi, controleur wifi, equipement reseau, firewall, router, access point, "
            "wireless controller, network switch"
        ),
    ),
    (
        "printer",
        "negligible, workflow, yes, no",
        (
            "imprimante, imprimante d etiquettes, imprimante etiquettes, imprimante multifonction, multifonction, "
            "photocopieur, copieur, printer, label printer, multifunction printer"
        ),
    ),
    (
        "ip_phone",
        "marginal, workflow, yes, no",
        (
            "telephone, telephone ip, telephone sans fil, dect, borne dect, autocommutateur, ipbx, pabx, bip, "
            "ip phone, telephone handset, voip phone, dect handset"
        ),
    ),
)

TRAPS = (
    "ventilateur de refroidissement, ventilateur de plafond, ventilateur sur pied, ventilateur d appoint, "
    "ventilateur colonne, ventilateur domestique, moniteur informatique, moniteur pc, moniteur tv, "
    "moniteur d ecran, ecran moniteur, moniteur video, moniteur lcd, moniteur led, pompe a chaleur, "
    "pompe de relevage, pompe a eau, pompe de circulation, pompe a vide, pompe a essence, lit d appoint, "
    "table de lit, table a manger au lit, barriere de lit, aspirateur menager, aspirateur a poussiere, "
    "balance de precision, balance de laboratoire, balance de cuisine, table de chevet, scanner de documents, "
    "scanner de bureau, scanner code barre, lecteur de code barre, capteur de pression, injecteur diesel, "
    "arceau de lit, arceau de securite, commutateur electrique, incubateur co2, incubateur a co2, "
    "incubateur bacteriologique, incubateur de bacteriologie, incubateur de laboratoire, incubateur d embryons, "
    "incubateur embryons, incubateur de culture, incubateur refrigere, etuve bacteriologique, "
    "moniteur de controle video, moniteur d endoscopie, moniteur endoscopie, moniteur de coelioscopie, moniteur de "
    "coelio, moniteur de television, moniteur chirurgical, pompe peristaltique, pompe de lavage, pompe d arthroscopie, "
    "pompe arthroscopie, pompe d irrigation, pompe irrigation, pompe a pied, pompe doseuse, pompe hydraulique, "
    "pompe immergee, pompe de surpression, pompe de gonflage, vacuum pump, water pump, heat pump, "
    "laveur de microplaques, laveur de plaques, laveur elisa, laveur de sol, laveur de verrerie, laveur de vaisselle, "
    "laveur de cellules, laveur de vitres, scanner a plat, scanner documentaire, scanner de chequier, "
    "generateur de vapeur, generateur d ozone, generateur electrique, generateur d ultrasons, generateur de fonction, "
    "generateur de secours, generateur d azote, generateur d hydrogene, generateur d eau chaude, generateur aerosol, "
    "generateur d aerosol, console de jeu, console murale, console de mixage, station meteo, station de charge, "
    "station de recharge, station de chargement, station totale, station de lavage, station de relevage, "
    "centrale de reservation, centrale vapeur, centrale d achat, centrale incendie, centrale de detection incendie, "
    "centrale d alarme incendie, centrale intrusion, centrale d aspiration dentaire, analyseur de reseau, "
    "analyseur d energie, analyseur d haleine, analyseur de combustion, analyseur d eau, microscope binoculaire, "
    "microscope optique, microscope a fluorescence, microscope electronique, microscope de laboratoire, "
    "microscope inverse, automate de vente, congelateur alimentaire, refrigerateur alimentaire, "
    "concentrateur d oxygene, concentrateur o2, hub usb, central telephonique, station de pompage, base de donnees, "
    "traitement d eau sterilisation, table d autopsie, aspirateur industriel, aspirateur de cuisine"
)
"""Designations that hold a word of a kind but name something else. They win over shorter phrases and give no kind."""

ACCESSORIES = (
    "batterie, bras support, cable, cassette, chargeur, chariot de transport, chariot pour, chariot support, "
    "connecteur, cordon, electrode, filtre, housse, kit, licence, pied a serum, pied pour, pied roulant, potence, "
    "table d echographie, table echographie, table echo, chariot d echographe, chariot echographe, "
    "chariot echo, sonde echo, sonde d echo, "
    "sonde d echographe, sonde d echographie, sonde echographe, sonde echographique, support, telecommande, "
    "testeur, analyseur de defibrillateur, analyseur de bistouri, analyseur d electrobistouri, "
    "analyseur de respirateur, analyseur de ventilateur, analyseur de securite, analyseur de pompe, "
    "analyseur de pousse seringue, analyseur de perfusion, analyseur de debit, analyseur de dialyse, "
    " simulateur patient, simulateur ecg, battery, "
    "cable for, charger, lead, mount, trolley for, ultrasound probe, spare part, piece detachee"
)
"""Beginnings of designations that name a part or a test tool of a device, not the device: they give no kind."""

AMBIGUOUS: dict[str, tuple[str, ...]] = {
    "ventilateur": ("ventilator", "transport_ventilator", "anaesthesia_machine"),
    "moniteur": ("patient_monitor", "fetal_monitor"),
    "monitor": ("patient_monitor", "fetal_monitor"),
    "pompe": ("infusion_pump", "syringe_pump", "feeding_pump"),
    "pump": ("infusion_pump", "syringe_pump", "feeding_pump"),
    "centrale": ("central_station", "medical_gas_monitoring", "building_management"),
    "console": ("ct_scanner", "mri", "imaging_workstation"),
    "station": ("imaging_workstation", "central_station", "workstation"),
    "automate": ("chemistry_analyser", "haematology_analyser", "coagulation_analyser", "building_management"),
    "analyseur": ("chemistry_analyser", "haematology_analyser", "coagulation_analyser", "blood_gas_analyser"),
    "generateur": ("dialysis_machine", "electrosurgery", "radiography"),
    "incubateur": ("incubator", "microbiology_analyser"),
    "incubator": ("incubator", "microbiology_analyser"),
    "microscope": ("surgical_microscope",),
    "middleware": ("lab_middleware", "alarm_gateway", "integration_engine"),
    "sequenceur": ("microbiology_analyser",),
    "sequencer": ("microbiology_analyser",),
    "ppv": ("infusion_pump", "ventilator"),
    "sap": ("syringe_pump", "server"),
    "ampli": ("c_arm",),
}
"""Words that alone may name several things: no kind is taken from them; what they may be becomes a question."""

ALONE: dict[str, tuple[str, ...]] = {
    "table": ("operating_table", "radiography"),
    "echo": ("ultrasound", "imaging_workstation", "haematology_analyser"),
    "angio": ("cath_lab", "ophthalmic_imaging"),
}
"""The same of words that say enough as soon as another stands beside them."""

VAGUE = frozenset(
    "a definir, a preciser, appareil, appareil biomedical, appareil medical, appareillage, autre, autres, bien, "
    "biomedical, biomedical device, biomedical equipment, device, dispositif, dispositif biomedical, "
    "dispositif medical, dispositif medical connecte, divers, dm, dmc, equipement, equipement biomedical, "
    "equipement connecte, equipement medical, equipement technique, equipment, inconnu, machine, materiel, "
    "materiel biomedical, materiel medical, medical device, medical equipment, misc, miscellaneous, module, other, "
    "systeme, system, unknown".split(", ")
)
"""Designations that say nothing of what a thing is for."""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


@cache
def functions() -> dict[str, ClinicalKind]:
    """The table by key, in its order (care first, then logistics and IT)."""
    return {key: _kind(key, traits, words) for key, traits, words in _TABLE}


def _kind(key: str, traits: str, words: str) -> ClinicalKind:
    safety, serves, connectable, marked = _listed(traits)
    return ClinicalKind(
        key=key,
        safety=safety,
        serves=serves,
        connectable=connectable,
        marked=marked,
        words=_listed(words),
        lost_without_device=f"function.{key}.device",
        lost_without_network=f"function.{key}.network",
        degraded_mode=f"function.{key}.degraded",
        rationale=f"function.{key}.why",
    )


UNKNOWN = ClinicalKind(
    key="",
    safety=UNKNOWN_SAFETY,
    serves="unknown",
    connectable="unknown",
    marked="unknown",
    words=(),
    lost_without_device="function.unknown.device",
    lost_without_network="function.unknown.network",
    degraded_mode="function.unknown.degraded",
    rationale="function.unknown.why",
)
"""What stands for a device whose kind nobody knows."""


def function_of(kind: str) -> ClinicalKind:
    """The row of a kind; `UNKNOWN` where the kind is "" or not in the table."""
    return functions().get(kind, UNKNOWN)


def folded(text: str) -> str:
    """Lower case, no accents, everything but letters and digits one space: the form of `words`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return " ".join(re.findall(r"[a-z0-9]+", plain.replace("œ", "oe").replace("æ", "ae")))


def _singular(word: str) -> str:
    """Without the plural's s or x: designations come both ways."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


_CONNECTING = frozenset("a au aux d de des du en l la le les pour".split())
"""Words that a designation may have or leave out: "automate d'hématologie", "AUTOMATE HEMATO"."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(_singular(word) for word in folded(text).split())


def _tokens(text: str) -> tuple[str, ...]:
    """The words of a text that tell something; all of them where none does."""
    words = _words(text)
    return tuple(word for word in words if word not in _CONNECTING) or words


@cache
def phrases() -> dict[tuple[str, ...], tuple[str, str]]:
    """Words of a phrase (singular, with and without abbreviations) -> kind and the phrase as the table has it; "" for a
    trap."""
    rows = [(kind.key, phrase) for kind in functions().values() for phrase in kind.words]
    rows += [("", trap) for trap in _listed(TRAPS)]
    whole = {written_out(_tokens(phrase)): (key, phrase) for key, phrase in rows}
    return whole | {_tokens(phrase): (key, phrase) for key, phrase in rows}


@cache
def _parts() -> tuple[tuple[str, ...], ...]:
    return tuple(_words(accessory) for accessory in _listed(ACCESSORIES))


@cache
def _longest() -> int:
    return max(map(len, phrases()))


class _Heard(NamedTuple):
    """What the words of a designation say by themselves."""

    kind: str = ""
    phrase: str = ""
    """What says it; with a kind "": that it is none of them."""
    options: tuple[str, ...] = ()
    """What it may be, for a person to say."""


def named(designation: str, maker: str = "", ward: str = "") -> tuple[str, str]:
    """Kind that a designation names and the phrase that says so; ("", phrase) where a trap or a part of a device says
    that it is none of them, or where the maker or the ward says so of this phrase; ("", "") where nothing speaks, and
    where only a person can say. The longest phrase wins, then the first in the text. Where nothing speaks, a name of a
    catalogue is turned round: "Pump, syringe" is read as "syringe pump"."""
    heard = _heard(designation)
    if heard.kind:
        sure = means(heard.phrase, ward, maker)
        if sure is None:
            return "", ""
        return (heard.kind if sure else ""), heard.phrase
    return "", heard.phrase


def elsewhere(designation: str, maker: str, ward: str) -> bool:
    """That a word of a designation would name a kind, or ask for one, and means something else with this maker or in
    this ward: what a person said of the designation was not said of this one."""
    heard = _heard(designation)
    if heard.phrase:
        return bool(heard.kind) and means(heard.phrase, ward, maker) is False
    word = _ambiguous(designation)
    return bool(word) and means(word, ward, maker) is False


@lru_cache(maxsize=65_536)
def _heard(designation: str) -> _Heard:
    """What a designation says, its abbreviations written out; as it stands where that says nothing."""
    turned = " ".join(reversed(designation.split(","))) if "," in designation else ""
    for text in filter(None, (designation, turned)):
        plain = _tokens(text)
        for words in dict.fromkeys((written_out(plain), plain)):
            heard = _said(words, _words(text))
            if heard != _Heard():
                return heard
    return _Heard()


def _said(words: tuple[str, ...], raw: tuple[str, ...]) -> _Heard:
    """What some words say: a part of a device, something that stands for devices, or a device."""
    for part in _parts():
        if part in (raw[: len(part)], words[: len(part)]):
            return _Heard("", " ".join(part))
    carried = gateways.alarms(words)
    if carried is not None:
        return _other(carried)
    found, start, length = _phrase(words)
    watched = gateways.watched(words, found[0])
    if watched is not None:
        return _other(watched)
    head = gateways.head(words)
    if head is None or (start <= head.at < start + length and length > head.length):
        return _beside(words, found, start, length)
    behind = _phrase(head.rest)[0]
    other = gateways.instead(head, behind[0], words) if behind[0] or not behind[1] else None
    if other is not None:
        return _other(other)
    own = start == head.at and length == head.length
    if own and behind[0] and behind[0] not in _PLAIN:
        return _Heard(*behind)
    return _beside(words, found, start, length)


def _beside(words: tuple[str, ...], found: tuple[str, str], start: int, length: int) -> _Heard:
    """What a phrase says, unless it is a mere computer's or printer's and a clinical word stands beside it."""
    kind, phrase = found
    other: gateways.Other | None
    if kind in gateways.PLAIN:
        rest = words[:start] + words[start + length :]
        other = gateways.beside(kind, words[start : start + length], _phrase(rest)[0], rest)
    else:
        other = gateways.handling(words, found)
    return _Heard(kind, phrase) if other is None else _other(other)


_PLAIN = frozenset(("workstation", "server", "printer", "network_equipment", "ip_phone"))
"""Kinds that tell less of a server than that it is one."""


def _other(other: gateways.Other) -> _Heard:
    """One kind is sure, several are asked, none is nothing of ours."""
    if len(other.kinds) > 1:
        return _Heard("", "", other.kinds)
    return _Heard("".join(other.kinds), other.words)


def _phrase(words: tuple[str, ...]) -> tuple[tuple[str, str], int, int]:
    """Kind and phrase of the longest phrase, where it begins and how many words it has; ("", "") without one."""
    table = phrases()
    for length in range(min(_longest(), len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            found = table.get(words[start : start + length])
            if found is not None:
                return found, start, length
    return ("", ""), 0, 0


def possible(designation: str, maker: str = "", ward: str = "") -> tuple[str, ...]:
    """Kinds that an ambiguous designation may name, for a question to a person; () where nothing is ambiguous, where a
    longer phrase says what it is, and where the maker or the ward says that it is none of them."""
    options = _heard(designation).options
    if options:
        return options
    word = _ambiguous(designation)
    if not word or named(designation, maker, ward)[1] or means(word, ward, maker) is False:
        return ()
    return AMBIGUOUS.get(word) or ALONE[word]


def _ambiguous(designation: str) -> str:
    """The ambiguous word of a designation; "" none."""
    plain = _tokens(designation)
    if " ".join(plain) in ALONE:
        return " ".join(plain)
    whole = written_out(plain)
    return next((word for word in AMBIGUOUS if word in whole or word in plain), "")


def is_vague(designation: str) -> bool:
    """That a designation says nothing of what a thing is for."""
    words = folded(designation)
    return words in VAGUE or " ".join(_singular(word).replace("medicau", "medical") for word in words.split()) in VAGUE
