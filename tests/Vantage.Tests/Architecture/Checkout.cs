namespace Vantage.Tests.Architecture;

/// <summary>The repository that these tests were built from, as files.</summary>
internal static class Checkout
{
    private static readonly string[] NotSources = [".git", "artifacts", "node_modules", "dist", "bin", "obj", ".cache"];

    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>Every source file, relative to the root, with forward slashes.</summary>
    public static IEnumerable<string> Files(params string[] extensions) =>
        Walk(new DirectoryInfo(Root))
            .Where(file => extensions.Length == 0 || extensions.Contains(file.Extension))
            .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(
            folder.EnumerateDirectories().Where(child => !NotSources.Contains(child.Name)).SelectMany(Walk));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Vantage.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Vantage.sln above {AppContext.BaseDirectory}: run the tests where they were built.");
    }
}
