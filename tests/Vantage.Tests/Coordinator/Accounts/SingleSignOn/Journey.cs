using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn;

/// <summary>
/// One sign-on, step by step, as a program and a browser make it. Each step answers what came: null where it went on, else
/// the code of the refusal.
/// </summary>
internal sealed class Journey(SignOnWorld world, string provider = "mock")
{
    public const string LetIn = "let in";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Browser Browser { get; init; } = new(world);

    public string Provider { get; set; } = provider;

    public string Verifier { get; set; } = ExactBase64Url.Encode(RandomNumberGenerator.GetBytes(32));

    public string RedirectUri { get; set; } = "http://127.0.0.1:49152/vantage";

    /// <summary>Where the provider was to be met.</summary>
    public Uri? Leaving { get; private set; }

    /// <summary>Ours, at the provider.</summary>
    public string? State { get; set; }

    /// <summary>The Coordinator's, at the program.</summary>
    public string? Code { get; set; }

    public SignedOn? Session { get; private set; }

    /// <summary>All of it, with a provider that signs everybody in.</summary>
    public async Task<string> GoAsync() => await LeaveAsync() ?? await ReturnAsync() ?? await OpenAsync();

    public Task<string?> LeaveAsync(params (string Name, string? Value)[] changes) => LeaveByAsync(Merge(new()
    {
        ["redirect_uri"] = RedirectUri, ["state"] = "a-state-of-the-program", ["code_challenge_method"] = "S256",
        ["code_challenge"] = ExactBase64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
    }, changes));

    public async Task<string?> LeaveByAsync(string query)
    {
        using var answer = await Browser.GetAsync(new Uri($"{SignOnWorld.Public}{Routes.SignOn}/{Provider}{query}"));
        if (answer.StatusCode != HttpStatusCode.SeeOther)
            return await CodeOfAsync(answer);
        Leaving = answer.Headers.Location!;
        State = QueryHelpers.ParseQuery(Leaving.Query)["state"].Single();
        return null;
    }

    public Task<string?> ReturnAsync(params (string Name, string? Value)[] changes) => ReturnByAsync(Merge(new()
    {
        ["code"] = "a-code-of-the-provider", ["state"] = State!, ["iss"] = world.Mock.Issuer(Provider),
    }, changes));

    public async Task<string?> ReturnByAsync(string query)
    {
        using var answer = await Browser.GetAsync(new Uri($"{SignOnWorld.Public}{Routes.SignOn}/{Provider}/callback{query}"));
        return answer.StatusCode == HttpStatusCode.SeeOther ? Arrive(answer.Headers.Location!) : await CodeOfAsync(answer);
    }

    /// <summary>At the program's own address.</summary>
    public string? Arrive(Uri address)
    {
        Assert.StartsWith(RedirectUri + "?", address.OriginalString, StringComparison.Ordinal);
        var brought = QueryHelpers.ParseQuery(address.Query);
        Assert.Equal(("a-state-of-the-program", SignOnWorld.Public), (brought["state"].Single(), brought["iss"].Single()));
        Code = brought.TryGetValue("code", out var code) ? code.Single() : null;
        return brought.TryGetValue("error", out var error) ? error.Single() : null;
    }

    public async Task<string> OpenAsync()
    {
        using var body = new StringContent(JsonSerializer.Serialize(new OpenSignOn(Code!, Verifier, RedirectUri), ProtocolJson.Default.OpenSignOn),
            Encoding.UTF8, "application/json");
        using var answer = await world.Coordinator.Nobody.Http.PostAsync(new Uri($"{Routes.SignOn}/{Provider}/session", UriKind.Relative), body, Stop);
        if (answer.StatusCode != HttpStatusCode.Created)
            return await CodeOfAsync(answer);
        Session = JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(Stop), ProtocolJson.Default.SignedOn)!;
        return LetIn;
    }

    private static string Merge(Dictionary<string, string?> query, (string Name, string? Value)[] changes)
    {
        foreach (var (name, value) in changes)
            query[name] = value;
        return QueryHelpers.AddQueryString("", query.Where(pair => pair.Value is not null));
    }

    private static async Task<string> CodeOfAsync(HttpResponseMessage answer)
    {
        Assert.Equal(Problem.MediaType, answer.Content.Headers.ContentType?.MediaType);
        return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(Stop), ProtocolJson.Default.Problem)!.Code;
    }
}
