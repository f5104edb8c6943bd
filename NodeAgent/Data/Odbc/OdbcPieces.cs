using System.Buffers;

namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>Row by row, and each cell piece by piece for as long as the driver has more of it.</summary>
internal sealed unsafe class OdbcPieces(OdbcSession session, IReadOnlyList<OdbcColumn> columns, Func<int, SourceException> tooLarge) : OdbcCells
{
    public const int MostMebibytes = 16;
    private const int Room = 8192;
    private readonly ArrayBufferWriter<byte> whole = new(Room);

    public override bool Read() => session.Fetch();

    /// <summary>Drivers give cells from left to right, and once.</summary>
    public override bool TryGet(int column, out ReadOnlySpan<byte> cell)
    {
        whole.ResetWrittenCount();
        cell = default;
        while (true)
        {
            short state;
            nint length;
            var end = columns[column].Terminator;
            fixed (byte* to = whole.GetSpan(Room))
            {
                state = OdbcNative.Get(session.Statement, (ushort)(column + 1), (short)columns[column].Form, to, Room, out length);
            }

            if (state == OdbcNative.NoData)
            {
                break;
            }

            session.Check(state);
            if (length == OdbcNative.Missing)
            {
                return false;
            }

            var isMore = state == OdbcNative.SuccessWithInfo && (length < 0 || length > Room - end);
            whole.Advance(isMore ? Room - end : (int)length);
            if (whole.WrittenCount > MostMebibytes << 20)
            {
                throw tooLarge(column);
            }

            if (!isMore)
            {
                break;
            }
        }

        cell = whole.WrittenSpan;
        return true;
    }

    public override void Dispose()
    {
        // Nothing of its own.
    }
}
