#!/usr/bin/env bash
# Debian packages as they are installed on this machine, with all that they depend on, as a tar on standard output:
# eng/images/installed.sh PACKAGE,PACKAGE. Manuals are left out, and of /etc everything but what the packages need to start,
# so that nothing that an admin wrote there goes along.
set -euo pipefail

if ! command -v dpkg-query > /dev/null; then
    echo "error: this is no Debian machine; without --from-host the base comes from a mirror" >&2
    exit 5
fi

# What is there on every Debian, and therefore in nobody's list of dependencies.
wanted=base-files,base-passwd,coreutils,dash,bash,sed,grep,findutils,libc-bin,$1
closure=$(dpkg-query -W -f '${db:Status-Abbrev}\t${Package}\t${Pre-Depends}, ${Depends}\t${Provides}\n' |
    awk -F'\t' -v wanted="$wanted" '
        function name(text) { sub(/[ (:\[].*/, "", text); return text }
        $1 ~ /^.i/ {
            there[$2] = 1
            needs[$2] = $3
            n = split($4, provided, /, */)
            for (i = 1; i <= n; i++) by[name(provided[i])] = by[name(provided[i])] " " $2
        }
        END {
            last = split(wanted, queue, ",")
            for (i = 1; i <= last; i++) if (!(queue[i] in there)) { print "missing " queue[i]; exit }
            for (next_ = 1; next_ <= last; next_++) {
                package = queue[next_]
                if (package in seen) continue
                seen[package] = 1
                if (!(package in there)) {
                    n = split(by[package], providers, " ")
                    for (i = 1; i <= n; i++) queue[++last] = providers[i]
                    continue
                }
                print package
                n = split(needs[package], groups, /, */)
                for (i = 1; i <= n; i++) {
                    m = split(groups[i], ways, / *[|] */)
                    for (j = 1; j <= m; j++) {
                        one = name(ways[j])
                        if (one != "" && ((one in there) || (one in by))) { queue[++last] = one; break }
                    }
                }
            }
        }')
if [[ $closure == *missing* ]]; then
    echo "error: ${closure##*missing } is not installed on this machine: apt-get install $(tr ',' ' ' <<< "$1"), or leave out --from-host" >&2
    exit 5
fi

# shellcheck disable=SC2086  # one word a package
{
    dpkg-query -L $closure
    # What the packages' own scripts made: which library is libblas.so.3, say.
    for choice in /var/lib/dpkg/alternatives/*; do sed -n '2p' "$choice"; done
    find /etc/alternatives /etc/R -maxdepth 1 2> /dev/null || true
    printf '%s\n' /bin /sbin /lib /lib64 /tmp /etc/ld.so.cache
} |
    sed -E 's#^/(bin|sbin|lib|lib32|lib64|libx32)/#/usr/\1/#; s#^/\.?$##; s#^/##' |
    awk '!/^$/ && !/^usr\/share\/(man|doc|locale|info|lintian|bug)\// && !/^(dev|proc|sys|run|home|root|boot|var)\// &&
        (!/^etc\// || /^etc\/(alternatives|R|python3[^\/]*|ssl|fonts)(\/|$)/ || $0 == "etc/ld.so.cache")' |
    sort -u |
    { cd / && while IFS= read -r path; do if [[ -e $path || -L $path ]]; then printf '%s\n' "$path"; fi; done; } |
    tar --create --directory / --no-recursion --numeric-owner --owner=0 --group=0 --files-from=- --file=-
