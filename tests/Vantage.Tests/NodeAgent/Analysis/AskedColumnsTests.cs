using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Analysis;

public sealed class AskedColumnsTests
{
    [Theory]
    [InlineData("""{"outcome":"y","predictors":["a","b"]}""", "y,a,b")]
    [InlineData("""{"outcome":"y","predictors":["a","y"]}""", "y,a")]
    [InlineData("""{"outcome":"y"}""", "y")]
    [InlineData("""{"predictors":[]}""", "")]
    [InlineData("""{"outcome":7,"predictors":[1,"a"]}""", "a")]
    [InlineData("""{"outcome":null,"other":"z"}""", null)]
    [InlineData("""{}""", null)]
    [InlineData("""[1]""", null)]
    public void TheArgumentsThatTheFunctionSays_NameColumns(string arguments, string? expected)
    {
        var asked = Of([new("table", "", ["outcome", "predictors"])], arguments, "patients");

        Assert.Equal(expected, asked.TryGetValue("patients", out var columns) ? string.Join(',', columns) : null);
    }

    [Fact]
    public void WithoutSuchArguments_NothingIsAskedByName() =>
        Assert.Empty(Of([new("table", "")], """{"columns":["a"]}""", "patients"));

    [Fact]
    public void SeveralTables_HaveTheirOwnArguments()
    {
        var asked = Of([new("left", "", ["l"]), new("right", "", ["r"])], """{"l":"a","r":"b"}""", "left", "right", "other");

        Assert.Equal(["a"], asked["left"]);
        Assert.Equal(["b"], asked["right"]);
        Assert.False(asked.ContainsKey("other"));
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(
        IReadOnlyList<DataNeed> needs, string arguments, params string[] labels) => AskedColumns.Of(
        new FunctionManifest
        {
            Name = "f",
            Kind = FunctionKind.Partial,
            Description = "",
            Arguments = JsonElement.Parse("{}"),
            Data = needs,
        },
        [.. labels.Select(l => new DataRef { Label = l, Kind = DataKind.Source, Id = l })],
        Encoding.UTF8.GetBytes(arguments));
}
