using System.ComponentModel;
using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Models;

/// <param name="Formula">The model, in R's notation.</param>
/// <param name="Columns">The columns that formula and weights name: no others may be read.</param>
/// <param name="Weights">A column of prior weights.</param>
/// <param name="Binary">Whether the outcome is one of two: text with two levels, or 0 and 1.</param>
public sealed record FrameArguments(
    [property: Description("The model, in R's notation.")] string Formula,
    [property: ColumnNames]
    [property: Description("The columns that formula and weights name.")]
    IReadOnlyList<string> Columns,
    [property: Description("A column of weights.")] string? Weights,
    [property: Description("Whether the outcome is one of two.")] bool Binary) : IArguments
{
    /// <summary>Columns to read as text, which other sites' are; null where types are not known yet.</summary>
    [Description("Columns to read as text, since they hold text at other sites.")]
    public IReadOnlyList<string>? Texts { get; init; }

    /// <inheritdoc/>
    public void Check() => ModelColumns.ThrowIfOthers(Columns, Formulas.Formula.Parse(Formula), Weights);
}

/// <summary>What a site holds of a model's columns: the first round, in which sites agree on types and levels.</summary>
/// <param name="Rows">Rows in which none of the columns is missing; 0 where so few may not be told.</param>
/// <param name="LeftOut">Rows in which some are; blurred under disclosure rules.</param>
/// <param name="Columns">In the order asked for.</param>
/// <param name="Levels">By the factor's label as R prints it: levels that complete rows have, in no order.</param>
/// <param name="Suppressed">What the site's rules forbid to tell.</param>
/// <param name="IsRounded">Whether its sums will leave with fewer digits than they have.</param>
public sealed record FramePartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Blurred)] long LeftOut,
    IReadOnlyList<ColumnContent> Columns,
    [property: Discloses(DisclosureKind.Levels)] IReadOnlyDictionary<string, IReadOnlyList<string>> Levels,
    [property: Discloses(DisclosureKind.Suppressed)] IReadOnlyList<Suppressed>? Suppressed = null,
    [property: Discloses(DisclosureKind.Word)] bool IsRounded = false);

/// <param name="Name">The column.</param>
/// <param name="Holds"><c>numbers</c>, <c>text</c>, or <c>nothing</c> where all values are missing.</param>
/// <param name="Why">Where the first text is, where nobody declared the column to be text.</param>
public sealed record ColumnContent(
    [property: Discloses(DisclosureKind.Name)] string Name,
    [property: Discloses(DisclosureKind.Word, Words = [ColumnContent.Numbers, ColumnContent.Text, ColumnContent.Nothing])] string Holds,
    [property: Discloses(DisclosureKind.Name)] string? Why = null)
{
    /// <summary>Every value that is there is a number.</summary>
    public const string Numbers = "numbers";

    /// <summary>Some value is no number, or the column is declared to be text.</summary>
    public const string Text = "text";

    /// <summary>All values are missing: the site leaves the type to the others.</summary>
    public const string Nothing = "nothing";
}

/// <summary>The first round at a site.</summary>
internal static class FrameFunction
{
    public static PartialFunction<FrameArguments, FramePartial> Partial { get; } = Function.Partial(
        "frame",
        "Counts complete rows, and lists the levels of categories, of the columns that a formula names at one site.",
        StatisticsJson.Default.FrameArguments,
        StatisticsJson.Default.FramePartial,
        (context, arguments, data, cancellationToken) =>
            ComputeAsync(context.Disclosure, arguments, data.Single, cancellationToken));

    private static async Task<FramePartial> ComputeAsync(
        DisclosureRules rules, FrameArguments arguments, ITable table, CancellationToken cancellationToken)
    {
        var formula = Formula.Parse(arguments.Formula);
        var text = await TextsAsync(table, arguments.Columns, cancellationToken);
        ThrowIfDoubtful(table, formula, text);
        var texts = ModelColumns.Categories(formula, arguments.Weights)
            .Where(c => text.ContainsKey(c) || arguments.Texts?.Contains(c) == true).ToHashSet(StringComparer.Ordinal);
        if (!arguments.Binary && formula.Outcome is ColumnVariable outcome && texts.Contains(outcome.Column))
        {
            throw new DataInvalidException($"Column '{outcome.Column}' of '{table.Label}' holds text, and the outcome of this"
                + " model is a number.");
        }

        var frame = new ModelFrame(table, formula, arguments.Weights, texts, levels: null);
        var factors = frame.Variables.Prepend(frame.Outcome).OfType<FactorSlot>()
            .DistinctBy(f => f.Variable.Label).Select(f => (Slot: f, Seen: new long[LevelIndex.Most])).ToList();
        var present = new HashSet<string>(StringComparer.Ordinal);
        var (rows, leftOut) = (0L, 0L);
        await foreach (var batch in frame.ReadAsync(cancellationToken))
        {
            for (var row = 0; row < batch.Rows; row++)
            {
                if (!batch.IsComplete[row])
                {
                    leftOut++;
                    continue;
                }

                rows++;
                foreach (var (slot, seen) in factors)
                    seen[slot.Codes[row]]++;
            }

            if (arguments.Binary && frame.Outcome is NumberSlot number)
                CheckZeroOrOne(table, number, batch);
            present.UnionWith(batch.Present);
        }

        if (rows + leftOut == 0)
            throw new DataInvalidException($"'{table.Label}' has no rows.");
        var contents = arguments.Columns.Select(c => new ColumnContent(
            c, Holds(c), rules.IsOff ? text.GetValueOrDefault(c)?.Words : null)).ToList();
        var levels = factors.ToDictionary(
            f => f.Slot.Variable.Label,
            f => (IReadOnlyList<string>)[.. f.Slot.Index.Levels.Where((_, code) => f.Seen[code] > 0)]);
        var suppressed = factors.Select(f => Against(rules, f.Slot.Variable.Label, f.Seen, rows)).OfType<Suppressed>().ToList();
        if (!rules.MaySpeakOf(rows))
            suppressed.Add(new(SuppressionRules.MinimumCell, 1));
        return suppressed.Count == 0
            ? new(rows, rules.Blur(leftOut), contents, levels, null, rules.Digits < 17)
            : new(0, 0, contents, new Dictionary<string, IReadOnlyList<string>>(), suppressed, rules.Digits < 17);

        string Holds(string column) => !present.Contains(column)
            ? ColumnContent.Nothing
            : texts.Contains(column) ? ColumnContent.Text : ColumnContent.Numbers;
    }

    /// <summary>Null, or what forbids to tell the levels of a factor with so many rows each.</summary>
    public static Suppressed? Against(DisclosureRules rules, string label, long[] rowsOf, long rows)
    {
        if (rules.IsOff)
            return null;
        var there = rowsOf.Where(r => r > 0).ToList();
        var rule = rules.AgainstLevels(rows, there.Count) ?? (there.All(rules.MayShow) ? null : SuppressionRules.MinimumCell);
        return rule is null ? null : new(rule, there.Count, label);
    }

    /// <summary>
    /// One slip makes text of a column of numbers, and then a model of hundreds of levels: what is written as it stands or
    /// in a computation is refused, <c>factor(x)</c> says that categories are meant.
    /// </summary>
    private static void ThrowIfDoubtful(ITable table, Formula formula, Dictionary<string, TextFound?> texts)
    {
        var plain = formula.Variables.Prepend(formula.Outcome).Where(v => v is not FactorVariable).SelectMany(v => v.Columns);
        foreach (var column in plain)
        {
            if (texts.GetValueOrDefault(column) is { IsDoubtful: true } found)
            {
                throw new DataInvalidException($"Column '{column}' of '{table.Label}' holds text: {found.Words}. Correct it, or"
                    + $" list the code in the source's option 'missing'; if categories are meant, write factor({column}).");
            }
        }
    }

    private static async Task<Dictionary<string, TextFound?>> TextsAsync(
        ITable table, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var schema = await table.ReadSchemaAsync(cancellationToken);
        return schema.Where(c => c.Type == ColumnType.Text && columns.Contains(c.Name)).ToDictionary(c => c.Name, c => c.Found);
    }

    private static void CheckZeroOrOne(ITable table, NumberSlot outcome, FrameBatch batch)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            if (batch.IsComplete[row] && outcome.Values[row] is not (0 or 1))
            {
                throw new DataInvalidException($"'{outcome.Variable.Label}' of '{table.Label}' holds other numbers than 0 and"
                    + " 1. A logistic model explains 0 and 1, or text with two levels; other numbers that stand for two"
                    + $" categories are written factor({outcome.Variable.Label}).");
            }
        }
    }
}
