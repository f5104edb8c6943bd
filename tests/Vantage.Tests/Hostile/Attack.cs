namespace Vantage.Tests.Hostile;

/// <summary>Something that a Coordinator in the wrong hands tries, and the code by which it is refused.</summary>
/// <param name="Name">As the threat model says it.</param>
/// <param name="At">Who is attacked: a node or a client.</param>
/// <param name="Code">With which it is refused: of a signed receipt, or of the error.</param>
/// <param name="TryAsync">Tries it; returns the code, or null if nobody objected.</param>
internal sealed record Attack(string Name, string At, string Code, Func<HostileSite, Task<string?>> TryAsync)
{
    public static IReadOnlyList<Attack> All { get; } =
        [.. TaskAttacks.All, .. SubtaskAttacks.All, .. LinkAttacks.All, .. CharterAttacks.All, .. AuditAttacks.All, .. ClientAttacks.All];
}
