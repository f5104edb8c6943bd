using System.Text.Json;
using Statistics.Tests.Differences;

namespace Statistics.Tests.Disclosure.Filter;

/// <summary>What anybody may ask: every question that has a reference, and some of analyses whose references are of another form.</summary>
internal static class Questions
{
    private static readonly (string Algorithm, string Data, string Arguments)[] More =
    [
        ("meta", "wdbc", """{"formula":"mean_area ~ mean_radius + mean_texture"}"""),
        ("meta", "lung", """{"formula":"age ~ sex + ph.ecog"}"""),
        ("meta", "mtcars", """{"formula":"mpg ~ wt"}"""),
        ("meta", "wdbc", """{"formula":"malignant ~ mean_texture","family":"binomial"}"""),
        ("pca", "wdbc", """{"columns":["mean_radius","mean_texture","mean_area","mean_symmetry"],"scale":true}"""),
        ("pca", "iris", """{"columns":["Sepal.Length","Sepal.Width","Petal.Length","Petal.Width"]}"""),
        ("pca", "mtcars", """{"columns":["mpg","wt","hp","qsec"]}"""),
        ("kmeans", "wdbc", """{"columns":["mean_radius","mean_texture","mean_smoothness"],"clusters":2}"""),
        ("kmeans", "iris", """{"columns":["Petal.Length","Petal.Width"],"clusters":3}"""),
        ("kmeans", "mtcars", """{"columns":["mpg","wt"],"clusters":3}"""),
        ("roc", "wdbc", """{"formula":"malignant ~ mean_area"}"""),
        ("roc", "lung", """{"formula":"factor(status) ~ age"}"""),
        ("roc", "mtcars", """{"formula":"am ~ wt"}"""),
        ("summary", "wdbc", """{}"""),
        ("crosstab", "wdbc", """{"rows":"malignant"}"""),
        ("crosstab", "lung", """{"rows":"sex","columns":"status"}"""),
        ("crosstab", "lung", """{"rows":"inst","columns":"sex"}"""),
        ("logistic", "wdbc", """{"formula":"malignant ~ mean_texture + mean_smoothness"}"""),
        ("cox", "lung", """{"formula":"Surv(time, status) ~ sex + age"}"""),
        ("logrank", "lung", """{"formula":"Surv(time, status) ~ sex"}"""),
        ("kaplan-meier", "lung", """{"formula":"Surv(time, status) ~ sex"}"""),
    ];

    public static IReadOnlyList<(string Algorithm, string Data, JsonElement Arguments)> All { get; } =
    [
        .. ReferenceCases.All.Select(c => (c.Algorithm, c.Data, c.Arguments)),
        .. More.Select(q => (q.Algorithm, q.Data, JsonElement.Parse(q.Arguments))),
    ];
}
