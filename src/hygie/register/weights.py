"""Weights of the signs for and against two things being one; `tools/calibrate_links.py` writes them.

Trained on pairs of devices drawn from 50,000 public device records (AccessGUDID, through openFDA's test data, CC0) and
written twice with the errors that the tool lists; `docs/explanation/links.md` has the reliability. Log-odds, added up.
"""

PAIRS = 10486
"""Pairs trained on."""

ERROR = 0.0212
"""Expected calibration error on fleets that were not trained on, 0 to 1."""

BIAS = 0.894

WEIGHTS: dict[str, float] = {
    "address_other": -1.539,
    "address_same": 4.794,
    "host_like": -0.092,
    "host_other": -1.143,
    "host_same": 0.365,
    "kind_other": -2.913,
    "kind_same": 0.143,
    "make_other": 0.159,
    "make_same": -1.749,
    "number_other": -1.149,
    "number_same": -0.005,
    "product_like": -0.019,
    "product_other": -0.117,
    "product_same": 0.05,
    "serial_near": -0.573,
    "serial_other": -2.663,
    "serial_part": 2.526,
    "serial_same": 0.209,
    "version_other": -0.842,
    "version_same": 1.5,
    "ward_other": -1.333,
    "ward_same": 2.682,
}

JUDGED: dict[str, float] = {"mac_same": 2.0, "mac_other": -2.0, "title_same": 1.5, "title_other": -0.5}
"""Signs that the records cannot show: judgement."""
