namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Escapes;

/// <summary>Something a hostile algorithm tries.</summary>
/// <param name="Name">What it tries, in words.</param>
/// <param name="Script">For busybox's shell. It got through if this ends with 0.</param>
internal sealed record Escape(string Name, string Script);
