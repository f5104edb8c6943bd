using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Client.SingleSignOn;

/// <summary>
/// Signs a person in by an identity provider (RFC 8252): their browser goes to <see cref="Address"/> and comes back to a
/// port that this object listens on, on this machine only; what it brings is exchanged for a session with a proof (PKCE)
/// that never leaves this process.
/// </summary>
/// <example>
/// <code>
/// using var signOn = LoopbackSignOn.Start(options, "campus");
/// Console.WriteLine(signOn.Address);
/// var session = await signOn.FinishAsync(cancellationToken);
/// </code>
/// </example>
public sealed class LoopbackSignOn : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly string state = RandomText();
    private readonly string verifier = RandomText();
    private readonly VantageClientOptions options;
    private readonly string provider;

    private LoopbackSignOn(VantageClientOptions options, string provider)
    {
        (this.options, this.provider) = (options, provider);
        listener.Start();
    }

    /// <summary>Where the person's browser has to go. It holds no secret.</summary>
    public Uri Address => new(CoordinatorUrl.Check(options.Url), RestChannel.Relative(
        $"{Routes.SignOn}/{Uri.EscapeDataString(provider)}?redirect_uri={Uri.EscapeDataString(RedirectUri)}&state={state}"
        + $"&code_challenge={ExactBase64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))}&code_challenge_method=S256"));

    private string RedirectUri => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/vantage";

    /// <summary>Begins to listen on a free port of this machine.</summary>
    /// <param name="options">How to reach the Coordinator; a token is not needed.</param>
    /// <param name="provider">The provider's name, as <see cref="ProvidersAsync"/> lists it.</param>
    public static LoopbackSignOn Start(VantageClientOptions options, string provider) => new(options, provider);

    /// <summary>The providers that a Coordinator knows.</summary>
    /// <exception cref="VantageException">The Coordinator can't be reached.</exception>
    public static async Task<IReadOnlyList<SignOnProvider>> ProvidersAsync(VantageClientOptions options, CancellationToken cancellationToken = default)
    {
        using var client = new VantageClient(options);
        return (await client.Rest.GetAsync(Routes.SignOn, ProtocolJson.Default.SignOnProviders, cancellationToken)).Providers;
    }

    /// <summary>Waits for the browser, however long the person takes, and gives their session.</summary>
    /// <exception cref="VantageException"><c>sign-on-refused</c>: the provider or the Coordinator did not let them in.</exception>
    public async Task<SignedOn> FinishAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            using var connection = await listener.AcceptTcpClientAsync(cancellationToken);
            // Anything on this machine can knock; only what brings our state is the answer.
            if (await LoopbackRequest.ReadAsync(connection, cancellationToken) is not { } query || query.GetValueOrDefault("state") != state)
            {
                await LoopbackRequest.AnswerAsync(connection, "404 Not Found", "Nothing is here.", cancellationToken);
                continue;
            }

            var failure = Failure(query);
            await LoopbackRequest.AnswerAsync(connection, "200 OK", failure is null
                ? "You are signed in. You can close this page and go on where you came from."
                : "You are not signed in. The program that you came from says why; you can close this page.", cancellationToken);
            return failure is null ? await ExchangeAsync(query["code"], cancellationToken) : throw failure;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private VantageException? Failure(IReadOnlyDictionary<string, string> query)
    {
        if (query.ContainsKey("error"))
        {
            return new VantageException(ErrorCodes.SignOnRefused,
                query.GetValueOrDefault("error_description") ?? "The identity provider did not sign you in.",
                "Try again; if it stays so, ask the Coordinator's admin.");
        }

        return query.ContainsKey("code") && query.GetValueOrDefault("iss") is { Length: > 0 }
            ? null
            : new VantageException(ErrorCodes.SignOnRefused, "The answer that came to this machine is not a Coordinator's.",
                "Start again, and use the newest of several open pages.");
    }

    private async Task<SignedOn> ExchangeAsync(string code, CancellationToken cancellationToken)
    {
        using var client = new VantageClient(options with { Token = null });
        return await client.Rest.PostAsync($"{Routes.SignOn}/{Uri.EscapeDataString(provider)}/session",
            new OpenSignOn(code, verifier, RedirectUri), ProtocolJson.Default.OpenSignOn, ProtocolJson.Default.SignedOn, cancellationToken);
    }

    private static string RandomText() => ExactBase64Url.Encode(RandomNumberGenerator.GetBytes(32));
}
