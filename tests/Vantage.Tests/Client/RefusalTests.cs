using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Vantage.Client;
using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Json;

namespace Vantage.Tests.Client;

/// <summary>The first things that go wrong for a newcomer: each is told as what it is, with what to do.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task NobodyListening_IsUnreachableAtOnce()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();

        var refusal = await MeAsync(new VantageClientOptions { Url = url });

        Assert.Equal(ClientErrorCodes.Unreachable, refusal.Code);
        Assert.Contains(url.Authority, refusal.What, StringComparison.Ordinal);
        Assert.Contains("vantage coordinator run", refusal.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARefusalOfTheCoordinator_KeepsItsCodeAndWordsAndSaysWhatToDo()
    {
        await using var server = await ScriptedServer.AnsweringAsync(context => ProblemAsync(context,
            new Problem(Problem.TypeOf(ErrorCodes.TokenExpired), "Token expired", 401, ErrorCodes.TokenExpired,
            "The token expired on 3 May.",
                null, "trace-7")));

        var refusal = await MeAsync(server.Options);

        Assert.Equal(ErrorCodes.TokenExpired, refusal.Code);
        Assert.Equal("The token expired on 3 May.", refusal.What);
        Assert.Contains("vantage login --user", refusal.Next, StringComparison.Ordinal);
        Assert.Equal("trace-7", refusal.Problem!.TraceId);
    }

    [Theory]
    [InlineData(200, "text/html", "<html>Sign in to the guest network</html>")]
    [InlineData(404, "text/html", "nginx")]
    [InlineData(200, "application/json", "{\"hello\":1}")]
    [InlineData(200, "application/json", "not json")]
    [InlineData(403, "application/problem+json", "not json")]
    public async Task SomethingElseThatAnswers_IsNotTakenForACoordinator(int status, string type, string body)
    {
        await using var server = await ScriptedServer.AnsweringAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body);
        });

        var refusal = await MeAsync(server.Options);

        Assert.Equal(ClientErrorCodes.NotACoordinator, refusal.Code);
        Assert.Contains(server.Url.Authority, refusal.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARedirect_IsNotFollowedWithTheToken()
    {
        string? carried = null;
        await using var elsewhere = await ScriptedServer.AnsweringAsync(context =>
        {
            carried = context.Request.Headers.Authorization;
            return Task.CompletedTask;
        });
        await using var server = await ScriptedServer.AnsweringAsync(context =>
        {
            context.Response.Redirect(elsewhere.Url.ToString());
            return Task.CompletedTask;
        });

        var refusal = await MeAsync(server.Options);

        Assert.Equal(ClientErrorCodes.NotACoordinator, refusal.Code);
        Assert.Contains("Redirects are not followed", refusal.Next, StringComparison.Ordinal);
        Assert.Null(carried);
    }

    [Fact]
    public async Task AProxyThatWantsAPassword_IsNamedAsThat()
    {
        await using var proxy = await ScriptedServer.AnsweringAsync(context =>
        {
            context.Response.StatusCode = 407;
            context.Response.Headers.ProxyAuthenticate = "Basic realm=\"hospital\"";
            return Task.CompletedTask;
        });

        var refusal = await MeAsync(new VantageClientOptions
        {
            Url = new Uri("https://vantage.example.org"),
            Proxy = proxy.Url
        });

        Assert.Equal(ClientErrorCodes.ProxyRefused, refusal.Code);
        Assert.Contains("407", refusal.What, StringComparison.Ordinal);
        Assert.Contains("--proxy http://user:password@host:port", refusal.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACertificateOfAnUnknownAuthority_IsTrustedOnlyWithThatAuthority()
    {
        using var folder = new TempFolder();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50),
            DateTimeOffset.UnixEpoch.AddYears(130));
        await File.WriteAllTextAsync(folder["ca.pem"], certificate.ExportCertificatePem(),
            TestContext.Current.CancellationToken);
        var me = new Me(Vantage.Protocol.Ids.UserId.New(TimeProvider.System), "Ada", [Role.Admin], null, null);
        await using var server = await ScriptedServer.StartAsync(
            app => app.Run(new RequestDelegate(context =>
            context.Response.WriteAsJsonAsync(me, ProtocolJson.Default.Me, "application/json"))),
            listen => listen.UseHttps(certificate));
        var url = new UriBuilder(server.Url) { Scheme = "https" }.Uri;

        var refusal = await MeAsync(new VantageClientOptions { Url = url });
        using var trusting = new VantageClient(new VantageClientOptions { Url = url, CaFile = folder["ca.pem"] });
        var answer = await trusting.MeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ClientErrorCodes.TlsUntrusted, refusal.Code);
        Assert.Contains("--ca FILE", refusal.Next, StringComparison.Ordinal);
        Assert.Equal("Ada", answer.Name);
    }

    [Fact]
    public async Task ABusyCoordinator_IsAskedAgainButNeverTwiceForWhatIsNotIdempotent()
    {
        var gets = 0;
        var posts = 0;
        await using var server = await ScriptedServer.AnsweringAsync(context =>
        {
            _ = HttpMethods.IsPost(context.Request.Method) ? posts++ : gets++;
            return ProblemAsync(context, new Problem(Problem.TypeOf(ErrorCodes.Unavailable), "Unavailable", 503,
                ErrorCodes.Unavailable, "Starting."));
        });
        using var client = new VantageClient(server.Options);

        await Assert.ThrowsAsync<VantageException>(() => client.MeAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<VantageException>(() => client.Organizations.CreateAsync(
            new CreateOrganization("North"), TestContext.Current.CancellationToken));

        Assert.True(gets > 1);
        Assert.Equal(1, posts);
    }

    private static async Task<VantageException> MeAsync(VantageClientOptions options)
    {
        using var client = new VantageClient(options);
        return await Assert.ThrowsAsync<VantageException>(() => client.MeAsync(TestContext.Current.CancellationToken));
    }

    private static Task ProblemAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(problem, ProtocolJson.Default.Problem, Problem.MediaType);
    }
}
