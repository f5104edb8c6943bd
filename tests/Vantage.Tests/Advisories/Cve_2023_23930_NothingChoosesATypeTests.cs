using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Policy.Reading;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Json;
using Vantage.Protocol.Sessions;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.Advisories;

/// <summary>
/// CVE-2023-23930 (GHSA-5m22-cfq9-86x6): vantage6 unpickled results, so whoever sent one chose what was run. NVFLARE's
/// CVE-2026-24186 is its cousin: a type's name within a message decided. Here nothing that is read says of which type it is.
/// </summary>
public sealed partial class Cve_2023_23930_NothingChoosesATypeTests
{
    /// <summary>Of Json.NET, JavaScriptSerializer, Jackson, fastjson, jsonpickle and our own journal; values that are known gadgets.</summary>
    private static readonly (string Member, string Value)[] Gadgets =
    [
        ("$type", "System.Windows.Data.ObjectDataProvider, PresentationFramework"),
        ("$type", "System.Diagnostics.Process, System.Diagnostics.Process"),
        ("__type", "System.Configuration.Install.AssemblyInstaller, System.Configuration.Install"),
        ("@class", "com.sun.rowset.JdbcRowSetImpl"),
        ("@type", "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl"),
        ("py/object", "__main__.Shell"),
        ("py/reduce", "posix.system"),
        ("$id", "1"),
        ("$ref", "1"),
        ("is", "forgotten"),
        ("__proto__", "polluted"),
    ];

    [Fact]
    public void NothingSigned_IsReadWithAMemberThatNamesAType()
    {
        foreach (var type in TypesOf(typeof(SignedJson)))
        {
            foreach (var (member, value) in Gadgets)
                Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize($$"""{"{{member}}":"{{value}}"}""", type));
        }
    }

    /// <summary>What is unsigned ignores what it does not know: then it must make no difference at all.</summary>
    [Fact]
    public void WhatIsUnsigned_IsTheSame_WithAndWithoutAMemberThatNamesAType()
    {
        var plain = """{"mode":"Active","reports":[{"run":"run_019ab0c4d2e87a31b1c5a7e0f3d29c44","epoch":3,"phase":"Running","progress":5,"waiting":"none"}]}""";
        var expected = JsonSerializer.Serialize(JsonSerializer.Deserialize(plain, ProtocolJson.Default.Heartbeat)!, ProtocolJson.Default.Heartbeat);
        foreach (var (member, value) in Gadgets)
        {
            foreach (var first in new[] { true, false })
            {
                var bent = Put(JsonNode.Parse(plain)!.AsObject(), member, value, first);
                bent["reports"]!.AsArray()[0] = Put(bent["reports"]!.AsArray()[0]!.DeepClone().AsObject(), member, value, first);

                var read = JsonSerializer.Deserialize(bent.ToJsonString(), ProtocolJson.Default.Heartbeat)!;

                Assert.Equal(typeof(Heartbeat), read.GetType());
                Assert.Equal(expected, JsonSerializer.Serialize(read, ProtocolJson.Default.Heartbeat));
            }
        }
    }

    /// <summary>Streams of pickle, Java, BinaryFormatter, .NET remoting, R and PHP where JSON is expected.</summary>
    [Theory]
    [InlineData("80049523000000000000008c05706f736978948c0673797374656d9493948c026964948594529 42e")]
    [InlineData("63706f7369780a73797374656d0a2853276964270a74522e")]
    [InlineData("aced00057372")]
    [InlineData("0001000000ffffffff01000000000000000c02000000")]
    [InlineData("580a000000030004030100030500")]
    [InlineData("4f3a383a2273746443 6c617373223a303a7b7d")]
    public void StreamsOfOtherSerializers_AreNoJson(string hex)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.ThrowsAny<JsonException>(() => ExactJson.Read(bytes, SignedJson.Default.TaskManifest));
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(bytes, ProtocolJson.Default.CommitRequest));
        Assert.ThrowsAny<JsonException>(() => TrailJson.ReadLine(bytes));
    }

    [Theory]
    [InlineData("version: !!python/object/apply:os.system ['id']")]
    [InlineData("version: !System.Diagnostics.Process 1")]
    [InlineData("accept: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://x\"]]]]")]
    [InlineData("!<tag:yaml.org,2002:System.Diagnostics.Process>\nversion: 1")]
    public void ATagInAPolicy_MakesNothing(string yaml)
    {
        try
        {
            Assert.Empty(PolicyReader.Read("policy.yaml", yaml).Accept);
        }
        catch (SettingsException e)
        {
            Assert.NotEmpty(e.Problems);
        }
    }

    /// <summary>
    /// Two types have a discriminator: the node's own journal, which nobody sends, and the steps that prepare data. It is a
    /// word out of a list that ends here, each for a sealed record beside it; another word is refused. No JSON has a member
    /// of type object, whose value would decide.
    /// </summary>
    [Fact]
    public void WhatADiscriminatorChooses_IsOfAClosedListOfRecords_AndNoMemberIsOfAnyType()
    {
        Assembly[] ours = [typeof(SignedJson).Assembly, typeof(Vantage.Client.VantageClient).Assembly, typeof(Vantage.Coordinator.Program).Assembly, typeof(JournalRecord).Assembly];

        var polymorphic = ours.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetCustomAttribute<JsonPolymorphicAttribute>() is not null || type.GetCustomAttributes<JsonDerivedTypeAttribute>().Any())
            .ToList();
        var contexts = ours.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)) && !type.IsAbstract);
        var loose = contexts.SelectMany(context => context.GetCustomAttributesData())
            .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
            .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!)
            .Where(type => type == typeof(object));

        Assert.Equal([typeof(FrameStep), typeof(JournalRecord), typeof(MemoryRecord)], polymorphic.OrderBy(type => type.Name, StringComparer.Ordinal));
        Assert.All(polymorphic, type =>
        {
            var list = type.GetCustomAttribute<JsonPolymorphicAttribute>();
            Assert.False(list?.IgnoreUnrecognizedTypeDiscriminators ?? false);
            Assert.Equal(JsonUnknownDerivedTypeHandling.FailSerialization, list?.UnknownDerivedTypeHandling ?? default);
            Assert.All(type.GetCustomAttributes<JsonDerivedTypeAttribute>(), one => Assert.True(
                one.DerivedType.IsSealed && one.DerivedType.Assembly == type.Assembly && one.TypeDiscriminator is string, $"{type}: {one.DerivedType}"));
        });
        Assert.Empty(loose);
        Assert.All(TypesOf(typeof(ProtocolJsonTypes)).Concat(TypesOf(typeof(SignedJson))).SelectMany(type => type.Properties),
            // What is left out of the JSON has no type there.
            member => Assert.True(member.PropertyType != typeof(object) || (member.Get is null && member.Set is null), $"{member.DeclaringType}.{member.Name}"));
    }

    /// <summary>The analyzer bans them in C#; this looks into the kits and clients of other languages.</summary>
    [Fact]
    public void NoKit_UnpicklesOrEvaluates()
    {
        var sources = Checkout.Files(".py", ".R").ToList();

        Assert.NotEmpty(sources);
        Assert.Empty(sources.SelectMany(path => Dangerous().Matches(Checkout.Read(path)).Select(found => $"{path}: {found.Value}")));
    }

    [GeneratedRegex(@"\b(import (pickle|marshal|shelve|dill|cloudpickle|jsonpickle)|pickle\.loads?|yaml\.(load|unsafe_load)\(|(?<![\w.])(eval|exec)\(|readRDS\(|unserialize\(|parse\(text\s*=)")]
    private static partial Regex Dangerous();

    private static IEnumerable<JsonTypeInfo> TypesOf(Type context)
    {
        var instance = (JsonSerializerContext)context.GetProperty("Default", BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)!.GetValue(null)!;
        return context.GetCustomAttributesData().Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
            .Select(attribute => instance.GetTypeInfo((Type)attribute.ConstructorArguments[0].Value!)!);
    }

    private static JsonObject Put(JsonObject into, string member, string value, bool first)
    {
        var members = into.Select(pair => (pair.Key, Value: pair.Value?.DeepClone())).ToList();
        members.Insert(first ? 0 : members.Count, (member, JsonValue.Create(value)));
        return new JsonObject(members.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
    }
}
