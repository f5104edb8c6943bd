using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vantage.Protocol.Tls;
using Vantage.Tests.Client;

namespace Vantage.Tests.Protocol.Tls;

/// <summary>A further authority excuses an unknown issuer and nothing else; shown by real handshakes.</summary>
public sealed class FurtherAuthoritiesTests : IDisposable
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";
    private const string ForClients = "1.3.6.1.5.5.7.3.2";
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TempFolder folder = new();
    private readonly X509Certificate2 site = Authority("CN=Site CA");
    private readonly X509Certificate2 stranger = Authority("CN=Other CA");

    public static TheoryData<string, string, int, bool, bool> Servers => new()
    {
        { "as it should be", ForServers, 1, true, true },
        { "of another name", ForServers, 1, false, false },
        { "for clients only", ForClients, 1, true, false },
        { "expired", ForServers, -1, true, false },
    };

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task AnAuthority_ExcusesAnUnknownIssuerOnly(string what, string purpose, int endsInDays, bool named, bool believed)
    {
        using var server = Issued(site, purpose, endsInDays);

        Assert.True(believed == await IsBelievedAsync(server, site, named ? "site.example" : "other.example"), what);
    }

    [Fact]
    public async Task AnotherAuthority_ExcusesNothing()
    {
        using var server = Issued(site, ForServers, endsInDays: 1);

        Assert.False(await IsBelievedAsync(server, stranger, "site.example"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void AFileThatHoldsNone_IsNamed(string? content)
    {
        if (content is not null)
            File.WriteAllText(folder["ca.pem"], content);

        var refused = Assert.Throws<AuthoritiesException>(() => FurtherAuthorities.FromPemFile(folder["ca.pem"]));

        Assert.Contains("ca.pem", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        site.Dispose();
        stranger.Dispose();
        folder.Dispose();
    }

    private async Task<bool> IsBelievedAsync(X509Certificate2 server, X509Certificate2 authority, string name)
    {
        var stop = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(folder["ca.pem"], authority.ExportCertificatePem(), stop);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var near = new TcpClient();
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint, stop);
        using var far = await listener.AcceptTcpClientAsync(stop);
        await using var serving = new SslStream(far.GetStream());
        await using var asking = new SslStream(near.GetStream());
        var options = new SslClientAuthenticationOptions { TargetHost = name };
        FurtherAuthorities.FromPemFile(folder["ca.pem"]).ApplyTo(options);

        var served = serving.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server }, stop);
        try
        {
            await asking.AuthenticateAsClientAsync(options, stop);
            await served;
            return true;
        }
        catch (AuthenticationException)
        {
            near.Close();
            await Task.WhenAny(served);
            return false;
        }
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Now.AddDays(-9), Now.AddDays(9));
    }

    private static X509Certificate2 Issued(X509Certificate2 authority, string purpose, int endsInDays)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=site.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("site.example");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        using var issued = request.Create(authority, Now.AddDays(-8), Now.AddDays(endsInDays), RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
