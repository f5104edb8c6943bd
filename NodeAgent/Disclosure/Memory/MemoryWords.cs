using Vantage.NodeAgent.Policy;

namespace Vantage.NodeAgent.Disclosure.Memory;

/// <summary>Why an answer stays here, for the one who asked: which rule, and what to do. Never how many rows it was about.</summary>
internal static class MemoryWords
{
    public static string For(MemoryVerdict verdict, AcceptRule rule) => verdict switch
    {
        MemoryVerdict.Tells tells =>
            $"The answer stays here. It is about rows of '{tells.Dataset}' that differ from those of an answer that left before in fewer than {rule.Memory.Differencing} rows,"
            + $" so that the two together would tell of these ('differencing' of rule '{rule.Name}'). Ask about the same rows as before: a frame that was prepared then"
            + " still holds them; or about a set that differs in more rows. If the site's data were changed since, its admin knows"
            + " ('vantage node memory list').",
        MemoryVerdict.Unknown unknown =>
            $"The answer stays here, since this node can't tell which rows of '{unknown.Dataset}' it is about ('differencing' of rule '{rule.Name}'). If it is a frame, prepare it again.",
        MemoryVerdict.Full full =>
            $"The answer stays here: answers about {MemoryBook.MostScopes} different sets of rows of '{full.Dataset}' have left, and this node remembers no more"
            + $" ('differencing' of rule '{rule.Name}'). Ask about rows that were asked about before, or talk to the node's admin ('vantage node memory forget').",
        MemoryVerdict.UsedUp usedUp =>
            $"The answer stays here: rule '{rule.Name}' lets your organization have {usedUp.Most} {(usedUp.Cap == "answersPerDay" ? "answers" : "bytes")} a day about '{usedUp.Dataset}'"
            + $" ('{usedUp.Cap}'), and with this one it would be more. Ask again after midnight UTC, or talk to the node's admin.",
        _ => throw new InvalidOperationException($"No words for {verdict}."),
    };
}
