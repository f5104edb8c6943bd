namespace Vantage.NodeAgent.Data;

/// <summary>What holds for the making of every snapshot, whatever it is of.</summary>
internal static class Snapshots
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead;

    /// <summary>A fault leaves no file behind, and one of the data's own is an answer.</summary>
    public static Task<Extraction> TakeAsync(string path, Func<Snapshot> take, CancellationToken cancellationToken) =>
        TakeAsync(path, () => Task.FromResult(take()), cancellationToken);

    /// <inheritdoc cref="TakeAsync(string, Func{Snapshot}, CancellationToken)"/>
    public static async Task<Extraction> TakeAsync(string path, Func<Task<Snapshot>> take, CancellationToken cancellationToken)
    {
        try
        {
            // Parsing is work for a processor, not for a thread that others await on.
            return new Extraction.Done(await Task.Run(take, cancellationToken));
        }
        catch (SourceException e)
        {
            File.Delete(path);
            return new Extraction.Failed(e.Code, e.Message);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>From now on nobody writes to it.</summary>
    public static void Finish(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, ReadOnly);
        }
    }
}
