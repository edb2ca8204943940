"""Column headings as hospitals, GMAO, switches and servers write them -> what the column holds.

What comes in: nothing. What goes out: for each kind of table a dictionary of field -> headings in folded form (lower
case, no accents, words parted by one space), French and English. Fields of devices and zones are trait names; other
fields belong to the kind of table alone. `UNREAD` are headings that are well known and not read on purpose: people,
purchases, contracts; they keep a neighbouring heading from being taken for something that it is not.

To add a heading: one variant in a row, folded; a test checks that no variant stands twice in a kind.
Source: our own list of the words in use, no real GMAO export was at hand; column names of Windows Server's
Get-DhcpServerv4Lease, heads of the tables of Cisco IOS, ArubaOS and HP ProCurve, ISC dhcpd.leases(5).
"""

from types import MappingProxyType

VERSION = "2"
"""Raised whenever a heading changes meaning."""


def _rows(table: str) -> dict[str, tuple[str, ...]]:
    """Lines "field: variant, variant" as a dictionary; an indented line goes on with the one before."""
    found: dict[str, tuple[str, ...]] = {}
    for line in table.strip().replace("\n  ", " ").splitlines():
        field, _, variants = line.partition(":")
        found[field.strip()] = tuple(v.strip() for v in variants.split(",") if v.strip())
    return found


DEVICE = MappingProxyType(
    _rows("""
inventory_number: n inventaire, numero inventaire, numero d inventaire, n d inventaire, no inventaire, num inventaire,
  inventaire, code inventaire, n inv, num inv, no inv, n immo, n immobilisation, numero immobilisation, identifiant
  gmao, n gmao, numero gmao, code gmao, id gmao, n equipement, numero equipement, code equipement, code appareil, n
  appareil, reference gmao, matricule, identifiant equipement, asset no, asset number, asset id, asset tag, inventory
  no, inventory number, equipment number, equipment id, equipment no, control number, cmms id, tag number, device id,
  id equipement, n biomed, n biomedical, numero biomedical, inventaire n, code bien, n bien, numero bien, code immo,
  code immobilisation, numero immo, num immo, asset, assetnum, asset num, asset n, num equipement, code materiel, n
  materiel, numero materiel, n actif, numero actif, code actif, num immobilisation, n matricule, numero matricule, n
  matricule mat, matricule mat, n matricule materiel, matricule materiel, code eqpt, code eqt, code equip, n eqpt, num
  eqpt, n eqt, eqpt code, eqpt no, eqpt id, equipment code, asset code, equip no, equip id,
  inventarnummer, inventar nr, inventarnr, inv nr, invnr, inventar, inventar n, geratenummer, gerate nr, geratenr,
  geraetenummer, anlagennummer, anlagen nr, anlage nr, n inventaire equipement, numero inventaire equipement, n d
  equipement, n d appareil, numero d equipement, numero d appareil, n de bien, n d immobilisation, numero d
  immobilisation, n d actif, numero d actif, n de l equipement, n equip, n inventaire biomedical, n inventaire
  biomed, n inventaire gmao, equipment nr, asset nr, ci number, asset barcode, n unique equipement, nequipement,
  ninventaire, n etiquette, numero etiquette, n d etiquette,
  control, control no, control nbr, equip control nbr, equipment control number, inventarisnummer, inventarisnr,
  inventaris nr
serial_number: n serie, numero serie, numero de serie, n de serie, no serie, num serie, no de serie, serie, n s, sn, s
  n, ns, serial, serial no, serial number, serial nr, serial num, numero serie constructeur, n serie fabricant, n
  serie constructeur, serie n, manufserialnumber, manufacturer serial number, manuf serial number, manufserialno,
  numero serie fabricant, n de serie fabricant, nserie, num ser, numero de serie du fabricant, sernr, serialnum, mfr
  serial, mfr serial no, manuf serial, mfg serial,
  seriennummer, serien nr, seriennr, seriennummer hersteller, fabriknummer, fabrik nr, fabriknr, fabrikationsnummer,
  n ser, no ser, numero ser, serial n, mfg serial number, n serie appareil, numero de serie equipement,
  serienummer, serienr
udi_di: iud id, udi di, iud di, udi, iud, iud id gtin, gtin, device identifier
udi_pi: udi pi, iud ip, iud pi, production identifier
mac: adresse mac, mac, mac address, adresse physique, adresses mac, physical address, mac addr, mac adresse,
  ethernet address, hardware address, hw addr, hwaddr, adresse materielle, adresse ethernet, mac filaire, mac wifi,
  macadresse, adresse m a c, adresse mac 1, mac 1, adresse mac equipement
ip: adresse ip, ip, ip address, adresses ip, ipv4, adresse ipv4, ip addr, ipaddress, adresse reseau, n ip, ip fixe,
  adresse ip fixe, ipv4 address, adresse ipv6, ipv6, adr ip, net addr,
  ipadresse, ip adr, adresse i p, adresse ip equipement
host_name: nom reseau, nom d hote, hostname, host name, host, nom hote, nom machine, nom de machine, nom dns, dns
  name, computer name, nom netbios, nom du poste, nom ordinateur, fqdn, nom windows, nom pc, network name, hote,
  rechnername, netzwerkname, geratename im netz, nom d ordinateur, nom de l ordinateur, nom du pc
designation: designation, libelle, description of technical object, designation objet technique, designation de l
  objet technique, technical object description, lib equipement, lib equipements, denomination, designation
  equipement, libelle equipement, nom equipement, equipement, appareil, intitule, description, designation appareil,
  nom de l equipement, type d equipement, type equipement, nom commun, type eqpt, type eqt, eqpt desc, eqpt description,
  eqpt name, equipment desc, equip desc, asset desc, lib nature, libelle nature, libelle famille, lib famille, famille
  libelle, nature libelle, libelle categorie, lib categorie, nature, nature equipement, nature du
  materiel, nature materiel, nature de l equipement, nature mat, famille, famille equipement,
  categorie, denomination commune, designation de l equipement, libelle appareil, device type, equipment type,
  equipment, equipment description, device description, asset description, device, common name, item description,
  category, nomenclature, type d appareil, libelle long, libelle court, description equipement, equipment name, asset
  name, device name, libelle nomenclature, designation usuelle, libelle materiel,
  lib materiel, designation materiel, designation du materiel,
  gerat, geraet, geratebezeichnung, geraetebezeichnung, bezeichnung, gerateart, geraeteart, gegenstand, benennung,
  gerategruppe, designation du bien, libelle du bien, nom du bien, nom de l appareil, libelle famille equipement,
  description du bien, description de l equipement, description de l actif, type de dispositif, type de materiel,
  model category, display name, asset type, asset class name,
  omschrijving, toestel, benaming, libelle equip, device category
commercial_name: nom commercial, denomination commerciale, appellation commerciale, trade name, brand name,
  commercial name
manufacturer: marque, mque, mqe, marque appareil, fabricant, constructeur, manufacturer, make, brand,
  marque constructeur, fabricant marque, nom fabricant, marque fabricant, constructeur marque, mfr, oem, industriel,
  maker, manufacturer
  name, nom du fabricant, constr, fabr, fab, manufacturer of asset, fabricant de l immobilisation, mfr name, manuf name,
  manuf, mfg, mfg name, lib marque, libelle marque, lib fabricant, libelle fabricant, fabricant de l equipement,
  hersteller, herstellername, firma, marke, fabrikat, fabriquant, nom constructeur, nom marque, constructeur de l
  equipement, fabricant de l appareil, manufacturier, nom du manufacturier, mfgr,
  merk, fabrikant
product: libelle modele, lib modele, designation modele, designation du modele, modele, model, modele type, modele
  ref, modele reference, modele appareil, model name, nom modele, modele equipement, produit, product, product name,
  modele commercial, device model, nom du modele, modele de l equipement,
  mfr model, manuf model, mfg model, manufacturer model, model desc,
  mod, modell, modellbezeichnung, geratemodell, geraetemodell, model description, nom de modele, modele de l appareil,
  nom du produit
model_number: type, type modele, reference, ref, reference constructeur, reference fabricant, ref fabricant, ref
  constructeur, model number, model no, part number, catalogue number, catalog number, n modele, type constructeur,
  type appareil, reference commerciale, ref commerciale, ref comm, ref com, code modele, p n, part no,
  ref produit, n reference, manuf ref, mfr ref, manufacturer ref,
  typ, geratetyp, geraetetyp, typenbezeichnung, typbezeichnung, typ modell, libelle type, lib type, type de l
  appareil, n de modele, numero de modele, numero modele, no modele, no de modele, modellnummer, modell nr,
  artikelnummer, artikel nr, reference catalogue, ref catalogue, n catalogue, numero de catalogue,
  model id, modelnummer
software_version: version logicielle, version logiciel, version du logiciel, version, logiciel, version soft,
  rev soft, rev logiciel,
  rev logicielle, revision soft, revision logiciel, revision software, sw rev, sw revision, software revision,
  software rev, rev software,
  version software, software version, sw version, sw release, software, software release, release, soft version,
  version applicative, version application, sw, soft, revision logicielle, release logicielle,
  sw ver, ver log, ver logiciel, ver soft, sw rel, soft ver,
  softwarestand, software stand, softwareversion, sw stand, sw version installee, version logicielle installee,
  version du soft,
  software ver, num version
firmware_version: firmware, version firmware, firmware version, fw, fw version, micrologiciel, version
  micrologiciel, version du firmware,
  firmwarestand, firmware stand, firmwareversion
hardware_version: version materielle, hardware version, hw version, revision materielle, version hardware, hw revision
operating_system: systeme d exploitation, os, o s,
  operating system, systeme exploitation, se, systeme d exploitation os,
  nom os, os name, systeme d exploitation du poste, syst d exploitation du poste, syst d exploitation, syst
  exploitation, os du poste,
  betriebssystem, betriebs system, os installe, os type
operating_system_version: version os, os version, version systeme, version du systeme d exploitation, build, version
  systeme d exploitation, os build, version windows,
  betriebssystemversion
cneh_code: cneh, code cneh, nomenclature cneh, n cneh, classification cneh
emdn_code: emdn, code emdn, nomenclature emdn, emdn code
ce_class: classe ce, classe, classe dm, classe du dispositif, classe mdr, ce class, mdr class, classe de risque,
  marquage ce, classe de dm, classe dispositif, ivdr class, cl ce, classe c e, cl dm, classe ce dm,
  risikoklasse, mdr klasse, mp klasse
connectable: reseau, connecte, connectable, raccorde au reseau, connecte au reseau, connexion reseau, equipement
  connecte, network, networked, connected, network connected, raccorde reseau, communicant, connectivite, dm
  connecte, network capable, connecte reseau,
  netzwerk, netzwerkfahig, vernetzt, connectable au reseau, network connection,
  netwerk
site: site, etablissement, entite, hopital, entite juridique, hospital, facility, campus, finess, nom etablissement,
  site geographique, entite geographique, hospital name, site name, code site, site code,
  krankenhaus, spital, klinikum, nom de l etablissement, nom du site, libelle site, lib site, libelle etablissement,
  lib etablissement, etablissement responsable, business unit, campus name
ward: service, uf, unite fonctionnelle, libelle uf, nom uf, unite, unite de soins, libelle service, service
  utilisateur, nom du service, service affectation, affectation, ward, department, dept, unit, clinical unit, care
  unit, service libelle, uf libelle, secteur, uf affectation, service d affectation,
  lieu d affectation, lieu affectation, libelle unite fonctionnelle,
  section, departement, lib uf, libelle u f, lib u f, u f, lib service, libelle du service, libelle de l uf,
  service affectataire, uf lib, uf affect, uf affectataire, uf proprietaire,
  station, abteilung, fachabteilung, klinik, uf responsable, service responsable, unite responsable, uf
  gestionnaire, service gestionnaire, uf utilisatrice, unite utilisatrice, uf detentrice, service detenteur, service
  beneficiaire, uf beneficiaire, uf d affectation, unite d affectation, uf destinataire, service destinataire,
  departement responsable, secteur responsable, owning department, responsible department, department name, dept
  name, unit name, owner department, using department, libelle uf responsable, libelle service responsable, service
  clinique, service proprietaire, service c c, uf de localisation, unite fonctionnelle responsable, unite
  fonctionnelle d affectation, nom service, unite administrative, programme service,
  dienst, afdeling, owner dept, owner dept name, entite affectataire, owner department name
ward_code: code uf, n uf, numero uf, code service, num uf, uf code, code unite, no uf, ward code, department code,
  code u f, n u f,
  code uf responsable, n uf responsable, code uf affectation, code service responsable, code uf affectataire,
  department number, dept code, dept no
pole: pole, pole d activite, libelle pole, nom pole, pole clinique, division, pole medical,
  pole responsable, pole gestionnaire
location: localisation, local, lieu, emplacement, salle, piece, location, room, localisation precise, position,
  chambre, situation, room number, implantation, n salle, n local, local salle, batiment etage, room name, building
  room, batiment, lib local, libelle local, functional location, functional loc, poste technique, point de structure,
  libelle localisation, lib localisation, bat niv local, bat niv piece,
  bat niveau piece, batiment niveau piece, batiment niveau local, bat etage piece, batiment etage piece, bat etage
  local, bat niv salle,
  standort, raum, gebaude, raumnummer, raum nr, raumbezeichnung, gebaude raum, localisation de l equipement, no
  local, numero local, n de local, numero de local, n de salle, numero de salle, building, floor room, local de l
  equipement,
  lokaal, gebouw, bldg
cost_centre: centre de cout, centre de responsabilite, cr, cost center, cost centre, section analytique, code
  analytique, centre responsabilite, centre cout, costcenter,
  costcentre,
  kostenstelle, kostenstellen, kst, cr responsable, centre responsable, code cr, libelle cr, centre d activite,
  department cost center,
  kostenplaats
supplier: fournisseur, distributeur, supplier, vendor, vendeur, nom fournisseur, distributor, fournisseurs, dealer, frn,
  lieferant,
  leverancier
purchase_cost: prix achat, prix d achat, cout achat, cout d achat, valeur d achat, montant, prix, valeur achat, prix
  ttc, purchase cost, purchase price, cost, price, acquisition cost, montant ttc, cout, valeur acquisition, prix d
  achat ttc, valeur d acquisition, cout acquisition, prix achat ttc, montant achat, px achat, px achat ttc, prix ttc
  achat, val acq ttc, val acq, valeur acq ttc,
  anschaffungswert, anschaffungskosten, kaufpreis, anschaffungspreis, cout d acquisition,
  valeur, aankoopprijs
commissioned: date mise en service, date de mise en service, mise en service, mes, date mes, date d installation, date
  installation, in service date, commissioning date, installation date, commissioned, date of first service,
  date 1ere mise en service, dms, date premiere mise en service, install date, date de premiere mise en
  service, in service since, mise en service le, dt mes, date m e s, date mise en serv, mise en serv, dt
  mise en service, start up date, startup date, date de demarrage, mise en exploitation, date mise en
  exploitation, date de mise en exploitation, mise en exploitation le, dt mise en exploitation, date de m e
  s, dt de mes, date de mes, d mes, mise en service date, date mise en route, date de mise en route, mise en
  route, mise en fonction, date de mise en fonction, date mise en fonction, inbetriebnahme,
  inbetriebnahmedatum, datum inbetriebnahme, inbetriebnahme am, datum der inbetriebnahme, in betrieb seit,
  install dt, date installed, installed, installed on, installation dt, in service dt, date in service, go
  live date, date entree en service, date d entree en service, entree en service, commission date, date de
  debut d exploitation, date debut exploitation,
  ingebruikname, datum ingebruikname, datum indienststelling, indienststelling
warranty_end: fin garantie, date fin garantie, fin de garantie, garantie jusqu au, date de fin de garantie, warranty
  end, warranty until, warranty expiry, warranty expiration, end of warranty, warranty end date, garantie, warranty,
  echeance garantie,
  garantie bis, garantieende, gewahrleistung bis, ende garantie, fin de garantie le, date fin de garantie, warranty
  exp, warranty exp date, warranty expires, warranty expiration date, echeance de la garantie, date echeance
  garantie
support_end: fin de support, fin support, date fin support, date de fin de support, end of support, eos, support
  end, fin de vie, eol, end of life, obsolescence constructeur, date d obsolescence, date obsolescence, fin de
  support constructeur, date fin de vie, end of service,
  supportende, end of support date, end of life date, eol date, eos date
status: statut, etat, status, etat equipement, state, condition, statut equipement, etat de service, situation
  administrative, en service, etat fonctionnel, device status, asset status, equipment status, operational status,
  user status, statut utilisateur, system status, statut systeme, active, actif, active y n,
  reforme, reformee, reforme o n, reforme oui non, retired, disposed,
  zustand, geratestatus, geraetestatus, code statut, lib statut, libelle statut, code etat, libelle etat, lib etat,
  statut appareil, etat appareil, statut de l equipement, etat de l equipement, statut de l appareil, etat de l
  appareil, statut du bien, etat du bien, etat equip, statut equip, statut eqpt, etat eqpt, etat materiel, statut
  materiel, lifecycle status, life cycle status, operational state, install status, asset state, hardware status
criticality: criticite, criticality, niveau de criticite, priorite, classe de criticite, indice de criticite, risk
  level, criticite equipement, niveau criticite, priority, abc indicator, indicateur abc, code abc,
  kritikalitat
obsolescence: vetuste, taux de vetuste, obsolescence, taux vetuste, indice de vetuste, age, indice vetuste
last_maintenance: derniere maintenance, date derniere maintenance, derniere mp, dernier preventif, date dernier
  preventif, derniere intervention, last maintenance, last pm, last service, date derniere mp, last pm date,
  derniere maintenance preventive, date derniere intervention, dernier controle,
  letzte wartung, letzte prufung, letzte stk, last pm completed
next_maintenance: prochaine maintenance, date prochaine maintenance, prochaine mp, prochain preventif, next
  maintenance, next pm, date prochaine mp, next pm date, next service, prochaine maintenance preventive, prochain
  controle, date prochain preventif, pm due, pm due date, next pm due,
  nachste wartung, nachste prufung, nachste stk
maintainer: mainteneur, societe de maintenance, prestataire maintenance, prestataire, maintenance par, maintained
  by, service provider, societe mainteneur, prestataire de maintenance, type de maintenance, mode de maintenance,
  wartungsfirma
remote_maintenance: telemaintenance, maintenance a distance, acces distant, remote maintenance, remote access,
  remote service, teleassistance, prise en main a distance
system: ensemble, n ensemble, appartient a, equipement parent, n parent, inventaire parent, parent, parent asset,
  systeme, code ensemble, rattache a, equipement pere, system, parent system, inventaire pere, n inventaire parent,
  equipement principal,
  materiel pere, n materiel pere, code materiel pere
role: role, fonction reseau, role dans l ensemble, sous ensemble, composant, fonction, element
vlan: vlan, n vlan, vlan id, numero vlan, id vlan, vlan number,
  no vlan
switch: switch, commutateur, nom switch, nom du commutateur, equipement reseau, switch name
switch_port: port switch, port commutateur, prise, prise reseau, n prise, switch port, port du switch, prise murale,
  numero de prise, interface switch,
  netzwerkdose
ae_title: ae title, aet, ae, aetitle, titre ae, application entity, ae titre, titre d entite applicative,
  application entity title, local ae, called ae
remark: remarque, remarques, commentaire, commentaires, observation, observations, note, notes, remark, remarks,
  comment, comments, divers, informations complementaires, info, infos, information, memo, texte libre, complement,
  description complementaire, precisions, obs,
  bemerkung, bemerkungen, kommentar, notiz, notizen
clinical_kind: fonction clinique, clinical kind, type clinique
""")
)
"""Fields of a list of devices (GMAO): trait -> headings."""

KINDS = (*DEVICE["clinical_kind"], "kind", "kind of device", "genre", "type de dispositif")
"""Headings of the clinical kind in a list of devices checked by hand; a cell holds its key or words for it."""

UNREAD = tuple(
    variant.strip()
    for variant in """
derniere panne, date derniere panne, contrat de maintenance, responsable, contact, utilisateur, referent, nom
utilisateur, technicien, demandeur, cadre, cadre de sante, user, owner, nom du responsable, telephone, tel, mail,
email, e mail, poste telephonique, patient, nom patient, ipp, iep, login, mot de passe, mdp, password, compte, n
marche, numero marche, marche, n commande, numero commande, commande, bon de commande, n bon de commande, date
commande, date de commande, facture, n facture, contrat, n contrat, numero contrat, type contrat, date fin contrat,
fin contrat, date debut contrat, code fournisseur, contact fournisseur, motif reforme, motif de reforme, motif
sortie, motif de sortie, duree amortissement, amortissement, duree de vie, date amortissement, fin amortissement,
date fin amortissement, quantite, qte, quantity, cree le, cree par, modifie le, modifie par, date creation, date
modification, date maj, created, updated, last update, photo, document, lien, url, lien document, code postal,
ville, adresse, adresse postale, compte budgetaire, budget, code famille, code marque, code modele gmao, code
fabricant, periodicite, frequence mp, periodicite mp, nombre interventions, nb interventions, nb pannes, cout
maintenance, montant contrat, cout contrat, masque, masque de sous reseau, subnet mask, mask, dns, serveur dns,
scope, port, id, n, no, num, numero, ligne, row, index, rang, code, risk class, risk classification, device class,
medical device class, fda class, fda device class, fda classification, us class, gl account, object type,
objecttype, type d objet, planning plant, tel sav, telephone sav, n sav, sav, cadre sante, verantwortlich,
verantwortlicher, ansprechpartner, benutzer, telefon, bestellnummer, n de marche, numero de marche, assigned to,
managed by, owned by, supported by, requested by
""".replace("\n", " ").split(",")
)
"""Headings that are known and not read. A "risk class" or "device class" is as a rule that of the United States (I, II,
III; 21 CFR part 860), which is no CE class."""

DISPOSAL = tuple(
    variant.strip()
    for variant in """
date reforme, date de reforme, dt reforme, dt de reforme, reforme le, reformee le, date de mise a la reforme, date
mise a la reforme, date sortie, date de sortie, dt sortie, sortie le, date sortie inventaire, date de sortie
inventaire, date de sortie d inventaire, date de sortie de l inventaire, date sortie parc, date de sortie du parc,
date sortie actif, date mise au rebut, date de mise au rebut, mis au rebut le, date rebut, date de rebut, date
elimination, date d elimination, date declassement, date de declassement, declasse le, date cession, date de
cession, date de disposition, disposal date, date of disposal, date disposed, disposed on, disposed date, retired
date, retirement date, date retired, date of retirement, retired on, retire date, decommission date, decommissioned
date, decommissioning date, decommissioned on, date decommissioned, scrap date, date scrapped, ausmusterung,
ausmusterungsdatum, ausgemustert am, datum ausmusterung, datum der ausmusterung, verschrottet am, entsorgt am,
entsorgungsdatum
""".replace("\n", " ").split(",")
)
"""Headings of the day on which a thing left: no trait of its own, it tells the status."""

BOUGHT = tuple(
    variant.strip()
    for variant in """
date achat, date d achat, purchase date, purchased, date purchased, date acquisition, date d acquisition, date acq,
dt acq, date de livraison, date livraison, dt livraison, delivery date, date reception, date de reception, dt
reception, acq date, acquisition date, acceptance date, date entree, date d entree, aankoopdatum, leveringsdatum,
kaufdatum, anschaffungsdatum, lieferdatum, received date, date received, dt achat
""".replace("\n", " ").split(",")
)
"""Headings of the day on which a thing was bought or delivered, which is not that of its first service: not read."""

SITUATIONS = frozenset(("situation", "situation actuelle"))
"""Headings under which stands where a thing is, or whether it is in use: the cells say which."""

NUMBERS = ("numero", "n", "no", "num", "id", "code", "equipment", "equipement", "appareil", "index", "identifiant",
           "code barre", "code barres", "barcode", "fiche", "n fiche", "no fiche", "num fiche", "numero fiche",
           "numero de fiche", "n de fiche", "fiche equipement", "fiche materiel", "fiche appareil")  # fmt: skip
"""Headings under which may stand the inventory number, or a line's own: what they are is asked, never assumed."""

ADDRESSES = MappingProxyType(
    _rows("""
cidr: reseau, sous reseau, subnet, network, cidr, plage, plage ip, plage d adresses, adresse reseau, ip reseau, sous
  reseau ip, prefix, prefixe, ip subnet, ip network, subnet cidr, range, ip range, reseau ip, plan ip, adresse du
  reseau, ip,
  adresse ip, ip address, adresse, address
listing: header network, header networkcontainer
mask: masque, mask, netmask, masque de sous reseau, subnet mask, masque reseau, network mask
vlan: vlan, n vlan, vlan id, id vlan, numero vlan, vlan number, id, vlan no, num vlan, vid, ea vlan, ea vlan id, ea
  vlanid
zone_name: nom, name, nom vlan, nom du vlan, zone, vlan name, libelle, nom reseau, nom zone, nom du reseau, zone
  name, network name, libelle vlan, intitule, segment
zone_use: usage, utilisation, fonction, description, use, purpose, role, destination, designation, type, objet,
  affectation, population, type de zone
gateway: passerelle, gateway, gw, default gateway, passerelle par defaut, routeur, default router, router, ip
  passerelle
site: site, etablissement, lieu, batiment, hopital, facility, hospital
remark: commentaire, commentaires, remarque, remarques, observation, observations, comment, comments, note, notes
""")
)
"""Fields of an address plan that lists networks."""

ADDRESSES_UNREAD = ("network view", "dns view", "network container", "utilization", "children")
"""Headings of an appliance's export of networks that name none."""

HOSTS_UNREAD = ("header network", "header networkcontainer", "header lease", "header hostrecord", "header fixedaddress")
"""First headings of an appliance's export: what stands below says what a line is, not how a machine is called."""

EITHER = frozenset(("ip", "adresse ip", "ip address", "adresse", "address"))
"""Headings under which stand networks ("10.1.2.0/24") or machines' addresses: the cells say which."""

_OF_MACHINES = {
    "host_name": ("nom", "name", "machine", "poste", "client", "nom client", "nom equipement reseau"),
    "designation": ("usage", "utilisation", "utilise par", "use"),
    "ip": ("adresse", "address", "ip v4"),
}
"""What headings mean where a line is a machine with its address."""

HOSTS = MappingProxyType(
    {
        key: (*DEVICE[key], *_OF_MACHINES.get(key, ()))
        for key in (
            "mac", "ip", "host_name", "designation", "manufacturer", "product", "serial_number", "inventory_number",
            "vlan", "ward", "location", "site", "switch", "switch_port", "remark", "role", "ae_title",
            "operating_system",
        )
    }
)  # fmt: skip
"""Fields of an address plan that lists machines."""

CALLED = frozenset(_OF_MACHINES["host_name"])
"""Headings under which stands what people call a machine as often as its name on the network."""

ANSWERED = MappingProxyType(
    {
        **dict.fromkeys(("active", "actif", "active y n", "en service"), ("in service", "out of service")),
        **dict.fromkeys(("reforme", "reformee", "reforme o n", "reforme oui non", "retired", "disposed"),
                        ("disposed", "")),
    }
)  # fmt: skip
"""Headings of a status that ask for yes or no -> what yes means, what no means ("" nothing: it may lie in store)."""

LEASES = MappingProxyType(
    _rows("""
ip: ipaddress, ip address, adresse ip, ip, client ip address, adresse ip du client, address, adresse, ip addr
mac: hwaddr, hw address, clientid, client id, mac address, adresse mac, id unique, unique id, mac, hardware address,
  id client, identificateur client, mac addr, active mac address, hardware, client mac address, lease mac address
host_name: hostname, host name, nom, name, nom d hote, client hostname, nom du client, client name, host, nom hote,
  client host name, nom d hote du client, nom client
lease_end: leaseexpirytime, lease expiration, expiration du bail, lease expiry time, expiration, expires, fin de
  bail, lease end, lease expires, expiry, expire, fin du bail, date d expiration, ends, end, expiration time, end time,
  expire time, expiration date
lease_start: lease start, debut de bail, start, starts, debut du bail, date de debut, start time, lease start time
state: addressstate, address state, state, etat, statut, status, binding state, lease state, etat du bail
scope: scopeid, scope id, scope, etendue, subnet, pool, id etendue, reseau
description: description, remarque, comment, commentaire
type: type, lease type, type de bail
""")
)
"""Fields of a list of DHCP leases."""

LEASES_UNREAD = (
    "client type", "clienttype", "dns registration", "dnsregistration", "dns rr", "dnsrr", "nap capable", "napcapable",
    "nap status", "napstatus", "policy name", "policyname", "probation ends", "probationends", "server ip", "serverip",
    "ps computer name", "pscomputername", "valid lifetime", "subnet id", "fqdn fwd", "fqdn rev", "user context",
    "pool id", "hwtype", "hwaddr source", "header lease", "network view", "served by", "server host name", "never ends",
    "never starts", "cltt", "tstp", "tsfp", "uid", "username", "remote id", "circuit id", "protocol", "discovered data",
)  # fmt: skip
"""Headings of a DHCP server's export that say nothing of a device."""

LEASES_ONLY = frozenset(
    (
        "addressstate", "address state", "binding state", "lease state", "etat du bail", "scopeid", "scope id", "scope",
        "etendue", "id etendue", "lease type", "type de bail", "header lease", "valid lifetime",
    )
)  # fmt: skip
"""Headings of a state or a range that are of leases, not of an address plan."""

DOUBLES = frozenset(("clientid", "client id"))
"""Headings that say the same again wherever another column fills their field: a client's id beside its address."""

MAC_TABLE = MappingProxyType(
    _rows("""
vlan: vlan, vlan id, vlanid, n vlan, vid, vlan name
mac: mac address, adresse mac, mac, mac addr, macaddress, address
switch_port: port, ports, interface, switch port, port switch, destination port, port commutateur, if, ifname, from
  port
switch: switch, commutateur, switch name, nom switch, nom du switch, nom du commutateur, switch ip, ip switch
named: device, host, hostname, host name, equipement, device name, nom d hote
type: type, status, statut, state, etat, mode
age: age, ageing, aging, last seen, vu le
""")
)
"""Fields of a switch's table of MAC addresses."""

ARP = MappingProxyType(
    _rows("""
ip: ip address, adresse ip, ip, address, ipaddress, ip addr, internet address, adresse internet
mac: mac address, adresse mac, mac, hardware addr, hardware address, physical address, adresse physique, macaddress,
  hw address, mac addr
interface: interface, iface, if
port: vlan, port, device, vlan id
age: age, age min, age sec, ttl
type: type, flags, protocol, flags mask, hwtype, hw type
state: status, statut, state, etat
switch: switch, router, routeur, switch name, nom switch
named: host, hostname, host name, device name, nom d hote
""")
)
"""Fields of a router's ARP table."""

ENDPOINTS = MappingProxyType(
    _rows("""
mac: mac address, adresse mac, mac, mac addr, macaddress, macaddr, endpoint mac, endpoint mac address, calling station
  id, client mac, client mac address, physical address, adresse physique, ethernet address, hardware address, mac
  adresse, adresses mac, ip mac addr
ip: ip address, adresse ip, ip, ipaddress, ip addr, ipv4 address, adresse ipv4, ipv4, address, adresse, addresses, host
  address, hostaddr, framed ip address, framed ip, client ip, client ip address, last known ip, ip addresses, ip v4,
  ipaddr, endpoint ip address, ip hostaddr
host_name: hostname, host name, nom d hote, nom hote, dns name, nom dns, fqdn, name, nom, device name, client name, nom
  du client, client hostname, endpoint name, ip name, machine, computer name, nom machine, host, recent name
designation: description, designation, libelle
vlan: vlan, vlan id, n vlan, vid, access vlan, vlan number
switch: switch, switch name, switch ip, nas ip address, nas ip, nasipaddress, nas name, network device, network device
  name, connected to, nom switch, commutateur, nom du commutateur, ip
  switch, device, ap name, access point, point d acces, connected ap, nom ap, last connected ap
switch_port: port, switch port, nas port id, nasportid, nas port, port switch, connected port, interface, switchport
state: status, state, statut, etat, ip state, ip status, address status, address state, etat ip, connection status
last_seen: last seen, lastseen, vu le, derniere vue, vu pour la derniere fois, last heard, last activity, last
  connected, last discovered, last seen at, last seen time, derniere connexion, last seen on, last seen date
""")
)
"""Fields of a list of endpoints: of a network access control, an address management, a wireless controller."""

ENDPOINTS_UNREAD = tuple(
    variant.strip()
    for variant in """
owner, user, username, user name, utilisateur, portal user, registered to, assigned to, added by, updated by, tenant,
contact, logged on user, identity, user role, role, comment, comments, commentaire, note, notes, remark, remarque,
device category, device os family, device family, category, endpointpolicy, endpoint policy, matched policy,
matchedpolicy, endpoint profile, profile, device type, device profile, type, os, operating system, operating system
result, os family, oui, vendor, vendor name, mac vendor, oui vendor, manufacturer, fabricant, constructeur,
identitygroup, identity group, endpoint identity group, static assignment, staticassignment, static group assignment,
posture status, posturestatus, nom d utilisateur, nom utilisateur, added, updated, created, location,
ssid, wlan, wlan profile, bssid, rssi, snr, band, channel, usage, fw object, vrf, nat inside,
nat, assigned, network view, dns view, view, added at, updated at, created at, host created, host role, policy, policy
name, header hostrecord, header hostaddress, header fixedaddress, new ip address, match option, disabled, ip class name,
mac class name, space, site name, subnet, subnet name, pool, pool name, ttl, profiled, spt, spoofed, mac type, duid,
protocol, auth, authentication, host records, ap group, ap mac, ap mac address, id, host status, dns domain,
configure for dns, fqdn2
""".replace("\n", " ").split(",")
)
"""Headings that such lists have and that are not read: names of people, free text, and what an appliance guesses of a
machine by its traffic."""

ENDPOINTS_ONLY = frozenset(
    variant.strip()
    for variant in """
endpointpolicy, endpoint policy, identitygroup, identity group, endpoint identity group, matched policy, matchedpolicy,
device category, device os family, profiled, posture status, posturestatus, nas ip address, nasipaddress, nas port id,
portal user, registered to, host role, host status, fw object, ip state, header hostrecord, header hostaddress,
header fixedaddress, nat inside, ip class name, mac class name, static assignment, staticassignment, ssid, wlan, wlan
profile, bssid, rssi, snr, ap name, access point, connected to, endpoint profile, host records, nat, tenant,
ip name, point d acces
""".replace("\n", " ").split(",")
)
"""Headings that no other kind of table has: one of them makes a list with addresses one of endpoints."""

NOT_PRESENT = frozenset(
    "expired;expire;free;backup;abandoned;abandonne;declined;decline;refuse;refused;released;relache;libere;rendu;reset;"
    "inactive;inactif;inactivereservation;inactive reservation;reservation inactive;expired reclaimed;available;"
    "disponible;libre;unused;non utilise;inutilise;deleted;supprime;deprecated;decommissioned;conflict;bad address;"
    "expiree;offered;offert;dhcp free;dhcp abandoned;dhcp expired;unallocated;dhcp unallocated;excluded;exclu".split(
        ";"
    )
)
"""States of a lease or of an address under which nothing is there, folded."""

AE_TITLES = MappingProxyType(
    _rows("""
ae_title: ae title, aet, ae, aetitle, titre ae, application entity, application entity title, called ae title, ae
  titre, titre d entite applicative, entite applicative, remote ae title, station ae title, ae titles, nom ae,
  calling ae title
ip: adresse ip, ip, ip address, hote, host, hostname, adresse, address, ip host, nom d hote, host name, ip hote,
  ipaddress, adresse reseau, host ip
port: port, port dicom, port number, dicom port, n port, port tcp, numero de port, listening port, port d ecoute
designation: description, designation, libelle, modalite equipement, equipement, appareil, nom, name, commentaire,
  station, device, equipment
modality: modalite, modality, type, type de modalite, mod
manufacturer: marque, fabricant, constructeur, manufacturer, vendor, make, editeur
product: modele, model, produit, product
serial_number: n serie, numero de serie, serial number, serial
inventory_number: n inventaire, inventaire, numero d inventaire, asset number, asset no
station_name: station name, nom de station, nom station
dicom_role: role, fonction, services, service dicom, services dicom, roles
ward: service, uf, ward, department, unite
location: localisation, salle, lieu, location, room
mac: adresse mac, mac, mac address
site: site, etablissement, hospital, hopital
""")
)
"""Fields of a PACS's list of AE titles."""

STATEMENTS = MappingProxyType(
    _rows("""
make: fabricant, marque, manufacturer, make, editeur, constructeur, editeur fabricant, fabricant editeur, maker
product: modele, produit, model, product, modele produit, produit modele
version: versions, version, versions concernees, version logicielle, versions concerned, software version, versions
  visees
subject: objet, sujet, subject, sur quoi, theme, question, portee
allowed: autorise, autorisation, allowed, permission, autorise ou non, reponse, answer, statut, status, position,
  accord, autorise oui non
condition: conditions, condition, restrictions, limites, sous condition, conditions restrictions, limits, details,
  justification
support_end: fin de support, date fin de support, support end, end of support, date de fin de support, fin support,
  support date
who: qui, signataire, auteur, who, interlocuteur, emetteur, signe par, author, signed by, said by, source
dated: date, quand, when, date du courrier, date du document, dated, date de la declaration, recu le
document: document, fichier, file, piece, courrier, reference, piece jointe, nom du fichier, letter, file name
fixed_version: version corrigee, version corrective, fixed version, corrige en, fixed in, correctif
""")
)
"""Fields of the file in which a maker's word that came by letter or mail is written down."""

QUESTIONS = MappingProxyType(
    _rows("""
id: id, identifiant, question id, id question, cle, key, reference, ref, about
question: question, libelle, texte, what, sujet, intitule
answer: reponse, votre reponse, answer, your answer, reponses, reponse same different don t know, reponse meme
  different ne sait pas
who: nom, votre nom, name, your name, qui, who, repondu par, answered by, valide par, par, by
when: date, quand, when, date de reponse, le, answered on, repondu le
note: note, notes, commentaire, remarque, comment, remarks, commentaires, precisions, motif, reason
options: reponses possibles, possible answers, options
recorded: reponse enregistree, recorded answer
mark: repere de hygie, hygie s mark
""")
)
"""Fields of the file of open questions, filled in."""

HOSPITAL = MappingProxyType(
    _rows("""
kind: cle, key, cle de la fonction, function key, kind, clinical kind
name: fonction clinique, clinical function, fonction, function
unit: unite, service, uf, unit, ward, unite de soins, care unit
safety: gravite, securite, impact securite, safety, safety impact, impact sur les patients, securite des patients,
  patient safety
mission: mission si les equipements sont perdus, mission if the devices are lost, mission, impact mission,
   mission impact, mission de l unite
interruption: interruption, interruption tolerable, tolerable interruption, interruption toleree
without_device: perdu sans l equipement, lost without the device,
  sans l appareil, without the device, perte sans l appareil
without_network: perdu sans son reseau, lost without its network,
  sans le reseau, without the network, perte sans le reseau, lost without the network
degraded: mode degrade, degraded mode, marche degradee
answer: votre valeur, votre reponse, your value, corrige, valeur confirmee, your answer, confirmed value, valeur de
  l hopital, validation, confirme, confirmed, valide
who: confirme par, confirmed by, valide par, nom, name, par, by, validated by
when: date, quand, when, le, date de confirmation, confirme le, confirmed on
note: note, notes, remarque, commentaire, comment, comments, remarques, remarks
recorded: reponse enregistree, recorded answer
mark: repere de hygie, hygie s mark
""")
)
"""Fields of the file in which the hospital confirms clinical functions and units' missions."""

QUESTIONS_UNREAD = (
    "pour",
    "to",
    "a qui",
    "destinataire",
    "equipements",
    "devices",
    "ce que hygie en sait",
    "what hygie knows",
)
"""Headings of the file of questions that Hygie fills itself."""

HOSPITAL_UNREAD = ("equipements", "devices", "pourquoi cette gravite", "why this safety impact", "appareils", "nombre")
"""Headings of the hospital's file that Hygie fills itself."""

STATEMENTS_UNREAD = ("remarque", "remarques", "commentaire", "commentaires", "saisi par", "id", "n", "ligne")
"""Headings of the file of statements that are not read."""

RULES = MappingProxyType(
    _rows("""
name: rule, regle, nom de la regle, rule name, nom, name
reads: reads, lit, trait, attribut lu, trait lu
pattern: pattern, motif, expression, expression reguliere, regular expression, regex
unless: unless, sauf, sauf si, exception
concludes: concludes, conclut, conclusion, attribut conclu
value: value, valeur
confidence: confidence, confiance
source: source, origine, sources
""")
)
"""Fields of a hospital's own rules."""
