using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Vantage.Coordinator.Persistence;

/// <summary>One numbered SQL file. A file that has landed never changes: a later number corrects it.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    private const string Folder = "Migrations/";

    /// <summary>SHA-256 of the text with plain line ends, so that a checkout on Windows is the same migration.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The migrations in this program, in order.</summary>
    public static IReadOnlyList<Migration> Embedded { get; } = Load();

    private static List<Migration> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var migrations = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name =>
            {
                using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var file = name[Folder.Length..^".sql".Length];
                return new Migration(int.Parse(file[..4]), file, text.ReadToEnd());
            })
            .OrderBy(migration => migration.Number)
            .ToList();
        return migrations.DistinctBy(migration => migration.Number).Count() == migrations.Count
            ? migrations
            : throw new InvalidOperationException("Two migrations carry the same number.");
    }
}
