"""Profiles x knowledge -> findings: one per profile and vulnerability, the worst defensible verdict with its reasons.

Distinct things are asked once: names, operating systems and components first, then SBOMs, then profiles. What ranges
leave out is a finding ("not affected", by whom) for products and their firmware; for operating systems and components
of SBOMs, where it would be a row for every record of every component, only when asked for (`everything`).
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from hygie.match import contested, judge
from hygie.match.aliases import Aliases
from hygie.match.claims import Claim, Part, Parts, finding_id, origin
from hygie.match.naming import Naming
from hygie.match.parts import BANNER, Sbom, ask, sboms, system_parts
from hygie.match.profiles import Attachments
from hygie.match.records import Records
from hygie.match.spoken import Citations, Dates, Word, component_claims, product_claims, row_claims, words
from hygie.match.statements import Statements, inside_claim
from hygie.match.whole import Whole
from hygie.model.evidence import Decision, Speaker
from hygie.model.knowledge import Advisory, Applicability, Bom, Component, Statement, Vulnerability
from hygie.model.verdict import Because, Finding, Profile, Verdict
from hygie.names import cpe, product, purl
from hygie.names.maker import fold

BY_RULE = "rule:"  # before a CPE or a package URL of a profile: a rule concluded it from a greeting


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of products and vulnerabilities: rows of the current readings."""

    components: Iterable[Component] = ()
    """Gone through once: as an iterator they are let go of then, which is much memory."""
    boms: Sequence[Bom] = ()
    advisories: Sequence[Advisory] = ()
    statements: Sequence[Statement] = ()
    applicabilities: Sequence[Applicability] = ()
    vulnerabilities: Sequence[Vulnerability] = ()
    decisions: Sequence[Decision] = ()


@dataclass(slots=True)
class Desk:
    """Everything that is looked up while profiles are judged."""

    naming: Naming
    aliases: Aliases
    statements: Statements
    records: Records
    documents: Mapping[str, Sbom]
    attachments: Attachments
    found: dict[Part, tuple[Word, ...]]
    """What records say of each distinct component, and of what traffic told."""
    spoken: Mapping[Part, tuple[Claim, ...]]
    """What statements say of each distinct component, wherever it is used."""
    dates: Dates
    decisions: Mapping[str, Decision]
    everything: bool
    citations: Citations = field(default_factory=Citations)
    layers: dict[str, Parts] = field(default_factory=dict)
    """What is said of a product, a system or an SBOM, by key."""
    judged: dict[str, dict[str, Finding]] = field(default_factory=dict)
    """Keys of layers -> vulnerability -> finding with id and profile left empty."""


def find(profiles: Iterable[Profile], knowledge: Knowledge, naming: Naming, everything: bool = False) -> list[Finding]:
    """All findings, in the order of their ids. The order of the inputs does not matter."""
    profiles = list(profiles)
    used = frozenset(document for profile in profiles for document in profile.boms)
    return judged(open_desk(knowledge, naming, used, everything), profiles)


def judged(desk: Desk, profiles: Iterable[Profile]) -> list[Finding]:
    """All findings of these profiles, in the order of their ids."""
    profiles = sorted(profiles, key=lambda one: one.id)
    heard = [part for profile in profiles for text in profile.cpes for part in traffic_part(text)]
    desk.found.update((part, words(hits)) for part, hits in ask(desk.records, heard).items())
    findings: list[Finding] = []
    for profile in profiles:
        findings.extend(of_profile(desk, profile))
    findings.sort(key=lambda one: one.id)
    return findings


def open_desk(
    knowledge: Knowledge, naming: Naming, used: Container[str] | None = None, everything: bool = False
) -> Desk:
    """Indexes over the knowledge, and what it says of each distinct component of SBOMs: of those `used`, or all."""
    rejected = frozenset(row.id for row in knowledge.vulnerabilities if row.rejected)
    statements = [
        row for row in newest(knowledge.statements, knowledge.advisories) if row.vulnerability not in rejected
    ]
    records = Records(naming, knowledge.applicabilities, rejected)
    documents = sboms(knowledge.boms, knowledge.components)
    chosen = [bom for document, bom in documents.items() if used is None or document in used]
    asked = list(dict.fromkeys(part for bom in chosen for part, _ in bom.components))
    told = Statements(naming, statements)
    spoken = {part: tuple(told.of_component(part)) for part in asked}
    dates: dict[tuple[str, str], str] = {}
    for row in knowledge.vulnerabilities:
        dates[row.id, row.source] = max(dates.get((row.id, row.source), ""), row.modified)
    decisions: dict[str, Decision] = {}
    for one in sorted(knowledge.decisions, key=lambda d: (d.when, d.reading, d.place)):
        if one.about.startswith("finding:"):
            decisions[one.about.removeprefix("finding:")] = one
    return Desk(
        naming=naming,
        aliases=Aliases(knowledge.vulnerabilities, statements),
        statements=told,
        records=records,
        documents=documents,
        attachments=Attachments(naming, knowledge.boms),
        found={part: words(hits) for part, hits in ask(records, asked).items()},
        spoken={part: claims for part, claims in spoken.items() if claims},
        dates=dates,
        decisions=decisions,
        everything=everything,
    )


def newest(statements: Iterable[Statement], advisories: Iterable[Advisory]) -> list[Statement]:
    """Statements without those of a document's older revision, where two revisions were read."""
    last: dict[tuple[str, str], str] = {}
    released: dict[tuple[str, str, str], str] = {}
    for row in advisories:
        last[row.publisher, row.document] = max(last.get((row.publisher, row.document), ""), row.released)
        released[row.publisher, row.document, row.reading] = row.released
    kept: list[Statement] = []
    for statement in statements:
        document = (statement.publisher, statement.document)
        own = released.get((*document, statement.reading))
        if own is None or own == last[document]:
            kept.append(statement)
    return kept


def traffic_part(text: str) -> Iterator[Part]:
    """A CPE or package URL that traffic or a table told, or a rule concluded, as a part; nothing for anything else."""
    kind, text = (BANNER if text.startswith(BY_RULE) else "traffic"), text.removeprefix(BY_RULE)
    try:
        if text.startswith("pkg:"):
            package = purl.parse(text)
            yield Part(kind, "", package.name, package.version, "", text)
        else:
            name = cpe.parse(text)
            yield Part(kind, cpe.plain(name.vendor), cpe.plain(name.product), cpe.plain(name.version), text)
    except ValueError:
        return


def of_profile(desk: Desk, profile: Profile) -> Iterator[Finding]:
    """Findings of one profile. Layers that other profiles share are judged once per vulnerability and combination."""
    layers = shared_layers(desk, profile)
    own = own_claims(desk, profile)
    held: dict[str, tuple[int, ...]] = {}
    for place, (_, parts) in enumerate(layers):
        only = (place,)
        for vulnerability in parts:
            held[vulnerability] = (*held[vulnerability], place) if vulnerability in held else only
    alone = dict.fromkeys([*own, *_decided_of(desk, profile, held)])
    for vulnerability, places in held.items():
        if vulnerability not in alone:
            yield _named(_template(desk, layers, vulnerability, places), profile.id)
    for vulnerability in alone:
        said = [layers[place][1][vulnerability] for place in held.get(vulnerability, ())]
        claims = _joined([*said, own.get(vulnerability, {})])
        decision = desk.decisions.get(finding_id(profile.id, vulnerability))
        if decision is not None and (ruled := list(_decided(decision, vulnerability))):
            claims.setdefault("product", []).extend(ruled)
        if claims:
            yield judge.merge(profile.id, vulnerability, claims)


def _decided_of(desk: Desk, profile: Profile, held: Iterable[str]) -> list[str]:
    """Vulnerabilities of a profile on which a person decided."""
    if not desk.decisions:
        return []
    return [one for one in held if finding_id(profile.id, one) in desk.decisions]


def _template(desk: Desk, layers: Sequence[tuple[str, Parts]], vulnerability: str, places: tuple[int, ...]) -> Finding:
    """The finding that layers give together, without profile; kept."""
    key = layers[places[0]][0] if len(places) == 1 else "\x00".join(layers[place][0] for place in places)
    kept = desk.judged.setdefault(key, {})
    template = kept.get(vulnerability)
    if template is None:
        claims = _joined([layers[place][1][vulnerability] for place in places])
        template = kept[vulnerability] = judge.merge("", vulnerability, claims)
    return template


def _joined(layers: Iterable[Mapping[str, Sequence[Claim]]]) -> dict[str, list[Claim]]:
    """Claims by part, of several layers."""
    joined: dict[str, list[Claim]] = {}
    for layer in layers:
        for label, claims in layer.items():
            joined.setdefault(label, []).extend(claims)
    return {label: claims for label, claims in joined.items() if claims}


def _named(template: Finding, profile: str) -> Finding:
    """A judged finding for one profile."""
    return Finding(
        finding_id(profile, template.vulnerability),
        profile,
        template.vulnerability,
        template.part,
        template.verdict,
        template.speaker,
        template.document,
        template.probability,
        template.because,
        template.against,
        template.question,
    )


def shared_layers(desk: Desk, profile: Profile) -> list[tuple[str, Parts]]:
    """What is said of the product, the system and each SBOM, with a key: profiles that are alike in one share it."""
    layers: list[tuple[str, Parts]] = []
    if profile.product:
        key = repr(("product", profile.make, profile.product, profile.version, profile.firmware, profile.serials))
        key += repr(profile.contested) if profile.contested else ""
        layers.append((key, _kept(desk, key, partial(_product_layer, desk, profile))))
    if profile.os:
        key = repr(("os", profile.os, profile.os_version))
        layers.append((key, _kept(desk, key, partial(_system_layer, desk, profile.os, profile.os_version))))
    for document in profile.boms:
        if document not in desk.documents:
            continue
        probability = _probability(desk, profile, document)
        key = repr(("bom", document))
        parts = _kept(desk, key, partial(_bom_layer, desk, document))
        if probability < product.SURE:
            named = (profile.make, profile.product, profile.version, profile.firmware, profile.contested)
            key = repr(("bom", document, *named))
            parts = _kept(desk, key, partial(_attached, desk, profile, parts, document, probability))
        layers.append((key, parts))
    return layers


def _kept(desk: Desk, key: str, make: Callable[[], Parts]) -> Parts:
    """A layer, made once."""
    found = desk.layers.get(key)
    if found is None:
        found = desk.layers[key] = make()
    return found


def _probability(desk: Desk, profile: Profile, document: str) -> float:
    """That the SBOM describes the profile."""
    named = (profile.make, profile.product, profile.version, profile.firmware)
    return desk.attachments.of(*named, profile.contested).get(document, 1.0)


def _attached(desk: Desk, profile: Profile, parts: Parts, document: str, probability: float) -> Parts:
    """An SBOM's claims for a product that it may or may not describe."""
    bom = desk.documents[document].boms[0]
    args = (
        f"bom={document}",
        f"product={bom.make} {bom.product} {bom.version}".rstrip(),
        f"device={profile.make} {profile.product} {profile.version}".rstrip(),
        f"percent={round(100 * probability)}",
    )
    because = (Because("because.match.bom", args, origin(bom)), *contested.reasons(profile))
    doubted: Parts = {}
    for vulnerability, said in parts.items():
        doubted[vulnerability] = {
            label: [_doubted(claim, probability, because) for claim in claims] for label, claims in said.items()
        }
    return doubted


def _doubted(claim: Claim, probability: float, because: tuple[Because, ...]) -> Claim:
    """A component's claim where the SBOM itself is doubtful."""
    return claim._replace(
        verdict=Verdict.POSSIBLE if claim.verdict in (Verdict.AFFECTED, Verdict.POSSIBLE) else Verdict.UNKNOWN,
        probability=claim.probability * probability,
        because=(*claim.because, *because),
        question="question.match.bom" if len(because) == 1 else contested.QUESTION,
        sure=False,
    )


def _decided(decision: Decision, vulnerability: str) -> Iterator[Claim]:
    """A person's verdict; other answers (accepted...) leave the verdict as it is."""
    answer = fold(decision.answer)
    verdict = next((one for one in Verdict if fold(one.value) == answer), None)
    if verdict is None:
        return
    args = (f"who={decision.who}", f"when={decision.when}")
    because = Because(f"because.match.decision.{verdict.name.lower()}", args, f"{decision.reading}#{decision.place}")
    yield Claim(vulnerability, verdict, Speaker.PERSON, "", decision.when, 3, 1.0, (because,))


def own_claims(desk: Desk, profile: Profile) -> Parts:
    """What is said of this profile alone: traffic, configurations over the whole device, components in this product."""
    parts: Parts = {}
    for text in profile.cpes:
        for part in traffic_part(text):
            _put(
                desk,
                parts,
                part.label,
                component_claims(part, desk.found.get(part, ()), "", "", desk.dates, desk.citations),
            )
    if desk.records.joint:
        joint, *others = [_joint(desk, one) for one in (profile, *contested.others(profile))]
        for vulnerability, said in contested.weakened(joint, others, profile).items():
            for label, claims in said.items():
                parts.setdefault(vulnerability, {}).setdefault(label, []).extend(claims)
    _inside(desk, profile, parts)
    return parts


def _joint(desk: Desk, profile: Profile) -> Parts:
    """What configurations over the whole device say."""
    parts: Parts = {}
    for label, claim in Whole(desk.records, profile, desk.documents, profile.cpes).claims(True, desk.dates):
        _put(desk, parts, label, (claim,))
    return parts


def _put(desk: Desk, parts: Parts, label: str, claims: Iterable[Claim]) -> None:
    """Files claims under the vulnerability's one name."""
    for claim in claims:
        name = desk.aliases.name(claim.vulnerability)
        parts.setdefault(name, {}).setdefault(label, []).append(claim)


def _product_layer(desk: Desk, profile: Profile) -> Parts:
    """What statements and records say of the product; contested versions may be meant too."""
    others = [_product_layer(desk, one) for one in contested.others(profile)]
    parts: Parts = {}
    versions = _versions(profile)
    main = Part("product", profile.make, profile.product, profile.version)
    _put(desk, parts, "product", desk.statements.of_product(main, versions, profile.serials))
    name, both = (profile.make, profile.product), (profile.version, profile.firmware)
    _put(desk, parts, "product", product_claims(desk.records, name, both, True, desk.dates))
    return contested.weakened(parts, others, profile)


def _versions(profile: Profile) -> tuple[str, ...]:
    """What a profile says of its version, best first."""
    return tuple(dict.fromkeys(one for one in (profile.version, profile.firmware) if one))


def _system_layer(desk: Desk, os: str, os_version: str) -> Parts:
    """What records say of an operating system."""
    parts: Parts = {}
    for system, asked in system_parts(os, os_version):
        rows = [(row, 1.0) for row in desk.records.of_cpe(system)]
        for name, probability in desk.records.index.find(system[0], system[1].replace("_", " ")):
            if probability >= product.SURE:
                rows.extend((row, probability) for row in desk.records.named(name) if not row.cpe)
        for claim in row_claims(desk.records, rows, (os, os_version), ("", ""), desk.everything, desk.dates, asked):
            _put(desk, parts, "os", (claim._replace(speaker=Speaker.THIRD_PARTY),))
    return parts


def _bom_layer(desk: Desk, document: str) -> Parts:
    """What is said of the components of one SBOM."""
    parts: Parts = {}
    for part, where in desk.documents[document].components:
        said = desk.found.get(part)
        if said is not None:
            _put(desk, parts, part.label, component_claims(part, said, document, where, desk.dates, desk.citations))
        if part in desk.spoken:
            _put(desk, parts, part.label, desk.spoken[part])
    return parts


def _inside(desk: Desk, profile: Profile, parts: Parts) -> None:
    """Files statements about components in this product under the SBOM's component, else under the name it gives."""
    main = Part("product", profile.make, profile.product, profile.version)
    versions, *others = [_versions(one) for one in (profile, *contested.others(profile))]
    for statement, probability, meant in desk.statements.inside(main, versions, others):
        why = contested.reasons(profile) if meant is None else ()
        documents = [desk.documents[document] for document in profile.boms if document in desk.documents]
        used = [part for document in documents for part in components_named(document, statement)]
        for component in used:
            _put(desk, parts, component.label, inside_claim(statement, probability, meant, component, why))
        if not used:
            label = f"{statement.product} {statement.version}".strip()
            _put(desk, parts, label, inside_claim(statement, probability, meant, None, why))


def components_named(document: Sbom, statement: Statement) -> list[Part]:
    """Components that a statement means: same package URL or CPE product, else the same name."""
    key = purl.key(statement.purl) if statement.purl else ""
    name = fold(statement.product)
    found: list[Part] = []
    for part, _ in document.components:
        same_package = bool(key) and bool(part.purl) and purl.key(part.purl) == key
        if same_package or (not (key and part.purl) and fold(part.product) == name):
            found.append(part)
    return found
