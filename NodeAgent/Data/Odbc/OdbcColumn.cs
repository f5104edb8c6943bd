using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>How cells of a column are asked for (sql.h, sqlext.h).</summary>
internal enum OdbcForm : short
{
    Wide = -8,
    Bytes = -2,
    Narrow = 1,
    Float = 7,
    Double = 8,
}

/// <summary>How a driver is asked for texts, so that it gives all of them.</summary>
internal enum OdbcTexts
{
    /// <summary>In UTF-16.</summary>
    Wide,

    /// <summary>In UTF-8.</summary>
    Narrow,

    /// <summary>As bytes, which are UTF-8: asked for letters, the driver stops at a NUL.</summary>
    Bytes,
}

/// <param name="Name">As the table or query has it.</param>
/// <param name="Held">ODBC's number of its type.</param>
/// <param name="Size">How many letters or bytes it holds at most, as the driver says; some don't know.</param>
/// <param name="Texts">How the driver is asked for texts.</param>
internal sealed record OdbcColumn(string Name, short Held, long Size, OdbcTexts Texts)
{
    private const int Widest = 8192;
    private const int Digits = 128;

    /// <summary>Null for bytes, which are no cells of a table.</summary>
    public ColumnType? Natural => Held switch
    {
        -7 or -6 or -5 or (>= 2 and <= 8) => ColumnType.Number,
        -4 or -3 or -2 => null,
        _ => ColumnType.Text,
    };

    /// <summary>Some drivers give it as a digit, some as a byte.</summary>
    public bool IsBit => Held == -7;

    /// <summary>
    /// Whole numbers and decimals are taken as the digits they are; doubles as doubles, since drivers write them with as many
    /// digits as they like, and floats as the number that the float is.
    /// </summary>
    public OdbcForm Form => (Held, Natural) switch
    {
        (7, _) => OdbcForm.Float,
        (6 or 8, _) => OdbcForm.Double,
        (_, null) => OdbcForm.Bytes,
        (1 or 12 or -1 or -8 or -9 or -10, _) when Texts == OdbcTexts.Bytes => OdbcForm.Bytes,
        (_, ColumnType.Text) when Texts != OdbcTexts.Narrow => OdbcForm.Wide,
        _ => OdbcForm.Narrow,
    };

    /// <summary>Bytes that a cell gets in a block. One that needs more makes that it is read in pieces.</summary>
    public int Width => Form switch
    {
        OdbcForm.Float or OdbcForm.Double => sizeof(double),
        OdbcForm.Narrow when Natural == ColumnType.Number => Digits,
        OdbcForm.Wide => (int)Math.Clamp((Size + 1) * 2, Digits, Widest),
        _ => (int)Math.Clamp((Size + 1) * 4, Digits, Widest),
    };

    /// <summary>What ends a text, and is no part of it.</summary>
    public int Terminator => Form switch
    {
        OdbcForm.Wide => 2,
        OdbcForm.Narrow => 1,
        _ => 0,
    };
}
