using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Vantage.Coordinator.Access;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;

namespace Vantage.Coordinator.Hosting;

/// <summary>The web server and what surrounds every request. Nothing is read from the environment or files beside the program.</summary>
internal static class WebServer
{
    public static WebApplicationBuilder CreateBuilder(CoordinatorSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Vantage.Coordinator" });
        Logging.Configure(builder.Logging);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, settings));
        builder.Services.AddRouting();
        builder.Services.AddOpenApi();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(RandomNumberGenerator.Create());
        builder.Services.AddSingleton(settings.Listen).AddSingleton(settings.Limits).AddSingleton<PublicAddress>().AddSingleton<RateLimits>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Limits.StopWithin);
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            var protocol = ProtocolJson.Default.Options;
            json.SerializerOptions.TypeInfoResolverChain.Clear();
            json.SerializerOptions.TypeInfoResolverChain.Add(ProtocolJson.Default);
            json.SerializerOptions.DefaultIgnoreCondition = protocol.DefaultIgnoreCondition;
            json.SerializerOptions.NumberHandling = protocol.NumberHandling;
            json.SerializerOptions.RespectNullableAnnotations = protocol.RespectNullableAnnotations;
            json.SerializerOptions.RespectRequiredConstructorParameters = protocol.RespectRequiredConstructorParameters;
            json.SerializerOptions.AllowDuplicateProperties = protocol.AllowDuplicateProperties;
        });
        return builder;
    }

    public static void UseWebServer(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ListenSettings>().BehindTlsProxy)
            app.UseForwardedHeaders(Forwarded());
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseRouting();
    }

    /// <summary>Behind a token like everything else: it tells strangers what to try.</summary>
    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi(Routes.OpenApi).NeedsSignIn().WithName("OpenApi");

    private static void Configure(KestrelServerOptions kestrel, CoordinatorSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = settings.Limits.BodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        foreach (var url in settings.Listen.Urls)
        {
            void Options(ListenOptions listen)
            {
                if (url.Scheme == "https")
                    listen.UseHttps(https => LoadCertificate(https, settings.Listen));
            }

            if (url.IdnHost == "localhost")
                kestrel.ListenLocalhost(url.Port, Options);
            else
                kestrel.Listen(IPAddress.Parse(url.IdnHost.Trim('[', ']')), url.Port, Options);
        }
    }

    private static void LoadCertificate(Microsoft.AspNetCore.Server.Kestrel.Https.HttpsConnectionAdapterOptions https, ListenSettings listen)
    {
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(listen.Certificate!, listen.CertificateKey);
            // Windows can't serve with a key that was never in a store of its own; a round trip through PKCS#12 puts it there.
            https.ServerCertificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
            https.ServerCertificateChain = [];
            https.ServerCertificateChain.ImportFromPemFile(listen.Certificate!);
        }
        catch (CryptographicException e)
        {
            throw new StartRefusedException(
                $"certificate: {listen.Certificate} can't be used: {e.Message} It has to be PEM, the server's certificate first, and the "
                + "private key (unencrypted) in the same file or in the one given with --certificate-key.", inner: e);
        }
    }

    /// <summary>One proxy in front, whatever its address: the operator said that nobody else reaches the port.</summary>
    private static ForwardedHeadersOptions Forwarded()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        return options;
    }
}
