using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Policy;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Policy;

/// <summary>A small world of ids, so that generated rules and requests meet often enough.</summary>
internal static class PolicyWorld
{
    public static readonly OrganizationId[] Organizations = [.. Ids<OrganizationId>(3)];
    public static readonly UserId[] Users = [.. Ids<UserId>(2)];
    public static readonly CollaborationId[] Collaborations = [.. Ids<CollaborationId>(2)];
    public static readonly string[] Sources = ["patients", "labs"];
    public static readonly string[] Columns = ["age", "crp"];
    public static readonly string[] Functions = ["partial", "raw"];

    public static readonly AlgorithmRef[] Algorithms =
    [
        AlgorithmRef.Builtin("summary", "1.0.0", Digest('a')),
        AlgorithmRef.Builtin("summary", "1.1.0", Digest('b')),
        AlgorithmRef.Parse($"oci:registry.example/x@{Digest('c')}"),
    ];

    public static readonly string[] Patterns =
        ["builtin:summary@*", "builtin:summary@1.1.0", Algorithms[0].Text, Algorithms[2].Text, "builtin:other@*"];

    public static readonly AcceptRule Rule = new()
    {
        Name = "summaries",
        Collaborations = Set(Collaborations[0]),
        Requesters = new(Set(Organizations[0]), null),
        Algorithms = [AlgorithmPattern.Parse("builtin:summary@*")!],
        Functions = Set("partial"),
        Data = [new("patients", null)],
        Recipients = Set(Organizations[0]),
    };

    /// <summary>Accepted by <see cref="Rule"/>.</summary>
    public static readonly PolicyFacts Facts = new()
    {
        Type = TaskType.Analysis,
        Collaboration = Collaborations[0],
        Organization = Organizations[0],
        User = Users[0],
        Algorithm = Algorithms[0],
        Function = "partial",
        Data = [Source("patients")],
        Recipients = [Organizations[0]],
        Resources = new(),
    };

    public static Gen<AcceptRule> Rules =>
        from collaborations in Some(Collaborations)
        from organizations in Some(Organizations)
        from users in Maybe(Some(Users))
        from patterns in Some(Patterns)
        from functions in Maybe(Some(Functions))
        from sources in Some(Sources)
        from columns in Maybe(Some(Columns))
        from recipients in Some(Organizations)
        from purposes in Maybe(Some("care", "research"))
        from delegates in Some(Organizations)
        from memory in Gen.Elements(512, 1024, 4096)
        select Rule with
        {
            Collaborations = collaborations.ToHashSet(),
            Requesters = new(organizations.ToHashSet(), users?.ToHashSet()),
            Algorithms = [.. patterns.Select(p => AlgorithmPattern.Parse(p)!)],
            Functions = functions?.ToHashSet(),
            Data = [.. sources.Select(s => new DataGrant(s, columns?.ToHashSet()))],
            Recipients = recipients.ToHashSet(),
            Purposes = purposes?.ToHashSet(),
            Delegates = delegates.ToHashSet(),
            Limits = new() { MemoryMiB = memory },
        };

    public static Gen<NodePolicy> Policies =>
        from rules in Gen.ArrayOf(Rules)
        select new NodePolicy([.. rules.Select((r, i) => r with { Name = $"rule {i}" })], false);

    public static Gen<PolicyFacts> Questions =>
        from collaboration in Gen.Elements(Collaborations)
        from organization in Gen.Elements(Organizations)
        from user in Gen.Elements(Users)
        from asker in Maybe(Some(Organizations))
        from algorithm in Gen.Elements(Algorithms)
        from function in Gen.Elements(Functions)
        from sources in Some(Sources)
        from columns in Maybe(Some(Columns))
        from recipients in Some(Organizations)
        from purpose in Gen.Elements<string?>(null, "care", "fun")
        from memory in Gen.Elements(256, 1024, 2048)
        from type in Gen.Frequency((9, Gen.Constant(TaskType.Analysis)), (1, Gen.Constant(TaskType.Workshop)))
        select Facts with
        {
            Type = type,
            Collaboration = collaboration,
            Organization = organization,
            User = user,
            Delegate = asker?.Select(a => (OrganizationId?)a).FirstOrDefault(),
            Algorithm = algorithm,
            Function = function,
            Data = [.. sources.Select(Source)],
            Columns = columns is null ? Facts.Columns : sources.ToDictionary(s => s, _ => (IReadOnlyList<string>)columns),
            Recipients = recipients,
            Purpose = purpose,
            Resources = new() { MemoryMiB = memory },
        };

    public static DataRef Source(string id) => new() { Label = id, Kind = DataKind.Source, Id = id };

    public static IReadOnlySet<T> Set<T>(params T[] items) => items.ToHashSet();

    private static Gen<T[]> Some<T>(params T[] items) => Gen.SubListOf(items).Select(chosen => chosen.ToArray());

    private static Gen<T[]?> Maybe<T>(Gen<T[]> some) =>
        Gen.OneOf(some.Select(T[]? (items) => items), Gen.Constant<T[]?>(null));

    private static string Digest(char digit) => "sha256:" + new string(digit, 64);

    private static IEnumerable<T> Ids<T>(int count)
        where T : struct, IId<T> =>
        Enumerable.Range(1, count).Select(i => T.From(new Guid(i, 0, 0, new byte[8])));
}
