using System.CommandLine;
using Vantage.Cli.CommandLine;

namespace Vantage.Cli.Sandboxes.Data;

/// <summary>Which files a sandbox is over, and how they are written: for all of them, or for one as <c>SITE=VALUE</c>.</summary>
internal sealed class DataOptions
{
    private static readonly string[] Encodings = ["utf-8", "utf-16", "utf-16BE", "iso-8859-1", "windows-1252"];

    private readonly Option<string[]> data = new("--data")
    {
        Description = "A file (CSV, .parquet, .jsonl or .xlsx), which becomes a site; NAME=FILE names the site; a folder stands for the tables in it. "
            + "Once for each. Files are read where they lie, and never changed.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> delimiter = Declaring("--delimiter", "C", "What stands between cells: one character, or tab. Default: ','");

    private readonly Option<string[]> decimals = Declaring("--decimal", "C", "The decimal separator, . or , (default: '.').");

    private readonly Option<string[]> encoding = Declaring("--encoding", "NAME", $"One of {string.Join(", ", Encodings)}. A byte order mark wins.");

    private readonly Option<string[]> quote = Declaring("--quote", "C", "What cells are quoted with. Default: '\"'");

    private readonly Option<string[]> missing = Declaring("--missing", "CODES",
        "What stands for a missing value, with commas between, such as NA,-9; besides empty cells. Default: NA.");

    private readonly Option<string[]> noHeader = new("--no-header")
    {
        Description = "The first line is a row already; columns are called column1, column2, … With names: of these sites only.",
        HelpName = "SITE",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> textual = Declaring("--text", "COLUMN",
        "A column that holds text, such as a code of digits. By itself a column holds numbers if all its cells read so. Once for each.");

    private readonly Option<string[]> dictionary = Declaring("--dictionary", "FILE", "The dictionary that the data speak (docs/dictionary.md): questions are then about its variables.");

    private readonly Option<string[]> mapping = Declaring("--mapping", "FILE", "How a site's columns become the dictionary's variables. Without it they have its names already.");

    public Option[] All => [data, delimiter, decimals, encoding, quote, missing, textual, noHeader, dictionary, mapping];

    public IReadOnlyList<SiteData> Read(Invocation call)
    {
        var files = SiteNaming.Of(call.Value(data) ?? []);
        var sites = files.Select(file => file.Site).ToList();
        var declared = (Delimiter: Of(delimiter), Decimal: Of(decimals), Encoding: Of(encoding), Quote: Of(quote), Missing: Of(missing));
        var spoken = (Dictionary: Of(dictionary), Mapping: Of(mapping));
        var without = call.Value(noHeader) ?? [];
        if (without.FirstOrDefault(name => !sites.Contains(name)) is { } stranger)
        {
            throw UsageException.Because($"--no-header names '{stranger}', and no site is called so.", $"Sites: {string.Join(", ", sites)}.");
        }

        return [.. files.Select(file => new SiteData(file.Site, file.Path, Checked(new Dialect(
            declared.Delimiter(file.Site) ?? (file.Path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? "tab" : null),
            declared.Decimal(file.Site), declared.Encoding(file.Site), declared.Quote(file.Site),
            declared.Missing(file.Site)?.Split(','),
            !(without.Length == 0 ? call.Has(noHeader) : without.Contains(file.Site)), Texts(file.Site))))
            {
                Dictionary = SpokenDictionary.Of(file.Site, spoken.Dictionary(file.Site), spoken.Mapping(file.Site)),
            })];

        IReadOnlyList<string> Texts(string site) => [.. (call.Value(textual) ?? []).Select(column =>
            column.Split('=', 2) is [var own, { Length: > 0 } name] && sites.Contains(own) ? own == site ? name : null : column)
            .OfType<string>().Distinct()];

        Func<string, string?> Of(Option<string[]> option) => Scoped(call.Value(option) ?? [], sites);
    }

    /// <summary>What holds for a site: said for it alone, or for all. The equals sign counts only after a site's name.</summary>
    internal static Func<string, string?> Scoped(IReadOnlyList<string> texts, IReadOnlyList<string> sites)
    {
        var (own, all) = (new Dictionary<string, string>(), (string?)null);
        foreach (var text in texts)
        {
            if (text.Split('=', 2) is [var site, { Length: > 0 } value] && sites.Contains(site))
            {
                own[site] = value;
            }
            else
            {
                all = text;
            }
        }

        return site => own.GetValueOrDefault(site, all!);
    }

    private static Dialect Checked(Dialect dialect)
    {
        Require(dialect.Delimiter is null or "tab" || IsCharacter(dialect.Delimiter), "--delimiter", dialect.Delimiter, "one ASCII character, or tab");
        Require(dialect.Quote is null || IsCharacter(dialect.Quote), "--quote", dialect.Quote, "one ASCII character");
        Require(dialect.Decimal is null or "." or ",", "--decimal", dialect.Decimal, ". or ,");
        Require(dialect.Encoding is null || Encodings.Contains(dialect.Encoding, StringComparer.OrdinalIgnoreCase),
            "--encoding", dialect.Encoding, $"one of {string.Join(", ", Encodings)}");
        Require(dialect.DelimiterCharacter != dialect.QuoteCharacter, "--quote", dialect.Quote, "another character than --delimiter");
        return dialect;

        static bool IsCharacter(string text) => text is [> ' ' and < '\x7f'] or " ";

        static void Require(bool holds, string option, string? value, string expected)
        {
            if (!holds)
            {
                throw UsageException.Because($"{option} {value} is not {expected}.",
                    "For one site alone write SITE=VALUE; the sites are named as their files are, unless NAME=FILE names them.");
            }
        }
    }

    private static Option<string[]> Declaring(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };
}
