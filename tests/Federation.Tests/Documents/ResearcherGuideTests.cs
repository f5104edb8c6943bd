using System.Text.Json;
using Federation.Tests.Processes;

namespace Federation.Tests.Documents;

public sealed class ResearcherGuideTests
{
    /// <summary>By R's glm over the pooled data, with glm.control(epsilon = 1e-14, maxit = 100).</summary>
    private static readonly Dictionary<string, (double Coefficient, double StandardError)> Expected = new()
    {
        ["(Intercept)"] = (-42.0194076449157, 4.45942686617582),
        ["mean_radius"] = (1.39699240809601, 0.154032409765213),
        ["mean_texture"] = (0.380558926265894, 0.0571132466535010),
        ["mean_smoothness"] = (144.674227115014, 19.0468750889794),
    };

    [Fact]
    public async Task ResearcherGuide_TypedAsItStands_GivesRsNumbers_APartialResult_AndTheWholeAfterARetry()
    {
        using var folder = new TemporaryFolder("guide");
        var commands = ConsoleBlocks.CommandsOf(await File.ReadAllTextAsync(
            Path.Combine(Programs.Repository, "docs", "researcher.md"), TestContext.Current.CancellationToken));
        var script = folder.Write("guide.sh",
            $"set -eu -o pipefail\ntrap 'vantage sandbox down >/dev/null 2>&1 || true' EXIT\n{string.Join('\n', commands)}\n");

        await using var shell = ChildProcess.Start("bash", ["-x", script], Programs.Repository, new Dictionary<string, string?>
        {
            ["TOUR"] = folder.Path, ["VANTAGE_HOME"] = folder.Sub("home"), ["NO_COLOR"] = "1",
        });
        var exitCode = await shell.ExitAsync(TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, shell.Output);
        var fit = await ReadAsync(folder, "fit.json");
        foreach (var (term, (coefficient, error)) in Expected)
        {
            Assert.Equal(coefficient, Number(fit, "coefficients", term), Math.Abs(coefficient) * 1e-9);
            Assert.Equal(error, Number(fit, "standardErrors", term), error * 1e-9);
        }

        var answer = await ReadAsync(folder, "answer.json");
        Assert.Equal(fit.GetRawText(), answer.GetProperty("result").GetRawText());
        Assert.Equal("off", answer.GetProperty("disclosure").GetString());
        Assert.StartsWith("term,estimate,standard error,z,p value,", await File.ReadAllTextAsync(folder.Sub("fit.csv"),
            TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await PartialAsync(folder, shell.Output);
    }

    private static async Task PartialAsync(TemporaryFolder folder, string said)
    {
        Assert.Contains("exit code 1", said, StringComparison.Ordinal);
        Assert.Contains("exit code 7", said, StringComparison.Ordinal);
        var failed = (await ReadAsync(folder, "failed.json")).GetProperty("sites");
        var missing = Assert.Single(failed.GetProperty("missing").EnumerateArray());
        Assert.Equal(("west", "data-invalid"), (missing.GetProperty("site").GetString(), missing.GetProperty("code").GetString()));
        Assert.Contains("west.csv", missing.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Contains("line 191", missing.GetProperty("why").GetString(), StringComparison.Ordinal);
        var partial = await ReadAsync(folder, "partial.json");
        Assert.Equal((380, true), (Rows(partial), partial.GetProperty("sites").GetProperty("holds").GetBoolean()));
        var whole = await ReadAsync(folder, "whole.json");
        Assert.Equal((569, "Succeeded"), (Rows(whole), whole.GetProperty("outcome").GetString()));
        Assert.Equal(partial.GetProperty("job").GetString(), whole.GetProperty("job").GetString());
    }

    private static int Rows(JsonElement answer) => answer.GetProperty("result").GetProperty("rows").GetInt32();

    private static double Number(JsonElement fit, string map, string term) => fit.GetProperty(map).GetProperty(term).GetDouble();

    private static async Task<JsonElement> ReadAsync(TemporaryFolder folder, string file) => JsonDocument.Parse(
        await File.ReadAllBytesAsync(folder.Sub(file), TestContext.Current.CancellationToken)).RootElement;
}
