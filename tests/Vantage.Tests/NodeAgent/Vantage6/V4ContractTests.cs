using System.Text.Json;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.NodeAgent.Vantage6;
using Vantage.Protocol.Algorithms;

namespace Vantage.Tests.NodeAgent.Vantage6;

/// <summary>What a run of that contract finds, by the published conventions.</summary>
public sealed class V4ContractTests
{
    /// <summary>The vectors of RFC 4648, with '!' for '='.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY!!!!!!")]
    [InlineData("fo", "MZXQ!!!!")]
    [InlineData("foo", "MZXW6!!!")]
    [InlineData("foob", "MZXW6YQ!")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI!!!!!!")]
    public void Values_AreBase32WithAnotherPadding(string text, string encoded) => Assert.Equal(encoded, V4Text.Encode(text));

    [Fact]
    public void TheEnvironment_NamesWhatTheRunMaySee_AndNothingElse()
    {
        var folder = new V4Folder("/run");
        RunData[] files = [new() { Label = "table", Path = "/run/shown/table.csv", Format = "csv" }];

        var plain = V4Environment.Of(folder, files, plain: true).Select(line => line.Split('=', 2)).ToDictionary(line => line[0], line => line[1]);
        var encoded = V4Environment.Of(folder, files, plain: false);

        Assert.Equal(("/mnt/data/task-000000001/input", "/mnt/data/task-000000001/output", "/mnt/data/task-000000001/token"),
            (plain["INPUT_FILE"], plain["OUTPUT_FILE"], plain["TOKEN_FILE"]));
        Assert.Equal(("http://proxyserver", "8080", "", "/mnt/tmp"), (plain["HOST"], plain["PORT"], plain["API_PATH"], plain["TEMPORARY_FOLDER"]));
        Assert.Equal(("table", "table", "/mnt/data/table.csv", "csv"),
            (plain["USER_REQUESTED_DATABASE_LABELS"], plain["DB_LABELS"], plain["TABLE_DATABASE_URI"], plain["TABLE_DATABASE_TYPE"]));
        Assert.Equal(12, plain.Count);
        Assert.Contains("PORT=HAYDQMA!", encoded);
        Assert.Contains("RUN_CONTEXT_FILE=/mnt/data/task-000000001/run_context.json", encoded);
        Assert.DoesNotContain(encoded, line => line.StartsWith("PKG_NAME", StringComparison.Ordinal));
    }

    [Fact]
    public void TheInput_IsTheFunctionAndItsNamedArguments()
    {
        using var input = JsonDocument.Parse(V4Input.Write("partial", """{"column":"age","of":[1,2.50]}"""u8.ToArray()));

        Assert.Equal("""{"method":"partial","args":[],"kwargs":{"column":"age","of":[1,2.50]}}""", input.RootElement.GetRawText());
    }

    [Fact]
    public void TheToken_SaysWhoTheRunIs_AsTheToolsReadIt()
    {
        var world = new V4World { Image = "r/i@sha256:a", Sites = ["north"], Own = 2, OwnName = "south", Labels = ["table"], HasStudy = true };

        var claims = new V4Token(DateTimeOffset.UnixEpoch.AddSeconds(100), TimeProvider.System).Issue(world).Split('.')[1];
        using var read = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(claims));

        Assert.Equal(100, read.RootElement.GetProperty("exp").GetInt64());
        Assert.Equal("""{"client_type":"container","node_id":1,"organization_id":2,"collaboration_id":1,"study_id":1,"store_id":null,"task_id":1,"image":"r/i@sha256:a","databases":[{"label":"table"}]}""",
            read.RootElement.GetProperty("sub").GetRawText());
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer","minimum":10}}}""", """{"n":10}""", true)]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer","minimum":10}}}""", """{"n":9}""", false)]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer"}}}""", """{"n":1.5}""", false)]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer"}}}""", """{"n":1,"rows":[[1,2]]}""", false)]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}""", """{}""", false)]
    [InlineData("""{"type":"object","additionalProperties":{"type":"number"}}""", """{"a":1,"b":2}""", true)]
    [InlineData("""{"type":"object","additionalProperties":{"type":"number"}}""", """{"a":1,"b":"x"}""", false)]
    [InlineData("""{"type":"object"}""", """{"anything":1}""", false)]
    [InlineData("""{"type":"array","items":{"type":"number"},"maxItems":2}""", """[1,2]""", true)]
    [InlineData("""{"type":"array","items":{"type":"number"},"maxItems":2}""", """[1,2,3]""", false)]
    [InlineData("""{"type":"array"}""", """[1]""", false)]
    [InlineData("""{"type":["number","null"]}""", """null""", true)]
    [InlineData("""{"enum":["a","b"]}""", "\"a\"", true)]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"", false)]
    [InlineData("""{"anyOf":[{"type":"number"},{"const":"none"}]}""", "\"none\"", true)]
    [InlineData("""{"type":"string","maxLength":3}""", "\"abcd\"", false)]
    [InlineData("""{"type":"string","pattern":"^a$"}""", "\"a\"", true)]
    [InlineData("""{"type":"string","pattern":"^a$"}""", "\"b\"", false)]
    [InlineData("""{"type":"string","format":"date"}""", "\"a\"", false)]
    [InlineData("{}", "1", false)]
    public void AResult_PassesAsItsSidecarSaysIt_AndInNoOtherWay(string schema, string result, bool passes)
    {
        using var read = JsonDocument.Parse(schema);
        using var value = JsonDocument.Parse(result);

        Assert.Equal(passes, ResultShape.Misfit(read.RootElement, value.RootElement) is null);
    }
}
