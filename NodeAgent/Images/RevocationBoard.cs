using System.Globalization;
using System.Text;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Images;
using Vantage.Protocol.Statements;

namespace Vantage.NodeAgent.Images;

/// <summary>
/// The node's revocation list: <c>revocations.jws</c>, signed by its own organization's root, which its admin put there by
/// hand. Without one nothing is revoked. Once there was one, it has to stay, in this version or a newer, well signed and not
/// expired: until that is so again no image runs, since nobody knows what has been revoked meanwhile.
/// </summary>
internal sealed class RevocationBoard(NodeHome home, TimeProvider time)
{
    private readonly Lock gate = new();
    private (DateTime Written, long Length) read;
    private Revocations? current;

    /// <summary>Off for one who only looks, perhaps under another account.</summary>
    public bool RemembersSerial { get; init; } = true;

    /// <summary>Null if there never was one. Throws <see cref="ImageException"/> where there should be one that holds.</summary>
    public Revocations? Current()
    {
        lock (gate)
        {
            try
            {
                return Read();
            }
            catch (Exception e) when (e is (TrustException and not ImageException) or CommandFailure or IOException or UnauthorizedAccessException
                or FormatException)
            {
                throw Unusable($"it can't be used: {e.Message}", e);
            }
        }
    }

    private Revocations? Read()
    {
        var file = new FileInfo(home.Revocations);
        var seen = LastSeenSerial();
        if (!file.Exists)
        {
            return seen == 0 ? null : throw Unusable($"there was one (serial {seen}), and it is gone");
        }

        if (current is null || read != (file.LastWriteTimeUtc, file.Length))
        {
            var stamp = (file.LastWriteTimeUtc, file.Length);
            current = null;
            current = Revocations.Verify(File.ReadAllText(home.Revocations).Trim(), OwnRoot.Load(home), time.GetUtcNow(), seen);
            read = stamp;
            Remember(current.Statement.Serial, seen);
        }

        return current.HoldsAt(time.GetUtcNow())
            ? current
            : throw Unusable($"it expired on {current.Statement.NotAfter:u}");
    }

    private void Remember(long serial, long seen)
    {
        if (!RemembersSerial || serial <= seen)
        {
            return;
        }

        // On the disk before it counts: a serial that a power cut takes back would let an older list pass again.
        Durable.Replace(SerialFile, Encoding.ASCII.GetBytes(serial.ToString(CultureInfo.InvariantCulture)));
    }

    private string SerialFile => Path.Combine(home.State, "revocations.serial");

    private long LastSeenSerial() => File.Exists(SerialFile)
        ? long.Parse(File.ReadAllText(SerialFile), NumberStyles.None, CultureInfo.InvariantCulture)
        : 0;

    private ImageException Unusable(string why, Exception? inner = null) => new(ImageFault.ImageRevocationsUnusable,
        $"This node's list of revoked images does not hold: {why}. Until it does, no image runs here. The node's admin puts the newest "
        + $"{Path.GetFileName(home.Revocations)} of their organization there ('vantage algorithm revoke' makes it).", inner);
}
