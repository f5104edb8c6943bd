using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Persistence.Embedded;
using Vantage.Protocol.Cryptography;

namespace Vantage.Coordinator.Audit.Sealing;

/// <summary>
/// Signs the audit trail's heads. Made at the first start, kept in the data directory for its own account only; the public
/// half lies beside it for auditors.
/// </summary>
internal sealed class SealKey : IDisposable
{
    public SealKey(PersistenceSettings settings)
    {
        var path = Path.Combine(settings.Data, "audit.key");
        if (File.Exists(path))
        {
            Key = SigningKey.FromPem(File.ReadAllText(path));
        }
        else
        {
            Key = SigningKey.Create();
            UnixFiles.WriteSecret(path, Key.ToPem());
        }

        File.WriteAllText(Path.Combine(settings.Data, "audit.pub"), Key.PublicKey.ToPem());
    }

    public SigningKey Key { get; }

    public void Dispose() => Key.Dispose();
}
