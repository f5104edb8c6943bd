using System.Text;
using Vantage.NodeAgent.Data.Dictionaries;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Analysis;

/// <summary>A task is written against one dictionary; a node whose source speaks another refuses before anything is read.</summary>
public sealed class DictionaryBindingTests : IAsyncDisposable
{
    private static readonly DataDictionary Held = DataDictionary.Read(Encoding.UTF8.GetBytes(
        """{ "name": "sepsis", "version": "1.1", "fields": [{ "name": "years", "type": "integer", "unit": "a" }] }"""));

    private readonly AnalysisBench bench = new(mapped: source => new MappedSettings
    {
        Id = source.Id, Inner = source, Mapping = new SourceMapping(Held, [new VariableMapping("years") { Column = "age" }]),
    });

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task TheSameDictionary_GivesItsVariables_AndStandsInTheReceipt()
    {
        bench.Data = Asking(Held.Ref);

        var end = await bench.RunAsync("summary", "partial", """{"columns":["years"]}""");

        Assert.StartsWith("years\n1", Assert.IsType<RunEnd.Succeeded>(end) is { } ? bench.Snapshot : "", StringComparison.Ordinal);
        var used = Assert.Single(end.Facts.Datasets);
        Assert.Equal((Held.Ref, Digest.Of(await File.ReadAllBytesAsync(bench.DataPath, TestContext.Current.CancellationToken))), (used.Mapping!.Dictionary, used.Mapping.Content));
        Assert.NotEqual(used.Digest, used.Mapping.Content);
    }

    [Theory]
    [InlineData("sepsis", "1.0", "Site North, source 'patients': expected dictionary sepsis@1.0 (sha256:", "found sepsis@1.1 (sha256:")]
    [InlineData("sepsis", "1.1", "expected dictionary sepsis@1.1 (sha256:", "found another file of the same name and version")]
    [InlineData("stroke", "1.1", "expected dictionary stroke@1.1 (sha256:", "found sepsis@1.1")]
    public async Task AnotherOne_IsRefusedBeforeAnythingIsRead(string name, string version, string expected, string found)
    {
        bench.Data = Asking(new DictionaryRef(name, version, Digest.OfText("another")));
        File.Delete(bench.DataPath);

        var refused = Assert.IsType<RunEnd.Refused>(await bench.RunAsync("summary", "partial", """{"columns":["years"]}"""));

        Assert.Equal((RunCodes.DataUnavailable, "dictionary"), (refused.Code, refused.Rule));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Contains(found, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(RunPhase.Running, bench.Phases);
    }

    [Fact]
    public async Task DataThatDoNotFit_AreRefusedBeforeAnythingRuns_BySiteColumnFoundAndExpected()
    {
        File.WriteAllText(bench.DataPath, "age,name\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i}.5,x\n")));
        bench.Data = Asking(Held.Ref);

        var failed = Assert.IsType<RunEnd.Failed>(await bench.RunAsync("summary", "partial", """{"columns":["years"]}"""));

        Assert.Equal(RunCodes.DataInvalid, failed.Code);
        Assert.StartsWith("Site North, source 'patients', variable 'years' (column 'age'): expected a whole number a (sepsis@1.1), found values of another type (more than 5 %).",
            failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(RunPhase.Running, bench.Phases);
    }

    [Fact]
    public async Task AColumnThatIsNotThere_IsToldWithTheSite()
    {
        File.WriteAllText(bench.DataPath, "name\nx\n");

        Assert.StartsWith("Site North, source 'patients', variable 'years': expected a whole number a (sepsis@1.1), found no column 'age' in the data.",
            Assert.IsType<RunEnd.Failed>(await bench.RunAsync("summary", "partial", """{"columns":["years"]}""")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATaskThatNamesNone_SeesTheVariablesAllTheSame()
    {
        Assert.IsType<RunEnd.Succeeded>(await bench.RunAsync("summary", "partial", """{"columns":["years"]}"""));
        Assert.Contains("no variable 'age'", Assert.IsType<RunEnd.Failed>(await bench.RunAsync("summary", "partial", """{"columns":["age"]}""")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASourceWithoutAny_Refuses()
    {
        await using var plain = new AnalysisBench { Data = Asking(Held.Ref) };

        Assert.Contains("found data that are mapped to no dictionary", Assert.IsType<RunEnd.Refused>(await plain.RunAsync("summary", "partial", """{"columns":["age"]}""")).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<DataRef> Asking(DictionaryRef dictionary) => [new() { Label = "table", Kind = DataKind.Source, Id = "patients", Dictionary = dictionary }];
}
