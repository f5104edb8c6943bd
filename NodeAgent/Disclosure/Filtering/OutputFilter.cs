using System.Text.Json;
using Vantage.NodeAgent.Disclosure.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Disclosure.Tables;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>
/// Holds an output against its schema and the node's rules, member by member, and writes anew what may leave: no space, order of
/// members, spelling of a number or evidence of the algorithm's own choice goes out. Pure.
/// </summary>
internal sealed class OutputFilter
{
    private readonly OutputFacts facts;
    private readonly LeafRules leaves;
    private readonly VectorRules vectors;
    private readonly Utf8JsonWriter writer;
    private readonly List<ToldTable> told = [];

    private OutputFilter(OutputFacts facts, Utf8JsonWriter writer)
    {
        (this.facts, this.writer) = (facts, writer);
        leaves = new LeafRules(facts, writer);
        vectors = new VectorRules(facts);
    }

    /// <param name="schema">The function's, with what its members disclose.</param>
    /// <param name="output">What it gave.</param>
    /// <param name="facts">What the node knows of the run.</param>
    public static OutputVerdict Judge(JsonElement schema, JsonElement output, OutputFacts facts)
    {
        if (ResultShape.Misfit(schema, output) is { } misfit)
        {
            return new OutputVerdict.Refused(Rules.Shape, misfit);
        }

        using var memory = new MemoryStream();
        using var json = new Utf8JsonWriter(memory);
        var filter = new OutputFilter(facts, json);
        if (filter.Visit(output, new Place(schema, Place.Read(schema), facts.Rows, "the result")) is { } objection)
        {
            return objection.Rule is { } rule ? new OutputVerdict.Refused(rule, objection.Why) : new OutputVerdict.Undeclared(objection.Why);
        }

        json.Flush();
        return memory.Length > (long)facts.Rules.OutputKiB << 10
            ? new OutputVerdict.Refused(Rules.Size, $"the result is larger than {facts.Rules.OutputKiB} KiB")
            : new OutputVerdict.Passes(memory.ToArray(), filter.leaves.HeldBack) { Told = filter.told };
    }

    private Objection? Visit(JsonElement value, Place place)
    {
        if (place.Keyword("anyOf") is { } choices)
        {
            place = place.Of(choices.EnumerateArray().First(choice => ResultShape.Misfit(choice, value) is null));
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => VisitObject(value, place),
            JsonValueKind.Array => VisitArray(value, place),
            _ => leaves.Write(value, place),
        };
    }

    private Objection? VisitObject(JsonElement value, Place place)
    {
        var members = value.EnumerateObject().Select(member => (member.Name, member.Value, Place: place.Member(member.Name))).ToList();
        foreach (var (_, rows, at) in members.Where(m => m.Place.Kind == DisclosureKind.Rows && m.Value.ValueKind == JsonValueKind.Number))
        {
            if (!rows.TryGetInt64(out var counted) || counted < 0 || counted > facts.Rows)
            {
                return Objection.Odd($"{at.At} is more rows than there are");
            }

            place = place with { Rows = counted, IsRounded = at.Hint!.Rounded };
        }

        if ((Keys([.. members.Where(m => !m.Place.IsListed).Select(m => m.Name)], place)
            ?? (members.Exists(m => !m.Place.IsListed) ? vectors.Spread(value, place) : null)
            ?? ComplementRule.Objection([.. members.Select(m => (m.Value, m.Place with { Rows = place.Rows }))], facts.Rules)) is { } odd)
        {
            return odd;
        }

        writer.WriteStartObject();
        foreach (var (name, inside, at) in members.Where(m => m.Place.Kind != DisclosureKind.Evidence))
        {
            if (at.Kind == DisclosureKind.Tables)
            {
                if (ToldTables.Objection(inside, at, facts, told) is { } unfit)
                {
                    return unfit;
                }

                continue;
            }

            writer.WritePropertyName(name);
            var here = at with { Rows = place.Rows, IsRounded = place.IsRounded };
            if ((EvidenceRules.Objection(value, inside, here, facts) ?? Visit(inside, here)) is { } objection)
            {
                return objection;
            }
        }

        writer.WriteEndObject();
        return null;
    }

    /// <summary>Names that no schema lists are made by the function: columns, the asker's own words, or levels of a category.</summary>
    private Objection? Keys(List<string> names, Place place)
    {
        var made = names.Where(name => !facts.Knows(name)).ToList();
        return made.Select(name => TextRules.Objection(name, $"a member's name in {place.At}")).FirstOrDefault(found => found is not null)
            ?? (made.Count > 0 && facts.Rules.AgainstLevels(place.Rows, made.Count) is { } rule
                ? new Objection(rule, $"{place.At} has too many members with names of its own") : null);
    }

    private Objection? VisitArray(JsonElement value, Place place)
    {
        if ((vectors.Objection(value, place) ?? ComplementRule.Objection(value, place) ?? GroupsRule.Objection(value, place, facts)) is { } objection)
        {
            return objection;
        }

        writer.WriteStartArray();
        foreach (var item in value.EnumerateArray())
        {
            if (Visit(item, place.Item()) is { } inside)
            {
                return inside;
            }
        }

        writer.WriteEndArray();
        return null;
    }
}
