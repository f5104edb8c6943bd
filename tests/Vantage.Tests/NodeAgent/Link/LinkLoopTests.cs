using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.NodeAgent.Runs;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Link;

public sealed class LinkLoopTests
{
    private readonly Alliance alliance = new();

    [Fact]
    public async Task CoordinatorGoneForAWhile_IsToldOnceAndOnceThatItIsBack()
    {
        var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        await node.EventuallyAsync(() => node.Get<LinkHealth>().State.Transport is not null, "it is linked");

        await coordinator.DisposeAsync();
        await node.EventuallyAsync(() => node.Log.Count(line => line.Contains("No link (Unreachable)")) == 1, "the failure is told");
        await using var back = await FakeCoordinator.StartAsync(alliance, coordinator.Url.Port, coordinator.State);
        await RunTests.OfferAsync(back, node, alliance.Ask(Partner.Now));

        Assert.Equal(1, node.Log.Count(line => line.Contains("No link (Unreachable)")));
        Assert.Equal(2, node.Log.Count(line => line.Contains("Linked to the Coordinator")));
    }

    [Fact]
    public async Task NodeThatIsNotCertifiedYet_SaysWhatIsNeededAndBeginsOnceItIs()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.IsCertified = false;
        await using var node = await new TestNode(alliance, coordinator.Url, certified: false).StartAsync();
        await node.EventuallyAsync(() => node.Get<LinkHealth>().State.Fault is not null, "the reason is told");
        var fault = node.Get<LinkHealth>().State.Fault!;

        coordinator.State.IsCertified = true;
        var run = await RunTests.OfferAsync(coordinator, node, alliance.Ask(Partner.Now));

        Assert.Equal(LinkFaultKind.NotCertified, fault.Kind);
        Assert.Contains($"vantage keys certify --node {alliance.Hospital.Node}", fault.Message);
        Assert.Equal(RunOutcome.Succeeded, run.State.Outcome);
        Assert.Null(NodeIdentity.Find(node.Home)!.Code);
    }

    [Fact]
    public async Task CertificateByAnotherRoot_IsNotTaken()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = new TestNode(alliance, coordinator.Url, certified: false);
        File.WriteAllText(node.Home.OwnRoot, new Alliance().Hospital.Root.ToPem());
        await node.StartAsync();

        await node.EventuallyAsync(() => node.Get<LinkHealth>().State.Fault is not null, "the reason is told");

        Assert.Contains("certificate does not fit", node.Get<LinkHealth>().State.Fault!.Message);
        Assert.False(File.Exists(node.Home.SigningCertificate));
    }

    [Fact]
    public async Task RefusedSignIn_IsToldAsWhatAPersonHasToMend()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.RefuseSignIn = ErrorCodes.ChallengeInvalid;
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();

        await node.EventuallyAsync(() => node.Get<LinkHealth>().State.Fault is not null, "the reason is told");

        Assert.Equal(LinkFaultKind.NotAccepted, node.Get<LinkHealth>().State.Fault!.Kind);
    }

    [Fact]
    public async Task OwnAuthority_IsBelievedExactlyIfItIsSet()
    {
        using var authority = Authority.Create();
        await using var coordinator = await FakeCoordinator.StartAsync(alliance, tls: authority.Server);
        await using var plain = await new TestNode(alliance, coordinator.Url).StartAsync();
        await plain.EventuallyAsync(() => plain.Get<LinkHealth>().State.Fault is not null, "the reason is told");

        await using var node = new TestNode(alliance, coordinator.Url, "extraCa: ca.pem\n");
        File.WriteAllText(Path.Combine(node.Home.Root, "ca.pem"), authority.Root.ExportCertificatePem());
        await node.StartAsync();
        await RunTests.OfferAsync(coordinator, node, alliance.Ask(Partner.Now));

        Assert.Equal(LinkFaultKind.Tls, plain.Get<LinkHealth>().State.Fault!.Kind);
        Assert.Contains("extraCa", plain.Get<LinkHealth>().State.Fault!.Message);
    }

    /// <summary>An institution's own authority and a server that it vouches for.</summary>
    private sealed record Authority(X509Certificate2 Root, X509Certificate2 Server) : IDisposable
    {
        public static Authority Create()
        {
            var (from, to) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
            using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var root = new CertificateRequest("CN=Site CA", rootKey, HashAlgorithmName.SHA256);
            root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            var issuer = root.CreateSelfSigned(from, to);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var server = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            server.CertificateExtensions.Add(names.Build());
            server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
            using var issued = server.Create(issuer, from, to, [1, 2, 3]);
            using var withKey = issued.CopyWithPrivateKey(key);
            return new Authority(issuer, X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null));
        }

        public void Dispose()
        {
            Root.Dispose();
            Server.Dispose();
        }
    }
}
