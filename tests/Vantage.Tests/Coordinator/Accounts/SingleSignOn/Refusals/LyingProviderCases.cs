using Microsoft.AspNetCore.Http;
using Vantage.Protocol.Errors;
using static Vantage.Tests.Coordinator.Accounts.SingleSignOn.Refusals.RefusedCase;
using static Vantage.Tests.Coordinator.Accounts.SingleSignOn.ScriptedProvider;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn.Refusals;

/// <summary>Providers, or whoever stands in for them, that answer otherwise than they have to.</summary>
internal static class LyingProviderCases
{
    private const string Discovery = ".well-known/openid-configuration";
    private const string Given = """{"access_token":"a","token_type":"Bearer"}""";
    private static readonly string Endless = $$"""{"sub":"ada","name":"{{new string('x', 300 * 1024)}}"}""";

    public static IEnumerable<RefusedCase> All =>
    [
        Document("another issuer", json => json.Replace("/mock\",\"auth", "/evil\",\"auth", StringComparison.Ordinal)),
        Document("the issuer with a slash more", json => json.Replace("/mock\",\"auth", "/mock/\",\"auth", StringComparison.Ordinal)),
        Document("no issuer", json => json.Replace("\"issuer\"", "\"publisher\"", StringComparison.Ordinal)),
        Document("two issuers", json => json.Replace("{\"issuer\"", "{\"issuer\":\"https://evil.example.org\",\"issuer\"", StringComparison.Ordinal)),
        Document("a token endpoint without TLS", json => Plain(json, "token_endpoint")),
        Document("an authorization endpoint without TLS", json => Plain(json, "authorization_endpoint")),
        Document("a userinfo endpoint without TLS", json => Plain(json, "userinfo_endpoint")),
        Document("no token endpoint", json => json.Replace("\"token_endpoint\"", "\"x\"", StringComparison.Ordinal)),
        Document("PKCE without S256", json => json.Replace("[\"S256\"]", "[\"plain\"]", StringComparison.Ordinal)),
        Document("no code flow", json => json.Replace("[\"code\"]", "[\"id_token\"]", StringComparison.Ordinal)),
        Lie("discovery that redirects", Discovery, Leads),
        Lie("discovery that fails", Discovery, Says("{}", 500)),
        Lie("discovery that is a page", Discovery, Says("<html>", 200, "text/html")),
        Lie("discovery that is endless", Discovery, Says(Endless)),
        Lie("discovery that is a list", Discovery, Says("[]")),
        Lie("discovery that breaks off", Discovery, Says("""{"issuer":""")),
        Lie("discovery that takes too long", Discovery, Never, "hasty"),
        new("a provider whose authority nobody knows", ErrorCodes.ProviderFailed, world => new Journey(world, "unknown-authority").LeaveAsync()),
        new("a provider whose certificate has another name", ErrorCodes.ProviderFailed, world => new Journey(world, "wrong-name").LeaveAsync()),
        new("no UserInfo", ProvidersFault, async world =>
        {
            world.Mock.Script[Discovery] = Says(world.Mock.Discovery("mock").Replace("\"userinfo_endpoint\"", "\"x\"", StringComparison.Ordinal));
            return await new Journey(world).GoAsync();
        }),
        Lie("a code that the provider does not take", "token", Says("""{"error":"invalid_grant"}""", 400)),
        Lie("a token endpoint that fails", "token", Says(Given, 500)),
        Lie("a token endpoint that made something", "token", Says(Given, 201)),
        Lie("a token endpoint that redirects", "token", Leads),
        Lie("a token endpoint that answers a form", "token", Says("access_token=a&token_type=Bearer", 200, "application/x-www-form-urlencoded")),
        Lie("a token endpoint that is endless", "token", Says(Endless)),
        Lie("a token endpoint that takes too long", "token", Never, "hasty"),
        Lie("no access token", "token", Says("""{"token_type":"Bearer"}""")),
        Lie("an empty access token", "token", Says("""{"access_token":"","token_type":"Bearer"}""")),
        Lie("an access token that is a number", "token", Says("""{"access_token":1,"token_type":"Bearer"}""")),
        Lie("an access token with a line end", "token", Says("""{"access_token":"a\r\nX: y","token_type":"Bearer"}""")),
        Lie("two access tokens", "token", Says("""{"access_token":"a","access_token":"b","token_type":"Bearer"}""")),
        Lie("an access token of no type", "token", Says("""{"access_token":"a"}""")),
        Lie("an access token bound to a key", "token", Says("""{"access_token":"a","token_type":"DPoP"}""")),
        Lie("UserInfo that does not know the token", "userinfo", Says("{}", 401)),
        Lie("UserInfo that redirects", "userinfo", Leads),
        Lie("UserInfo as a signed token", "userinfo", Says("e30.e30.", 200, "application/jwt")),
        Lie("UserInfo that is endless", "userinfo", Says(Endless)),
        Lie("UserInfo that breaks off", "userinfo", Says("""{"sub":"ada",""")),
        Lie("UserInfo that takes too long", "userinfo", Never, "hasty"),
        Lie("nobody", "userinfo", Says("""{"groups":["analysts"]}""")),
        Lie("an empty sub", "userinfo", Says("""{"sub":"","groups":["analysts"]}""")),
        Lie("a sub that is a number", "userinfo", Says("""{"sub":7,"groups":["analysts"]}""")),
        Lie("two subs", "userinfo", Says("""{"sub":"ada","sub":"bob","groups":["analysts"]}""")),
        Lie("a sub with a blank", "userinfo", Says("""{"sub":"ada ","groups":["analysts"]}""")),
        Lie("a sub that is too long", "userinfo", Says($$"""{"sub":"{{new string('a', 256)}}","groups":["analysts"]}""")),
    ];

    private static Task Leads(HttpContext context)
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = context.Request.Path.Value + "-elsewhere";
        return Task.CompletedTask;
    }

    private static async Task Never(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static string Plain(string json, string endpoint) =>
        json.Replace($"\"{endpoint}\":\"https:", $"\"{endpoint}\":\"http:", StringComparison.Ordinal);

    private static RefusedCase Document(string name, Func<string, string> change) => new($"discovery with {name}", ErrorCodes.ProviderFailed, async world =>
    {
        var honest = world.Mock.Discovery("mock").ReplaceLineEndings("");
        var changed = change(honest);
        Assert.NotEqual(honest, changed);
        world.Mock.Script[Discovery] = Says(changed);
        return await new Journey(world).LeaveAsync();
    });
}
