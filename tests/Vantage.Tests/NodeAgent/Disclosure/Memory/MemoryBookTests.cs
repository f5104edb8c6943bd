using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Disclosure.Memory.Sketches;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.NodeAgent.Disclosure.Memory;

/// <summary>What is remembered, and what follows from it: no clock, no disk.</summary>
public sealed class MemoryBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrganizationId Asker = OrganizationId.New(TimeProvider.System);
    private static readonly OrganizationId Other = OrganizationId.New(TimeProvider.System);

    private readonly MemoryBook book = new();

    [Fact]
    public void TheSameQuestion_IsAnsweredAsOftenAsItIsAsked()
    {
        Goes(Rows(1, 100));

        var again = Assert.IsType<MemoryVerdict.Goes>(book.Judge(Ask(Rows(1, 100)), MemoryRules.Acro, Noon));

        Assert.Null(again.Writes);
    }

    [Theory]
    [InlineData(1, 99)]
    [InlineData(1, 91)]
    [InlineData(1, 103)]
    [InlineData(5, 104)]
    public void RowsThatDifferInAFew_AreRefused(int from, int to)
    {
        Goes(Rows(1, 100));

        Assert.Equal("patients", Assert.IsType<MemoryVerdict.Tells>(book.Judge(Ask(Rows(from, to)), MemoryRules.Acro, Noon)).Dataset);
    }

    [Theory]
    [InlineData(1, 90)]
    [InlineData(1, 110)]
    [InlineData(6, 105)]
    public void RowsThatDifferInEnough_AreAnswered(int from, int to)
    {
        Goes(Rows(1, 100));

        Goes(Rows(from, to));
    }

    [Fact]
    public void EachEarlierAnswerCounts_WhoeverGotIt()
    {
        Goes(Rows(1, 100));
        Goes(Rows(1, 80), Other);

        Assert.IsType<MemoryVerdict.Tells>(book.Judge(Ask(Rows(1, 83)), MemoryRules.Acro, Noon));
        Goes(Rows(1, 83, "others"));
    }

    [Fact]
    public void TwoTablesOfOneQuestion_AreComparedWithEachOther() => Assert.IsType<MemoryVerdict.Tells>(book.Judge(
        Ask(Rows(1, 100)) with { Seen = [("patients", [Rows(1, 100)]), ("old", [Rows(1, 97)])] }, MemoryRules.Acro, Noon));

    [Fact]
    public void CompleteCases_CountWhereTheRulesSaySo()
    {
        var rules = MemoryRules.Acro with { CompleteCases = true };
        Goes(Rows(1, 100), rules: rules);

        var model = Rows(1, 100) with { Complete = Rows(1, 98).All };

        Assert.IsType<MemoryVerdict.Tells>(book.Judge(Ask(model), rules, Noon));
        Goes(Rows(1, 100) with { Complete = Rows(1, 80).All }, rules: rules);
        // The same columns again.
        Goes(Rows(1, 100) with { Complete = Rows(1, 80).All }, rules: rules);
    }

    [Fact]
    public void RowsThatNobodyKnows_AreRefused() => Assert.Equal("patients",
        Assert.IsType<MemoryVerdict.Unknown>(book.Judge(Ask(Rows(1, 9)) with { Seen = [("patients", null)] }, MemoryRules.Acro, Noon)).Dataset);

    [Fact]
    public void WhereThereIsNoRoom_NothingIsForgotten_AndWhatIsKnownIsStillAnswered()
    {
        for (var i = 0; i < MemoryBook.MostScopes; i++)
        {
            book.Apply(new MemoryRecord.Kept(Noon, new KeptScope("patients", 10 * i, new byte[48])));
        }

        Assert.IsType<MemoryVerdict.Full>(book.Judge(Ask(Rows(1, 7)), MemoryRules.Acro, Noon));
        Assert.IsType<MemoryVerdict.Goes>(book.Judge(Ask(new RowScope("patients", RowSketch.Of(40, new byte[48]))), MemoryRules.Acro, Noon));
    }

    [Fact]
    public void WhatWasForgotten_CountsNoMore_ButTheDaysAnswersDo()
    {
        var rules = MemoryRules.Acro with { AnswersPerDay = 2 };
        Goes(Rows(1, 100), rules: rules);
        book.Apply(new MemoryRecord.Forgotten("patients", Noon, "mary"));

        Goes(Rows(1, 99), rules: rules);
        Assert.Equal("answersPerDay", Assert.IsType<MemoryVerdict.UsedUp>(book.Judge(Ask(Rows(1, 99)), rules, Noon)).Cap);
    }

    [Fact]
    public void ADaysAnswers_AreCountedForEachOrganization_UntilMidnight_AndAClockSetBackGivesNoneBack()
    {
        var rules = new MemoryRules { AnswersPerDay = 1 };
        Goes(Rows(1, 100), rules: rules);

        Assert.IsType<MemoryVerdict.UsedUp>(book.Judge(Ask(Rows(1, 100)), rules, Noon));
        Goes(Rows(1, 100), Other, rules);
        Goes(Rows(1, 100), rules: rules, at: Noon.AddHours(12));
        Assert.IsType<MemoryVerdict.UsedUp>(book.Judge(Ask(Rows(1, 100)), rules, Noon.AddDays(-1)));
    }

    [Fact]
    public void ARunThatIsDoneAgain_CountsOnce()
    {
        var rules = new MemoryRules { AnswersPerDay = 1 };
        var answer = Ask(Rows(1, 100));
        book.Apply(Assert.IsType<MemoryVerdict.Goes>(book.Judge(answer, rules, Noon)).Writes!);

        Assert.IsType<MemoryVerdict.Goes>(book.Judge(answer, rules, Noon));
    }

    [Fact]
    public void SeveralAnswersOfOneRun_CountEach()
    {
        var rules = new MemoryRules { AnswersPerDay = 2 };
        var run = RunId.New(TimeProvider.System);
        foreach (var output in new[] { "first", "second" })
        {
            var answer = Ask(Rows(1, 100)) with { Id = $"{run} {output}" };
            book.Apply(Assert.IsType<MemoryVerdict.Goes>(book.Judge(answer, rules, Noon)).Writes!);
        }

        Assert.IsType<MemoryVerdict.UsedUp>(book.Judge(Ask(Rows(1, 100)) with { Id = $"{run} third" }, rules, Noon));
    }

    [Fact]
    public void BytesOfADay_AreCountedTogether()
    {
        var rules = new MemoryRules { BytesPerDay = 250 };
        Goes(Rows(1, 100), rules: rules);
        Goes(Rows(1, 100), rules: rules);

        Assert.Equal("bytesPerDay", Assert.IsType<MemoryVerdict.UsedUp>(book.Judge(Ask(Rows(1, 100)), rules, Noon)).Cap);
    }

    [Fact]
    public void WhatIsLeftOfTheRecords_DecidesAsAllOfThemDid()
    {
        var rules = MemoryRules.Acro with { AnswersPerDay = 3 };
        Goes(Rows(1, 100), rules: rules);
        Goes(Rows(1, 60), rules: rules);
        var shorter = new MemoryBook();
        foreach (var record in book.Snapshot())
        {
            shorter.Apply(record);
        }

        foreach (var to in Enumerable.Range(40, 90))
        {
            Assert.Equal(book.Judge(Ask(Rows(1, to)), rules, Noon).GetType(), shorter.Judge(Ask(Rows(1, to)), rules, Noon).GetType());
        }

        Goes(Rows(1, 60), rules: rules);
        Assert.IsType<MemoryVerdict.UsedUp>(book.Judge(Ask(Rows(1, 60)), rules, Noon));
    }

    internal static RowScope Rows(int from, int to, string dataset = "patients") => new(
        dataset, RowSketchProperties.Sketch(Enumerable.Range(from, to - from + 1).Select(i => RowSketchProperties.Key((ulong)i)), 10));

    internal static Answer Ask(RowScope scope, OrganizationId? by = null) =>
        new(RunId.New(TimeProvider.System).ToString(), by ?? Asker, [(scope.Dataset, [scope])], 100);

    private void Goes(RowScope scope, OrganizationId? by = null, MemoryRules? rules = null, DateTimeOffset? at = null)
    {
        if (Assert.IsType<MemoryVerdict.Goes>(book.Judge(Ask(scope, by), rules ?? MemoryRules.Acro, at ?? Noon)).Writes is { } record)
        {
            book.Apply(record);
        }
    }
}
