using System.Diagnostics;
using System.Text.Json;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn;

/// <summary>Somebody else's identity provider: npm's oidc-provider, in a process of its own, over TLS.</summary>
internal sealed class IdentityProvider : IDisposable
{
    public const string Audience = "urn:vantage:coordinator";
    private readonly Process process;

    private IdentityProvider(Process process, string issuer) => (this.process, Issuer) = (process, issuer);

    public string Issuer { get; }

    public static async Task<IdentityProvider> StartAsync(string folder, string callback, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("node", [Checkout.PathOf("tests/identity-provider/provider.mjs"), folder, callback])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var started = Process.Start(start)!;
        var errors = started.StandardError.ReadToEndAsync(cancellationToken);
        var line = await started.StandardOutput.ReadLineAsync(cancellationToken);
        return line is not null
            ? new IdentityProvider(started, JsonDocument.Parse(line).RootElement.GetProperty("issuer").GetString()!)
            : throw new InvalidOperationException("The identity provider did not start: " + await errors);
    }

    /// <summary>An access token, as a program gets one (client credentials).</summary>
    public async Task<string> TokenAsync(HttpClient http, string client, string secret, string? audience, string scope)
    {
        var answer = await PostAsync(http, "token", client, secret, audience is null
            ? [new("grant_type", "client_credentials"), new("scope", scope)]
            : [new("grant_type", "client_credentials"), new("scope", scope), new("resource", audience)]);
        return JsonDocument.Parse(answer).RootElement.GetProperty("access_token").GetString()!;
    }

    public Task RevokeAsync(HttpClient http, string client, string secret, string token) => PostAsync(http, "token/revocation", client, secret, [new("token", token)]);

    /// <summary>It ends when its standard input does, also when the tests are killed.</summary>
    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
            process.Kill();
        process.Dispose();
    }

    private async Task<string> PostAsync(HttpClient http, string path, string client, string secret, List<KeyValuePair<string, string>> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Issuer}/{path}") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{client}:{secret}")));
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }
}
