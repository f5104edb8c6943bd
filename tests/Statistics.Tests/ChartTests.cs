using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Results.Charts;
using Vantage.Statistics.Histograms;
using Vantage.Statistics.KaplanMeier;
using Vantage.Statistics.Roc;

namespace Statistics.Tests;

/// <summary>Charts are pictures that any browser shows, of the numbers of their results.</summary>
public sealed partial class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public async Task SurvivalCurves_AreStepsInTheFrame_OneForEachGroup()
    {
        var picture = await DrawAsync("lung", KaplanMeierCurves.Central, new("Surv(time, status) ~ sex"));

        var lines = picture.Descendants(Svg + "path").Where(p => (string?)p.Attribute("stroke-width") == "1.8").ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, l => Assert.All(Numbers().Matches(l.Attribute("d")!.Value), n => Assert.InRange(Number(n), 44, 620)));
        // A curve never rises: on a picture, never to a smaller y.
        Assert.All(lines, l => Assert.Equal(Heights(l).Order(), Heights(l)));
        Assert.Equal(["sex=1", "sex=2"], picture.Descendants(Svg + "text").Select(t => t.Value).Where(t => t.StartsWith("sex=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AHistogram_HasABarForEachBinWithRows()
    {
        var picture = await DrawAsync("iris", Histogram.Central, new("Sepal.Length"));

        // R's hist(iris$Sepal.Length) has eight bins, none of them empty.
        Assert.Equal(8, picture.Descendants(Svg + "path").Count(p => (string?)p.Attribute("fill-opacity") == "0.75"));
    }

    [Fact]
    public async Task ARocCurve_GoesFromCornerToCorner()
    {
        var picture = await DrawAsync("mtcars", RocAnalysis.Central, new("am ~ mpg"));

        var line = picture.Descendants(Svg + "path").First(p => (string?)p.Attribute("stroke-width") == "1.8").Attribute("d")!.Value;
        Assert.StartsWith("M64 368L", line, StringComparison.Ordinal);
        Assert.EndsWith("L620 44", line, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAColumnIsCalled_BreaksNoPicture()
    {
        var chart = new Chart("<script> & \"\u0001", new("a < b", 0, 1), new("", 2, 2), [new("x & y", ChartKind.Line, [new(0, 2), new(1, 2)])]);

        var picture = XDocument.Parse(SvgChart.Of(chart));

        Assert.Equal("<script> & \" ", picture.Root!.Element(Svg + "title")!.Value);
        Assert.DoesNotContain(picture.Descendants(), e => e.Name.LocalName == "script");
    }

    [Fact]
    public void Ticks_AreRound_AndFew()
    {
        var labels = XDocument.Parse(SvgChart.Of(new("", new("", 0, 1022), new("", 0, 0.07), []))).Descendants(Svg + "text").Select(t => t.Value).ToList();

        Assert.Contains("800", labels);
        Assert.Contains("0.06", labels);
        Assert.InRange(labels.Count, 8, 20);
    }

    private static async Task<XDocument> DrawAsync<TArgs, TResult>(string data, CentralFunction<TArgs, TResult> central, TArgs arguments)
    {
        using var sites = Sites.Dealt(Sites.PathOf(data), 3);
        var result = await central.RunAsync(sites.Federation, arguments, TestContext.Current.CancellationToken);
        return XDocument.Parse(SvgChart.Of(central.ChartOf(JsonSerializer.SerializeToElement(result, central.Result))!));
    }

    private static IEnumerable<double> Heights(XElement line) => Numbers().Matches(line.Attribute("d")!.Value).Where((_, i) => i % 2 == 1).Select(Number);

    private static double Number(Match match) => double.Parse(match.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[0-9.]+")]
    private static partial Regex Numbers();
}
