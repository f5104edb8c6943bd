using System.ComponentModel;
using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Survival;

/// <param name="Formula">In R's notation.</param>
/// <param name="Columns">The columns that it names: no others may be read.</param>
/// <param name="Groups">Whether its terms are groups.</param>
public sealed record SurvivalFrameArguments(
    [property: Description("The formula, in R's notation.")] string Formula,
    [property: ColumnNames]
    [property: Description("The columns that it names.")]
    IReadOnlyList<string> Columns,
    [property: Description("Whether its terms are groups.")] bool Groups) : IArguments
{
    /// <summary>Columns to read as text, which other sites' are; null where types are not known yet.</summary>
    [Description("Columns to read as text, since they hold text at other sites.")]
    public IReadOnlyList<string>? Texts { get; init; }

    /// <inheritdoc/>
    public void Check() => SurvivalQuestion.ThrowIfOtherColumns(Columns, SurvivalQuestion.Parse(Formula, Groups));
}

/// <summary>What a site holds of a formula's columns: the first round, in which sites agree on types and levels.</summary>
/// <param name="Rows">Rows in which none of the columns is missing, under rules the last multiple of the minimum cell.</param>
/// <param name="LeftOut">Rows in which some are, blurred by the site's rules.</param>
/// <param name="Columns">In the order asked for.</param>
/// <param name="Levels">By the factor's label: levels that complete rows have, in no order; those of status and strata too.</param>
/// <param name="TellsTimes">Whether exact times leave the site.</param>
/// <param name="Span">Between which the times lie, blurred by the site's rules; null where there is nothing to tell.</param>
/// <param name="Suppressed">What was held back.</param>
public sealed record SurvivalFramePartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Blurred)] long LeftOut,
    IReadOnlyList<ColumnContent> Columns,
    [property: Discloses(DisclosureKind.Levels)] IReadOnlyDictionary<string, IReadOnlyList<string>> Levels,
    [property: Discloses(DisclosureKind.Word)] bool TellsTimes,
    [property: Discloses(DisclosureKind.Bounds)] IReadOnlyList<double>? Span,
    IReadOnlyList<Suppressed> Suppressed);

/// <summary>The first round at a site.</summary>
internal static class SurvivalFrame
{
    public static PartialFunction<SurvivalFrameArguments, SurvivalFramePartial> Partial { get; } = Function.Partial(
        "frame",
        "Counts complete rows, and lists the levels of categories, of the columns that a survival formula names at one site.",
        StatisticsJson.Default.SurvivalFrameArguments,
        StatisticsJson.Default.SurvivalFramePartial,
        (context, arguments, data, cancellationToken) =>
            ComputeAsync(arguments, data.Single, context.Disclosure, cancellationToken));

    private static async Task<SurvivalFramePartial> ComputeAsync(
        SurvivalFrameArguments arguments, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var formula = SurvivalQuestion.Parse(arguments.Formula, arguments.Groups);
        var categories = formula.Model.Variables.Where(v => v is not ComputedVariable && v != formula.Start?.Variable)
            .SelectMany(v => v.Columns).ToHashSet(StringComparer.Ordinal);
        var schema = await table.ReadSchemaAsync(cancellationToken);
        var found = schema.Where(c => c.Type == ColumnType.Text).ToDictionary(c => c.Name, c => c.Found);
        var texts = found.Keys.Concat(arguments.Texts ?? []).Where(categories.Contains).ToHashSet(StringComparer.Ordinal);
        var frame = new ModelFrame(table, formula.Model, null, texts, levels: null);
        var factors = frame.Variables.OfType<FactorSlot>()
            .DistinctBy(f => f.Variable.Label).Select(f => (Slot: f, Seen: new bool[LevelIndex.Most])).ToList();
        var present = new HashSet<string>(StringComparer.Ordinal);
        var (rows, leftOut) = (0L, 0L);
        var (first, last) = (double.PositiveInfinity, double.NegativeInfinity);
        await foreach (var batch in frame.ReadAsync(cancellationToken))
        {
            present.UnionWith(batch.Present);
            for (var row = 0; row < batch.Rows; row++)
            {
                if (!batch.IsComplete[row])
                {
                    leftOut++;
                    continue;
                }

                rows++;
                if (frame.Outcome is NumberSlot time)
                    (first, last) = (Math.Min(first, time.Values[row]), Math.Max(last, time.Values[row]));
                foreach (var (slot, seen) in factors)
                    seen[slot.Codes[row]] = true;
            }
        }

        if (rows + leftOut == 0)
            throw new DataInvalidException($"'{table.Label}' has no rows.");
        IReadOnlyList<ColumnContent> contents = [.. arguments.Columns.Select(c => new ColumnContent(
            c, Holds(c), rules.IsOff ? found.GetValueOrDefault(c)?.Words : null))];
        if (!rules.MaySpeakOf(rows))
        {
            return new(0, rules.Blur(leftOut), contents, new Dictionary<string, IReadOnlyList<string>>(), false, null,
                [new(SuppressionRules.MinimumCell, 1)]);
        }

        var levels = factors.ToDictionary(
            f => f.Slot.Variable.Label,
            f => (IReadOnlyList<string>)[.. f.Slot.Index.Levels.Where((_, code) => f.Seen[code])]);
        foreach (var (label, told) in levels)
            ThrowIfTooMany(label, rules.AgainstLevels(rows, told.Count));
        return new(
            SurvivalRules.Told(rules, rows), rules.Blur(leftOut), contents, levels, rules.IsOff, BlurredBounds.Of(rules, rows, first, last), []);

        string Holds(string column) => !present.Contains(column)
            ? ColumnContent.Nothing
            : texts.Contains(column) ? ColumnContent.Text : ColumnContent.Numbers;
    }

    private static void ThrowIfTooMany(string label, string? rule)
    {
        if (rule is not null)
        {
            throw new DataInvalidException($"This site's disclosure rules do not let it list the levels of '{label}':"
                + $" {SuppressionRules.Words(rule)}. Use a column with fewer levels.");
        }
    }
}
