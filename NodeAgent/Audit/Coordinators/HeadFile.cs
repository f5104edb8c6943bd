using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Audit.Coordinators;

/// <summary>
/// The newest head of one Coordinator's audit trail that this node believes, and the first later one that it does not:
/// together these two signatures prove what the Coordinator did.
/// </summary>
internal sealed class HeadFile(NodeHome home, Uri coordinator)
{
    /// <summary>Another Coordinator's trail is another file: a node that moves is not told that its trail was begun anew.</summary>
    private readonly string name = Digest.OfText(coordinator.AbsoluteUri).ToHex()[..16];

    public string Path => System.IO.Path.Combine(home.Audit, $"coordinator-{name}.head");

    public string RefusedPath => System.IO.Path.Combine(home.Audit, $"coordinator-{name}.refused");

    /// <summary>Throws <see cref="IOException"/> for a file that can't be trusted: forgetting is what an attacker would want.</summary>
    public AuditHead? Read() => Read(Path);

    public AuditHead? ReadRefused() => Read(RefusedPath);

    public void Keep(AuditHead head)
    {
        Durable.CreateFolder(home.Audit);
        Durable.Replace(Path, TrailJson.Write(head));
        File.Delete(RefusedPath);
    }

    public void Refuse(AuditHead? head)
    {
        if (head is not null && !File.Exists(RefusedPath))
        {
            Durable.Replace(RefusedPath, TrailJson.Write(head));
        }
    }

    /// <summary>Believes the next head whatever it is. What was believed, and refused, is set aside with the date.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var path in new[] { Path, RefusedPath }.Where(File.Exists))
        {
            File.Move(path, $"{path}.{now:yyyyMMddTHHmmssfff}");
        }

        Durable.FlushFolder(home.Audit);
    }

    private static AuditHead? Read(string path)
    {
        try
        {
            return File.Exists(path) ? TrailJson.ReadHead(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException e)
        {
            throw new IOException($"{path} is damaged ({e.Message}), so nobody can tell whether the Coordinator's audit trail still continues what "
                + "this node saw of it. Restore it from a backup, or find out by other nodes' heads and then run: vantage node audit accept", e);
        }
    }
}
