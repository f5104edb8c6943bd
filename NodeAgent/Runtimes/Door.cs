namespace Vantage.NodeAgent.Runtimes;

/// <summary>
/// What a container without a network may call nevertheless: a name and port on its own loopback device, behind which the
/// node itself answers. Whoever listens at the socket decides what may be asked there.
/// </summary>
/// <param name="Host">The name by which the code calls it; stands for 127.0.0.1. Ours, never a request's.</param>
/// <param name="Port">1024 or above: nothing in a container may listen below.</param>
/// <param name="SocketPath">Where the node listens, with a folder around it that holds nothing else.</param>
internal sealed record Door(string Host, int Port, string SocketPath);
