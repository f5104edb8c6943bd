using System.Text.Json;
using Vantage.Client.Asking;
using Vantage.Client.Federation;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Together;

/// <summary>What one program waits for: one function at some sites.</summary>
/// <param name="Algorithm">Exactly which code.</param>
/// <param name="Function">Which of its functions.</param>
/// <param name="Arguments">As they would be sealed.</param>
/// <param name="Digest">Of the arguments.</param>
/// <param name="Sites">Whom.</param>
internal sealed record WaitingCall(AlgorithmRef Algorithm, string Function, byte[] Arguments, Digest Digest, IReadOnlyList<string> Sites);

/// <summary>What one site gave to one call.</summary>
/// <param name="Run">As JSON: which type it is, the program knows.</param>
/// <param name="Round">The task that it was part of.</param>
internal sealed record SiteCall(SiteRun<JsonElement> Run, AskedRound Round);
