#!/usr/bin/env bash
# Builds a base image for algorithms where nothing can be pulled: eng/images/base.sh python|r|dotnet [TAG]
#
# Debian by mmdebstrap from the machine's own mirror, with what a kit of the language needs and nothing else: for Python
# numpy and pandas too, for R jsonlite and curl, for .NET what a self-contained program links to. The archive is kept under
# artifacts/images, so that only the first time takes its minute; --fresh builds it anew. Prints the image's name.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

fresh=0
if [[ ${1:-} == --fresh ]]; then
    fresh=1
    shift
fi
language=${1:-}
case $language in
    python) packages=python3,python3-numpy,python3-pandas ;;
    r) packages=r-base-core,r-cran-jsonlite,curl ;;
    dotnet) packages=libstdc++6,libssl3,ca-certificates ;;
    *)
        echo "usage: eng/images/base.sh [--fresh] python|r|dotnet [TAG]" >&2
        exit 2
        ;;
esac
tag=${2:-vantage/base-$language:latest}

for program in mmdebstrap docker; do
    if ! command -v "$program" > /dev/null; then
        echo "error: $program is not installed: apt-get install mmdebstrap docker.io" >&2
        exit 5
    fi
done

cache=$root/artifacts/images
archive=$cache/$language.tar
mkdir -p "$cache"
if [[ $fresh == 1 || ! -f $archive ]]; then
    mirror=${VANTAGE_DEBIAN_MIRROR:-$(awk '
        $1 == "URIs:" { print $2; exit }
        $1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /^[a-z]+:\/\//) { print $i; exit } }' \
        /etc/apt/sources.list.d/*.sources /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2> /dev/null)}
    suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
    echo "building $archive from $mirror ($suite)" >&2
    mmdebstrap --quiet --format=tar --variant=minbase --include="$packages" \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --dpkgopt='path-exclude=/usr/share/doc/*' \
        "$suite" "$archive.part" "$mirror" >&2
    mv "$archive.part" "$archive"
fi

# The same archive gives the same layer, so importing again costs seconds and no room.
docker import --change 'ENV LANG=C.UTF-8' --change 'USER 65532:65532' "$archive" "$tag" > /dev/null
echo "$tag"
