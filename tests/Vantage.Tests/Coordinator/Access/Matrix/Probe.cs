namespace Vantage.Tests.Coordinator.Access.Matrix;

/// <summary>What a caller is told.</summary>
internal enum Told
{
    /// <summary>401.</summary>
    WhoAreYou,

    /// <summary>403.</summary>
    NotYou,

    /// <summary>404.</summary>
    NoSuchThing,

    /// <summary>Anything else: done, or refused for what was sent rather than for who sent it.</summary>
    Through,
}

/// <param name="Route">As the Coordinator maps it.</param>
/// <param name="Method">GET, …</param>
/// <param name="Path">What is really asked.</param>
/// <param name="Body">What is sent: nothing that would change what later probes expect.</param>
/// <param name="Expected">By the oracle.</param>
internal sealed record Probe(string Route, string Method, string Path, object? Body, Func<Somebody, Told> Expected);

/// <summary>How the oracle's answers become what a caller is told.</summary>
internal static class Law
{
    public static Told Gate(Somebody who, params string[] permissions) =>
        permissions.Any(permission => Oracle.Of(who, permission) is not null) ? Told.Through : Told.NotYou;

    public static Told People(Somebody who, params string[] permissions) => who.IsNode ? Told.NotYou : Gate(who, permissions);

    /// <summary>Something new, somewhere: there is nothing to hide.</summary>
    public static Told Make(Somebody who, string permission, Thing where) =>
        !who.IsNode && Oracle.May(who, permission, where) ? Told.Through : Told.NotYou;

    /// <summary>Something that is there: who may not see it is told that it is not.</summary>
    public static Told Touch(Somebody who, string permission, string seeing, Thing? thing) =>
        People(who, permission) is Told.NotYou ? Told.NotYou
        : thing is null ? Told.NoSuchThing
        : Oracle.May(who, permission, thing) ? Told.Through
        : Oracle.May(who, seeing, thing) ? Told.NotYou
        : Told.NoSuchThing;

    /// <summary>As above, where the caller would be able to act as somebody else afterwards.</summary>
    public static Told ActAs(Somebody who, string permission, Thing person, string role) =>
        Touch(who, permission, "user.view", person) is var told && told == Told.Through && person.Person != who.Name && !Oracle.Outdoes(who.Role, role)
            ? Told.NotYou
            : told;

    /// <summary>A question, seen from either side.</summary>
    public static bool Sees(Somebody who, Thing asked, Thing ran) =>
        Oracle.May(who, "task.view", asked) || Oracle.May(who, "run.view", ran);
}
