using Vantage.Cli.Programs;

namespace Vantage.Cli.Algorithms.Authoring;

/// <summary>The libraries that a .NET algorithm is built on, taken from the worker that is installed beside this command.</summary>
internal static class DotNetKit
{
    private static readonly string[] Libraries = ["Vantage.Algorithms", "Vantage.Protocol", "Vantage.Statistics", "Vantage.Worker", "CsvHelper"];

    public static void Copy(string to)
    {
        var from = Path.GetDirectoryName(ProgramFinder.Worker.Find(null, AppContext.BaseDirectory))!;
        Directory.CreateDirectory(to);
        foreach (var file in Libraries.SelectMany(library => new[] { library + ".dll", library + ".xml" }))
        {
            if (File.Exists(Path.Combine(from, file)))
            {
                File.Copy(Path.Combine(from, file), Path.Combine(to, file));
            }
        }
    }
}
