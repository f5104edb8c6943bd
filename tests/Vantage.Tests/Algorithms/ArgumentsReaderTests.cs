using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.Algorithms;

public sealed partial class ArgumentsReaderTests
{
    [Fact]
    public void WhatIsGiven_IsRead()
    {
        var fit = Read("""{"formula":"y ~ x","rounds":7}""");

        Assert.Equal(new FitArguments("y ~ x", 7, null), fit);
    }

    [Fact]
    public void WhatMayBeLeftOut_HasItsDefault() => Assert.Equal(25, Read("""{"formula":"y ~ x"}""").Rounds);

    [Theory]
    [InlineData("""{"formula":"y","round":7}""", "round", "'formula', 'rounds', 'start'")]
    [InlineData("""{"rounds":7}""", "formula", "required")]
    [InlineData("""{"formula":null}""", "formula", "not of the type")]
    [InlineData("""{"formula":"y","rounds":"7"}""", "rounds", "not of the type")]
    [InlineData("""{"formula":"y","rounds":7.5}""", "rounds", "not of the type")]
    [InlineData("""{"formula":"y","start":[1,"x"]}""", "start[1]", "not of the type")]
    [InlineData("""{"formula":"y","rounds":0}""", "rounds", "at least 1")]
    public void WhatIsWrong_IsToldByArgument(string json, string argument, string why)
    {
        var refusal = Assert.Throws<ArgumentsInvalidException>(() => Read(json));

        Assert.Equal(argument, refusal.Argument);
        Assert.StartsWith($"Argument '{argument}': ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"formula\":\"y\",\"formula\":\"x\"}")]
    [InlineData("{\"formula\":\"y\"}{}")]
    [InlineData("{\"formula\":\"y\",\"rounds\":NaN}")]
    public void WhatIsNoObject_IsRefused(string json) =>
        Assert.Equal(RunCodes.ArgumentsInvalid, Assert.ThrowsAny<RunFailedException>(() => Read(json)).Code);

    private static FitArguments Read(string json) =>
        ArgumentsReader.Read(Encoding.UTF8.GetBytes(json), FitJson.Default.FitArguments);

    internal sealed record FitArguments(string Formula, int Rounds = 25, IReadOnlyList<double>? Start = null) : IArguments
    {
        public void Check()
        {
            if (Rounds < 1)
                throw new ArgumentsInvalidException("rounds", "at least 1.");
        }
    }

    [JsonSourceGenerationOptions(
        JsonSerializerDefaults.Web,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(FitArguments))]
    private sealed partial class FitJson : JsonSerializerContext;
}
