#!/usr/bin/env bash
# compile.sh COMPILER FRAMEWORKS VERSION ASSEMBLY OUT REFERENCE-FOLDER…: the assembly with machine code beside its IL.
# Two builds may want the same package at once: whoever is done last puts the same bytes in place of the other's.
set -euo pipefail
compiler=$1 frameworks=$2 version=$3 assembly=$4 out=$5
shift 5
folders=("$frameworks/Microsoft.NETCore.App/$version" "$frameworks/Microsoft.AspNetCore.App/$version" "$@")
references=()
for folder in "${folders[@]}"; do references+=(-r "${folder%/}/*.dll"); done
mkdir -p "$(dirname "$out")"
# NuGet unpacks it without leave to run it for anyone but the owner, and on some file systems without any.
[ -x "$compiler" ] || chmod u+x "$compiler"
"$compiler" "$assembly" -o "$out.$$" "${references[@]}" --targetos linux --targetarch x64 -O >"$out.log" 2>&1 || {
    # What can't be compiled ahead of time is compiled when it runs, as ever.
    cat "$out.log" >&2
    rm -f "$out.$$"
    exit 1
}
rm -f "$out.log"
mv "$out.$$" "$out"
