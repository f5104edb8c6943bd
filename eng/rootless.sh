# The container tests on an engine that runs without root, under the account that calls this. Where the host can't
# confine algorithms on such an engine, says what it lacks, shows that the node refuses to run anything there, and
# ends with 3. Starts an engine of its own, in a folder of its own, and takes both away again.

rootless_suite='Vantage.Tests.NodeAgent.Runtimes.Docker*'

rootless() {
    local kind=${1:-docker}
    case $kind in docker | podman) ;; *) misused "rootless knows docker and podman, not $kind" ;; esac
    [ "$(id -u)" != 0 ] || fail "rootless is for an ordinary account, with ids of its own in /etc/subuid and /etc/subgid (useradd -m does that). As root: setpriv, su or sudo to one first."
    local lacks
    lacks=$(rootless_needs "$kind" | rootless_missing)
    [ -z "$lacks" ] || { say "This host can't start a rootless $kind. It lacks:"; say "$lacks"; exit 3; }

    rootless_folder=$(mktemp -d "${TMPDIR:-/tmp}/vtg-rl-XXXX")
    rootless_socket=$rootless_folder/engine.sock
    trap rootless_end EXIT
    "rootless_$kind"
    local left=120
    until curl -fs --max-time 5 --unix-socket "$rootless_socket" http://engine/_ping >/dev/null 2>&1; do
        left=$((left - 1))
        [ $left -gt 0 ] || fail "the rootless $kind does not answer; its last words: $(tail -n 5 "$rootless_folder/engine.log")"
        sleep 0.5
    done

    local info
    info=$(curl -fs --unix-socket "$rootless_socket" http://engine/v1.41/info)
    say "rootless $kind $(printf %s "$info" | rootless_said ServerVersion), control groups $(printf %s "$info" | rootless_said CgroupVersion), as $(id -un)"
    lacks=$(rootless_limits "$info")
    if [ -n "$lacks" ]; then
        say "It can't confine an algorithm as every node has to, so the container tests can't pass here. It lacks:"
        say "$lacks"
        say "What a node says when it is asked to run an image there:"
        rootless_refusal "$kind"
        exit 3
    fi

    VANTAGE_TEST_ENGINE=$rootless_socket "$artifacts/bin/Vantage.Tests/release/Vantage.Tests" -namespace "$rootless_suite"
}

# what must hold | what it is
rootless_needs() {
    cat <<'NEEDS'
command -v newuidmap && command -v newgidmap | newuidmap and newgidmap (Debian: uidmap)
grep -q "^$(id -un):" /etc/subuid && grep -q "^$(id -un):" /etc/subgid | subordinate ids of this account in /etc/subuid and /etc/subgid
unshare --user --map-root-user true | user namespaces for ordinary accounts (kernel.unprivileged_userns_clone=1, user.max_user_namespaces)
command -v curl | curl
test -x /bin/busybox | /bin/busybox (Debian: busybox-static)
NEEDS
    case $1 in
        docker) echo 'command -v rootlesskit && command -v dockerd && test -x "$(rootless_starter)" | rootlesskit and dockerd-rootless.sh (Debian: rootlesskit, docker.io)' ;;
        podman) echo 'command -v podman | podman' ;;
    esac
}

rootless_missing() {
    local check what
    # A check may hold the sign itself, so the last one counts.
    while IFS= read -r line; do
        check=${line% | *} what=${line##* | }
        (eval "$check") >/dev/null 2>&1 </dev/null || echo "  - $what"
    done
}

rootless_starter() { command -v dockerd-rootless.sh || echo /usr/share/docker.io/contrib/dockerd-rootless.sh; }

rootless_docker() {
    # No bridge and no way outside: algorithms have none, and nothing is pulled.
    XDG_RUNTIME_DIR=$rootless_folder DOCKERD_ROOTLESS_ROOTLESSKIT_NET=host DOCKERD_ROOTLESS_ROOTLESSKIT_PORT_DRIVER=none \
        setsid "$(rootless_starter)" --host "unix://$rootless_socket" --data-root "$rootless_folder/data" --exec-root "$rootless_folder/exec" \
        --pidfile "$rootless_folder/engine.pid" --bridge=none --iptables=false >"$rootless_folder/engine.log" 2>&1 </dev/null &
    rootless_id=$!
}

rootless_podman() {
    XDG_RUNTIME_DIR=$rootless_folder setsid podman --root "$rootless_folder/data" --runroot "$rootless_folder/exec" --cgroup-manager cgroupfs \
        system service --time 0 "unix://$rootless_socket" >"$rootless_folder/engine.log" 2>&1 </dev/null &
    rootless_id=$!
}

# Its session is its own, and so are all of its processes; what it unpacked belongs to ids that only it can remove.
rootless_end() {
    local code=$?
    trap - EXIT
    kill -TERM -- "-$rootless_id" 2>/dev/null || true
    wait "$rootless_id" 2>/dev/null || true
    # Podman leaves a process that holds its user namespace.
    [ ! -s "$rootless_folder/libpod/tmp/pause.pid" ] || kill -KILL "$(cat "$rootless_folder/libpod/tmp/pause.pid")" 2>/dev/null || true
    rm -rf "$rootless_folder" 2>/dev/null ||
        unshare --user --map-root-user --map-auto rm -rf "$rootless_folder" 2>/dev/null ||
        { command -v rootlesskit >/dev/null && rootlesskit rm -rf "$rootless_folder"; }
    exit $code
}

rootless_said() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

# What the engine says of itself, held against what a sandbox is made of.
rootless_limits() {
    local limit
    for limit in MemoryLimit:memory CpuCfsQuota:processors PidsLimit:processes; do
        [ "$(printf %s "$1" | rootless_said "${limit%:*}")" = true ] || echo "  - a limit of ${limit#*:} (the engine says that ${limit%:*} is false)"
    done
    [ -e /sys/fs/cgroup/cgroup.controllers ] ||
        echo "  - control groups version 2: this kernel runs version 1, which delegates nothing to an ordinary account (boot with systemd.unified_cgroup_hierarchy=1)"
    if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
        local own=/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/self/cgroup)
        for limit in memory cpu pids; do
            grep -qw $limit "$own/cgroup.controllers" 2>/dev/null || echo "  - the controller '$limit', delegated to this account (systemd: Delegate=cpu cpuset io memory pids)"
        done
    fi
}

# A whole image of one static program, and a node that is asked to run it there.
rootless_refusal() {
    local root=$rootless_folder/root
    mkdir -p "$root"
    cp /bin/busybox "$root/busybox"
    printf 'n\n1\n' >"$rootless_folder/north.csv"
    local label='{"v":1,"name":"none","version":"1","description":"Nothing.","functions":[{"name":"partial","kind":"partial","description":"Nothing.","arguments":{},"data":[]}]}'
    # Docker reads the value as a Dockerfile's; Podman takes it as it is.
    [ "$1" = podman ] || label="'$label'"
    local changes="ENTRYPOINT [\"/busybox\",\"true\"]"
    tar -C "$root" -c . | curl -fs --unix-socket "$rootless_socket" -X POST --data-binary @- -H "Content-Type: application/x-tar" -o /dev/null \
        --url-query "fromSrc=-" --url-query "repo=vantage-refused" --url-query "changes=$changes" \
        --url-query "changes=LABEL org.vantage.algorithm=$label" http://engine/v1.41/images/create ||
        { say "  (it did not take an image)"; return; }
    "$artifacts/bin/Vantage.NodeAgent/release/Vantage.NodeAgent" rehearse --image vantage-refused --engine "$rootless_socket" "$rootless_folder/north.csv" >&2 || true
}
