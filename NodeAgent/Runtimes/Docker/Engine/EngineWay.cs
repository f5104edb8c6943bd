using System.IO.Pipes;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Streaming;

namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>Connects to an engine, by whichever way it is reached.</summary>
internal static class EngineWay
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static SocketsHttpHandler Open(EngineAddress address) => new()
    {
        ConnectCallback = (_, cancellationToken) => ConnectAsync(address, cancellationToken),
        // What stands in the environment about proxies is not meant for an engine.
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    private static async ValueTask<Stream> ConnectAsync(EngineAddress address, CancellationToken cancellationToken) => address switch
    {
        EngineAddress.UnixSocket unix => await UnixSocketStream.ConnectAsync(unix.Path, cancellationToken),
        EngineAddress.NamedPipe pipe => await PipeAsync(pipe, cancellationToken),
        EngineAddress.Tls tls => await TlsAsync(tls, cancellationToken),
        _ => throw new InvalidOperationException($"No way to {address}."),
    };

    private static async Task<Stream> TcpAsync(EngineAddress.Tls address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> PipeAsync(EngineAddress.NamedPipe address, CancellationToken cancellationToken)
    {
        var pipe = new NamedPipeClientStream(".", address.Name, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(cancellationToken);
            return pipe;
        }
        catch
        {
            await pipe.DisposeAsync();
            throw;
        }
    }

    private static async Task<Stream> TlsAsync(EngineAddress.Tls address, CancellationToken cancellationToken)
    {
        using var own = Own(address);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(address.Authority);
        if (authorities.Count == 0)
        {
            throw new CryptographicException($"{address.Authority} holds no certificate.");
        }

        var plain = await TcpAsync(address, cancellationToken);
        var tls = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(new()
            {
                TargetHost = address.Host,
                ClientCertificateContext = SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true),
                CertificateChainPolicy = Policy(authorities),
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            }, cancellationToken);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    /// <summary>The engine's authority and nobody else: what else this machine believes does not matter.</summary>
    private static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return policy;
    }

    /// <summary>Read for each connection, so that a renewed one is taken up.</summary>
    private static X509Certificate2 Own(EngineAddress.Tls address)
    {
        using var pem = X509Certificate2.CreateFromPem(File.ReadAllText(address.Certificate), KeyFile.Load(address.Key));
        // Windows wants the key in a store of its own, and gets it by this way.
        return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pfx), null) : new X509Certificate2(pem);
    }
}
