using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Disclosure;

/// <summary>
/// Whatever a task, its manifest, its arguments or a sidecar's schema say of disclosure, the site's rules hold: they have no member for
/// it, it is not read, or it may only ask for less.
/// </summary>
public sealed class NoTaskLoosensTests
{
    /// <summary>What the rules' lines are called, in policies and here.</summary>
    private static readonly string[] Settings =
    [
        "disclosure", "errors", "logs", "minimumRows", "from", "zeroCells", "residualDf", "levelsShare", "differencing", "completeCases", "onDifference",
        "answersPerDay", "bytesPerDay", .. typeof(DisclosureRules).GetProperties().Where(p => p.CanWrite).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)),
    ];

    /// <summary>One for each rule, which it breaks; none repeats what an asker said.</summary>
    private static readonly (string Output, string Rule)[] Broken =
    [
        ("""{"count":2}""", "minimum-cell"), ("""{"count":0}""", "minimum-cell"), ("""{"rows":9,"mean":1.5}""", "minimum-cell"),
        ("""{"rows":30,"coefficients":[1,2,3,4,5,6,7,8,9,10]}""", "saturation"), ("""{"rows":13,"coefficients":[1,2,3,4]}""", "residual-df"),
        ("""{"rows":50,"sum":100,"shape":{"total":100,"largest":50,"second":41}}""", "dominance"),
        ("""{"rows":10,"levels":["a","b","c","d"]}""", "levels-share"), ("""{"atRisk":[50,30,9]}""", "at-risk"),
        ("""{"counts":[12,null,30]}""", "complementary"), ("""{"range":[17,93]}""", "not-blurred"), ("""{"leftOut":1}""", "not-blurred"),
        ("""{"rows":20,"means":[1,2,3,4,5,6,7]}""", "row-length"), ("""{"levels":["943-476-5919"]}""", "identifier"),
        ("""{"holds":"n0mbers"}""", "free-text"),
    ];

    private static readonly Gen<JsonNode> Values = Gen.OneOf(
        Gen.Choose(-1, 1_000_000).Select(n => (JsonNode)JsonValue.Create(n)!), Gen.Elements("off", "datashield", "acro", "release", "allow", "1").Select(t => (JsonNode)JsonValue.Create(t)!),
        Gen.Elements(true, false).Select(b => (JsonNode)JsonValue.Create(b)!));

    private static readonly Arbitrary<(string Name, JsonNode Value, bool Nested, int Output)> Wishes = Arb.From(
        from name in Gen.Elements(Settings)
        from value in Values
        from nested in Gen.Elements(true, false)
        from output in Gen.Choose(0, Broken.Length - 1)
        select (name, value, nested, output));

    [Fact]
    public void Arguments_ThatSpeakOfRules_ChangeNone() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Wishes, wish =>
    {
        var (output, rule) = Broken[wish.Output];
        JsonObject wanted = new() { [wish.Name] = wish.Value.DeepClone() };
        var arguments = (wish.Nested ? new JsonObject { ["disclosure"] = wanted } : wanted).ToJsonString();
        var facts = new OutputFacts(DisclosureRules.Acro, 100, new HashSet<string> { "age" }).Knowing(Encoding.UTF8.GetBytes(arguments));

        return OutputFilter.Judge(Sieve.Declared, JsonElement.Parse(output), facts) is OutputVerdict.Refused refused && refused.Rule == rule;
    }));

    private static TaskManifest Manifest => new Alliance().Ask(Partner.Now).Manifest;

    [Fact]
    public void AManifest_HasNoMemberForAnyOfIt() => Assert.All(Settings, name =>
    {
        var whole = JsonNode.Parse(JsonSerializer.Serialize(Manifest, SignedJson.Default.TaskManifest))!.AsObject();
        foreach (var place in new[] { whole, whole["resources"]?.AsObject(), whole["data"]?[0]?.AsObject() }.OfType<JsonObject>())
        {
            place[name] = 1;
            Assert.Throws<JsonException>(() => whole.Deserialize(SignedJson.Default.TaskManifest));
            place.Remove(name);
        }

        Assert.NotNull(whole.Deserialize(SignedJson.Default.TaskManifest));
    });

    /// <summary>What a schema says of a member, be it the code's own or a sidecar's, asks for fewer digits and shorter lists, or is not followed.</summary>
    [Fact]
    public void ASchema_AsksForLessOnly() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
        Arb.From(Gen.Choose(-3, 40)), Arb.From(Gen.Choose(1, 17)), Arb.From(Gen.Choose(1, 40)), (digits, most, items) =>
        {
            var rules = DisclosureRules.Acro with { Preset = DisclosurePreset.Custom, Digits = most };
            var hint = $$"""{"is":"statistic","digits":{{digits}},"items":{{items}},"minimumCell":1,"rounding":1,"preset":"off"}""";
            var schema = JsonElement.Parse($$$"""
                {"type":"object","properties":{"rows":{"type":"integer","disclosure":{"is":"rows"}},
                 "mean":{"type":"number","disclosure":{{{hint}}}},"list":{"type":"array","items":{"type":"number"},"disclosure":{{{hint}}} } } }
                """);
            var facts = new OutputFacts(rules, 20, new HashSet<string>());

            var mean = OutputFilter.Judge(schema, JsonElement.Parse("""{"rows":20,"mean":0.1234567890123456789}"""), facts);
            var few = OutputFilter.Judge(schema, JsonElement.Parse("""{"rows":9,"mean":1}"""), facts);
            var list = OutputFilter.Judge(schema, JsonElement.Parse($$"""{"rows":20,"list":[{{string.Join(',', Enumerable.Repeat("1", items))}}]}"""), facts);

            Assert.Equal("minimum-cell", Assert.IsType<OutputVerdict.Refused>(few).Rule);
            var told = JsonElement.Parse(Assert.IsType<OutputVerdict.Passes>(mean).Bytes.Span).GetProperty("mean").GetRawText();
            Assert.True(told.TrimStart('0', '.').Length <= most, told);
            Assert.Equal(items <= DisclosureHint.MostItems, list is OutputVerdict.Passes);
        }));

    /// <summary>Each setting by itself: whatever leaves under the stricter one leaves under the looser one too.</summary>
    [Fact]
    public void ASettingThatIsStricter_LetsNothingMoreLeave() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
        Arb.From(Gen.Choose(0, Stricter.Length - 1)), Arb.From(Gen.Choose(0, 60)), (setting, size) =>
        {
            var loose = DisclosureRules.DataShield with { Preset = DisclosurePreset.Custom };
            string[] outputs =
            [
                $$"""{"count":{{size}}}""", $$"""{"rows":{{size}},"mean":1}""", $$"""{"rows":60,"coefficients":[{{string.Join(',', Enumerable.Repeat("1", size))}}]}""",
                $$"""{"rows":50,"sum":100,"shape":{"total":100,"largest":{{size}},"second":{{size / 2}} } }""", $$"""{"atRisk":[{{size}}]}""",
                $$"""{"levels":[{{string.Join(',', Enumerable.Range(0, size).Select(i => $"\"c{i}\""))}}]}""",
            ];
            return outputs.All(output => Sieve.RuleAgainst(output, Stricter[setting](loose)) is not null || Sieve.RuleAgainst(output, loose) is null);
        }));

    private static readonly Func<DisclosureRules, DisclosureRules>[] Stricter =
    [
        r => r with { MinimumCell = 20 }, r => r with { ZeroCellsPass = false }, r => r with { MinimumResidualDegreesOfFreedom = 30 },
        r => r with { DominanceShare = 0.6 }, r => r with { DominanceShare = 0.9, DominanceCount = 3 }, r => r with { PRatio = 0.5 },
        r => r with { ParameterShare = 0.1 }, r => r with { LevelsShare = 0.1 }, r => r with { MaximumLevels = 5 }, r => r with { MinimumAtRisk = 30 },
        r => r with { Rounding = 5 }, r => r with { Digits = 3 }, r => r with { OutputKiB = 1 },
    ];
}
