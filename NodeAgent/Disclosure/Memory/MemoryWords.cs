using Vantage.NodeAgent.Policy;
using Vantage.Protocol.Disclosure.Tables.Linked;

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
        MemoryVerdict.Links { Why: LinkedVerdict.Narrow } links =>
            $"The answer stays here. With tables of the same rows of '{links.Dataset}' that left before, its own would narrow down a count of fewer than"
            + $" {rule.Disclosure.MinimumCell} rows ('minimumCell' of rule '{rule.Name}'), though each of them is harmless. What left before is answered again;"
            + " join levels of one of the columns, or leave out a column.",
        MemoryVerdict.Links { Why: LinkedVerdict.TooLarge } links =>
            $"The answer stays here. It has tables of columns of '{links.Dataset}' that left with others of theirs before, of more than {LinkedTables.MostCells} combinations of levels:"
            + $" this node can't see whether they tell of fewer than {rule.Disclosure.MinimumCell} rows together ('minimumCell' of rule '{rule.Name}'). Join levels of one of the columns.",
        MemoryVerdict.Links links =>
            $"The answer stays here. Its tables of '{links.Dataset}' and those of the same rows that left before can't all be right, so this node can't see what they tell together"
            + $" ('minimumCell' of rule '{rule.Name}'). The author of the function should know: it says which tables can be read off its results.",
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
