"""Names that models will probably bear, as lists alone tell, before the register is made.

What comes in: what sources say of makers and products. What goes out: pairs of both as `naming` shows them. What
several sources of one device say together is not known here: some models will bear other names.
"""

from collections.abc import Iterable

from hygie.model.evidence import Evidence, Trait
from hygie.names.maker import Makers
from hygie.register.naming import Naming
from hygie.register.subjects import Said

PRODUCTS = (Trait.PRODUCT, Trait.COMMERCIAL_NAME, Trait.MODEL_NUMBER)
NAMING = (Trait.MANUFACTURER, *PRODUCTS)
"""Traits that name a model."""


def expected(evidence: Iterable[Evidence], makers: Makers) -> list[tuple[str, str]]:
    """(make, product) as shown, each once, in a fixed order. `evidence`: of the traits `NAMING`, in any order."""
    said: dict[tuple[str, str], Said] = {}
    for e in evidence:
        said.setdefault((e.reading, e.subject), {}).setdefault(e.trait, []).append(e)
    naming = Naming(makers)
    naming.learn(said.values())
    told = {
        (make.value, product.value)
        for subject in said.values()
        for make in subject.get(Trait.MANUFACTURER, ())
        for trait in PRODUCTS
        for product in subject.get(trait, ())
    }
    return sorted({(naming.shown(make), naming.product(make, product)) for make, product in told})
