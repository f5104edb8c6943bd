using System.Text.Json;

namespace Vantage.NodeAgent.Data.Fhir;

/// <summary>
/// Where a column's cell stands in a resource: names with dots between them, and behind a list's name which of its items,
/// by place (<c>[0]</c>) or by what one of its fields holds (<c>[system=http://loinc.org]</c>). As FHIRPath writes it, and
/// no more of FHIRPath than this.
/// </summary>
internal sealed class FhirPath
{
    private readonly IReadOnlyList<Step> steps;

    private FhirPath(string text, IReadOnlyList<Step> steps) => (Text, this.steps) = (text, steps);

    public string Text { get; }

    /// <summary>Null for what is none.</summary>
    public static FhirPath? Parse(string text)
    {
        var found = new List<Step>();
        var rest = text.AsSpan();
        while (true)
        {
            var end = rest.IndexOfAny('.', '[');
            var name = end < 0 ? rest : rest[..end];
            if (name.IsEmpty || name.ContainsAnyExcept(Names))
            {
                return null;
            }

            rest = end < 0 ? [] : rest[end..];
            var which = new List<Which>();
            while (rest is ['[', ..])
            {
                var close = rest.IndexOf(']');
                if (close < 0 || Which.Parse(rest[1..close]) is not { } one)
                {
                    return null;
                }

                which.Add(one);
                rest = rest[(close + 1)..];
            }

            found.Add(new(name.ToString(), which));
            if (rest.IsEmpty)
            {
                return new(text, found);
            }

            if (rest[0] != '.')
            {
                return null;
            }

            rest = rest[1..];
        }
    }

    /// <summary>What stands there; nothing if the path ends before.</summary>
    /// <param name="resource">A resource.</param>
    /// <param name="fault">Why there is no one thing there, in words; null if there is, or nothing.</param>
    public JsonElement? Find(JsonElement resource, out string? fault)
    {
        fault = null;
        var here = resource;
        foreach (var step in steps)
        {
            if (here.ValueKind != JsonValueKind.Object)
            {
                fault = here.ValueKind == JsonValueKind.Array ? $"a list stands before '{step.Name}', and the path does not say which of its items: [0], or [field=value]"
                    : $"no structure stands before '{step.Name}'";
                return null;
            }

            if (!here.TryGetProperty(step.Name, out here))
            {
                return null;
            }

            foreach (var which in step.Which)
            {
                if (which.Choose(here, step.Name, out fault) is not { } chosen)
                {
                    return null;
                }

                here = chosen;
            }
        }

        return here;
    }

    private static readonly System.Buffers.SearchValues<char> Names =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private sealed record Step(string Name, IReadOnlyList<Which> Which);
}
