using Vantage.Tests.Architecture;
using Vantage.Tests.Worker;

namespace Vantage.Tests.Kits;

/// <summary>
/// The conformance program of each language as an author has it: one file, the kit beside it, executable. Made once, since
/// they never change.
/// </summary>
internal static class Kit
{
    private const string Framed = ", framed";

    private static readonly Lazy<string> Python = new(() => Lay("conformance.py", "python/vantage_algorithm", "vantage_algorithm"));
    private static readonly Lazy<string> R = new(() => Lay("conformance.R", "r-algorithm/R", "kit"));

    /// <summary>In the order in which a failure is easiest to understand.</summary>
    public static TheoryData<string> Languages => ["dotnet", "python", "r"];

    /// <summary>The same over standard streams: the kit speaks to its Gateway in another way, and nothing else is different.</summary>
    public static TheoryData<string> Ways => [.. Languages.SelectMany(language => new[] { language.Data, language.Data + Framed })];

    public static bool IsFramed(string way) => way.EndsWith(Framed, StringComparison.Ordinal);

    public static string Program(string way) => way.Replace(Framed, "", StringComparison.Ordinal) switch
    {
        "dotnet" => WorkerProcess.Testing,
        "python" => Python.Value,
        "r" => R.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, "There is no such kit."),
    };

    /// <summary>Each language and each of some values.</summary>
    public static TheoryData<string, T> Times<T>(params IEnumerable<T> values) =>
        [.. from language in Languages from value in values select (language.Data, value)];

    private static string Lay(string program, string kit, string folder)
    {
        var root = Directory.CreateDirectory(Path.Combine(Checkout.PathOf("artifacts"), "kits", Path.GetExtension(program)[1..])).FullName;
        Directory.Delete(root, recursive: true);
        var beside = Directory.CreateDirectory(Path.Combine(root, folder)).FullName;
        foreach (var file in Directory.EnumerateFiles(Checkout.PathOf($"Algorithms.Sdk/{kit}")))
            File.Copy(file, Path.Combine(beside, Path.GetFileName(file)));
        var laid = Path.Combine(root, program);
        File.Copy(Checkout.PathOf($"tests/Vantage.Tests/Kits/Programs/{program}"), laid);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(laid, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return laid;
    }
}
