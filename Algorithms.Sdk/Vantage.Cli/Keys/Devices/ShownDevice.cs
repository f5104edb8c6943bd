using Vantage.Cli.CommandLine;
using Vantage.Cli.Keys.Revoking;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;

namespace Vantage.Cli.Keys.Devices;

/// <param name="Key">Names it at the Coordinator.</param>
/// <param name="Name">As its owner calls it.</param>
/// <param name="Fingerprint">Of both its keys, as people compare it.</param>
/// <param name="ValidUntil">Of its certificates, the earlier end.</param>
/// <param name="State">counts, revoked, expired, or not believed.</param>
/// <param name="IsThis">Its keys are in this home.</param>
internal sealed record ShownDevice(KeyId Key, string? Name, string Fingerprint, DateTimeOffset? ValidUntil, string State, bool IsThis)
{
    /// <summary>By the newest list of revoked keys; without a root in this home nothing is known but the dates.</summary>
    public static async Task<IReadOnlyList<ShownDevice>> OfAsync(Invocation call, User user, CancellationToken cancellationToken)
    {
        var now = call.Console.Time.GetUtcNow();
        var roots = call.Home.HasRoot ? new PinnedRoots([PinnedRoot.Of(call.Home.ReadRoot())]) : null;
        if (roots is not null)
        {
            await RevocationsCommands.FetchAsync(call, roots, cancellationToken);
        }

        var trust = roots is null ? null : new CheckedTrust(roots, call.Home.KeyRevocations, forNewWork: false);
        var here = Here(call);
        return [.. PublishedDevices.Of(user).Select(device => Of(device, trust, now, here))];
    }

    private static ShownDevice Of(Device device, ITrust? trust, DateTimeOffset now, KeyId? here)
    {
        try
        {
            var (signing, encryption) = (Certificate.Parse(device.SigningCertificate), Certificate.Parse(device.EncryptionCertificate));
            return new(signing.KeyId, device.Name, Protocol.Identities.Fingerprint.Of(signing.KeyId, encryption.KeyId),
                signing.NotAfter < encryption.NotAfter ? signing.NotAfter : encryption.NotAfter,
                Against(signing, trust, now) ?? Against(encryption, trust, now) ?? "counts", signing.KeyId == here);
        }
        catch (CertificateException)
        {
            return new(device.Key, device.Name, "", null, "not believed", device.Key == here);
        }
    }

    /// <summary>Null where nothing is against it.</summary>
    private static string? Against(Certificate certificate, ITrust? trust, DateTimeOffset now)
    {
        if (certificate.NotAfter <= now)
        {
            return "expired";
        }

        try
        {
            if (trust is not null)
            {
                _ = Certificates.Verify(certificate, trust, now);
            }

            return null;
        }
        catch (CertificateException e)
        {
            return e.Fault == CertificateFault.CertificateRevoked ? "revoked" : "not believed";
        }
    }

    private static KeyId? Here(Invocation call)
    {
        if (!call.Home.HasUserKeys)
        {
            return null;
        }

        var (signing, encryption) = call.Home.OpenUserKeys();
        using (signing)
        using (encryption)
        {
            return signing.KeyId;
        }
    }
}

internal sealed record ShownDevices(IReadOnlyList<ShownDevice> Devices);
