using Vantage.NodeAgent.Runtimes;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Rehearsals;

/// <summary>What is rehearsed, and what runs it.</summary>
/// <param name="Runtime">Runs <paramref name="Code"/>.</param>
/// <param name="Code">A folder's program, or an image in the engine on this machine.</param>
/// <param name="Algorithm">What it says that it is.</param>
/// <param name="Name">How it is asked for, as <c>oci:host/repository</c>; null for what has no name yet.</param>
internal sealed record RehearsedCode(IRuntime Runtime, RuntimeCode Code, AlgorithmManifest Algorithm, string? Name = null);
