using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.Protocol.Sessions;

namespace Vantage.NodeAgent.Data.Sessions.Planning;

/// <summary>
/// Which columns steps take of each table, as far as that can be told before the table is seen: of other tables what is
/// joined, of the first what is named until a step says which columns stay. Nothing else is read, or asked of the policy.
/// </summary>
internal static class NeededColumns
{
    /// <summary>By label; a label is absent where all columns are taken.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(IReadOnlyList<FrameStep> steps, string table)
    {
        var needed = steps.OfType<JoinStep>().Where(join => join.With != table).GroupBy(join => join.With, StringComparer.Ordinal).ToDictionary(
            group => group.Key, group => (IReadOnlyList<string>)[.. group.SelectMany(join => join.On.Concat(join.Take)).Distinct(StringComparer.Ordinal)],
            StringComparer.Ordinal);
        if (!steps.OfType<JoinStep>().Any(join => join.With == table) && OfFirst(steps) is { } first)
        {
            needed[table] = first;
        }

        return needed;
    }

    private static List<string>? OfFirst(IReadOnlyList<FrameStep> steps)
    {
        var (named, made) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (place, step) in steps.Index())
        {
            named.AddRange(FramePlanner.At(place + 1, step, () => Named(step).ToList()).Where(name => !made.Contains(name) && !named.Contains(name)));
            switch (step)
            {
                case SelectStep or AggregateStep:
                    return named;
                case DeriveStep derive:
                    made.Add(derive.Column);
                    break;
                case JoinStep join:
                    made.UnionWith(join.Take);
                    break;
                case EncodeStep encode:
                    made.UnionWith(encode.Levels.Select(level => $"{encode.Column}_{level.Text ?? level.Number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}"));
                    break;
            }
        }

        return null;
    }

    /// <summary>Columns that a step names, but for those that it takes of another table.</summary>
    public static IEnumerable<string> Named(FrameStep step) => step switch
    {
        SelectStep select => select.Columns,
        FilterStep filter => ExpressionParser.Parse(filter.Where).Columns,
        DeriveStep derive => ExpressionParser.Parse(derive.As).Columns,
        RecodeStep recode => [recode.Column],
        JoinStep join => join.On,
        ImputeStep impute => impute.Columns,
        ScaleStep scale => [scale.Column],
        EncodeStep encode => [encode.Column],
        AggregateStep aggregate => aggregate.By.Concat(aggregate.Values.Select(value => value.From).OfType<string>()),
        _ => [],
    };
}
