using System.Text;
using Vantage.NodeAgent.Runs.Storage;

namespace Vantage.NodeAgent.Gateway;

/// <summary>
/// What a run said, up to a cap; how much was dropped stands at its end. Control characters other than line ends and
/// tabs are replaced, so that a log can't move the cursor of who reads it.
/// </summary>
internal sealed class RunLog(string path, long cap) : IDisposable
{
    private readonly Lock gate = new();
    private FileStream? file;
    private long written;
    private long dropped;
    private bool closed;

    /// <summary>Gets every text as it is taken, for whoever listens while the run goes on.</summary>
    public Action<string>? Heard { get; init; }

    public string Path => path;

    public bool HasLines => written > 0;

    /// <summary>Takes as much as there is room for. False when something was dropped.</summary>
    public bool Append(ReadOnlySpan<byte> text)
    {
        lock (gate)
        {
            if (closed)
            {
                return false;
            }

            var taken = (int)Math.Min(cap - written, text.Length);
            dropped += text.Length - taken;
            if (taken > 0)
            {
                file ??= Durable.CreateFile(path);
                var clean = text[..taken].ToArray();
                Clean(clean);
                file.Write(clean);
                Heard?.Invoke(Encoding.UTF8.GetString(clean));
                written += taken;
            }

            return taken == text.Length;
        }
    }

    /// <summary>Nothing is taken afterwards.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (!closed && dropped > 0)
            {
                file?.Write(Encoding.UTF8.GetBytes($"\n[{dropped} more bytes were dropped: a run may log {cap}]\n"));
            }

            closed = true;
            file?.Dispose();
        }
    }

    private static void Clean(Span<byte> text)
    {
        foreach (ref var c in text)
        {
            if (c is < 0x20 and not ((byte)'\n' or (byte)'\t') or 0x7f)
            {
                c = (byte)'?';
            }
        }
    }
}
