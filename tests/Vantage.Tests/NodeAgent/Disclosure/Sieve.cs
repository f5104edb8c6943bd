using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.Protocol.Disclosure;

namespace Vantage.Tests.NodeAgent.Disclosure;

/// <summary>The node's filter over outputs that are written down, of a function whose schema has one member of each kind.</summary>
internal static class Sieve
{
    private const string Schema = """
        {"type":"object","properties":{
          "rows":{"type":"integer","disclosure":{"is":"rows"}},
          "count":{"type":["integer","null"],"disclosure":{"is":"count"}},
          "counts":{"type":"array","items":{"type":["integer","null"]},"disclosure":{"is":"count"}},
          "sizes":{"type":"array","items":{"type":"integer"},"disclosure":{"is":"public"}},
          "cells":{"type":"array","items":{"type":["integer","null"]},"disclosure":{"is":"cells","shape":"sizes","evidence":"all"}},
          "all":{"type":"array","items":{"type":"integer"},"disclosure":{"is":"evidence"}},
          "leftOut":{"type":"integer","disclosure":{"is":"blurred"}},
          "atRisk":{"type":"array","items":{"type":["integer","null"]},"disclosure":{"is":"at-risk"}},
          "sum":{"type":["number","null"],"disclosure":{"is":"statistic","evidence":"shape"}},
          "shape":{"type":"object","properties":{"total":{"type":"number"},"largest":{"type":"number"},"second":{"type":"number"}},"disclosure":{"is":"evidence"}},
          "mean":{"type":["number","null"],"disclosure":{"is":"statistic"}},
          "short":{"type":["number","null"],"disclosure":{"is":"statistic","digits":3}},
          "means":{"type":"array","items":{"type":["number","null"]},"disclosure":{"is":"statistic"}},
          "rest":{"type":"number","disclosure":{"is":"rest"}},
          "coefficients":{"type":"array","items":{"type":"number"},"disclosure":{"is":"parameters"}},
          "products":{"type":"array","items":{"type":"number"},"disclosure":{"is":"products"}},
          "range":{"type":["array","null"],"items":{"type":"number"},"disclosure":{"is":"bounds"}},
          "levels":{"type":"array","items":{"type":"string"},"disclosure":{"is":"levels"}},
          "byLevel":{"type":"object","additionalProperties":{"type":"integer"},"disclosure":{"is":"count"}},
          "column":{"type":"string","disclosure":{"is":"name"}},
          "told":{"type":"number","disclosure":{"is":"public"}},
          "holds":{"type":"string","disclosure":{"is":"word","words":["numbers","text"]}},
          "flag":{"type":"boolean","disclosure":{"is":"word"}},
          "held":{"type":"array","items":{"type":"object","properties":{"rule":{"type":"string"},"values":{"type":"integer"}}},"disclosure":{"is":"suppressed"}},
          "groups":{"type":"array","items":{"type":"object","properties":{
            "rows":{"type":"integer","disclosure":{"is":"rows"}},"mean":{"type":["number","null"],"disclosure":{"is":"statistic"}}}}},
          "total":{"type":"integer","disclosure":{"is":"rows","rounded":true}},
          "multiple":{"type":"integer","disclosure":{"is":"rounding"}},
          "anything":{"type":["number","string","array"],"items":{"type":"number"}}
        }}
        """;

    private static readonly JsonElement Parsed = JsonElement.Parse(Schema);

    /// <summary>The function's schema.</summary>
    public static JsonElement Declared => Parsed;

    /// <summary>Of a table of a hundred rows with the columns age and sex, asked for these with the number 12.</summary>
    public static OutputVerdict Judge(string output, DisclosureRules? rules = null, long rows = 100) => OutputFilter.Judge(
        Parsed, JsonElement.Parse(output), Facts(rules ?? DisclosureRules.Acro, rows));

    public static OutputFacts Facts(DisclosureRules rules, long rows) => new OutputFacts(rules, rows, new HashSet<string> { "age", "sex" })
        .Knowing("""{"columns":["age","sex"],"bins":12,"formula":"age ~ sex + factor(stage)"}"""u8.ToArray());

    /// <summary>Null if it passes, else the rule; "undeclared" if there is none.</summary>
    public static string? RuleAgainst(string output, DisclosureRules? rules = null, long rows = 100) => Judge(output, rules, rows) switch
    {
        OutputVerdict.Passes => null,
        OutputVerdict.Refused refused => refused.Rule,
        _ => "undeclared",
    };

    /// <summary>What leaves.</summary>
    public static string Passed(string output, DisclosureRules? rules = null) =>
        Encoding.UTF8.GetString(Assert.IsType<OutputVerdict.Passes>(Judge(output, rules)).Bytes.Span);
}
