using System.Text.Json;
using Federation.Tests.Worlds;

namespace Federation.Tests.Sessions;

/// <summary>A session with real processes: prepared at two sites, computed on over both, ended.</summary>
[Collection(CarsCollection.Name)]
public sealed class SessionTests(CarsWorld cars)
{
    [Fact]
    public async Task PreparedAtTheSites_AModelIsThatOfThePreparedPooledRows()
    {
        var world = cars.World;
        string[] session = ["--collaboration", World.Collaboration];

        var prepared = await world.Researcher.AskAsync(["session", "prepare", "cars", "strong", "--data", "patients", "--steps", """
            [{"do":"filter","where":"hp > 60"},{"do":"derive","column":"power","as":"hp / wt"},
             {"do":"scale","column":"wt","center":3,"scale":2},{"do":"select","columns":["mpg","wt","power"]}]
            """, .. session]);
        var model = await world.Researcher.AskAsync(["task", "run", "--algorithm", "linear", "--session", "cars", "--frame", "strong",
            "--args", """{"formula":"mpg ~ wt + power"}""", "--wait", .. session]);
        var shown = await world.Researcher.AskAsync(["session", "show", "cars", "strong", .. session]);
        var ended = await world.Researcher.AskAsync(["session", "end", "cars", .. session]);
        var (refused, output, _) = await world.Researcher.TryAsync(["task", "run", "--algorithm", "linear", "--session", "cars", "--frame", "strong",
            "--args", """{"formula":"mpg ~ wt + power"}""", "--wait", "--json", .. session]);

        // R: d <- subset(mtcars, hp > 60); d$power <- d$hp / d$wt; d$wt <- (d$wt - 3) / 2; lm(mpg ~ wt + power, d)
        Assert.Equal([25.644814435314636, -10.43914231964006, -0.097971522569508224], Numbers(model, "coefficients"), Close);
        Assert.Equal([1.442156260487831, 1.022136038327047691, 0.029621488818101092], Numbers(model, "standardErrors"), Close);
        Assert.All(Results(prepared), frame => Assert.Equal(["mpg", "wt", "power"], frame.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("name").GetString())));
        Assert.Single(Results(prepared).Select(frame => frame.GetProperty("recipe").GetString()).Distinct());
        Assert.Equal(2, Results(prepared).Select(frame => frame.GetProperty("version").GetString()).Distinct().Count());
        Assert.Equal(Results(prepared).Select(frame => frame.GetProperty("version").GetString()),
            Results(shown).Select(report => report.GetProperty("frames")[0].GetProperty("version").GetString()));
        Assert.All(Results(ended), end => Assert.Equal("strong", end.GetProperty("deleted")[0].GetString()));
        Assert.NotEqual(0, refused);
        Assert.Contains("there is no frame 'strong' of your organization in session 'cars'", output, StringComparison.Ordinal);
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) <= 1e-9 * Math.Abs(expected);

    private static IEnumerable<double> Numbers(JsonElement answer, string member) =>
        answer.GetProperty("result").GetProperty(member).EnumerateObject().Select(c => c.Value.GetDouble());

    private static List<JsonElement> Results(JsonElement answers) =>
        [.. answers.GetProperty("sites").EnumerateArray().Select(site => site.GetProperty("result"))];
}
