using System.Globalization;

namespace Vantage.NodeAgent.Data.Omop;

/// <summary>
/// The statement that makes the table, and what goes into it. Its text is made of this file's words and of places' numbers:
/// whatever node.yaml says, names of schemas and concepts alike, comes as settings of the transaction, by parameters.
/// </summary>
internal static class OmopSql
{
    private const string Prefix = "vantage.omop_";

    /// <summary>The lines of a concept set, by what they do.</summary>
    private static readonly (string Name, Func<OmopConcept, bool> Belongs)[] Kinds =
    [
        ("", concept => concept is { IsExcluded: false, WithDescendants: true }),
        ("_one", concept => concept is { IsExcluded: false, WithDescendants: false }),
        ("_not", concept => concept is { IsExcluded: true, WithDescendants: true }),
        ("_not_one", concept => concept is { IsExcluded: true, WithDescendants: false }),
    ];

    /// <summary>Of what the statement reads.</summary>
    public static IReadOnlyDictionary<string, string> Settings(OmopTable table)
    {
        var settings = new Dictionary<string, string>
        {
            ["search_path"] = string.Join(", ", new[] { table.Schema, table.Vocabulary }.OfType<string>().Distinct().Select(Quoted)),
            [Prefix + "prior"] = Whole(table.Cohort?.PriorDays ?? 0),
        };
        if (table.Cohort is { } cohort)
        {
            AddConcepts("cohort", cohort.Concepts);
        }

        foreach (var (i, column) in table.Columns.Index())
        {
            AddConcepts($"c{i}", column.Concepts);
            settings[$"{Prefix}from{i}"] = Whole(column.From);
            settings[$"{Prefix}to{i}"] = Whole(column.To);
            settings[$"{Prefix}unit{i}"] = column.Unit is { } unit ? Whole(unit) : "";
        }

        return settings;

        void AddConcepts(string name, IReadOnlyList<OmopConcept> concepts)
        {
            foreach (var (kind, belongs) in Kinds)
            {
                settings[Prefix + name + kind] = Array(concepts.Where(belongs).Select(concept => concept.Id));
            }
        }
    }

    /// <summary>The first concept that the vocabulary does not have; no row if it has all.</summary>
    /// <remarks>$1: all concepts that are named.</remarks>
    public const string Unknown = "SELECT id FROM unnest($1) AS id WHERE id NOT IN (SELECT concept_id FROM concept) ORDER BY id LIMIT 1";

    public static int[] Concepts(OmopTable table) =>
        [.. (table.Cohort?.Concepts ?? []).Concat(table.Columns.SelectMany(c => c.Concepts)).Select(concept => concept.Id).Concat(table.Columns.Select(c => c.Unit).OfType<int>()).Distinct()];

    /// <summary>No person's id, and no date: what leaves the CDM is counted from the index day.</summary>
    public static string Of(OmopTable table) => $"""
        WITH entry AS ({Entry(table.Cohort)}),
        who AS (
            SELECT DISTINCT ON (p.person_id) p.person_id, e.at, p.gender_concept_id, p.year_of_birth, p.month_of_birth, p.day_of_birth,
                o.observation_period_start_date AS since, o.observation_period_end_date AS till
            FROM entry e
            JOIN person p ON p.person_id = e.person_id
            JOIN observation_period o ON o.person_id = p.person_id AND e.at BETWEEN o.observation_period_start_date AND o.observation_period_end_date
            WHERE e.at - o.observation_period_start_date >= {Setting("prior")}::integer
            ORDER BY p.person_id, o.observation_period_start_date),
        dead AS (SELECT person_id, min(death_date) AS at FROM death GROUP BY person_id){string.Concat(table.Columns.Select(Values))}
        SELECT extract(year FROM w.at)::integer - w.year_of_birth
                - CASE WHEN (extract(month FROM w.at), extract(day FROM w.at)) < (w.month_of_birth, coalesce(w.day_of_birth, 1)) THEN 1 ELSE 0 END AS age,
            CASE WHEN w.gender_concept_id > 0 THEN lower(g.concept_name) END AS sex,
            w.at - w.since AS prior_days,
            least(w.till, d.at) - w.at AS followup_days,
            d.at IS NOT NULL AS died{string.Concat(table.Columns.Select(Shown))}
        FROM who w
        LEFT JOIN concept g ON g.concept_id = w.gender_concept_id
        LEFT JOIN dead d ON d.person_id = w.person_id AND d.at BETWEEN w.at AND w.till{string.Concat(table.Columns.Select((_, i) => $"\n        LEFT JOIN f{i} ON f{i}.person_id = w.person_id"))}
        """;

    private static string Entry(OmopCohort? cohort) => cohort is null
        ? "SELECT person_id, min(observation_period_start_date) AS at FROM observation_period GROUP BY person_id"
        : $"SELECT person_id, {(cohort.IsLast ? "max" : "min")}({cohort.Table.Date}) AS at FROM {cohort.Table.Table}"
            + $" WHERE {cohort.Table.Concept} IN ({Members("cohort")}) GROUP BY person_id";

    private static string Values(OmopColumn column, int i) => $"""
        ,
        f{i} AS (
            SELECT w.person_id, {Aggregate(column)} AS value
            FROM who w JOIN {column.Table.Table} t ON t.person_id = w.person_id
            WHERE t.{column.Table.Concept} IN ({Members($"c{i}")})
                AND t.{column.Table.Date} BETWEEN w.at + {Setting($"from{i}")}::integer AND w.at + {Setting($"to{i}")}::integer{Unit(column, i)}
            GROUP BY w.person_id)
        """;

    private static string Unit(OmopColumn column, int i) => column.Unit is null ? "" : $" AND t.unit_concept_id = {Setting($"unit{i}")}::integer";

    private static string Aggregate(OmopColumn column) => column.Value switch
    {
        OmopValue.Any => "1",
        OmopValue.Count => "count(*)",
        OmopValue.First => Foremost(column.Table, ""),
        OmopValue.Last => Foremost(column.Table, " DESC"),
        OmopValue.Mean => "avg(t.value_as_number)",
        OmopValue.Min => "min(t.value_as_number)",
        OmopValue.Max => "max(t.value_as_number)",
        _ => throw new InvalidOperationException($"No sum of {column.Value}."),
    };

    private static string Foremost(CdmTable table, string order) =>
        $"(array_agg(t.value_as_number ORDER BY t.{table.Date}{order}, t.{table.Key}{order}) FILTER (WHERE t.value_as_number IS NOT NULL))[1]";

    /// <summary>Names are checked to be plain when node.yaml is read.</summary>
    private static string Shown(OmopColumn column, int i) =>
        $",\n            {(column.Value is OmopValue.Any or OmopValue.Count ? $"coalesce(f{i}.value, 0)" : $"f{i}.value")} AS {Quoted(column.Name)}";

    private static string Members(string setting) =>
        $"({Tree(setting)} UNION {Each($"{setting}_one")}) EXCEPT ({Tree($"{setting}_not")} UNION {Each($"{setting}_not_one")})";

    /// <summary>A concept is among its own descendants, also where the vocabulary does not say so.</summary>
    private static string Tree(string setting) =>
        $"SELECT descendant_concept_id FROM concept_ancestor WHERE ancestor_concept_id = ANY ({Setting(setting)}::integer[]) UNION {Each(setting)}";

    private static string Each(string setting) => $"SELECT unnest({Setting(setting)}::integer[])";

    private static string Setting(string name) => $"current_setting('{Prefix}{name}')";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Array(IEnumerable<int> numbers) => $"{{{string.Join(',', numbers.Select(Whole))}}}";

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
