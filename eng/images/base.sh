#!/usr/bin/env bash
# Builds a base image for algorithms where nothing can be pulled: eng/images/base.sh [--fresh|--from-host] python|r|dotnet [TAG]
#
# Debian by mmdebstrap from the machine's own mirror, with what a kit of the language needs and nothing else: for Python
# numpy and pandas too, for R jsonlite and curl, for .NET what a self-contained program links to. The archive is kept under
# artifacts/images, so that only the first time takes its minute; --fresh builds it anew. --from-host takes the same
# packages, and what they depend on, as they are installed on this Debian machine: seconds, and nothing is fetched. Prints
# the image's name.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

how=archive
case ${1:-} in
    --fresh | --from-host)
        how=${1#--}
        shift
        ;;
esac
language=${1:-}
case $language in
    python) packages=python3,python3-numpy,python3-pandas ;;
    r) packages=r-base-core,r-cran-jsonlite,curl ;;
    dotnet) packages=libstdc++6,libssl3,ca-certificates ;;
    *)
        echo "usage: eng/images/base.sh [--fresh|--from-host] python|r|dotnet [TAG]" >&2
        exit 2
        ;;
esac
tag=${2:-vantage/base-$language:latest}

needs() {
    if ! command -v "$1" > /dev/null; then
        echo "error: $1 is not installed: apt-get install $2" >&2
        exit 5
    fi
}
needs docker docker.io

# import_image [ARCHIVE]: the same archive gives the same layer, so importing again costs seconds and no room.
import_image() {
    docker import --change 'ENV LANG=C.UTF-8' --change 'USER 65532:65532' "${1:--}" "$tag" > /dev/null
    echo "$tag"
}

if [[ $how == from-host ]]; then
    "$root/eng/images/installed.sh" "$packages" | import_image
    exit
fi

needs mmdebstrap mmdebstrap
cache=$root/artifacts/images
archive=$cache/$language.tar
mkdir -p "$cache"
if [[ $how == fresh || ! -f $archive ]]; then
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
import_image "$archive"
