namespace Vantage.Coordinator.Access.Permissions;

/// <summary>What something may be done with. Named as in vantage6, where it has the same thing.</summary>
internal enum Resource
{
    Organization,
    User,
    Token,
    Role,
    Collaboration,
    Study,
    Node,
    Task,
    Run,
    Audit,
    Algorithm,
    Review,
    Dataset,
    Model,
    Workshop,
}

/// <summary>What is done.</summary>
internal enum Operation
{
    View,
    Create,
    Edit,
    Delete,

    /// <summary>Give roles to accounts and take them away.</summary>
    Grant,

    /// <summary>End a task that is not wanted any more.</summary>
    Cancel,

    /// <summary>Work on runs, as nodes do.</summary>
    Execute,

    /// <summary>Say the last word on a review.</summary>
    Approve,

    /// <summary>Ask a model, or sit in a workshop.</summary>
    Use,
}

/// <summary>
/// How far. Each is part of the next: what is one's own is one's organization's, which is in its collaborations. So the
/// widest scope of a permission says all, and rights are united, narrowed and compared scope by scope.
/// </summary>
internal enum Scope
{
    /// <summary>What is the account's own, or the node's.</summary>
    Own,

    /// <summary>What is the organization's.</summary>
    Organization,

    /// <summary>What is in the collaborations of the organization.</summary>
    Collaboration,

    /// <summary>Everything on this Coordinator. Only its own admins have anything so wide.</summary>
    Global,
}

/// <summary>Something that one may do, however far: <c>task.view</c>.</summary>
internal readonly record struct Permission(Resource Resource, Operation Operation)
{
    public override string ToString() => $"{Resource.ToString().ToLowerInvariant()}.{Operation.ToString().ToLowerInvariant()}";
}

/// <summary>A permission and how far it goes, as roles list them: <c>task.view@organization</c>.</summary>
internal readonly record struct Rule(Permission Permission, Scope Scope)
{
    public override string ToString() => $"{Permission}@{Scope.ToString().ToLowerInvariant()}";

    /// <summary>Only what <see cref="RuleTable"/> lists is a rule.</summary>
    public static bool TryParse(string? text, out Rule rule) => RuleTable.TryFind(text, out rule);
}
