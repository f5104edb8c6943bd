# What every script of the house shares: where the root is, how to speak, which tools must be there.
# Sourced by ./build and ./vantage; bash 3.2 is enough, so that macOS can run it.

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
artifacts=$root/artifacts
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say()  { printf '%s\n' "$*" >&2; }
fail() { printf '%s: %s\n' "${program:-build}" "$*" >&2; exit 1; }

# Seconds with fractions where bash has them. The C locale keeps the decimal point a point.
now() { local LC_ALL=C; printf '%s' "${EPOCHREALTIME:-$(date +%s)}"; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f", b - a }'; }
add() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a + b }'; }

need_dotnet() {
    command -v dotnet >/dev/null 2>&1 ||
        fail "the .NET SDK is missing. Install .NET SDK 10.0 (https://dotnet.microsoft.com/download) and start again."
    # dotnet itself reads global.json, so this is the same judgement that the build will make.
    local version
    version=$(cd "$root" && dotnet --version 2>/dev/null) ||
        fail "no installed .NET SDK satisfies global.json ($(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json") or a later 10.0 one); installed:
$(dotnet --list-sdks | sed 's/^/  /')
Install .NET SDK 10.0 (https://dotnet.microsoft.com/download) and start again."
}

need_npm() {
    command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 ||
        fail "npm is missing. Install Node.js 18 or later with npm (https://nodejs.org) and start again."
    local major
    major=$(node -p 'process.versions.node.split(".")[0]')
    [ "$major" -ge 18 ] ||
        fail "Node.js $(node --version) is too old. Install Node.js 18 or later with npm (https://nodejs.org) and start again."
}

# The programs find .NET beside the dotnet on PATH even where it lies in a home directory.
export_dotnet_root() {
    [ -z "${DOTNET_ROOT:-}" ] || return 0
    local dotnet
    dotnet=$(command -v dotnet) && dotnet=$(readlink -f "$dotnet" 2>/dev/null) || return 0
    [ ! -d "${dotnet%/*}/shared/Microsoft.NETCore.App" ] || export DOTNET_ROOT=${dotnet%/*}
}

# with_lock COMMAND…: one build at a time in a checkout. The lock is the open file, so a killed build leaves none
# behind. Where there is no flock (macOS, Windows) two builds at once are the caller's to avoid.
with_lock() {
    mkdir -p "$artifacts"
    if ! command -v flock >/dev/null 2>&1; then "$@"; return; fi
    exec 9>"$artifacts/build.lock"
    flock -n 9 || { say "another build is under way in this checkout: waiting for it"; flock 9; }
    # 9>&-: build servers outlive the build and must not inherit the lock. Not `"$@" || …`, which would make bash
    # carry on after a failed step.
    "$@" 9>&-
    exec 9>&-
}
