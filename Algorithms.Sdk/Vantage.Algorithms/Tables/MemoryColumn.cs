using System.Globalization;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Tables;

/// <summary>One column of a <see cref="MemoryTable"/>.</summary>
public sealed class MemoryColumn
{
    private readonly double[]? numbers;
    private readonly string?[] texts;

    private MemoryColumn(string name, double[]? numbers, string?[] texts)
    {
        Name = name;
        this.numbers = numbers;
        this.texts = texts;
    }

    /// <summary>How functions ask for it.</summary>
    public string Name { get; }

    /// <summary>What its cells were given as.</summary>
    public ColumnType Type => numbers is null ? ColumnType.Text : ColumnType.Number;

    /// <summary>How many cells it has.</summary>
    public int Rows => texts.Length;

    /// <param name="name">The column's name.</param>
    /// <param name="values">Finite, or NaN where missing.</param>
    public static MemoryColumn Of(string name, params double[] values) =>
        values.Any(double.IsInfinity)
            ? throw new ArgumentException("An infinite value has no place in a table.", nameof(values))
            : new(name, values, Array.ConvertAll(values, Text));

    /// <param name="name">The column's name.</param>
    /// <param name="values">Null where missing.</param>
    public static MemoryColumn Of(string name, params string?[] values) => new(name, null, values);

    internal MemoryColumn Take(int[] rows) => new(
        Name,
        numbers is null ? null : Array.ConvertAll(rows, r => numbers[r]),
        Array.ConvertAll(rows, r => texts[r]));

    internal BatchColumn As(ColumnType type) =>
        type == ColumnType.Number ? new NumberColumn(numbers, numbers!.Count(double.IsNaN)) : Categories();

    private TextColumn Categories()
    {
        var levels = texts.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var codes = levels.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        return new TextColumn(Array.ConvertAll(texts, t => t is null ? -1 : codes[t]), levels);
    }

    private static string? Text(double value) =>
        double.IsNaN(value) ? null : value.ToString("R", CultureInfo.InvariantCulture);
}
