using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Tests.Kits;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Rehearsals;

/// <summary>An author's program under the policy of a site, before anybody is asked.</summary>
public sealed class RehearsalPolicyTests : IDisposable
{
    private const string Name = "oci:registry.example.org/stats/conformance";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task WhatTheRuleAccepts_Runs_AndTheRuleIsNamed()
    {
        var (code, report, said) = await RehearseAsync("moments", "age", Rows(12));

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Equal(12, report.GetProperty("sites")[0].GetProperty("result").GetProperty("n").GetInt32());
        // The kit's own sample declares nothing of what it tells.
        Assert.StartsWith("waits for a person", report.GetProperty("sites")[0].GetProperty("leaves").GetString(), StringComparison.Ordinal);
        Assert.Equal("means", report.GetProperty("policy")[0].GetProperty("rule").GetString());
        Assert.Contains("policy | moments: accepted by rule 'means'", said, StringComparison.Ordinal);
        Assert.Contains("policy |   images: if they are signed by authors", said, StringComparison.Ordinal);
    }

    /// <summary>Asked by a central function: the rounds are judged as the subtasks that they would be.</summary>
    [Fact]
    public async Task ACentralFunction_IsJudged_AndSoIsWhatItAsks()
    {
        var refused = await RehearseAsync("mean", "age", Rows(12));
        Write("policy.yaml", Policy + "    subtasks: allow\n    delegates: { organizations: [org_000000000000000000000000000000a1] }\n");
        var accepted = await RehearseAsync("mean", "age", Rows(12));

        Assert.Equal(ExitCodes.Failed, refused.Code);
        Assert.Contains("subtasks:", refused.Report.GetProperty("failure").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, accepted.Code);
        Assert.Equal(["mean", "moments"], accepted.Report.GetProperty("policy").EnumerateArray().Select(verdict => verdict.GetProperty("function").GetString()));
    }

    [Theory]
    [InlineData("levels", "age", 12, "functions: function 'levels' is not listed")]
    [InlineData("moments", "name", 12, "data (patients).columns: column 'name' is not listed")]
    [InlineData("moments", "age", 9, "fewer rows than the 10")]
    [InlineData("outside", null, 12, "egress: egress 'terminology' is not listed")]
    public async Task WhatNoRuleAccepts_IsRefusedWithTheLineThatStandsAgainstIt(string function, string? column, int rows, string says)
    {
        var (code, report, _) = await RehearseAsync(function, column, Rows(rows));

        Assert.Equal(ExitCodes.Failed, code);
        var failure = report.GetProperty("sites")[0].GetProperty("failure");
        Assert.Equal(RunCodes.PolicyRefused, failure.GetProperty("code").GetString());
        Assert.Contains(says, failure.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatCanNotBeJudged_IsToldBeforeAnythingRuns()
    {
        Prepare();
        var (nameless, _, noName) = await Verbs.RunAsync("rehearse", "--program", Kit.Program("python"), "--policy", PathOf("policy.yaml"), Rows(12));
        Write("policy.yaml", Policy.Replace("functions", "funktions", StringComparison.Ordinal));
        var (broken, _, problems) = await Verbs.RunAsync("rehearse", "--program", Kit.Program("python"), "--policy", PathOf("policy.yaml"), "--as", Name, Rows(12));

        Assert.Equal((ExitCodes.Usage, ExitCodes.Configuration), (nameless, broken));
        Assert.Contains("--as oci:HOST/REPOSITORY", noName, StringComparison.Ordinal);
        Assert.Contains("funktions", problems, StringComparison.Ordinal);
    }

    private const string Policy = """
        version: 1
        runtime: { docker: allow }
        publishers: [{ name: authors, key: authors.pub, repositories: ["registry.example.org/stats/*"] }]
        accept:
          - name: means
            collaborations: [col_000000000000000000000000000000c1]
            requesters: { organizations: [org_000000000000000000000000000000a1] }
            algorithms: ["oci:registry.example.org/stats/conformance"]
            publishers: [authors]
            functions: [moments, mean, outside]
            data: [{ source: patients, columns: [age] }]
            recipients: { organizations: [org_000000000000000000000000000000a1] }

        """;

    private async Task<(int Code, JsonElement Report, string Said)> RehearseAsync(string function, string? column, string data)
    {
        Prepare();
        var (code, output, said) = await Verbs.RunAsync("rehearse", "--program", Kit.Program("python"), "--function", function, "--policy", PathOf("policy.yaml"),
            "--as", Name, "--args", column is null ? "{}" : $$"""{"column":"{{column}}"}""", "--json", data);
        Assert.True(output.Length > 0, said);
        return (code, JsonElement.Parse(output), said);
    }

    private void Prepare()
    {
        using var key = SigningKey.Create();
        Write("authors.pub", key.PublicKey.ToPem());
        if (!File.Exists(PathOf("policy.yaml")))
        {
            Write("policy.yaml", Policy);
        }
    }

    private string Rows(int count) => Write("north.csv", "age,name\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"{40 + i},n{i}\n")));

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
