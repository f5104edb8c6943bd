using System.Globalization;
using System.Text;
using Vantage.Cli.CommandLine;

namespace Vantage.Cli.Sandboxes.Data;

/// <summary>
/// Which files, and how their sites are called: <c>NAME=PATH</c> names a site itself, else its file does. A folder stands
/// for the tables in it.
/// </summary>
internal static class SiteNaming
{
    private const int Longest = 60;

    public static IReadOnlyList<(string Site, string Path)> Of(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            throw UsageException.Because("Which files? Each becomes a site.",
                "Add --data FILE for each, or --data FOLDER for all tables in a folder.");
        }

        var given = texts.SelectMany(Files).ToList();
        if (given.GroupBy(file => file.Path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw UsageException.Because($"{twice.Key} is given twice: its rows would count twice.", "Give each file once.");
        }

        if (given.Where(file => file.Name is not null).GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw UsageException.Because($"Two sites are called '{same.Key}'.", "Give each another NAME in --data NAME=FILE.");
        }

        var taken = given.Where(file => file.Name is not null).Select(file => file.Name!)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. given.Select(file => (file.Name ?? Free(Derived(file.Path), taken), file.Path))];
    }

    private static IEnumerable<(string? Name, string Path)> Files(string text)
    {
        if (!File.Exists(text) && !Directory.Exists(text) && text.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } path])
        {
            return Directory.Exists(path)
                ? throw UsageException.Because($"--data {text} names a folder, whose tables are sites of their own.", $"Write --data {path}.")
                : [(Checked(name), Path.GetFullPath(path))];
        }

        return Directory.Exists(text) ? InFolder(text) : [(null, Path.GetFullPath(text))];
    }

    private static List<(string? Name, string Path)> InFolder(string folder)
    {
        List<string> files;
        try
        {
            files = [.. Directory.EnumerateFiles(folder)
                .Where(file => FileFormats.Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
                    && !Path.GetFileName(file).StartsWith('.'))
                .Order(StringComparer.Ordinal)];
        }
        catch (UnauthorizedAccessException)
        {
            throw UsageException.Because($"The folder {folder} can't be read: you may not look into it.", "Check its permissions (ls -ld).");
        }

        return files.Count == 0
            ? throw UsageException.Because($"The folder {folder} holds no {string.Join(" or ", FileFormats.Endings)} file.",
                "Name the files themselves: --data FILE.")
            : [.. files.Select(file => ((string?)null, Path.GetFullPath(file)))];
    }

    private static string Checked(string name) =>
        name == Cleaned(name) && name.Length <= Longest
            ? name
            : throw UsageException.Because($"'{name}' can't be the name of a site.",
                $"Use up to {Longest} letters, digits, '-', '_', '.' and single blanks.");

    private static string Derived(string path)
    {
        var name = Cleaned(Path.GetFileNameWithoutExtension(path));
        return name.Length == 0 ? "site" : name.Length > Longest ? name[..Longest].TrimEnd() : name;
    }

    /// <summary>Names are read by people, typed into options and shown in lists: letters, digits and few signs.</summary>
    private static string Cleaned(string name)
    {
        var clean = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            var keep = Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' or '.' or ' '
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            clean.Append(keep ? rune.ToString() : "-");
        }

        return string.Join(' ', clean.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var i = 2; !taken.Add(free); i++)
        {
            free = $"{name}-{i}";
        }

        return free;
    }
}
