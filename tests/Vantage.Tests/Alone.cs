namespace Vantage.Tests;

/// <summary>Tests that count what the whole process allocates, and so run when no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public static class Alone;
