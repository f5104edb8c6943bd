#!/bin/sh
# A second container engine that shares no file with its caller but one folder: over TLS, with user namespaces, and with
# gVisor where it is installed. Run in a mount namespace of its own, as root: unshare --mount --propagation private sh engine.sh FOLDER PORT BRIDGE
set -e
folder=$1 port=$2 bridge=$3
mkdir -p "$folder/pki" "$folder/data" "$folder/exec"
chmod 711 "$folder"
cd "$folder/pki"

certificate() { # name, subject's extensions
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" 2>/dev/null
    printf '%s' "$2" > "$1.ext"
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -out "$1.pem" -days 2 -extfile "$1.ext" 2>/dev/null
}

for name in ca stranger; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout $name.key -out $name.pem -subj "/CN=$name" -days 2 2>/dev/null
done
certificate engine "subjectAltName=IP:127.0.0.1
extendedKeyUsage=serverAuth"
certificate node "extendedKeyUsage=clientAuth"

# From here on nothing of the caller's is seen: not its temporary files, where nodes' runs lie in tests.
mount --bind "$folder" /mnt
mount -t tmpfs none /tmp
mount -t tmpfs none /var/tmp
# The ids of the namespace, for this engine alone.
printf 'nobody:400000:65536\nnogroup:400000:65536\n' > /mnt/ids
for file in /etc/subuid /etc/subgid; do
    [ -e $file ] && mount --bind /mnt/ids $file
done
runsc=
[ -x /usr/bin/runsc ] && runsc='"runsc": { "path": "/usr/bin/runsc", "runtimeArgs": ["--network=none"] }'
cat > /mnt/daemon.json <<END
{
  "hosts": ["tcp://127.0.0.1:$port"], "tlsverify": true,
  "tlscacert": "/mnt/pki/ca.pem", "tlscert": "/mnt/pki/engine.pem", "tlskey": "/mnt/pki/engine.key",
  "data-root": "/mnt/data", "exec-root": "/mnt/exec", "pidfile": "/mnt/pid",
  "bridge": "$bridge", "iptables": false, "ip6tables": false, "ip-forward": false,
  "userns-remap": "nobody:nogroup", "runtimes": { $runsc }
}
END
exec dockerd --config-file /mnt/daemon.json
