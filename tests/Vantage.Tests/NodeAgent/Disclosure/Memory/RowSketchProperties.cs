using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Disclosure.Memory.Sketches;

namespace Vantage.Tests.NodeAgent.Disclosure.Memory;

/// <summary>A difference in few rows is never taken for one in many, nor for none.</summary>
public sealed class RowSketchProperties
{
    private static readonly int Cases = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak" ? 100_000 : 400;

    /// <summary>From the reference implementation's vectors_sip64: key 00…0f, texts 00, 00 01, 00 01 02 and so on.</summary>
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(2, 0x0d6c8009d9a94f5a)]
    [InlineData(3, 0x85676696d7fb7e2d)]
    [InlineData(15, 0xa129ca6149be45e5)]
    [InlineData(63, 0x958a324ceb064572)]
    public void SipHash_GivesThePublishedNumbers(int length, ulong expected) =>
        Assert.Equal(expected, new SipHash([.. Enumerable.Range(0, 16).Select(i => (byte)i)]).Of([.. Enumerable.Range(0, length).Select(i => (byte)i)]));

    [Fact]
    public void TimesAndPlus_AreThoseOfWholeNumbers() => Prop.ForAll(Arb.From(Number), Arb.From(Number), (a, b) =>
        PrimeField.Times(a, b) == (ulong)((UInt128)a * b % PrimeField.Prime)
        && PrimeField.Plus(a, b) == (a + b) % PrimeField.Prime
        && PrimeField.Plus(PrimeField.Minus(a, b), b) == a).QuickCheckThrowOnFailure();

    [Fact]
    public void WhateverTwoSetsShare_FewRowsOfDifferenceAreFound_AndManyAreEnough() => Check((shared, left, right, enough) =>
    {
        var apart = Sketch([.. shared, .. left], enough).Against(Sketch([.. shared, .. right], enough), enough);
        var rows = left.Count + right.Count;
        return apart == (rows == 0 ? RowDifference.None : rows < enough ? RowDifference.Few : RowDifference.Enough);
    });

    [Fact]
    public void RowsThatAreAlike_CountAsOftenAsTheyOccur_AndAreNeverTakenForMoreThanTheyAre() => Check((shared, left, right, enough) =>
    {
        // Twice the same row: in characteristic 2 it would be gone.
        ulong[] twice = [.. shared, .. shared];
        var few = Sketch([.. twice, .. left, .. left], enough).Against(Sketch([.. twice, .. right, .. right], enough), enough);
        var rows = 2 * (left.Count + right.Count);
        return rows == 0 ? few == RowDifference.None : rows >= enough || few == RowDifference.Few;
    });

    [Fact]
    public void OneRowInTheMiddleOfManyThousands_IsFound()
    {
        var rows = Enumerable.Range(1, 30_000).Select(i => Key((ulong)i)).ToList();
        var all = Sketch(rows, 10);

        Assert.Equal(RowDifference.Few, all.Against(Sketch(rows.Where((_, i) => i != 17_000), 10), 10));
        Assert.Equal(RowDifference.None, all.Against(Sketch(rows.AsEnumerable().Reverse(), 10), 10));
        Assert.Equal(RowDifference.Enough, all.Against(Sketch(rows.Where((_, i) => i % 3000 != 0), 10), 10));
    }

    [Fact]
    public void ASketch_IsTheSameAfterItWasWrittenDown() => Check((shared, left, right, enough) =>
    {
        var sketch = Sketch([.. shared, .. left, .. right], enough);
        return RowSketch.Of(sketch.Rows, sketch.ToBytes()).IsSame(sketch);
    });

    [Fact]
    public void SketchesOfDifferentReach_AreComparedAsFarAsTheShorterReaches() => Check((shared, left, right, enough) =>
    {
        var rows = left.Count + right.Count;
        var apart = Sketch([.. shared, .. left], enough).Against(Sketch([.. shared, .. right], enough + 40), enough);
        return (rows < enough && rows > 0) == (apart == RowDifference.Few);
    });

    internal static ulong Key(ulong row) => PrimeField.NotZero(new SipHash(new byte[16]).Of(BitConverter.GetBytes(row)));

    internal static RowSketch Sketch(IEnumerable<ulong> keys, int enough)
    {
        var sketch = RowSketch.Empty(enough + 2);
        foreach (var key in keys)
        {
            sketch.Add(key);
        }

        return sketch;
    }

    private static Gen<ulong> Number => Gen.Choose(0, int.MaxValue).Select(high => ((ulong)high << 31) % PrimeField.Prime)
        .SelectMany(high => Gen.Choose(0, int.MaxValue).Select(low => (high + (ulong)low) % PrimeField.Prime));

    /// <summary>Rows that both have, and that only one has: all different.</summary>
    private static void Check(Func<IReadOnlyList<ulong>, IReadOnlyList<ulong>, IReadOnlyList<ulong>, int, bool> holds) => Prop.ForAll(
        Arb.From(Gen.Choose(0, 60).SelectMany(shared => Gen.Choose(0, 14).SelectMany(left => Gen.Choose(0, 14).SelectMany(right =>
            Gen.Choose(1, 12).SelectMany(enough => Gen.Choose(1, int.MaxValue).Select(seed => (shared, left, right, enough, seed))))))), drawn =>
        {
            var keys = Enumerable.Range(0, drawn.shared + drawn.left + drawn.right).Select(i => Key(((ulong)drawn.seed << 20) + (ulong)i)).ToList();
            return holds(keys[..drawn.shared], keys[drawn.shared..^drawn.right], keys[^drawn.right..], drawn.enough);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
}
