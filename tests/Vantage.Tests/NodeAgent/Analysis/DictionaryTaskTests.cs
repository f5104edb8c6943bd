using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Data.Dictionaries;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Analysis;

/// <summary>What a node says of its data to those who ask for it by a task.</summary>
public sealed class DictionaryTaskTests : IAsyncDisposable
{
    private static readonly DataDictionary Held = DataDictionary.Read(Encoding.UTF8.GetBytes("""
        { "name": "sepsis", "version": "1.1", "fields": [
          { "name": "years", "type": "integer", "constraints": { "maximum": 120 } }, { "name": "sex", "constraints": { "enum": ["f", "m"] } },
          { "name": "lactate", "type": "number" }, { "name": "hidden", "type": "number" } ] }
        """));

    private readonly AnalysisBench bench = new(mapped: source => new MappedSettings
    {
        Id = source.Id, Inner = source, Mapping = new SourceMapping(Held, [new("years") { Column = "age" }, new("sex") { Column = "name" }, new("lactate") { IsAbsent = true }]),
    });

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task TheStatus_SaysHowEachVariableStands_OfThoseThatTheRuleAllows()
    {
        bench.WritePolicy(data: "{ source: patients, columns: [years, sex, lactate] }", algorithm: "builtin:dictionary@*");

        var report = await AskAsync("status", "{}", DictionariesJson.Default.StatusReport);

        Assert.Equal(Held.Ref, report.Dictionary);
        Assert.Equal([new("years", VariableStatus.Ok, 0), new("sex", VariableStatus.Mismatch, 100, "values that are none of its levels"), new VariableState("lactate", VariableStatus.Missing)],
            report.Variables);
    }

    [Fact]
    public async Task TheReceipt_SaysWhatWasLookedAt_AndHowManyRowsInThePolicysSteps()
    {
        bench.WriteRows(104);
        bench.WritePolicy("preview: allow\n    disclosure: { minimumCell: 25 }", data: "{ source: patients, columns: [years, sex] }", algorithm: "builtin:dictionary@*");

        var status = Assert.Single((await bench.RunAsync("dictionary", "status", "{}")).Facts.Datasets);
        var preview = Assert.Single((await bench.RunAsync("dictionary", "preview", """{"columns":["years"]}""")).Facts.Datasets);
        var run = Assert.Single((await bench.RunAsync("summary", "partial", """{"columns":["years"]}""")).Facts.Datasets);

        Assert.Equal((100, Held.Ref), (status.Rows, status.Mapping!.Dictionary));
        Assert.Equal(Digest.Of(await File.ReadAllBytesAsync(bench.DataPath, TestContext.Current.CancellationToken)), status.Mapping.Content);
        Assert.Equal(run with { Rows = 100 }, status);
        Assert.Equal(status, preview);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("preview")]
    public async Task AnotherDictionaryOrContent_IsRefusedHereToo(string function)
    {
        bench.WriteRows(100);
        bench.WritePolicy("preview: allow", algorithm: "builtin:dictionary@*");
        DataRef asked = new() { Label = "table", Kind = DataKind.Source, Id = "patients" };

        bench.Data = [asked with { Dictionary = Held.Ref with { Version = "9" } }];
        var dictionary = Assert.IsType<RunEnd.Refused>(await bench.RunAsync("dictionary", function, """{"columns":["years"]}"""));
        bench.Data = [asked with { Digest = Digest.OfText("other rows") }];
        var content = Assert.IsType<RunEnd.Refused>(await bench.RunAsync("dictionary", function, """{"columns":["years"]}"""));

        Assert.Contains("Site North, source 'patients': expected dictionary sepsis@9", dictionary.Message, StringComparison.Ordinal);
        Assert.Contains("is not the one that the task asks for", content.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooFewRows_HaveNoStatus()
    {
        bench.WritePolicy(algorithm: "builtin:dictionary@*");
        bench.WriteRows(9);

        Assert.Equal(RunCodes.PolicyRefused, Assert.IsType<RunEnd.Refused>(await bench.RunAsync("dictionary", "status", "{}")).Code);
    }

    [Fact]
    public async Task APreview_IsDrawnWhereTheRuleAllowsIt_AndNowhereElse()
    {
        bench.WriteRows(100);
        bench.WritePolicy(data: "{ source: patients, columns: [years] }", algorithm: "builtin:dictionary@*");
        var refused = Assert.IsType<RunEnd.Refused>(await bench.RunAsync("dictionary", "preview", "{}"));

        bench.WritePolicy("preview: allow", data: "{ source: patients, columns: [years] }", algorithm: "builtin:dictionary@*");
        var report = await AskAsync("preview", """{"rows":5,"seed":3}""", DictionariesJson.Default.PreviewReport);
        var hidden = Assert.IsType<RunEnd.Failed>(await bench.RunAsync("dictionary", "preview", """{"columns":["sex"]}"""));
        var many = Assert.IsType<RunEnd.Failed>(await bench.RunAsync("dictionary", "preview", """{"rows":10001}"""));

        Assert.Contains("'preview: allow'", refused.Message, StringComparison.Ordinal);
        var lines = report.Csv.TrimEnd('\n').Split('\n');
        Assert.Equal(("synthetic_preview,years", 6, true), (lines[0], lines.Length, report.Synthetic));
        Assert.All(lines.Skip(1), line => Assert.StartsWith("1,", line, StringComparison.Ordinal));
        Assert.Contains("no variable 'sex' that this request may see", hidden.Message, StringComparison.Ordinal);
        Assert.Equal(RunCodes.ArgumentsInvalid, many.Code);
    }

    [Fact]
    public async Task ASourceWithoutADictionary_SaysSo()
    {
        await using var plain = new AnalysisBench();
        plain.WritePolicy(algorithm: "builtin:dictionary@*");

        var done = Assert.IsType<RunEnd.Succeeded>(await plain.RunAsync("dictionary", "status", "{}"));
        var report = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(done.OutputPath, TestContext.Current.CancellationToken), DictionariesJson.Default.StatusReport)!;

        Assert.Null(report.Dictionary);
        Assert.Empty(report.Variables);
    }

    private async Task<T> AskAsync<T>(string function, string arguments, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        var done = Assert.IsType<RunEnd.Succeeded>(await bench.RunAsync("dictionary", function, arguments));
        return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(done.OutputPath, TestContext.Current.CancellationToken), type)!;
    }
}
