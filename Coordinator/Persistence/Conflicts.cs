using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Vantage.Coordinator.Persistence;

/// <summary>Recognises the one kind of database error that is an expected answer: somebody was first.</summary>
internal static class Conflicts
{
    public static bool IsDuplicate(this Exception e, string constraint) => Inner(e) is { SqlState: PostgresErrorCodes.UniqueViolation } violation
        && violation.ConstraintName == constraint;

    private static PostgresException? Inner(Exception e) => (e is DbUpdateException ? e.InnerException : e) as PostgresException;
}
