namespace Vantage.Client.Asking;

/// <summary>One sentence: over whose rows a statistic is, and whether it still is what was asked for.</summary>
internal static class SitesNote
{
    public static string Of(IReadOnlyList<string> asked, IReadOnlyList<string> answered,
        IReadOnlyList<MissingSite> missing, IReadOnlyList<UnaskedSite> notAsked, bool hasResult, bool accepted)
    {
        var (here, gone) = (List(answered), List([.. missing.Select(m => m.Site)]));
        var told = (hasResult, missing.Count, answered.Count) switch
        {
            (true, 0, 1) => $"The statistic is over the rows of the one site that was asked, {here}",
            (true, 0, _) => $"The statistic is over the rows of all {asked.Count} sites that were asked: {here}",
            (true, _, _) when accepted => $"The statistic is over the rows of {here} only: {gone} gave nothing, which "
                + $"was accepted beforehand, so it holds for {answered.Count} of {asked.Count} sites",
            (true, _, _) => $"The statistic is over the rows of {here} only: without {gone} it answers another "
                + "question than the one that was asked",
            (false, 0, _) => $"There is no statistic, although {here} answered: the answers could not be put together",
            (false, _, 0) => $"There is no statistic: {gone} gave nothing",
            (false, _, _) => $"There is no statistic: {gone} gave nothing, and over {here} alone it would answer "
                + "another question than the one that was asked",
        };
        return told + (notAsked.Count == 0 ? "."
            : $"; {List([.. notAsked.Select(n => n.Site)])} could not be asked and {(notAsked.Count == 1 ? "has" : "have")} no part in it.");
    }

    private static string List(IReadOnlyList<string> names) => names switch
    {
        [] => "nobody",
        [var one] => one,
        _ => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
    };
}
