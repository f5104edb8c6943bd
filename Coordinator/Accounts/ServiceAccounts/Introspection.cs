using System.Text.Json;
using Vantage.Coordinator.Accounts.SingleSignOn.Providers;

namespace Vantage.Coordinator.Accounts.ServiceAccounts;

/// <param name="Client">The program that the provider gave the token to.</param>
internal sealed record IntrospectedToken(string Client, DateTimeOffset ExpiresAt);

/// <summary>
/// Asks the provider about an access token. What it says is taken only if all of it fits: active, of this issuer, for this
/// Coordinator, with the scope, in its time, to be shown by its bearer, and given to a program rather than on behalf of a
/// person.
/// </summary>
internal sealed class Introspection : IDisposable
{
    private const string What = "introspection";
    private readonly ServiceSettings settings;
    private readonly TimeProvider time;
    private readonly ProviderHttp http;
    private readonly ProviderDiscovery discovery;

    public Introspection(ServiceSettings settings, TimeProvider time)
    {
        (this.settings, this.time) = (settings, time);
        http = new ProviderHttp(settings.Authorities, settings.AnswerWithin, time);
        discovery = new ProviderDiscovery(settings.Issuer ?? "", http, time);
    }

    /// <summary>Null for a token that opens nothing here. Throws <see cref="ProviderException"/> where the provider failed.</summary>
    public async Task<IntrospectedToken?> AskAsync(string token, CancellationToken cancellationToken)
    {
        var document = await discovery.GetAsync(cancellationToken);
        if (document.Introspection is not { } address)
            throw new ProviderException("discovery: there is no introspection_endpoint.");
        using var request = ClientAuthentication.Form(address, document, settings.ClientId, settings.ClientSecretFile,
            [new("token", token), new("token_type_hint", "access_token")]);
        return Read(await http.AskAsync(request, What, cancellationToken));
    }

    public void Dispose()
    {
        discovery.Dispose();
        http.Dispose();
    }

    private IntrospectedToken? Read(JsonElement answer)
    {
        var now = time.GetUtcNow();
        var fits = answer.Says("active")
            && (!answer.TryGetProperty("iss", out _) || answer.Text("iss") == settings.Issuer)
            && answer.Texts("aud") is { } audiences && audiences.Contains(settings.Audience)
            && answer.Text("scope") is { } scope && scope.Split(' ').Contains(settings.Scope)
            && (!answer.TryGetProperty("token_type", out _) || string.Equals(answer.Text("token_type"), "Bearer", StringComparison.OrdinalIgnoreCase))
            // A token that is bound to a key is only good with a proof that nobody here asks for.
            && !answer.TryGetProperty("cnf", out _)
            && (!answer.TryGetProperty("nbf", out _) || Time(answer, "nbf") <= now)
            && Time(answer, "exp") > now
            && answer.Text("client_id", 255) is { Length: > 0 } id && id.All(c => c is > ' ' and <= '~')
            && (!answer.TryGetProperty("sub", out _) || answer.Text("sub") == id);
        return fits ? new IntrospectedToken(answer.Text("client_id")!, Time(answer, "exp")!.Value) : null;
    }

    private static DateTimeOffset? Time(JsonElement answer, string member) =>
        answer.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
            && seconds is > 0 and < 100_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
