#!/bin/sh
# Installs Hygie @VERSION@ for the person who runs it: no internet, no administrator, nothing outside of two folders.
#   ./install.sh [FOLDER]      FOLDER: ~/.local/share/hygie where not said. The command is linked into ~/.local/bin.
# Removing it: delete FOLDER and the link.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=${1:-${XDG_DATA_HOME:-$HOME/.local/share}/hygie}
links=$HOME/.local/bin
umask 022

fail() {
    echo "install.sh: $*" >&2
    exit 3
}

case ${1:-} in
    -h | --help)
        sed -n '2,4s/^# \{0,1\}//p' "$0"
        exit 0
        ;;
esac

[ "$(uname -s)-$(uname -m)" = "Linux-@ARCH@" ] || fail "this archive is for Linux on @ARCH@; here is $(uname -s) on $(uname -m)"

python=
for name in "${PYTHON:-}" python@PYTHON@ python3; do
    [ -n "$name" ] || continue
    if "$name" -c 'import sys, venv; sys.exit("%d.%d" % sys.version_info[:2] != "@PYTHON@")' 2>/dev/null; then
        python=$name
        break
    fi
done
[ -n "$python" ] || fail "Python @PYTHON@ is needed (PYTHON=/path/to/python@PYTHON@ ./install.sh tells where it is)"

echo "Checking the archive..."
(cd "$here" && sha256sum --check --strict --quiet SHA256SUMS) || fail "the archive is damaged or was changed"

mkdir -p "$folder" "$links"
folder=$(CDPATH='' cd -- "$folder" && pwd)
place=$folder/@VERSION@
[ ! -e "$place" ] || [ -f "$place/pyvenv.cfg" ] || fail "$place is there already and is no installation of Hygie"

echo "Installing into $place..."
"$python" -m venv --without-pip --clear "$place"
# pip runs out of its own wheel and is not installed. Settings of this machine could send it to the network.
PIP_CONFIG_FILE=/dev/null PIP_NO_INPUT=1 PYTHONDONTWRITEBYTECODE=1 \
    env -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL -u PIP_FIND_LINKS -u PIP_TARGET -u PIP_USER -u PIP_PREFIX -u PYTHONPATH \
    "$place/bin/python" "$here/@PIP@/pip" install --quiet --disable-pip-version-check --no-cache-dir \
    --no-index --find-links "$here/wheels" --no-deps --require-hashes -r "$here/requirements.txt"

link=$links/hygie
[ ! -e "$link" ] || [ -L "$link" ] || fail "$link is there already and is no link; Hygie is at $place/bin/hygie"
ln -sfn "$place/bin/hygie" "$link"
"$link" --version
case ":$PATH:" in
    *":$links:"*) echo "Start with:  hygie demo" ;;
    *) echo "Start with:  $link demo      ($links is not in your PATH)" ;;
esac
