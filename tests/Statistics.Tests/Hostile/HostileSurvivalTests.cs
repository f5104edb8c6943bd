using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Cox;
using Vantage.Statistics.KaplanMeier;
using Vantage.Statistics.KaplanMeier.Grids;
using Vantage.Statistics.LogRank;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Statistics.Tests;

/// <summary>Times, risks and tests that no table can give are refused by the name of who returned them.</summary>
public sealed class HostileSurvivalTests
{
    private static readonly InProcessFederation Honest = new(
        new("North", new MemoryTable(
            "t", MemoryColumn.Of("time", 5, 3, 3, 8, 2), MemoryColumn.Of("status", 1, 1, 0, 1, 1),
            MemoryColumn.Of("x", 1, 2, 3, 4, 5), MemoryColumn.Of("g", "a", "b", "a", "b", "a"))),
        new InProcessSite("South", new MemoryTable(
            "t", MemoryColumn.Of("time", 1, 3, 6, 7), MemoryColumn.Of("status", 1, 1, 0, 1),
            MemoryColumn.Of("x", 2, 1, 4, 5), MemoryColumn.Of("g", "b", "b", "a", "a"))));

    private static readonly InProcessFederation UnderRules =
        new InProcessFederation(new("North", Many(0)), new InProcessSite("South", Many(3))).Under(DisclosureRules.DataShield);

    public static TheoryData<string> CountLies =>
        ["rows", "cell", "twice", "negative", "empty", "length", "descending", "nan", "huge", "overflow", "entries", "late entry"];

    [Theory]
    [MemberData(nameof(CountLies))]
    public async Task CountsOfCurves(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, KaplanMeierCurves.Central, new("Surv(time, status) ~ g"), (TimeCountsPartial p) => Counts(p, lie));

    [Theory]
    [MemberData(nameof(CountLies))]
    public async Task CountsOfATest(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, LogRankTest.Central, new("Surv(time, status) ~ g"), (TimeCountsPartial p) => Counts(p, lie));

    public static TheoryData<string> FrameLies => ["rows", "huge", "left out", "span", "nan", "columns"];

    [Theory]
    [MemberData(nameof(FrameLies))]
    public async Task Frames(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, LogRankTest.Central, new("Surv(time, status) ~ g"), (SurvivalFramePartial p) => lie switch
        {
            "rows" => p with { Rows = -4 },
            "huge" => p with { Rows = long.MaxValue },
            "left out" => p with { LeftOut = long.MaxValue },
            "span" => p with { Span = [7, 1] },
            "nan" => p with { Span = [double.NaN, 1] },
            _ => p with { Columns = [.. p.Columns.Skip(1)] },
        });

    public static TheoryData<string> WithinLies =>
        ["rows", "groups", "differences", "variance", "silent", "nan", "negative", "observed", "share", "unbalanced", "cauchy"];

    [Theory]
    [MemberData(nameof(WithinLies))]
    public async Task TestsWithinASite(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, LogRankTest.Central, new("Surv(time, status) ~ g", StratifyBySite: true), (LogRankWithinPartial p) => lie switch
        {
            "rows" => p with { Rows = 5 },
            "groups" => p with { Groups = [p.Groups[0]] },
            "differences" => p with { Differences = [0] },
            "variance" => p with { Variance = [1, 2] },
            "silent" => new(p.Rows, [], [], [], []),
            "nan" => p with { Differences = [double.NaN, 0] },
            "negative" => p with { Variance = [-1, 1, -1] },
            "observed" => p with { Groups = [p.Groups[0] with { Observed = 100 }, p.Groups[1]] },
            "share" => p with { Groups = [p.Groups[0] with { Rows = 4 }, p.Groups[1]] },
            "unbalanced" => p with { Differences = [p.Differences[0] + 1, p.Differences[1]] },
            _ => p with { Variance = [p.Variance[0], 1e6, p.Variance[2]] },
        });

    public static TheoryData<string> TimesLies =>
        ["rows", "sums", "indicators", "descending", "infinite", "stratum", "events", "huge", "unknown", "many"];

    [Theory]
    [MemberData(nameof(TimesLies))]
    public async Task EventTimes(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, CoxModel.Central, new("Surv(time, status) ~ x"), (CoxTimesPartial p) => lie switch
        {
            "rows" => p with { Rows = 3 },
            "sums" => p with { Sums = new([1], [0]) },
            "indicators" => p with { Indicators = [] },
            "descending" => p with { Times = [7, 6, 3, 1] },
            "infinite" => p with { Times = [1, 3, 6, double.PositiveInfinity] },
            "stratum" => p with { Strata = [p.Strata[0] with { Stratum = 2 }] },
            "events" => p with { Strata = [p.Strata[0] with { Events = [1, 1, 0] }] },
            "huge" => p with { Strata = [p.Strata[0] with { Events = [long.MaxValue, long.MaxValue, 1] }] },
            "unknown" => p with { Strata = [p.Strata[0] with { Times = [1, 3, 6.5] }] },
            _ => p with { Times = [.. Enumerable.Range(1, 40).Select(t => (double)t)] },
        });

    public static TheoryData<string> RiskLies => ["rows", "strata", "length", "dying", "nan", "negative", "cauchy", "nobody", "growing"];

    [Theory]
    [MemberData(nameof(RiskLies))]
    public async Task Risks(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, CoxModel.Central, new("Surv(time, status) ~ x"), (CoxPartial p) => lie switch
        {
            "rows" => p with { Rows = 400 },
            "strata" => p with { Strata = [] },
            "length" => p with { Strata = [p.Strata[0] with { AtRisk = new([1], [0]) }] },
            "dying" => p with { Dying = new([1, 2, 3], [0, 0, 0]) },
            "nan" => p with { Dying = Changed(p.Dying, 1, double.NaN) },
            "negative" => p with { Strata = [p.Strata[0] with { AtRisk = Changed(p.Strata[0].AtRisk, 0, -4) }] },
            "cauchy" => p with { Strata = [p.Strata[0] with { AtRisk = Changed(p.Strata[0].AtRisk, 1, 1e6) }] },
            "nobody" => p with { Strata = [p.Strata[0] with { AtRisk = new([.. p.Strata[0].AtRisk.Values.Select(_ => 0.0)], p.Strata[0].AtRisk.Rests) }] },
            _ => p with { Strata = [p.Strata[0] with { AtRisk = Changed(p.Strata[0].AtRisk, 3, 1e6) }] },
        });

    public static TheoryData<string> LikelihoodLies => ["rows", "events", "huge", "half", "length", "nan", "information", "positive", "silent"];

    [Theory]
    [MemberData(nameof(LikelihoodLies))]
    public async Task LikelihoodsWithinASite(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, CoxModel.Central, new("Surv(time, status) ~ x", StratifyBySite: true), (CoxWithinPartial p) => lie switch
        {
            "rows" => p with { Rows = 400 },
            "events" => p with { Events = -1 },
            "huge" => p with { Events = long.MaxValue },
            "half" => p with { Score = null },
            "length" => p with { Score = new([1, 2], [0, 0]) },
            "nan" => p with { LogLikelihood = new([double.NaN], [0]) },
            "information" => p with { Information = new([-1], [0]) },
            "positive" => p with { LogLikelihood = new([10], [0]) },
            _ => new(p.Rows, null, null, null, null, []),
        });

    public static TheoryData<string> PairLies => ["negative", "nan", "many"];

    [Theory]
    [MemberData(nameof(PairLies))]
    public async Task Pairs(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, CoxModel.Central, new("Surv(time, status) ~ x"), (ConcordancePartial p) => lie switch
        {
            "negative" => p with { Concordant = -1 },
            "nan" => p with { Discordant = double.NaN },
            _ => p with { Tied = 1e9 },
        });

    public static TheoryData<string> GridLies => ["rows", "cells", "edges", "length", "negative", "huge", "descending", "few", "silent"];

    [Theory]
    [MemberData(nameof(GridLies))]
    public async Task CountsOnAGrid(string lie) => await LyingFederation.AssertNamedAsync(
        UnderRules, KaplanMeierCurves.Central, new("Surv(time, status) ~ 1"), (GridPartial p) => lie switch
        {
            "rows" => p with { Rows = 1000 },
            "cells" => p with { Cells = [p.Cells[0], p.Cells[0]] },
            "edges" => p with { Cells = [p.Cells[0]! with { EventEdges = [.. p.Cells[0]!.EventEdges.Select(e => e + 0.1)] }] },
            "length" => p with { Cells = [p.Cells[0]! with { Events = [4] }] },
            "negative" => p with { Cells = [p.Cells[0]! with { Events = [.. p.Cells[0]!.Events.Select(e => -e)] }] },
            "huge" => p with { Cells = [p.Cells[0]! with { Events = [.. p.Cells[0]!.Events.Select(_ => long.MaxValue)] }] },
            "descending" => p with { Cells = [p.Cells[0]! with { EventEdges = [.. p.Cells[0]!.EventEdges.Reverse()] }] },
            "few" => p with { Cells = [p.Cells[0]! with { FewCensored = -3 }] },
            _ => p with { Cells = [], Suppressed = [] },
        });

    private static TimeCountsPartial Counts(TimeCountsPartial p, string lie)
    {
        var (first, rest) = (p.Cells[0], p.Cells.Skip(1).ToList());
        return lie switch
        {
            "rows" => p with { Rows = 40 },
            "cell" => p with { Cells = [first with { Cell = 7 }, .. rest] },
            "twice" => p with { Cells = [first, first] },
            "negative" => With(first with { Events = [-1, .. first.Events.Skip(1)] }),
            "empty" => With(first with { Times = [], Events = [], Censored = [] }),
            "length" => With(first with { Censored = [0] }),
            "descending" => With(first with { Times = [.. first.Times.Reverse()] }),
            "nan" => With(first with { Times = [double.NaN, .. first.Times.Skip(1)] }),
            "huge" => With(first with { Events = [1_000_000, .. first.Events.Skip(1)] }),
            "overflow" => p with { Cells = [.. p.Cells.Select(c => c with { Events = [.. c.Events.Select(_ => long.MaxValue / 9)] })] },
            "entries" => With(first with { EntryTimes = [0], Entered = null }),
            _ => With(first with { EntryTimes = [100], Entered = [first.Events.Sum() + first.Censored.Sum()] }),
        };

        TimeCountsPartial With(CellTimes cell) => p with { Cells = [cell, .. rest] };
    }

    private static ExactSums Changed(ExactSums sums, int place, double value) => new(
        [.. sums.Values.Select((v, i) => i == place ? value : v)], [.. sums.Rests.Select((r, i) => i == place ? 0 : r)]);

    private static MemoryTable Many(int shift) => new(
        "t",
        MemoryColumn.Of("time", [.. Enumerable.Range(1, 60).Select(i => (double)((i * 7 % 61) + shift))]),
        MemoryColumn.Of("status", [.. Enumerable.Range(1, 60).Select(i => i % 3 == 0 ? 0.0 : 1)]));
}
