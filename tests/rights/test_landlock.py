"""Rules over files; what a confined process can do stands in test_giving."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from hygie.rights import landlock


def test_the_kernel_tells_its_version() -> None:
    assert landlock.version() in range(100)


def test_without_landlock_restricting_fails_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    with pytest.raises(OSError) as caught:
        landlock.restrict([], [])
    assert caught.value.errno == errno.ENOSYS


@pytest.mark.parametrize("known", [1, 2, 3, 4, 5, 6, 7, 12])
def test_every_version_of_the_kernel_is_asked_what_it_knows(known: int, tmp_path: Path) -> None:
    if not landlock.version():
        pytest.skip("kernel without Landlock")
    if known > landlock.version() and known != 12:
        pytest.skip("an older kernel")
    (tmp_path / "file").write_text("x")
    code = (
        f"import sys\nfrom hygie.rights import landlock\nlandlock.version = lambda: {known}\n"
        "landlock.restrict([sys.argv[1] + '/file', '/not/there'], [])\n"
        "print(open(sys.argv[1] + '/file').read())\n"
        "try:\n    open('/etc/hostname')\nexcept PermissionError:\n    print('refused')"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=False)
    assert ran.stdout.split() == [b"x", b"refused"], ran.stderr.decode()
