namespace Vantage.Protocol.Charters;

/// <summary>One version with the consents gathered for it: how it travels and is kept.</summary>
/// <param name="Text">The charter's exact text.</param>
/// <param name="Consents">Each a <see cref="CharterConsent"/>, as a compact JWS.</param>
public sealed record SignedCharter(string Text, IReadOnlyList<string> Consents);
