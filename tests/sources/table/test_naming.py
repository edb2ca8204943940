from hygie.model.evidence import Trait
from hygie.sources.table.naming import subject


def test_the_strongest_of_what_tells_a_line_from_others_names_it() -> None:
    said = {Trait.INVENTORY: "1", Trait.SERIAL: "S", Trait.MANUFACTURER: "Né", Trait.MAC: "02:00:00:00:00:01"}
    assert subject(said, True) == "device:inv=1"
    assert subject(said, False) == "device:inv=1#serial=S"
    assert subject({**said, Trait.INVENTORY: ""}, False) == "device:serial=ne|S"
    assert subject({**said, Trait.SERIAL: ""}, False) == "device:inv=1#mac=02:00:00:00:00:01"
    one = subject({Trait.DESIGNATION: "Lit"}, False)
    assert one.startswith("device:line=") and one == subject({Trait.DESIGNATION: "LIT"}, False)
    assert one != subject({Trait.DESIGNATION: "Pompe"}, False)
