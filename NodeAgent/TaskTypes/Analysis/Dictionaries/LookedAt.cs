using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Dictionaries;

/// <summary>What a question about data is about, and by which rule.</summary>
/// <param name="Data">As the manifest names it.</param>
/// <param name="Source">What it is here.</param>
/// <param name="Scratch">A file's name of which nothing is left.</param>
/// <param name="Rule">That lets it be asked about.</param>
/// <param name="Allowed">Columns that may be spoken of; null for all.</param>
/// <param name="Facts">So far.</param>
internal sealed record LookedAt(DataRef Data, IDataSource Source, string Scratch, AcceptRule Rule, IReadOnlySet<string>? Allowed, ExecutionFacts Facts)
{
    /// <summary>For the receipt: exactly which data, and about how many rows, as the rule lets it be said.</summary>
    public ExecutionFacts Saw(Digest content, long rows, ReceiptMapping? mapping) =>
        Facts with { Datasets = [new DatasetUsed(Data.Label, Data.Id, Data.Version, content, Rule.Disclosure.Blur(rows), mapping)] };
}
