using Vantage.NodeAgent.Audit.Trail;

namespace Vantage.NodeAgent.Disclosure.Memory.Desk;

/// <summary>What the admin of this machine may know of the answers that left, and take back of what is remembered.</summary>
internal sealed class MemoryDesk(AnswerMemory memory, ITrail trail, TimeProvider time)
{
    public MemoryReply List() => new("", memory.Look(book => book.Datasets.OrderBy(dataset => dataset.Key, StringComparer.Ordinal)
        .Select(dataset => View(dataset.Key, dataset.Value)).ToList()));

    /// <summary>
    /// From now on answers about this source are compared with none before. The trail says who had it forgotten, on the disk before it
    /// is: from there on two answers may give a few people away, and that is the site's own decision.
    /// </summary>
    /// <param name="dataset">Which.</param>
    /// <param name="by">The account that wants it.</param>
    public async Task<MemoryReply> ForgetAsync(string dataset, string by)
    {
        var sets = memory.Look(book => book.Datasets.Where(known => known.Key == dataset).Sum(known => known.Value.Scopes.Count));
        var tables = memory.Look(book => book.Datasets.Where(known => known.Key == dataset).Sum(known => known.Value.Tables.Count));
        if (sets + tables == 0)
        {
            return List() with { Message = $"No answer about '{dataset}' is remembered.", IsUnknown = true };
        }

        await trail.RecordAsync(new Happening("memory.forget", dataset, ("sets", $"{sets}"), ("tables", $"{tables}"), ("by", by)));
        memory.Forget(dataset, by);
        return List() with { Message = $"Forgotten: {sets} sets of rows of '{dataset}', and {tables} tables. New answers about it are no longer compared with those that left before." };
    }

    private MemoryView View(string dataset, DatasetMemory known) => new(dataset, known.Scopes.Count, known.First, known.Last, known.ForgottenAt, known.Tables.Count,
        [.. known.On(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)).Select(had => new MemorySpending(had.Requester, had.Answers, had.Bytes))]);
}
