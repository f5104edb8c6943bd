using Vantage.NodeAgent.Gateway;

namespace Vantage.NodeAgent.Runtimes.Docker;

/// <summary>
/// What a run in a container has outside of its work directory and of the engine: the short way to its Gateway's socket. A
/// line in the work directory says where, for a node that starts after this one was killed.
/// </summary>
internal static class LeftSocket
{
    public const string FileName = "container";

    public static void Mark(RuntimeJob job) => File.WriteAllText(Path.Combine(job.WorkDirectory, FileName), job.SocketFolder);

    /// <summary>How many runs had such a line.</summary>
    public static int Sweep(string workRoot)
    {
        if (!Directory.Exists(workRoot))
        {
            return 0;
        }

        var marks = Directory.EnumerateDirectories(workRoot)
            .Select(folder => Path.Combine(folder, FileName))
            .Where(File.Exists)
            .ToList();
        foreach (var mark in marks)
        {
            RunSocket.RemoveLeft(File.ReadAllText(mark));
        }

        return marks.Count;
    }
}
