namespace Vantage.Tests.Simulation.Histories;

/// <summary>A broken law as a person wants to read it: how to see it again, the shortest history that shows it, what happened.</summary>
internal static class Report
{
    public static string Of(History failing, Verdict verdict, Rules rules)
    {
        var shrunk = Shrinker.Shrink(failing, verdict.Broken!, rules);
        var told = Simulator.Run(shrunk, rules, tells: true);
        return $"""
            {verdict.Broken}
            Again: VANTAGE_SEED={failing.Seed} ./build test --filter SimulationTests

            Without what it does not need:
            {shrunk}

            {string.Join('\n', told.Trace)}
            """;
    }
}
