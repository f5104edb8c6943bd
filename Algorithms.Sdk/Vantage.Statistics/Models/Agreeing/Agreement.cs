using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Models.Agreeing;

/// <summary>What is asked for.</summary>
/// <param name="Formula">The model.</param>
/// <param name="Weights">A column of weights.</param>
/// <param name="Reference">By column: the level that others are compared with.</param>
/// <param name="Binary">Whether the outcome is one of two.</param>
internal sealed record ModelQuestion(
    Formula Formula, string? Weights, IReadOnlyDictionary<string, string>? Reference, bool Binary)
{
    public IReadOnlyList<string> Columns => ModelColumns.Of(Formula, Weights);
}

/// <summary>What the sites agreed on in the first round.</summary>
/// <param name="Spec">For the next rounds.</param>
/// <param name="Design">The columns of the model matrix, the same at every site.</param>
/// <param name="Sites">Complete and incomplete rows of each.</param>
internal sealed record AgreedModel(ModelQuestion Question, ModelSpec Spec, Design Design, IReadOnlyList<SiteRows> Sites)
{
    /// <summary>Who held back what.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether sums come with fewer digits than they have, so that what rounding leaves looks like information.</summary>
    public bool IsRounded { get; init; }

    public long Rows => Sites.Sum(s => s.Rows);

    /// <summary>The levels of a categorical outcome; null where it is a number.</summary>
    public IReadOnlyList<string>? OutcomeLevels => Spec.Levels.GetValueOrDefault(Question.Formula.Outcome.Label);

    /// <summary>The levels of the factors that explain.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Levels => Question.Formula.Variables
        .Where(v => Spec.Levels.ContainsKey(v.Label)).ToDictionary(v => v.Label, v => Spec.Levels[v.Label]);
}

/// <summary>How many rows a site has part with.</summary>
/// <param name="Site">Whose rows.</param>
/// <param name="Rows">Rows without a missing value in the model's columns: these take part.</param>
/// <param name="LeftOut">Rows with one.</param>
public sealed record SiteRows(string Site, long Rows, long LeftOut);

/// <summary>The first round: types, levels and complete rows of all sites.</summary>
internal static class Agreement
{
    public static async Task<AgreedModel> ReachAsync(
        IFederation federation, Algorithm algorithm, ModelQuestion question, CancellationToken cancellationToken)
    {
        var arguments = new FrameArguments(question.Formula.Text, question.Columns, question.Weights, question.Binary);
        var frames = await AskAsync(arguments);

        // A category whose levels look like numbers at a site that lacks the others, as '4' and '6' without 'rotary'.
        var mixed = ColumnTypes.Mixed(question.Columns, [.. frames.Select(f => f.Value.Columns)])
            .Intersect(ModelColumns.Factors(question.Formula, question.Weights)).ToList();
        return Combine(question, mixed.Count > 0 ? await AskAsync(arguments with { Texts = mixed }) : frames);

        async Task<IReadOnlyList<SiteValue<FramePartial>>> AskAsync(FrameArguments asked) =>
            (await federation.RunAsync(algorithm, FrameFunction.Partial, asked, cancellationToken)).All();
    }

    public static AgreedModel Combine(ModelQuestion question, IReadOnlyList<SiteValue<FramePartial>> frames)
    {
        foreach (var frame in frames)
            FrameCheck.ThrowIfImpossible(frame, question.Columns);
        if (frames.All(f => f.Value.Suppressed is { Count: > 0 }))
        {
            throw new DataInvalidException("No site lets leave what this model is made of. "
                + string.Join(" ", frames.SelectMany(f => f.Value.Suppressed!.Take(5).Select(s => s.Note(f.Site)))));
        }

        if (frames.Sum(f => f.Value.Rows) == 0)
        {
            throw new DataInvalidException("No site has a row without a missing value in the columns "
                + string.Join(", ", question.Columns) + ": there is nothing to compute with.");
        }

        var texts = ColumnTypes.Texts(question.Columns, [.. frames.Select(f => (f.Site, f.Value.Columns))]);
        var levels = AgreedLevels.Of(question, texts, frames);
        return new(
            question,
            new(question.Formula.Text, question.Weights, texts, levels),
            Design.Of(question.Formula, levels),
            [.. frames.Select(f => new SiteRows(f.Site, f.Value.Rows, f.Value.LeftOut))])
        {
            IsRounded = frames.Any(f => f.Value.IsRounded),
        };
    }
}
