"""Hygie: both safeties of connected medical devices, the patients' and the information system's.

Start at `hygie.walk`: the whole way of the data on one page.
"""

__version__ = "0.1.0"
