namespace Vantage.NodeAgent.Link;

/// <summary>
/// That the Coordinator has other signed statements than before. It says so at once when one changes, and with every
/// inventory, so that a lost hint is made good for.
/// </summary>
internal sealed class StatementNews
{
    private readonly Signal signal = new();
    private string? heard;

    public void Changed() => signal.Set();

    /// <param name="mark">Null from a Coordinator that has no statements to hand on.</param>
    public void Heard(string? mark)
    {
        if (mark is not null && Interlocked.Exchange(ref heard, mark) != mark)
        {
            signal.Set();
        }
    }

    public Task WhenChangedAsync(CancellationToken cancellationToken) => signal.WaitAsync(cancellationToken);
}
