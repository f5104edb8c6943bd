using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Rows;

/// <summary>What is found in one column whose type may turn out either way.</summary>
/// <param name="place">Its place in the file.</param>
internal sealed class ColumnFinding(int place)
{
    /// <summary>So many texts are no slip, whatever comes after them.</summary>
    private const int Enough = 1000;

    private long numbers;
    private long fractions;
    private long texts;
    private long otherwise;

    public int Place => place;

    /// <summary>Of the first cell that is no number; 0 while there is none.</summary>
    public long FirstText { get; private set; }

    /// <summary>Every cell would be a number by the other decimal separator, and none is by this one alone.</summary>
    public bool IsNumberOtherwise => texts > 0 && texts == otherwise && fractions == 0;

    /// <summary>False if there is no need to look at further cells.</summary>
    public bool Look(ReadOnlySpan<byte> cell, CellReading read, long line)
    {
        switch (read.Kind(cell))
        {
            case CellKind.Number:
                numbers++;
                fractions += read.HasFraction(cell) ? 1 : 0;
                return true;
            case CellKind.Text:
                FirstText = texts == 0 ? line : FirstText;
                texts++;
                otherwise += read.FitsOtherwise(cell) ? 1 : 0;
                return texts < Enough || IsNumberOtherwise;
            default:
                return true;
        }
    }

    public TextFound Told(string where) => new(where, numbers, texts);
}
