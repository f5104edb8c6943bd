namespace Vantage.Tests.Simulation.Laws;

/// <summary>The first law that was broken, and when. Found inside whatever happens to run, so nothing is thrown there.</summary>
internal sealed class LawBook(World world)
{
    public Violation? Broken { get; private set; }

    public void Break(string law, string how)
    {
        if (Broken is null)
        {
            Broken = new Violation(law, how, world.Scheduler.Elapsed);
            world.Trace.Say($"BROKEN: {law}: {how}");
        }
    }

    public void Hold(bool holds, string law, Func<string> how)
    {
        if (!holds)
        {
            Break(law, how());
        }
    }
}

internal sealed record Violation(string Law, string How, TimeSpan At)
{
    public override string ToString() => $"{At:mm\\:ss\\.fff} {Law}: {How}";
}
