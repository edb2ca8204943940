"""The only clock of the program."""

from datetime import UTC, date, datetime


class SystemClock:
    """The machine's clock; `--as-of` fixes the date (not the instant of reading, which is no part of a result)."""

    def __init__(self, as_of: str = "") -> None:
        """`as_of`: ISO 8601 date; "" today. Raises ValueError."""
        self._as_of = date.fromisoformat(as_of).isoformat() if as_of else ""

    def now(self) -> str:
        """ISO 8601 instant, UTC, seconds."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def today(self) -> str:
        """ISO 8601 date."""
        return self._as_of or datetime.now(UTC).date().isoformat()
