#!/bin/sh
# Builds the image: ./image.sh TAG [further words for docker build, such as --build-arg BASE=…]
set -eu
here=$(dirname "$0")
tag=$1
shift
docker build --label "org.vantage.algorithm=$(python3 -B "$here/algorithm.py" manifest)" --tag "$tag" "$@" "$here"
