using System.Reflection;

namespace Vantage.Cli.Algorithms.Authoring;

/// <summary>The files of a new algorithm, which lie inside this command.</summary>
internal static class Template
{
    private const string Root = "template/";
    private const string Hidden = ".txt";

    public static void Write(string language, string name, string folder)
    {
        var own = Assembly.GetExecutingAssembly();
        foreach (var resource in own.GetManifestResourceNames())
        {
            var path = resource.Replace('\\', '/');
            if (!path.StartsWith($"{Root}{language}/", StringComparison.Ordinal))
            {
                continue;
            }

            using var reader = new StreamReader(own.GetManifestResourceStream(resource)!);
            var target = Path.Combine(folder, Fill(FileOf(path[$"{Root}{language}/".Length..]), name));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, Fill(reader.ReadToEnd(), name).Replace("\r\n", "\n", StringComparison.Ordinal));
            if (!OperatingSystem.IsWindows() && Path.GetFileName(target) is "algorithm.py" or "algorithm.R" or "image.sh")
            {
                File.SetUnixFileMode(target, File.GetUnixFileMode(target) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            }
        }
    }

    /// <summary>What would be compiled into this command carries another ending here.</summary>
    private static string FileOf(string path) => path.EndsWith(Hidden, StringComparison.Ordinal) ? path[..^Hidden.Length] : path;

    private static string Fill(string text, string name) => text
        .Replace("__NAME__", name, StringComparison.Ordinal)
        .Replace("__CLASS__", string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])), StringComparison.Ordinal);
}
