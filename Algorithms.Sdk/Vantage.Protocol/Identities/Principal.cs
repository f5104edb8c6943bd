using System.Diagnostics.CodeAnalysis;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Identities;

/// <summary>Who a key belongs to, within an organization. Shown as <c>root</c>, <c>revocations</c>, <c>usr_…</c> or <c>nod_…</c>.</summary>
public abstract record Principal
{
    private Principal()
    {
    }

    /// <summary>The organization itself: its root certifies everyone else.</summary>
    public static Principal OfRoot { get; } = new Root();

    /// <summary>Says in the organization's name which of its keys count no more.</summary>
    public static Principal OfRevoker { get; } = new Revoker();

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Principal? principal)
    {
        principal = text == "root" ? OfRoot
            : text == "revocations" ? OfRevoker
            : Id.TryParse<UserId>(text, out var user) ? new User(user)
            : Id.TryParse<NodeId>(text, out var node) ? new Node(node)
            : null;
        return principal is not null;
    }

    public sealed record Root : Principal
    {
        public override string ToString() => "root";
    }

    public sealed record Revoker : Principal
    {
        public override string ToString() => "revocations";
    }

    public sealed record User(UserId Id) : Principal
    {
        public override string ToString() => Id.ToString();
    }

    public sealed record Node(NodeId Id) : Principal
    {
        public override string ToString() => Id.ToString();
    }
}
