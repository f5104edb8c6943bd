# What the tests need from the host and neither NuGet nor npm has. The only place that changes a host, and it says
# so first. Building and running Vantage needs nothing of this.

# package | what must answer when it is there | for
host_needs() {
    cat <<'NEEDS'
python3-cryptography | /usr/bin/python3 -c 'import cryptography' | the second implementation of docs/protocol.md, in Python
python3-pip          | /usr/bin/python3 -m pip --version         | the Python client's wheel, installed without a network
python3-pandas       | /usr/bin/python3 -c 'import pandas'       | the Python client's data frames
python3-debugpy      | /usr/bin/python3 -c 'import debugpy'      | a debugger that gets into an author's Python function
r-base-core          | command -v Rscript                        | the R client
r-cran-jsonlite      | Rscript -e 'library(jsonlite)'            | the R client's only dependency
r-cran-generics      | Rscript -e 'library(generics)'            | broom's tidy() and glance() on what the R client fits
curl                 | command -v curl                          | the R kit, which speaks to a Unix socket by it
openssl              | command -v openssl                        | tests read our certificates with another program
nginx-light          | command -v nginx                          | a node behind a reverse proxy that refuses upgrades
tinyproxy            | command -v tinyproxy                      | a node behind a forward proxy that wants a password
docker.io            | command -v dockerd && command -v runc     | algorithms in containers, on a real engine
docker-registry      | command -v docker-registry                | images pulled from and pushed to a real registry
runsc                | command -v runsc                          | gVisor, a runtime that a node's policy may require
unixodbc             | ldconfig -p | grep -q libodbc.so.2         | databases behind ODBC as sources
libsqliteodbc        | odbcinst -q -d -n SQLite3                 | the same, by SQLite's driver
odbc-postgresql      | odbcinst -q -d -n 'PostgreSQL Unicode'    | the same, by PostgreSQL's
odbc-mariadb         | odbcinst -q -d -n 'MariaDB Unicode'       | the same, by MariaDB's
mariadb-server       | test -x /usr/sbin/mariadbd                | and its server
busybox-static       | /bin/busybox true                         | the images that the tests build, since nothing can be pulled
gcc                  | command -v gcc                            | what such an image tries that a shell can't
libc6-dev            | test -e /usr/include/stdio.h              | the same
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
    if [ -z "$missing" ]; then
        say "setup: the host has all that the tests need"
        start_engine
        return
    fi
    may_setup || fail "setup can install packages as root on Debian only. Install these yourself: $(echo $missing)"
    say "setup: this host lacks what some tests need. Installing from Debian, with apt-get and what it depends on:"
    host_needs | grep -F "$missing" | awk -F'|' '{ print "  " $1 "for" $3 }' >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2
    # shellcheck disable=SC2086  # one word a package
    apt-get install -y -qq --no-install-recommends $missing >&2 </dev/null
    missing=$(host_missing)
    [ -z "$missing" ] || fail "setup installed everything, and still this does not answer: $(echo $missing)"
    start_engine
}

engine_socket=/var/run/docker.sock

engine_answers() { curl -fs --max-time 5 --unix-socket "$engine_socket" http://engine/_ping >/dev/null 2>&1; }

# Where a container runs setup, nothing else starts the engine. It stays: like a service, it is the host's.
start_engine() {
    if engine_answers; then return; fi
    may_setup || return 0
    say "setup: starting the container engine (dockerd); its log is /var/log/vantage-dockerd.log"
    # In a session of its own and with none of our files open: whoever waits for us does not wait for it.
    setsid dockerd >/var/log/vantage-dockerd.log 2>&1 </dev/null &
    local left=60
    until engine_answers; do
        left=$((left - 1))
        [ $left -gt 0 ] || fail "dockerd does not answer at $engine_socket; its last words: $(tail -n 3 /var/log/vantage-dockerd.log)"
        sleep 0.5
    done
}

# What the host lacks and which tests it leaves out; they say so themselves too, when they skip.
tell_missing() {
    local missing
    missing=$(host_missing)
    engine_answers || say "No container engine answers at $engine_socket: the tests that need one will be listed as skipped."
    [ -n "$missing" ] || return 0
    say "This host lacks what some tests need; they will be listed as skipped:"
    host_needs | grep -F "$missing" | awk -F'|' '{ print "  " $1 "for" $3 }' >&2
    say "\`./build setup\` as root on Debian installs it."
}
