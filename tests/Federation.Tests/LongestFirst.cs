using Federation.Tests;
using Federation.Tests.Audits;
using Federation.Tests.Central;
using Federation.Tests.Containers;
using Federation.Tests.Failures;
using Federation.Tests.Notebooks;
using Federation.Tests.Proxies;
using Federation.Tests.Sandboxes;
using Federation.Tests.Transfers;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Federation.Tests;

/// <summary>
/// Begins with the collections that take minutes, so that none of them is left over at the end with the cores to itself. The
/// order means nothing else: whatever is missing here still runs.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        nameof(SmallerFederation), nameof(FailingFederation), nameof(ContainerTests), nameof(SandboxTests), nameof(ProxyTests),
        nameof(CentralAtTests), nameof(AuditTests), nameof(GibibyteTests), nameof(NotebookTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection)).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Place(ITestCollection collection)
    {
        var place = Array.FindIndex(Long, name => collection.TestCollectionDisplayName == name
            || collection.TestCollectionDisplayName.EndsWith($".{name} (", StringComparison.Ordinal)
            || collection.TestCollectionDisplayName.Contains($".{name} ", StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}
