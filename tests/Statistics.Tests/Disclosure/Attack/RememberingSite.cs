using System.Text.Json;
using Statistics.Tests.Disclosure.Filter;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Disclosure.Tables;
using Vantage.Protocol.Disclosure.Tables.Linked;
using Vantage.Statistics.Crosstabs;

namespace Statistics.Tests.Disclosure.Attack;

/// <summary>A site that is asked for tables of the same rows again and again: its function, its node's filter, and what its node remembers.</summary>
internal sealed class RememberingSite(DisclosureRules rules, long rows)
{
    private readonly List<ToldTable> left = [];

    public DisclosureRules Rules => rules;

    /// <summary>What leaves; null where nothing does.</summary>
    public async Task<CountsPartial?> AskAsync(CountsArguments question, MemoryTable table)
    {
        var arguments = JsonSerializer.SerializeToUtf8Bytes(question, Crosstab.Partial.Arguments);
        var context = new InProcessContext("site") { Disclosure = rules };
        await Crosstab.Partial.InvokeAsync(context, arguments, new FunctionData([table]), TestContext.Current.CancellationToken);
        var facts = new OutputFacts(rules, rows, question.Columns.ToHashSet(StringComparer.Ordinal)).Knowing(arguments);
        return OutputFilter.Judge(Schema.Of(Crosstab.Partial), JsonElement.Parse(context.Outputs["result"]), facts) switch
        {
            OutputVerdict.Passes passes => Goes(passes) ? JsonSerializer.Deserialize(passes.Bytes.Span, Crosstab.Partial.Result) : null,
            // So few rows that even the list of what was held back may be as long: nothing leaves. In the round before, which nobody asks here,
            // the site half would have said that it has too few rows for its levels.
            OutputVerdict.Refused { Rule: SuppressionRules.LevelsShare or "row-length" } => null,
            var other => throw new InvalidOperationException($"The site half let through what its node refuses: {other}"),
        };
    }

    private bool Goes(OutputVerdict.Passes answer)
    {
        if (LinkedTables.Judge(left, answer.Told, rules) != LinkedVerdict.Nothing)
            return false;
        left.AddRange(answer.Told);
        return true;
    }
}
