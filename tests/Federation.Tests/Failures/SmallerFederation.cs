namespace Federation.Tests.Failures;

/// <summary>
/// Another one, beside the first: for tests that mostly wait for a Coordinator to come back, while the others kill nodes. What
/// they show does not take a third site.
/// </summary>
public sealed class SmallerFederation : FailingFederation
{
    protected override IReadOnlyList<string> Sites => ["north", "south"];
}

[CollectionDefinition(nameof(FailingFederation))]
public sealed class FailingFederationCollection : ICollectionFixture<FailingFederation>;

[CollectionDefinition(nameof(SmallerFederation))]
public sealed class SmallerFederationCollection : ICollectionFixture<SmallerFederation>;
