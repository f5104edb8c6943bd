using System.ComponentModel;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Models;

/// <summary>A model on which the sites have agreed: what every later round computes with.</summary>
/// <param name="Formula">The model, in R's notation.</param>
/// <param name="Weights">A column of prior weights.</param>
/// <param name="Texts">Which columns are text; all others are numbers.</param>
/// <param name="Levels">The levels of each factor by its label, the reference first. The outcome's too, if it is one.</param>
public sealed record ModelSpec(
    [property: Description("The model, in R's notation.")] string Formula,
    [property: Description("A column of weights.")] string? Weights,
    [property: Description("Which columns are read as text.")] IReadOnlyList<string> Texts,
    [property: Description("The levels of each factor, the reference first.")]
    IReadOnlyDictionary<string, IReadOnlyList<string>> Levels);

/// <summary>A model as a site computes it.</summary>
internal sealed class SiteModel
{
    public SiteModel(ModelSpec spec, Vantage.Algorithms.Tables.ITable table, bool mayHaveUnknown = false)
    {
        var formula = Formula.Parse(spec.Formula);
        Frame = new(table, formula, spec.Weights, [.. spec.Texts], spec.Levels, mayHaveUnknown);
        Design = Design.Of(formula, spec.Levels);
        Rows = new(Design, Frame.Variables);
    }

    public ModelFrame Frame { get; }

    public Design Design { get; }

    public DesignRows Rows { get; }
}
