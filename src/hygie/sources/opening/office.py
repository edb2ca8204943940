"""Office files (XLSX, XLSB, XLS, ODS), read in a child process with limits; its death is a refusal.

A 4.8 kB XLSX with two distant cells makes any reader allocate a rectangle of billions of cells; the kernel then ends
the child, and the next file gets a new one.
"""

import atexit
import os
import selectors
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from hygie.model.seams import Sheet
from hygie.sources.opening.compound import protected
from hygie.sources.opening.limits import Limits

_SCRIPT = Path(__file__).with_name("child.py")
_START = """
import runpy, sys
sys.path[:] = sys.argv.pop(2).split({sep!r})
runpy.run_path(sys.argv.pop(2), run_name='__main__')
"""
_FRAME = 64 << 20
"""Bytes that one answer may have."""
_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "LANG")


class Office:
    """One persistent child. Not for use by two threads at once: see `sheets`."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._memory = 0

    def read(self, content: bytes, limits: Limits) -> list[Sheet]:
        """Sheets of a file's content. Raises ValueError where the child refuses, dies or takes too long."""
        child = self._running(limits.office_memory)
        finished = False
        try:
            found, refused = self._ask(child, content, limits)
            finished = True
        except (OSError, EOFError, msgspec.DecodeError) as error:
            raise ValueError("refusal.office") from error
        finally:
            if not finished:
                self.close()
        if refused:
            raise ValueError(*refused)
        return found

    def close(self) -> None:
        """Ends the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    _shut(pipe)

    def _running(self, memory: int) -> "subprocess.Popen[bytes]":
        """The child, started anew where it died or has other limits."""
        if self._child is not None and (self._child.poll() is not None or self._memory != memory):
            self.close()
        if self._child is None:
            start = _START.format(sep=os.pathsep)
            path = os.pathsep.join(entry for entry in sys.path if entry)
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-B", "-c", start, str(memory), path, str(_SCRIPT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
            )
            self._memory = memory
        return self._child

    def _ask(self, child: "subprocess.Popen[bytes]", content: bytes, limits: Limits) -> tuple[list[Sheet], list[str]]:
        """Sends the content, gathers sheets, or the refusal. Raises OSError, EOFError."""
        request = {"size": len(content), "cells": limits.office_cells, "seconds": limits.office_seconds}
        head = msgspec.msgpack.encode(request)
        if child.stdin is None or child.stdout is None:
            raise EOFError
        child.stdin.write(len(head).to_bytes(4, "big") + head)
        child.stdin.write(content)
        child.stdin.flush()
        found: list[Sheet] = []
        rows: list[list[str]] = []
        for answer in _answers(child.stdout, limits.office_seconds * 2):
            if "refused" in answer:
                return [], [str(part) for part in answer["refused"]]
            if "sheet" in answer:
                rows = []
                hidden, unseen = bool(answer.get("hidden")), int(answer.get("unseen", 0))
                found.append(Sheet(answer["sheet"], rows, hidden=hidden, unseen=unseen))
            rows.extend(answer.get("rows", []))
        return found, []


def _shut(pipe: IO[bytes]) -> None:
    """Closes a pipe whose other end is gone: bytes still kept for it are lost, and that is meant."""
    try:
        pipe.close()
    except BrokenPipeError:
        return


def _answers(pipe: IO[bytes], seconds: int) -> Iterator[dict[str, Any]]:
    """Answers until the last. Raises EOFError when the child is gone or silent for `seconds`."""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        kept = bytearray()

        def take(count: int) -> bytes:
            while len(kept) < count:
                if not selector.select(seconds):
                    raise EOFError
                more = os.read(pipe.fileno(), 1 << 20)
                if not more:
                    raise EOFError
                kept.extend(more)
            data = bytes(kept[:count])
            del kept[:count]
            return data

        while True:
            size = int.from_bytes(take(4), "big")
            if size > _FRAME:
                raise EOFError
            answer = msgspec.msgpack.decode(take(size))
            if "done" in answer:
                return
            yield answer


_office = Office()
_turn = threading.Lock()
_ending: list[bool] = []


def sheets(content: bytes, limits: Limits) -> list[Sheet]:
    """Tables of an office file, hidden sheets too. Raises ValueError with the reason."""
    if len(content) > limits.office:
        raise ValueError("refusal.large", f"limit={limits.office // 1_000_000}")
    if protected(content):
        raise ValueError("refusal.encrypted")
    with _turn:
        if not _ending:
            atexit.register(_office.close)
            _ending.append(True)
        return _office.read(content, limits)
