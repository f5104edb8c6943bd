using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access.Permissions;

/// <summary>Nobody gives what they lack, and nobody acts through an account that may do more than they. Null allows.</summary>
internal static class Granting
{
    /// <param name="caller">Who gives.</param>
    /// <param name="organization">Whose account or role is to have it.</param>
    /// <param name="given">What is given, beyond what everybody has.</param>
    public static Refusal? MayGive(UserCaller caller, OrganizationId? organization, Rights given) =>
        caller.Judge(Resource.Role, Operation.Grant, Whose.Of(organization)) ?? MayPutTogether(caller, given);

    /// <summary>Of the rules of a role: whoever makes one could give it next.</summary>
    public static Refusal? MayPutTogether(UserCaller caller, Rights given) =>
        caller.Rights.LackingFor(given).Take(5).ToList() is { Count: > 0 } lacking
            ? Refusal.Forbidden($"Nobody gives rights that they lack, and you lack {string.Join(", ", lacking)}.")
            : null;

    /// <summary>A token, password or certificate of an account lets its holder act as that account.</summary>
    /// <param name="caller">Who would get it.</param>
    /// <param name="account">Whose.</param>
    /// <param name="held">What that account may do.</param>
    public static Refusal? MayActThrough(UserCaller caller, UserId account, Rights held) =>
        caller.User == account || caller.Rights.Covers(held)
            ? null
            : Refusal.Forbidden("This account may do things that you may not. Only somebody who may do as much can make it a token or "
                + "certificates, or reset how it signs in.");
}
