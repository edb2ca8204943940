"""The house's own rules, checked: sizes, mirrors, inheritance, languages, what may never be committed."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

FILE_LINES, FUNCTION_LINES = 400, 50
EXEMPT = ("facts", "kernel")
"""Rooms of data tables and kernels: sizes are not limited there."""


def modules(root: Path) -> list[Path]:
    return sorted((root / "src" / "hygie").rglob("*.py"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_files_and_functions_stay_small(root: Path) -> None:
    large = []
    for file in modules(root):
        if file.relative_to(root / "src" / "hygie").parts[0] in EXEMPT:
            continue
        text = file.read_text(encoding="utf-8")
        if text.count("\n") > FILE_LINES:
            large.append(f"{file.name}: {text.count(chr(10))} lines")
        for function in functions(ast.parse(text)):
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > FUNCTION_LINES:
                large.append(f"{file.name}:{function.name}: {length} lines")
    assert large == []


def test_every_module_has_its_test(root: Path) -> None:
    missing = []
    for file in modules(root):
        inside = file.relative_to(root / "src" / "hygie")
        if file.name == "__main__.py" or (file.name == "__init__.py" and not list(functions(parsed(file)))):
            continue
        name = "init" if file.name == "__init__.py" else file.stem
        if not (root / "tests" / inside.parent / f"test_{name}.py").exists() and not no_code(file):
            missing.append(str(inside))
    assert missing == []


def test_every_test_has_its_module(root: Path) -> None:
    rooms = {p.name for p in (root / "src" / "hygie").iterdir() if p.is_dir()}
    stray = []
    for file in sorted((root / "tests").rglob("test_*.py")):
        inside = file.relative_to(root / "tests")
        if inside.parts[0] not in rooms:
            continue
        name = "__init__" if file.stem == "test_init" else file.stem.removeprefix("test_")
        folder = root / "src" / "hygie" / inside.parent
        if not ((folder / f"{name}.py").exists() or (folder / name).is_dir()):
            stray.append(str(inside))
    assert stray == []


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def no_code(file: Path) -> bool:
    """Only types and constants: nothing that could be wrong by itself."""
    return not list(functions(parsed(file))) or file.parent.name == "model"


def test_inheritance_is_one_deep(root: Path) -> None:
    own: dict[str, list[str]] = {}
    for file in modules(root):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.ClassDef):
                own[node.name] = [b.id for b in node.bases if isinstance(b, ast.Name)]
    deep = [name for name, bases in own.items() for b in bases if any(c in own for c in own.get(b, []))]
    assert deep == []


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager", "base"])
def test_no_room_for_odds_and_ends(root: Path, word: str) -> None:
    assert [f for f in modules(root) if f.stem == word or f.parent.name == word] == []


def test_nothing_swallows(root: Path) -> None:
    found = []
    for file in modules(root):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.ExceptHandler):
                names = ast.unparse(node.type) if node.type else ""
                if names in ("", "Exception") or (
                    names == "BaseException" and not isinstance(node.body[-1], ast.Raise)
                ):
                    found.append(f"{file.name}:{node.lineno}")
    assert found == []


def test_what_is_tracked_is_ours_and_small(root: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    files = [root / name for name in listed.stdout.decode().split("\0") if name]
    hosts = re.compile(r"(pypi|pythonhosted|npmjs|deb\.debian|security\.debian)\.(org|com)")
    paths = re.compile(r"(?<![A-Za-z0-9_.~-])/(work|farm)/")
    wrong = []
    for file in files:
        if not file.is_file() or file == Path(__file__).resolve():
            continue
        content = file.read_bytes()
        if len(content) > 5 * 1024 * 1024:
            wrong.append(f"{file.name}: {len(content)} bytes")
        if b"\0" not in content[:8192]:
            text = content.decode("utf-8", "replace")
            wrong += [f"{file.name}: {m.group()}" for m in (*hosts.finditer(text), *paths.finditer(text))]
    assert wrong == []
