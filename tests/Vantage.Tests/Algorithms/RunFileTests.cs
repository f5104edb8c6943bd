using System.Text.Json;
using System.Text.Json.Nodes;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Algorithms;

public sealed class RunFileTests
{
    private const string Golden = """
        {
          "v": 1,
          "run": "run_0190163d8694739bbbce7a8b7ddaa9e0",
          "algorithm": "builtin:summary@1.0.0+sha256:00",
          "function": "partial",
          "site": "Hospital North",
          "arguments": "/vantage/arguments.json",
          "data": [
            { "label": "patients", "path": "/vantage/data/patients.csv", "format": "csv",
              "schema": [ { "name": "age", "type": "number" } ],
              "options": { "delimiter": ";" } }
          ],
          "gateway": { "kind": "unix-http", "address": "/vantage/gateway.sock" },
          "limits": { "outputBytes": 1048576, "logBytes": 65536 },
          "addedByALaterNode": true
        }
        """;

    [Fact]
    public void AFileOfVersion1_IsReadWithItsDefaults()
    {
        var file = JsonSerializer.Deserialize(Golden, AlgorithmsJson.Default.RunFile)!;

        Assert.Equal(1, file.V);
        Assert.Equal(Id.Parse<RunId>("run_0190163d8694739bbbce7a8b7ddaa9e0"), file.Run);
        Assert.Equal("Hospital North", file.Site);
        var data = Assert.Single(file.Data);
        Assert.Equal(new ColumnSchema("age", ColumnType.Number), Assert.Single(data.Schema!));
        Assert.Equal(";", data.Options!.Delimiter);
        Assert.Equal(".", data.Options.Decimal);
        Assert.Equal("utf-8", data.Options.Encoding);
        Assert.True(data.Options.Header);
        Assert.Null(data.Options.Missing);
        Assert.Equal(GatewayKinds.UnixHttp, file.Gateway.Kind);
        Assert.Null(file.Limits.MemoryBytes);
    }

    [Fact]
    public void WhatIsWritten_IsReadAsTheSame()
    {
        var file = JsonSerializer.Deserialize(Golden, AlgorithmsJson.Default.RunFile)!;

        var text = JsonSerializer.Serialize(file, AlgorithmsJson.Default.RunFile);
        var again = JsonSerializer.Serialize(
            JsonSerializer.Deserialize(text, AlgorithmsJson.Default.RunFile)!, AlgorithmsJson.Default.RunFile);

        Assert.Equal(text, again);
    }

    /// <summary>A worker that is told with each call has no run of its own.</summary>
    [Fact]
    public void AWarmWorkersFile_NamesNoRunFunctionOrArguments()
    {
        var warm = JsonNode.Parse(Golden)!.AsObject();
        foreach (var member in new[] { "run", "function", "arguments" })
            warm.Remove(member);
        warm["warm"] = true;

        var file = JsonSerializer.Deserialize(warm.ToJsonString(), AlgorithmsJson.Default.RunFile)!;

        Assert.Equal((true, null, null, null), (file.Warm, file.Run, file.Function, file.Arguments));
    }

    [Theory]
    [InlineData("algorithm")]
    [InlineData("data")]
    [InlineData("gateway")]
    [InlineData("limits")]
    public void AMissingMember_IsNamed(string member)
    {
        var without = JsonNode.Parse(Golden)!.AsObject();
        without.Remove(member);

        var refusal = Assert.Throws<JsonException>(
            () => JsonSerializer.Deserialize(without.ToJsonString(), AlgorithmsJson.Default.RunFile));

        Assert.Contains(member, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("result", true)]
    [InlineData("model-1.onnx", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("a..", false)]
    [InlineData("-a", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("A", false)]
    [InlineData("a\0", false)]
    [InlineData("é", false)]
    public void AnOutputName_IsAHarmlessFileName(string name, bool harmless) =>
        Assert.Equal(harmless, Gateway.IsOutputName(name));
}
