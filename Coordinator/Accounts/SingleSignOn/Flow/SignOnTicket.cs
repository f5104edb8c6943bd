using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Flow;

/// <summary>
/// A sign-on under way, from leaving for the provider to coming back. It lies sealed in a cookie of the browser that
/// began: whoever comes back without it, or with another's, is not who left.
/// </summary>
/// <param name="State">Travels to the provider and back, and names the cookie.</param>
/// <param name="Verifier">PKCE towards the provider.</param>
/// <param name="Client">The program that wants the session.</param>
internal sealed record SignOnTicket(string Provider, string State, string Verifier, SignOnClient Client, DateTimeOffset EndsAt);

/// <summary>A program on the person's own machine (RFC 8252), with PKCE towards us.</summary>
internal sealed record SignOnClient(string RedirectUri, string State, string Challenge);

/// <summary>
/// Who came back, sealed into the code that their program exchanges for a session. Nothing is stored before it does, and
/// shows the verifier.
/// </summary>
internal sealed record SignOnCode(string Provider, string Subject, string? Name, string? Email, string[] Roles,
    SignOnClient Client, byte[] Nonce, DateTimeOffset EndsAt);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SignOnTicket))]
[JsonSerializable(typeof(SignOnCode))]
internal sealed partial class SignOnJson : JsonSerializerContext;
