using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence.Embedded;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Persistence;

/// <summary>Where state is kept.</summary>
/// <param name="Data">
/// The data directory: the embedded database, payloads, keys, the bootstrap token. When it can't be made or written, the
/// Coordinator does not start and names it.
/// </param>
/// <param name="Database">
/// A file with the connection string of a PostgreSQL (15 or later) for production; absent for the embedded one.
/// </param>
internal sealed record PersistenceSettings(string Data, string? Database = null)
{
    public EmbeddedPostgresSettings Embedded { get; init; } = new();

    public IEnumerable<string> Check()
    {
        if (File.Exists(Data))
            yield return $"data: {Data} is a file; a directory is needed.";
        if (Database is not null && !File.Exists(Database))
            yield return $"database: there is no file {Database}; it has to hold the connection string.";
        if (Embedded.Programs is { } programs && !Directory.Exists(programs))
            yield return $"postgresPrograms: there is no directory {programs}.";
    }

    public string ReadDatabase()
    {
        try
        {
            return File.ReadAllText(Database!).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"database: can't read the connection string from {Database}: {e.Message}", ExitCodes.Configuration, e);
        }
    }

    public IDisposable TakeData()
    {
        try
        {
            // An existing directory keeps its mode: whoever made it may have let others in on purpose.
            if (!Directory.Exists(Data))
                UnixFiles.CreateDirectory(Data, UnixFiles.OwnerOnly);
            return DataDirectoryLock.Take(Data);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"data: the data directory {Data} can't be used: {e.Message} Choose another with --data DIR, or give this account "
                + $"({Environment.UserName}) the right to write there.", inner: e);
        }
    }
}
