namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Escapes;

/// <summary>Ways to say something to somebody: other machines, this one, its services, the engine, other programs.</summary>
internal static class NetworkEscapes
{
    private static readonly string[] Places =
    [
        "1.1.1.1 53", "8.8.8.8 443", "169.254.169.254 80", "100.100.100.200 80", "172.17.0.1 22", "172.17.0.1 2375", "10.0.0.1 80", "192.168.0.1 80",
        "192.0.2.1 80", "224.0.0.1 80", "2606:4700:4700::1111 53", "fd00:ec2::254 80", "fe80::1 80", "::ffff:169.254.169.254 80", "0.0.0.0 2375", "2852039166 80",
    ];

    private static readonly string[] Sockets =
    [
        "/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/dbus/system_bus_socket", "/run/systemd/private",
        "/run/podman/podman.sock", "/tmp/.X11-unix/X0", "/run/snapd.socket",
    ];

    /// <param name="port">Something on this machine listens there, on all its addresses.</param>
    /// <param name="hosts">This machine's own addresses.</param>
    /// <param name="name">A Unix socket without a file, open to anybody in the host's network.</param>
    public static IEnumerable<Escape> All(int port, IEnumerable<string> hosts, string name) =>
    [
        .. Places.Select(place => new Escape($"connect to {place}", $"echo x | nc -w 1 {place}")),
        .. Places.Select(place => new Escape($"send to {place}", $"echo x | nc -u -w 1 {place}")),
        .. hosts.Select(host => new Escape($"this machine at {host}", $"echo x | nc -w 1 {host} {port}")),
        .. Sockets.Select(socket => new Escape($"a socket at {socket}", $"/bin/probe call {socket} GET /info x")),
        .. new[] { "", " 1.1.1.1", " 8.8.8.8", " 127.0.0.11", " 127.0.0.53" }.Select(server => new Escape($"a name by{server}", $"nslookup example.org{server}")),
        .. new[] { "http://169.254.169.254/latest/meta-data/", "http://metadata.google.internal/", "http://example.org/", "http://host.docker.internal/" }
            .Select(url => new Escape($"fetch {url}", $"wget -q -O - {url}")),
        new("ping", "ping -c 1 -W 1 1.1.1.1"),
        new("ping by IPv6", "ping6 -c 1 -W 1 2606:4700:4700::1111"),
        new("an abstract socket of the host", $"/bin/probe abstract {name}"),
        new("an interface besides its loopback", "grep -v -e Inter -e face -e \" lo:\" /proc/net/dev"),
        new("a route", "[ $(wc -l < /proc/net/route) -gt 1 ]"),
        new("an IPv6 route outward", "grep -v \" lo$\" /proc/net/ipv6_route"),
        new("an address of its own", "ip addr add 10.9.8.7/24 dev lo"),
        new("an interface of its own", "ip link add x type dummy"),
        new("a tunnel", "tunctl -t x"),
    ];
}
