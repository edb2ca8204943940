"""Weights of the signs for and against two things being one; `tools/calibrate_links.py` writes them.

Trained on pairs of devices drawn from 50,000 public device records (AccessGUDID, through openFDA's test data, CC0) and
written twice with the errors that the tool lists; `docs/explanation/links.md` has the reliability. Log-odds, added up.
"""

PAIRS = 10114
"""Pairs trained on."""

ERROR = 0.0246
"""Expected calibration error on fleets that were not trained on, 0 to 1."""

RELIABILITY: tuple[tuple[float, int, float, float], ...] = (
    (0.0, 1670, 0.047, 0.043),
    (0.1, 695, 0.136, 0.168),
    (0.2, 355, 0.236, 0.163),
    (0.3, 819, 0.338, 0.304),
    (0.4, 156, 0.459, 0.545),
    (0.5, 75, 0.539, 0.627),
    (0.6, 79, 0.646, 0.722),
    (0.7, 301, 0.768, 0.794),
    (0.8, 276, 0.844, 0.837),
    (0.9, 698, 0.974, 0.984),
)
"""Of those fleets: predicted from (tenths), pairs, mean predicted, share that was the same."""

BIAS = 0.953

WEIGHTS: dict[str, float] = {
    "address_other": -1.573,
    "address_same": 4.776,
    "host_like": -0.046,
    "host_other": -1.139,
    "host_same": 0.386,
    "kind_other": -2.829,
    "kind_same": 0.139,
    "make_other": 0.12,
    "make_same": -1.759,
    "number_other": -1.17,
    "number_same": -0.003,
    "product_like": -0.022,
    "product_other": -0.174,
    "product_same": 0.032,
    "serial_near": -0.467,
    "serial_other": -2.613,
    "serial_part": 3.386,
    "serial_same": 0.165,
    "version_other": -0.851,
    "version_same": 1.516,
    "ward_other": -1.326,
    "ward_same": 2.678,
}

JUDGED: dict[str, float] = {"mac_same": 2.0, "mac_other": -2.0, "title_same": 1.5, "title_other": -0.5}
"""Signs that the records cannot show: judgement."""
