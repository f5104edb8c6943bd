using System.Collections.Immutable;
using System.Text.Json;
using Vantage.DuckDb;
using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Sessions;

namespace Vantage.NodeAgent.Data.Sessions.Planning;

/// <summary>
/// Turns steps into one statement, and says beforehand what comes of it: columns, types, and where each comes from. Pure.
/// </summary>
internal sealed partial class FramePlanner
{
    public const int MaxSteps = 200;
    public const int MaxColumns = 10_000;
    private const int MaxListed = 1_000;

    private readonly IReadOnlyDictionary<string, PlanInput> inputs;
    private readonly List<string> levels = [];
    private readonly List<PlanCheck> checks = [];
    private List<PlanColumn> columns;
    private ImmutableHashSet<Origin> rows;
    private ImmutableHashSet<string> sources;
    private int ids;

    private FramePlanner(PlanInput table, IReadOnlyDictionary<string, PlanInput> inputs, IReadOnlySet<string>? only = null)
    {
        this.inputs = inputs;
        (columns, rows, sources) = (Named(table.Shape), table.Shape.Rows, table.Shape.Sources);
        columns.RemoveAll(column => only?.Contains(column.Name) == false);
        levels.Add(table.Read(columns));
    }

    /// <summary>Whether it is known of each row of each table which rows of sources it is.</summary>
    private bool HasKeys => inputs.Values.All(input => input.HasKeys);

    private string Last => $"s{levels.Count - 1}";

    /// <exception cref="StepsRefused">Which step can't be done, and why.</exception>
    public static FramePlan Plan(IReadOnlyList<FrameStep> steps, string table, IReadOnlyList<PlanInput> inputs)
    {
        if (steps.Count > MaxSteps)
        {
            throw new StepsRefused($"{steps.Count} steps, and a frame takes at most {MaxSteps}. Prepare one frame of another.");
        }

        var (first, labelled) = (inputs.Single(i => i.Label == table), inputs.ToDictionary(i => i.Label, StringComparer.Ordinal));
        var whole = new FramePlanner(first, labelled).DoAll(steps);
        var shape = whole.Finish();
        var parts = FrameParts.Of(steps, shape);
        return new FramePlan([.. parts.Select((part, i) => (parts.Count == 1 ? whole.Query(part, withKeys: true) : Part(part, i == parts.Count - 1), part))], whole.checks, shape);

        string Part(IReadOnlyList<ColumnSchema> part, bool isLast)
        {
            var (needed, narrowed) = FrameParts.Narrow(steps, part);
            return new FramePlanner(first, labelled, needed).DoAll(narrowed).Query(part, withKeys: isLast);
        }
    }

    private FramePlanner DoAll(IReadOnlyList<FrameStep> steps)
    {
        foreach (var (step, number) in steps.Select((step, i) => (step, i + 1)))
        {
            At(number, step, () =>
            {
                Do(step);
                CheckNames();
                return step;
            });
        }

        return this;
    }

    /// <summary>A refusal says which step it is about.</summary>
    public static T At<T>(int number, FrameStep step, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (StepsRefused e)
        {
            throw new StepsRefused($"Step {number} ({Word(step)}): {e.Message}");
        }
    }

    /// <summary>As it is written in a step's <c>do</c>.</summary>
    private static string Word(FrameStep step) => step.GetType().Name[..^"Step".Length].ToLowerInvariant();

    private void Do(FrameStep step)
    {
        switch (step)
        {
            case SelectStep select:
                columns = [.. Distinct(select.Columns).Select(Find)];
                Level($"SELECT n, k, {string.Join(", ", columns.Select(c => c.Id))} FROM {Last}");
                break;
            case FilterStep filter:
                var (condition, named) = Read(filter.Where);
                if (condition.Kind != ValueKind.Truth)
                {
                    throw new StepsRefused($"'where' is a condition, such as age >= 18, and this is {condition.Kind.Words()}.");
                }

                rows = rows.Union(From(named));
                Level($"SELECT * FROM {Last} WHERE {condition.Text}");
                break;
            case DeriveStep derive:
                Derive(derive);
                break;
            case RecodeStep recode:
                Recode(recode);
                break;
            case JoinStep join:
                Join(join);
                break;
            case ImputeStep impute:
                Impute(impute);
                break;
            case ScaleStep scale:
                Scale(scale);
                break;
            case EncodeStep encode:
                Encode(encode);
                break;
            case AggregateStep aggregate:
                Aggregate(aggregate);
                break;
            default:
                throw new InvalidOperationException("The hierarchy is closed.");
        }
    }

    private FrameShape Finish()
    {
        if (columns.Exists(c => string.Equals(c.Name, RowKeys.Column, StringComparison.OrdinalIgnoreCase)))
        {
            throw new StepsRefused($"'{RowKeys.Column}' is a name that the node uses itself. Derive the column by another one.");
        }

        if (columns.GroupBy(c => c.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Skip(1).Any()) is { } alike)
        {
            throw new StepsRefused($"the frame would have columns that differ only in the case of letters: {Listed(alike.Select(c => c.Name))}."
                + " Select one, or derive the other by another name.");
        }

        return new FrameShape([.. columns.Select(c => c.Shape)], rows, sources);
    }

    /// <param name="part">Which of the frame's columns.</param>
    /// <param name="withKeys">And, where it is known, which rows of sources the rows are.</param>
    private string Query(IReadOnlyList<ColumnSchema> part, bool withKeys)
    {
        var with = string.Join(",\n", levels.Select((level, i) => $"s{i} AS {(IsReadTwice(i) ? "" : "NOT ")}MATERIALIZED ({level})"));
        var idOf = columns.ToDictionary(c => c.Name, c => c.Id, StringComparer.Ordinal);
        return $"WITH {with}\nSELECT {string.Join(", ", part.Select(c => $"{idOf[c.Name]} AS {DuckSession.Named(c.Name)}"))}{(withKeys && HasKeys ? $", k AS {DuckSession.Named(RowKeys.Column)}" : "")} FROM {Last} ORDER BY n";
    }

    /// <summary>Such as for a mean and for the rows that are held against it.</summary>
    private bool IsReadTwice(int level) => level + 1 < levels.Count && levels[level + 1].Split($"FROM s{level}").Length > 2;

    private List<PlanColumn> Named(FrameShape shape) => [.. shape.Columns.Select(c => new PlanColumn(c.Name, NewId(), c.Type, c.From, c.Made))];

    private string NewId() => $"c{ids++}";

    private void Level(string query) => levels.Add(query);

    private PlanColumn Find(string name) => columns.Find(c => c.Name == name) ?? throw StepsRefused.NoColumn(name, columns.Select(c => c.Name));

    private PlanColumn FindNumber(string name) => Find(name) is { Type: ColumnType.Number } column ? column
        : throw new StepsRefused($"column '{name}' holds texts, and numbers are needed.");

    private (Sql Sql, IReadOnlyList<string> Named) Read(string text)
    {
        var expression = ExpressionParser.Parse(text);
        return (new ExpressionSql(text, name => Find(name).Sql).Of(expression), [.. expression.Columns.Distinct(StringComparer.Ordinal)]);
    }

    private ImmutableHashSet<Origin> From(IEnumerable<string> names) => [.. names.SelectMany(name => Find(name).From)];

    /// <summary>What a row's own values give by the same words is the same in every frame; null where it is not known of one of them.</summary>
    private static string? Made(FrameStep step, params IReadOnlyList<PlanColumn> of) => of.Any(c => c.Made is null) ? null
        : Digest.OfText(string.Join('\n', [JsonSerializer.Serialize(step, SessionsJson.Default.FrameStep), .. of.Select(c => $"{c.Name} {c.Made}")])).ToString();

    /// <summary>Adds columns that are computed of the row, in the place of those of the same name.</summary>
    private void Put(params IReadOnlyList<(PlanColumn Column, string Sql)> added)
    {
        Level($"SELECT *, {string.Join(", ", added.Select(a => $"{a.Sql} AS {a.Column.Id}"))} FROM {Last}");
        foreach (var (column, _) in added)
        {
            var place = columns.FindIndex(c => c.Name == column.Name);
            if (place >= 0)
            {
                columns[place] = column;
            }
            else
            {
                columns.Add(column);
            }
        }
    }

    private void CheckNames()
    {
        if (columns.Count > MaxColumns)
        {
            throw new StepsRefused($"{columns.Count} columns, and a frame has at most {MaxColumns}. Select those that are needed.");
        }
    }

    private static string New(string name) => name.Length is > 0 and <= 200 && !name.Any(char.IsControl) ? name
        : throw new StepsRefused("a column's name has 1 to 200 characters, and no control characters.");

    private static IReadOnlyList<string> Distinct(IReadOnlyList<string> names) => names switch
    {
        [] => throw new StepsRefused("no column is named."),
        { Count: > MaxColumns } => throw new StepsRefused($"{names.Count} columns are named, at most {MaxColumns} can be."),
        _ when names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice =>
            throw new StepsRefused($"column '{twice.Key}' is named twice."),
        _ => names,
    };

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));
}
