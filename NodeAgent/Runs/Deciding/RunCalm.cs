using System.Collections.Immutable;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Runs.Deciding;

/// <summary>
/// Which entries are worth a look. A node remembers each run until its task's end, thousands of them after a day of questions,
/// and decides many times for each: what is over and has nothing due is left alone until it has. It leaves out only what
/// <see cref="RunPlan"/> would decide nothing about.
/// </summary>
internal sealed class RunCalm
{
    private readonly HashSet<RunId> restless = [];
    private ImmutableDictionary<RunId, RunEntry> live = ImmutableDictionary<RunId, RunEntry>.Empty;
    private int calm = -1;

    /// <summary>Before then, nothing is due of those left out.</summary>
    public DateTimeOffset Until { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>All that is live, and what is over and has something due.</summary>
    public IReadOnlyList<RunEntry> Look(NodeView view)
    {
        var book = view.Book;
        restless.UnionWith(live.Keys.Where(run => !book.Live.ContainsKey(run)));
        restless.RemoveWhere(run => book.Live.ContainsKey(run) || !book.Entries.ContainsKey(run));
        live = book.Live;
        // Whatever came and went unseen shows in the count.
        if (view.Now >= Until || book.Entries.Count != live.Count + restless.Count + calm)
        {
            restless.UnionWith(book.Entries.Keys.Where(run => !live.ContainsKey(run)));
            (calm, Until) = (0, DateTimeOffset.MaxValue);
        }

        foreach (var run in restless.ToList())
        {
            if (RunPlan.DueAt(view, book.Entries[run]) is var due && due > view.Now)
            {
                restless.Remove(run);
                calm++;
                Until = due < Until ? due : Until;
            }
        }

        return [.. live.Values, .. restless.Select(run => book.Entries[run])];
    }
}
