#!/bin/sh
# Builds the image: ./image.sh TAG [further words for docker build, such as --build-arg BASE=…]
set -eu
here=$(dirname "$0")
tag=$1
shift
dotnet publish "$here" -c Release -r linux-x64 --self-contained -p:PublishSingleFile=true -o "$here/out"
docker build --label "org.vantage.algorithm=$("$here/out/__CLASS__" manifest)" --tag "$tag" "$@" "$here"
