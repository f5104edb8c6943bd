using Vantage.DuckDb;
using Vantage.NodeAgent.Data.DuckDb;
using Vantage.NodeAgent.Data.Sessions.Keeping;
using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Data.Sessions;

/// <summary>Carries a plan out, in DuckDB, within the memory and disk that the task asked for.</summary>
internal sealed class FrameMaker(FrameShelf shelf)
{
    /// <summary>Less is not enough to read a row of the size that sources may have.</summary>
    private const int FewestMiB = 256;

    /// <summary>Writes the rows into a folder of the shelf's. A fault leaves nothing behind.</summary>
    /// <exception cref="SourceException">In words for the asker.</exception>
    public (string Folder, long Rows, long Bytes, Digest Content) Make(
        FramePlan plan, IReadOnlyList<PlanInput> inputs, ResourceRequest resources, CancellationToken cancellationToken)
    {
        var folder = shelf.Make();
        try
        {
            var path = Path.Combine(folder, FrameShelf.Rows);
            long rows;
            // One thread: sums then come out the same each time, to the last bit.
            var caps = new DuckCaps(Math.Max(resources.MemoryMiB, FewestMiB), Threads: 1, resources.DiskMiB);
            using (var session = new DuckSession(caps, [.. CsvParts.Files(path, plan.Parts.Count), .. inputs.Select(i => i.Path)], Path.Combine(folder, "spill"), cancellationToken))
            {
                Check(plan, session);
                rows = CsvParts.Write(session, plan.Parts, path);
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead);
            }

            if (Directory.Exists(Path.Combine(folder, "spill")))
            {
                Directory.Delete(Path.Combine(folder, "spill"), recursive: true);
            }

            Durable.FlushFolder(folder);
            using var made = File.OpenRead(path);
            return (folder, rows, made.Length, Digest.Of(made, cancellationToken));
        }
        catch (DuckException e)
        {
            Directory.Delete(folder, recursive: true);
            throw Fault(e, resources);
        }
        catch (DllNotFoundException)
        {
            Directory.Delete(folder, recursive: true);
            throw new SourceException(RunCodes.DataUnavailable, DuckLibrary.Absence);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>A frame as a source: read, checked and copied like any other.</summary>
    public static IDataSource Open(KeptFrame frame) => new Csv.CsvSource(new Csv.CsvSourceSettings
    {
        Id = frame.Record.Name,
        Path = frame.Path,
        Missing = [],
        Types = frame.Record.Shape.Columns.ToDictionary(c => c.Name, c => c.Type, StringComparer.Ordinal),
    });

    private static void Check(FramePlan plan, DuckSession session)
    {
        foreach (var check in plan.Checks)
        {
            using var found = session.Read(check.Query);
            if (found.Next())
            {
                throw new SourceException(RunCodes.DataInvalid, check.Problem);
            }
        }
    }

    /// <summary>What DuckDB says may quote cells, and is not passed on.</summary>
    private static SourceException Fault(DuckException fault, ResourceRequest resources) =>
        fault.Message.Contains("Out of Memory", StringComparison.OrdinalIgnoreCase) || fault.Message.Contains("max_temp_directory_size", StringComparison.Ordinal)
            ? new(RunCodes.MemoryLimit, $"The steps take more than the {resources.MemoryMiB} MiB of memory and {resources.DiskMiB} MiB of disk that the task asked for."
                + " Select fewer columns first, or ask for more.")
            : new(RunCodes.DataInvalid, "The steps could not be done on this site's data.");
}
