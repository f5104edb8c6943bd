# The packages for Python and R, under dist/clients: a wheel and a source tarball. Neither needs a network to build, and
# each is left out, saying so, where its language is not.

publish_clients() {
    local out=${1:-$root/dist/clients} python
    mkdir -p "$out"
    rm -f "$out"/vantage-*.whl "$out"/vantage_*.tar.gz
    python=$(command -v python3 || command -v python || true)
    if [ -n "$python" ]; then
        "$python" -B "$root/Algorithms.Sdk/python/packaging/wheel.py" "$out" >/dev/null
    else
        say "clients: there is no Python here, so that the wheel is left out"
    fi
    if command -v R >/dev/null; then
        (cd "$out" && R CMD build --no-manual --no-build-vignettes "$root/Algorithms.Sdk/r" >/dev/null)
    else
        say "clients: there is no R here, so that its package is left out"
    fi
    (cd "$out" && ls) | sed "s|^|  $(basename "$out")/|" >&2
}
