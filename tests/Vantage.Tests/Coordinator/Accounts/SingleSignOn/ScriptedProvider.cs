using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn;

/// <summary>An identity provider that says whatever a test wants it to; honest where nothing is scripted.</summary>
internal sealed class ScriptedProvider : IAsyncDisposable
{
    private readonly WebApplication app;

    private ScriptedProvider(WebApplication app) => this.app = app;

    /// <summary>Below its issuer: what it answers there instead of the truth.</summary>
    public Dictionary<string, RequestDelegate> Script { get; } = [];

    /// <summary>What UserInfo says.</summary>
    public string UserInfo { get; set; } = Honest;

    public const string Honest = """{"sub":"ada","name":"Ada Lovelace","email":"ada@example.org","groups":["analysts"]}""";

    /// <summary>What introspection says.</summary>
    public string Introspection { get; set; } = """{"active":false}""";

    public int Asked { get; private set; }

    public string Origin => app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public string Issuer(string name) => $"{Origin}/{name}";

    public static async Task<ScriptedProvider> StartAsync(TestAuthority authority)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(authority.Server)));
        var built = builder.Build();
        var provider = new ScriptedProvider(built);
        built.Run(provider.AnswerAsync);
        await built.StartAsync();
        return provider;
    }

    public void BeHonest()
    {
        Script.Clear();
        (UserInfo, Introspection) = (Honest, """{"active":false}""");
    }

    public string Discovery(string name) => $$"""
        {"issuer":"{{Issuer(name)}}","authorization_endpoint":"{{Issuer(name)}}/authorize","token_endpoint":"{{Issuer(name)}}/token",
        "userinfo_endpoint":"{{Issuer(name)}}/userinfo","introspection_endpoint":"{{Issuer(name)}}/introspect",
        "authorization_response_iss_parameter_supported":true,"code_challenge_methods_supported":["S256"],"response_types_supported":["code"]}
        """;

    public static RequestDelegate Says(string json, int status = 200, string type = "application/json") => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json)).AsTask();
    };

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Asked++;
        var path = context.Request.Path.Value!.Split('/', 3);
        var (name, rest) = (path[1], path.Length > 2 ? path[2] : "");
        return Script.TryGetValue(rest, out var scripted) ? scripted(context) : rest switch
        {
            ".well-known/openid-configuration" => Says(Discovery(name))(context),
            "token" => Says("""{"access_token":"an-access-token","token_type":"Bearer","expires_in":600}""")(context),
            "userinfo" => Says(UserInfo)(context),
            "introspect" => Says(Introspection)(context),
            _ => Says("{}", 404)(context),
        };
    }
}
