using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Sessions;
using Vantage.Protocol.Statements;
using Vantage.Tests.Client;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Cli;

/// <summary><c>vantage session</c>: what sites say of their frames, as tables for people and as it is for programs.</summary>
public sealed class SessionCommandTests
{
    private static readonly FrameReport Adults = new("adults", Digest.OfText("v"), Digest.OfText("r"),
        [new("age", ColumnType.Number), new("sex", ColumnType.Text)], 120, Cached: true, Partner.Now, Partner.Now.AddDays(30));

    [Fact]
    public async Task Prepare_TellsTheFrameAndItsColumns_AndJsonIsAsItWas()
    {
        await using var federation = await AnsweringAsync(Adults, SessionsJson.Default.FrameReport);
        string[] words = ["session", "prepare", "sepsis", "adults", "--data", "patients", "--collaboration", $"{federation.Collaboration}"];

        var shown = await TaskCommandTests.RunAsync(federation, words);
        var json = await TaskCommandTests.RunAsync(federation, [.. words, "--json"]);

        Assert.Equal((ExitCodes.Ok, ExitCodes.Ok), (shown.ExitCode, json.ExitCode));
        Assert.Contains("South: succeeded\nname\tvalue\nframe\tadults\nrows\t120\n", shown.Out, StringComparison.Ordinal);
        Assert.Contains(", found again: nothing was computed\n", shown.Out, StringComparison.Ordinal);
        Assert.Contains($"recipe\t{Adults.Recipe}\n\ncolumns\ncolumn\ttype\nage\tnumber\nsex\ttext\n", shown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('{', shown.Out);
        Assert.All(JsonDocument.Parse(json.Out).RootElement.GetProperty("sites").EnumerateArray(), site =>
            Assert.Equal(JsonSerializer.SerializeToElement(Adults, SessionsJson.Default.FrameReport).ToString(), site.GetProperty("result").ToString()));
    }

    [Fact]
    public async Task ListShowAndEnd_AreTablesToo()
    {
        await using var federation = await AnsweringAsync(new SessionReport("sepsis", [Adults, Adults with { Frame = "all", Rows = 80 }]), SessionsJson.Default.SessionReport);
        string[] where = ["--collaboration", $"{federation.Collaboration}"];

        var listed = await TaskCommandTests.RunAsync(federation, ["session", "list", "sepsis", .. where]);
        Answer(federation, new SessionReport("sepsis", [Adults]), SessionsJson.Default.SessionReport);
        var one = await TaskCommandTests.RunAsync(federation, ["session", "show", "sepsis", "adults", .. where]);
        Answer(federation, new SessionReport("sepsis", []), SessionsJson.Default.SessionReport);
        var none = await TaskCommandTests.RunAsync(federation, ["session", "show", "sepsis", "adults", .. where]);
        Answer(federation, new SessionEnded("sepsis", ["adults", "all"]), SessionsJson.Default.SessionEnded);
        var ended = await TaskCommandTests.RunAsync(federation, ["session", "end", "sepsis", .. where]);

        federation.Answer = (_, run) => run.Succeed("""{"session":"sepsis","frames":[{"frame":"later"}]}"""u8.ToArray());
        var later = await TaskCommandTests.RunAsync(federation, ["session", "list", "sepsis", .. where]);

        Assert.Contains("\"frame\": \"later\"", later.Out, StringComparison.Ordinal);
        Assert.Contains($"frame\tcolumns\trows\tversion\tprepared\tkept until\nadults\t2\t120\t{Adults.Version.ToString()[..19]}\t", listed.Out, StringComparison.Ordinal);
        Assert.Contains("\nall\t2\t80\tsha256:", listed.Out, StringComparison.Ordinal);
        Assert.Contains("\ncolumns\ncolumn\ttype\nage\tnumber\n", one.Out, StringComparison.Ordinal);
        Assert.Contains("frames\tnone\n", none.Out, StringComparison.Ordinal);
        Assert.Contains("deleted\tadults, all\n", ended.Out, StringComparison.Ordinal);
    }

    private static async Task<FakeFederation> AnsweringAsync<T>(T answer, JsonTypeInfo<T> type)
    {
        var federation = await FakeFederation.StartAsync("South");
        federation.Home.InstallCatalogue(Catalogue.Sign(new CatalogueStatement
        {
            V = 1, Issuer = federation.Asker.Id, Serial = 2, IssuedAt = Partner.Now,
            Algorithms = [new CatalogueAlgorithm("sessions", "1.0.0", AlgorithmRef.Builtin("sessions", "1.0.0", Digest.OfText("code").ToString()), "Sessions", ["prepare", "list", "end"])],
        }, federation.Asker.RootKey, CertificateChain.Of(federation.Asker.Root)), Partner.Now);
        Answer(federation, answer, type);
        return federation;
    }

    private static void Answer<T>(FakeFederation federation, T answer, JsonTypeInfo<T> type) =>
        federation.Answer = (_, run) => run.Succeed(JsonSerializer.SerializeToUtf8Bytes(answer, type));
}
