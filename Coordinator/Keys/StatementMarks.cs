using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator.Keys;

/// <summary>
/// Tells nodes by a text that is another one whenever a signed statement changed. It travels with every inventory, so that a
/// lost hint is made good for within half a minute; one look at the database serves all nodes of a moment.
/// </summary>
internal sealed class StatementMarks(Database database, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    private (string Mark, DateTimeOffset Until)? last;

    public async ValueTask<string> CurrentAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (last is { } known && now < known.Until)
            return known.Mark;
        await using var command = database.Unscoped.CreateCommand("SELECT statement_marks()");
        var mark = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        last = (mark, now + Remembered);
        return mark;
    }
}
