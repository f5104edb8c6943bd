using Vantage.Algorithms.Federations;
using Vantage.Statistics.Distributions;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Anovas;

/// <summary>Puts the sums of the sites together, and splits the outcome's sum of squares by the model's terms.</summary>
internal static class AnovaCombine
{
    public static AnovaResult Combine(
        AgreedModel model, AnovaArguments arguments, IReadOnlyList<SiteValue<LinearPartial>> partials)
    {
        (model, partials) = Withholding.Without(model, partials);
        foreach (var partial in partials)
            LinearCheck.ThrowIfImpossible(partial, model);
        PartialCheck.ThrowIfNothingWeighs(model, partials.Select(p => p.Value.Used));
        var size = LinearPartial.Size(model.Design.Columns.Count, model.Question.Formula.Offsets.Count > 0);
        var products = new SymmetricMatrix(size, ExactSums.Add(partials.Select(p => p.Value.Products)));
        var squares = new TermSquares(model, products);
        var residual = squares.Residual;
        var used = partials.Sum(p => p.Value.Used);
        var degrees = used - squares.Rank;
        var terms = arguments.Type switch
        {
            1 => squares.Sequential(),
            2 => squares.AfterThoseWithoutIt(),
            _ => SumContrasts.AfterAllOthers(model, products),
        };
        // What rounding leaves of a perfect fit is no error to compare with.
        var meanSquare = degrees > 0 && residual > 1e-30 * squares.Total ? residual / degrees : (double?)null;
        return new(
            arguments.Formula,
            arguments.Type,
            model.Sites,
            model.Rows,
            model.Sites.Sum(s => s.LeftOut),
            model.Levels,
            [.. terms.Select((t, i) => Row(Label(model, i), t, meanSquare, degrees))],
            new("Residuals", degrees, residual, degrees > 0 ? residual / degrees : null, null, null),
            Notes(squares, terms, meanSquare, model));
    }

    private static AnovaRow Row(string label, TermSum term, double? error, long degrees)
    {
        var mean = term.Degrees > 0 ? term.Squares / term.Degrees : (double?)null;
        var f = mean / error;
        return new(
            label, term.Degrees, term.Squares, mean, f, f is { } value ? Tails.Fisher(value, term.Degrees, degrees) : null);
    }

    private static string Label(AgreedModel model, int term) =>
        string.Join(":", model.Question.Formula.Terms[term].Variables.Select(v => model.Question.Formula.Variables[v].Label));

    private static List<string> Notes(TermSquares squares, IReadOnlyList<TermSum> terms, double? error, AgreedModel model)
    {
        var notes = model.Notes.ToList();
        if (squares.Collinear.Count > 0)
        {
            notes.Add($"{string.Join(", ", squares.Collinear)} cannot be told from earlier terms, as where a combination of levels"
                + " has no rows: their degrees of freedom are not counted.");
        }

        foreach (var (term, i) in terms.Select((t, i) => (t, i)).Where(t => t.t.Degrees == 0))
            notes.Add($"{Label(model, i)} is determined by the other terms and explains nothing of its own.");
        if (error is null)
            notes.Add("No variation is left within the groups, so that there is nothing to compare theirs with.");
        return notes;
    }
}
