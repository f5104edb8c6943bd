using System.Globalization;
using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Statements;

namespace Vantage.NodeAgent.Trust;

/// <summary>
/// The roots this node believes: those in <c>pins.jws</c>, signed by its own organization's root, which its admin put there
/// by hand. Read anew when the file changes. A statement that is older than one seen before, or not well signed, changes
/// nothing. Until there is one, nobody is believed.
/// </summary>
internal sealed partial class PinBoard(NodeHome home, TimeProvider time, ILogger<PinBoard> logger) : ITrust
{
    private readonly Lock gate = new();
    private Pins? current;
    private (DateTime Written, long Length)? read;

    /// <summary>Off for one who only looks, perhaps under another account.</summary>
    public bool RemembersSerial { get; init; } = true;

    /// <summary>Why the file as it lies there can't be used; null if it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>The statement in force, if any.</summary>
    public PinStatement? Statement
    {
        get
        {
            lock (gate)
            {
                Refresh();
                return current?.Statement;
            }
        }
    }

    public IReadOnlyList<PinnedRoot> RootsOf(OrganizationId organization)
    {
        lock (gate)
        {
            Refresh();
            return current?.RootsOf(organization) ?? [];
        }
    }

    /// <summary>Pins alone know of no revocation: see <see cref="NodeTrust"/>.</summary>
    public CertificateException? ObjectionTo(Certificate certificate, DateTimeOffset at) => null;

    private void Refresh()
    {
        var file = new FileInfo(home.Pins);
        (DateTime, long)? seen = file.Exists ? (file.LastWriteTimeUtc, file.Length) : null;
        if (read is not null && seen == read)
        {
            return;
        }

        if (seen is null)
        {
            Tell($"There is no {home.Pins}, so this node believes nobody's signature. Get it from your organization's admin, "
                + "who makes it with 'vantage keys pin'.");
            return;
        }

        read = seen;
        try
        {
            var pins = Pins.Verify(File.ReadAllText(home.Pins).Trim(), OwnRoot.Load(home), time.GetUtcNow(), LastSeenSerial());
            Remember(pins.Statement.Serial);
            current = pins;
            Problem = null;
            LogInForce(home.Pins, pins.Statement.Serial, pins.Roots.Count);
        }
        catch (Exception e) when (e is TrustException or CommandFailure or IOException or UnauthorizedAccessException or FormatException)
        {
            Tell($"{home.Pins} can't be used: {e.Message}");
        }
    }

    private void Remember(long serial)
    {
        if (!RemembersSerial || serial <= LastSeenSerial())
        {
            return;
        }

        try
        {
            File.WriteAllText(SerialFile + ".new", serial.ToString(CultureInfo.InvariantCulture));
            File.Move(SerialFile + ".new", SerialFile, overwrite: true);
        }
        catch (IOException e)
        {
            // Refusing everybody because the disk is full would be worse: this process remembers it all the same.
            LogNotRemembered(serial, e.Message);
        }
    }

    private string SerialFile => Path.Combine(home.State, "pins.serial");

    private long LastSeenSerial() => Math.Max(
        current?.Statement.Serial ?? 0,
        File.Exists(SerialFile) ? long.Parse(File.ReadAllText(SerialFile), NumberStyles.None, CultureInfo.InvariantCulture) : 0);

    private void Tell(string problem)
    {
        if (Problem != problem)
        {
            Problem = problem;
            LogProblem(problem, current is null ? "Nothing is pinned" : "The earlier pins stay in force");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{File} is in force: serial {Serial}, {Roots} roots")]
    private partial void LogInForce(string file, long serial, int roots);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Serial {Serial} of the pins could not be written down: {Why}")]
    private partial void LogNotRemembered(long serial, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Problem} {Meanwhile}.")]
    private partial void LogProblem(string problem, string meanwhile);
}
