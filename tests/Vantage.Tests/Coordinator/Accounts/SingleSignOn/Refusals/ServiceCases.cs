using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Vantage.Coordinator.Accounts.ServiceAccounts;
using Vantage.Coordinator.Accounts.SingleSignOn.Providers;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn.Refusals;

/// <summary>Access tokens of a provider that open nothing, whatever the provider says of them, or does not say.</summary>
internal static class ServiceCases
{
    public const string Nobody = "nobody";
    private const string Fault = "the provider's fault";

    public static IEnumerable<RefusedCase> All =>
    [
        Says("is not active", "\"active\":true", "\"active\":false"),
        Says("is active as a text", "\"active\":true", "\"active\":\"true\""),
        Says("says nothing of being active", "\"active\":true,", ""),
        Says("names no audience", "\"aud\"", "\"x\""),
        Says("names another audience", "urn:vantage:coordinator", "urn:vantage:other"),
        Says("names an audience that begins alike", "urn:vantage:coordinator", "urn:vantage:coordinator2"),
        Says("names an audience that is no text", "\"urn:vantage:coordinator\"", "{\"urn:vantage:coordinator\":1}"),
        Says("names another issuer", "\"iss\":\"ISSUER\"", "\"iss\":\"https://evil.example.org\""),
        Says("allows nothing", "\"scope\":\"vantage other\",", ""),
        Says("allows something else", "\"scope\":\"vantage other\"", "\"scope\":\"vantage2 other\""),
        Says("has expired", "EXPIRES", "1000000000"),
        Says("has no end", "\"exp\":EXPIRES,", ""),
        Says("ends with a text", "\"exp\":EXPIRES", "\"exp\":\"never\""),
        Says("is not good yet", "\"exp\":EXPIRES", "\"exp\":EXPIRES,\"nbf\":99999999999"),
        Says("is bound to a key", "\"exp\":EXPIRES", "\"exp\":EXPIRES,\"cnf\":{\"jkt\":\"x\"}"),
        Says("is of another type", "\"Bearer\"", "\"DPoP\""),
        Says("was given to nobody", "\"client_id\"", "\"x\""),
        Says("was given to a program on behalf of a person", "\"exp\":EXPIRES", "\"exp\":EXPIRES,\"sub\":\"ada\""),
        Answers("two answers in one", ScriptedProvider.Says("""{"active":false,"active":true}"""), Fault),
        Answers("an answer that breaks off", ScriptedProvider.Says("""{"active":true,"""), Fault),
        Answers("an endless answer", ScriptedProvider.Says($$"""{"active":true,"x":"{{new string('x', 300 * 1024)}}"}"""), Fault),
        Answers("a page", ScriptedProvider.Says("<html>", 200, "text/html"), Fault),
        Answers("an error of the provider", ScriptedProvider.Says("""{"active":true}""", 500), Fault),
        Answers("a busy provider", ScriptedProvider.Says("""{"active":true}""", 429), Fault),
        Answers("a provider that does not know us", ScriptedProvider.Says("{}", 401), Fault),
        Answers("a redirect", LeadsAway, Fault),
        Answers("no answer at all", Hangs, Fault),
        Real("of a client that nobody declared", "stranger", "a-strangers-own-secret", IdentityProvider.Audience, "vantage"),
        Real("for another audience", "robot", "a-robots-own-secret", "urn:vantage:other", "vantage"),
        Real("for no audience", "robot", "a-robots-own-secret", null, "vantage"),
        Real("without the scope", "robot", "a-robots-own-secret", IdentityProvider.Audience, "other"),
        new("an access token that the provider does not know", ErrorCodes.Unauthenticated, world => AskAsync(world, "never-given-out-by-anybody")),
        new("an access token that the provider has revoked", ErrorCodes.Unauthenticated, async world =>
        {
            var token = await world.Campus.TokenAsync(world.Http, "robot", "a-robots-own-secret", IdentityProvider.Audience, "vantage");
            await world.RobotAsync();
            Assert.Null(await AskAsync(world, token));
            await world.Campus.RevokeAsync(world.Http, "robot", "a-robots-own-secret", token);
            world.Coordinator.Time.Advance(TimeSpan.FromSeconds(1));
            return await AskAsync(world, token);
        }),
    ];

    public static async Task<string?> AskAsync(SignOnWorld world, string token)
    {
        using var answer = await world.Coordinator.With(token).Http.GetAsync(new Uri(Routes.Me, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode ? null : JsonSerializer.Deserialize(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), Vantage.Protocol.Json.ProtocolJson.Default.Problem)!.Code;
    }

    private static RefusedCase Real(string name, string client, string secret, string? audience, string scope) =>
        new($"an access token {name}", ErrorCodes.Unauthenticated, async world =>
        {
            await world.RobotAsync();
            return await AskAsync(world, await world.Campus.TokenAsync(world.Http, client, secret, audience, scope));
        });

    private static RefusedCase Says(string name, string honest, string changed) => new($"an access token that {name}", Nobody, async world =>
    {
        var truth = $$"""
            {"active":true,"client_id":"robot","exp":EXPIRES,"iss":"ISSUER","aud":"urn:vantage:coordinator","scope":"vantage other","token_type":"Bearer"}
            """;
        Assert.Contains(honest, truth, StringComparison.Ordinal);
        string Filled(string text) => text.Replace("ISSUER", world.Mock.Issuer("mock"), StringComparison.Ordinal)
            .Replace("EXPIRES", "4000000000", StringComparison.Ordinal);
        world.Mock.Introspection = Filled(truth);
        Assert.Equal("robot", await IntrospectAsync(world));
        world.Mock.Introspection = Filled(truth.Replace(honest, changed, StringComparison.Ordinal));
        return await IntrospectAsync(world);
    });

    private static RefusedCase Answers(string name, RequestDelegate answer, string expected) => new($"introspection with {name}", expected, async world =>
    {
        world.Mock.Script["introspect"] = answer;
        return await IntrospectAsync(world);
    });

    private static async Task<string> IntrospectAsync(SignOnWorld world)
    {
        using var introspection = new Introspection(world.Services(world.Mock.Issuer("mock"), TimeSpan.FromSeconds(2)), TimeProvider.System);
        try
        {
            return (await introspection.AskAsync("an-access-token", TestContext.Current.CancellationToken))?.Client ?? Nobody;
        }
        catch (ProviderException)
        {
            return Fault;
        }
    }

    private static Task LeadsAway(HttpContext context)
    {
        context.Response.StatusCode = 307;
        context.Response.Headers.Location = "/mock/elsewhere";
        return Task.CompletedTask;
    }

    private static async Task Hangs(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
