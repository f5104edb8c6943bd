using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Persistence.Embedded;

/// <summary>
/// One Coordinator per data directory. The lock is the open file, so it ends with the process, however that ends.
/// </summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream file;

    private DataDirectoryLock(FileStream file) => this.file = file;

    public static DataDirectoryLock Take(string data)
    {
        var path = Path.Combine(data, "coordinator.lock");
        try
        {
            var opened = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            opened.SetLength(0);
            opened.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            opened.Flush();
            return new DataDirectoryLock(opened);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            throw new StartRefusedException(
                $"Another Coordinator{Holder(path)} works on the data directory {data}. Stop it first, or give this one a "
                + "directory of its own with --data DIR.", ExitCodes.Conflict, e);
        }
    }

    public void Dispose() => file.Dispose();

    private static string Holder(string path)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return int.TryParse(reader.ReadLine(), out var process) ? $" (process {process})" : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
