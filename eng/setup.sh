# What the tests need from the host and neither NuGet nor npm has. The only place that changes a host, and it says
# so first. Building and running Vantage needs nothing of this.

# package | what must answer when it is there | for
host_needs() {
    cat <<'NEEDS'
python3-cryptography | /usr/bin/python3 -c 'import cryptography' | the second implementation of docs/protocol.md, in Python
python3-pip          | /usr/bin/python3 -m pip --version         | the Python client's wheel, installed without a network
python3-pandas       | /usr/bin/python3 -c 'import pandas'       | the Python client's data frames
r-base-core          | command -v Rscript                        | the R client
r-cran-jsonlite      | Rscript -e 'library(jsonlite)'            | the R client's only dependency
r-cran-generics      | Rscript -e 'library(generics)'            | broom's tidy() and glance() on what the R client fits
openssl              | command -v openssl                        | tests read our certificates with another program
nginx-light          | command -v nginx                          | a node behind a reverse proxy that refuses upgrades
tinyproxy            | command -v tinyproxy                      | a node behind a forward proxy that wants a password
NEEDS
}

# host_missing: the packages whose check does not answer, one a line
host_missing() {
    host_needs | while IFS='|' read -r package check _; do
        bash -c "$check" >/dev/null 2>&1 </dev/null || echo $package
    done
}

may_setup() { [ -e /etc/debian_version ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; }

setup() {
    local missing
    missing=$(host_missing)
    if [ -z "$missing" ]; then say "setup: the host has all that the tests need"; return; fi
    may_setup || fail "setup can install packages as root on Debian only. Install these yourself: $(echo $missing)"
    say "setup: this host lacks what some tests need. Installing from Debian, with apt-get and what it depends on:"
    host_needs | grep -F "$missing" | awk -F'|' '{ print "  " $1 "for" $3 }' >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2
    # shellcheck disable=SC2086  # one word a package
    apt-get install -y -qq --no-install-recommends $missing >&2 </dev/null
    missing=$(host_missing)
    [ -z "$missing" ] || fail "setup installed everything, and still this does not answer: $(echo $missing)"
}

# What the host lacks and which tests it leaves out; they say so themselves too, when they skip.
tell_missing() {
    local missing
    missing=$(host_missing)
    [ -n "$missing" ] || return 0
    say "This host lacks what some tests need; they will be listed as skipped:"
    host_needs | grep -F "$missing" | awk -F'|' '{ print "  " $1 "for" $3 }' >&2
    say "\`./build setup\` as root on Debian installs it."
}
