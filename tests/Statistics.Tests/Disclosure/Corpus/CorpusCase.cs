using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Algorithms.Functions;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics;
using Vantage.Tests.Architecture;

namespace Statistics.Tests.Disclosure.Corpus;

/// <summary>An output as some function might give it, and what has to become of it. A line of the corpus.</summary>
internal sealed record CorpusCase
{
    /// <summary>What it is, in words.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about: a rule's name, or why it is harmless.</summary>
    public required string About { get; init; }

    /// <summary>One of schemas.json, or a function of the standard library such as <c>crosstab partial</c>.</summary>
    public required string Schema { get; init; }

    /// <summary>At the site.</summary>
    public required long Rows { get; init; }

    /// <summary>A preset.</summary>
    public required string Rules { get; init; }

    /// <summary>Numbers of the site's own, in place of the preset's.</summary>
    public int? MinimumCell { get; init; }

    public int? Rounding { get; init; }

    public int? Digits { get; init; }

    public int? OutputKiB { get; init; }

    /// <summary>That the run sees.</summary>
    public IReadOnlyList<string> Columns { get; init; } = ["age", "sex", "stage"];

    /// <summary>That the asker gave.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>By a sidecar without hints that somebody signed.</summary>
    public bool Vouched { get; init; }

    /// <summary>As the function gave it: JSON, as text where it is an odd one.</summary>
    public required JsonElement Output { get; init; }

    /// <summary>What leaves, where it passes and may not leave as it is.</summary>
    public JsonElement? Leaves { get; init; }

    public static IReadOnlyList<CorpusCase> Read(string file) =>
        [.. Checkout.Read($"tests/Statistics.Tests/Disclosure/Corpus/{file}.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<CorpusCase>(line, Strict)!)];

    public OutputVerdict Judge()
    {
        var rules = Rules == "acro" ? DisclosureRules.Acro : DisclosureRules.DataShield;
        if ((MinimumCell ?? Rounding ?? Digits ?? OutputKiB) is not null)
        {
            rules = rules with
            {
                Preset = DisclosurePreset.Custom,
                MinimumCell = MinimumCell ?? rules.MinimumCell,
                Rounding = Rounding ?? rules.Rounding,
                Digits = Digits ?? rules.Digits,
                OutputKiB = OutputKiB ?? rules.OutputKiB,
            };
        }

        var isOwn = Schemas.TryGetProperty(Schema, out var schema);
        var facts = new OutputFacts(rules, Rows, Columns.ToHashSet(StringComparer.Ordinal))
        {
            // Code that is not the node's own has nine digits.
            Digits = isOwn ? Math.Min(9, rules.Digits) : rules.Digits,
            IsVouched = Vouched,
        };
        var asked = Arguments?.GetRawText() ?? JsonSerializer.Serialize(new { columns = Columns });
        return OutputFilter.Judge(isOwn ? schema : Standard(Schema), Output, facts.Knowing(Encoding.UTF8.GetBytes(asked)));
    }

    private static JsonElement Standard(string name)
    {
        var words = name.Split(' ');
        return Filter.Schema.Of(StandardLibrary.Algorithms.Algorithms.Single(a => a.Name == words[0])
            .Functions.OfType<SiteFunction>().Single(f => f.Name == words[1]));
    }

    private static readonly JsonElement Schemas = JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Disclosure/Corpus/schemas.json"));

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
}
