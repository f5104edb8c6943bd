using System.Text.Json;
using Vantage.NodeAgent.Data.Files;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Json;

/// <summary>Which columns JSON lines have: every name that is in any of them, in the order in which they appear, and what it holds.</summary>
internal sealed class JsonColumns
{
    private const int Most = 100_000;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private readonly List<Held> held = [];

    private JsonColumns() { }

    [Flags]
    private enum Held
    {
        Nothing = 0,
        Numbers = 1,
        Texts = 2,
        Lists = 4,
        Structures = 8,
    }

    public IReadOnlyList<string> Names => names;

    /// <summary>Of columns that hold texts or were declared: digits in quotes are a text.</summary>
    public IReadOnlyDictionary<string, ColumnType> Types { get; private set; } = new Dictionary<string, ColumnType>();

    /// <summary>Columns that hold no cells, and what they do.</summary>
    public IReadOnlyDictionary<string, string> Nested { get; private set; } = new Dictionary<string, string>();

    /// <summary>Reads all files to their ends.</summary>
    public static JsonColumns Find(JsonLinesSettings settings, JsonFaults faults, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var found = new JsonColumns();
        foreach (var file in files)
        {
            using var content = FileSources.Open(faults, file);
            using var lines = new JsonLines(file, content, faults);
            while (lines.Read() is { } row)
            {
                cancellationToken.ThrowIfCancellationRequested();
                found.Look(row, lines, settings, faults);
            }
        }

        if (found.names.Count == 0)
        {
            found.names.AddRange(settings.Types.Count > 0 ? settings.Types.Keys : throw faults.NoLines());
            found.held.AddRange(found.names.Select(_ => Held.Nothing));
        }

        var all = found.names.Zip(found.held).ToList();
        found.Types = all.Where(c => c.Second.HasFlag(Held.Texts)).Select(c => KeyValuePair.Create(c.First, ColumnType.Text))
            .Where(text => !settings.Types.ContainsKey(text.Key)).Concat(settings.Types).ToDictionary(StringComparer.Ordinal);
        found.Nested = all.Where(c => c.Second >= Held.Lists).ToDictionary(c => c.First, c => c.Second.HasFlag(Held.Structures) ? "structures" : "lists", StringComparer.Ordinal);
        return found;
    }

    /// <summary>Lines mostly have the same names in the same order.</summary>
    /// <returns>Less than 0 if there is none.</returns>
    public int Place(JsonProperty property, int likely) =>
        likely < names.Count && property.NameEquals(names[likely]) ? likely : places.GetValueOrDefault(property.Name, -1);

    private void Look(JsonElement row, JsonLines lines, JsonLinesSettings settings, JsonFaults faults)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw faults.NoObject(lines.Here);
        }

        var likely = 0;
        foreach (var property in row.EnumerateObject())
        {
            var place = Known(property, likely, lines, faults);
            held[place] |= property.Value.ValueKind switch
            {
                JsonValueKind.Null => Held.Nothing,
                JsonValueKind.Array => Held.Lists,
                JsonValueKind.Object => Held.Structures,
                JsonValueKind.String => IsMissing(property.Value, settings) ? Held.Nothing : Held.Texts,
                _ => Held.Numbers,
            };
            likely = place + 1;
        }
    }

    private int Known(JsonProperty property, int likely, JsonLines lines, JsonFaults faults)
    {
        try
        {
            if (Place(property, likely) is >= 0 and var place)
            {
                return place;
            }

            var name = property.Name;
            return name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) ? throw faults.NoName(lines.Here)
                : names.Count == Most ? throw faults.TooManyColumns(lines.Here, Most)
                : Add(name);
        }
        catch (InvalidOperationException)
        {
            throw faults.NoName(lines.Here);
        }
    }

    private int Add(string name)
    {
        places[name] = names.Count;
        names.Add(name);
        held.Add(Held.Nothing);
        return names.Count - 1;
    }

    /// <summary>An empty text is missing too.</summary>
    private static bool IsMissing(JsonElement text, JsonLinesSettings settings)
    {
        if (text.ValueEquals(""u8))
        {
            return true;
        }

        foreach (var code in settings.Missing)
        {
            if (text.ValueEquals(code))
            {
                return true;
            }
        }

        return false;
    }
}
