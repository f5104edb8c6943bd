using System.Collections.Frozen;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Access.Permissions;

/// <param name="Role">Its name.</param>
/// <param name="Description">For people, in one sentence.</param>
/// <param name="Rights">What it gives, beyond <see cref="DefaultRoles.Everyone"/>.</param>
internal sealed record DefaultRole(Role Role, string Description, Rights Rights);

/// <summary>
/// The roles that every Coordinator knows, in the order of vantage6's and with its meaning (its Root is the admin here),
/// then those for what vantage6 does not have. They can't be changed; organizations make further ones.
/// </summary>
internal static class DefaultRoles
{
    private static readonly Rights ForViewer = Give(
    [
        "organization.view@collaboration",
        "user.view@organization",
        "role.view@organization",
        "collaboration.view@collaboration",
        "study.view@collaboration",
        "node.view@organization",
        "task.view@organization",
        "algorithm.view@collaboration",
        "review.view@organization",
        "dataset.view@collaboration",
        "model.view@collaboration",
        "workshop.view@own",
        "workshop.use@own",
    ]);

    private static readonly Rights ForResearcher = ForViewer.And(Give(
    [
        "task.create@collaboration",
        "task.cancel@own",
        "algorithm.create@organization",
        "model.use@collaboration",
    ]));

    private static readonly Rights ForOrganizationAdmin = ForResearcher.And(Give(
    [
        .. from row in RuleTable.Rows
           where row.Scopes.Contains(Scope.Organization)
           select new Rule(row.Permission, Scope.Organization).ToString(),
        "study.create@collaboration",
        "audit.view@collaboration",
    ]));

    private static readonly Rights ForCollaborationAdmin = ForOrganizationAdmin.And(Give(
    [
        "task.view@collaboration",
        "task.cancel@collaboration",
        "run.view@collaboration",
        "review.view@collaboration",
        "workshop.view@collaboration",
    ]));

    /// <summary>What no account goes without: itself, and its own tokens.</summary>
    public static Rights Everyone { get; } = Give(
    [
        "user.view@own",
        "user.edit@own",
        "token.view@own",
        "token.create@own",
        "token.delete@own",
    ]);

    /// <summary>Every node's, and nobody else's: it can't be given. A node asks only subtasks within a delegation to it.</summary>
    public static Rights Node { get; } = Give(
    [
        "collaboration.view@collaboration",
        "algorithm.view@collaboration",
        "task.view@own",
        "task.create@own",
        "run.view@own",
        "run.execute@own",
    ]);

    public static IReadOnlyList<DefaultRole> All { get; } =
    [
        new(Role.Admin, "Runs the Coordinator: organizations, collaborations, everyone's accounts. Belongs to no organization, so asks "
            + "nothing, publishes no root and certifies nobody; vantage6's Root.",
            Rights.Of(RuleTable.Rows.Where(row => row.Permission.Operation != Operation.Execute).Select(row => new Rule(row.Permission, row.Widest)))),
        new(Role.CollaborationAdmin, "Like an organization's admin, and sees and cancels what is asked in the organization's collaborations.",
            ForCollaborationAdmin),
        new(Role.OrganizationAdmin, "Runs one organization: accounts, roles, root, nodes and their certificates, studies; sees what it asks, "
            + "what it is asked, and the audit trail. May do whatever it can give others, hence all that a researcher may.",
            ForOrganizationAdmin),
        new(Role.Researcher, "Asks questions in the organization's collaborations, and sees what the organization asks.", ForResearcher),
        new(Role.Viewer, "Sees what the organization asks, its nodes, colleagues and collaborations. Changes nothing.", ForViewer),
        new(Role.DataSteward, "Answers for the organization's data: sees what its nodes are asked and the audit trail about it, and keeps its datasets.",
            ForViewer.And(Give(
            [
                "run.view@organization",
                "audit.view@organization",
                "dataset.create@organization",
                "dataset.edit@organization",
                "dataset.delete@organization",
            ]))),
        new(Role.AlgorithmReviewer, "Reviews algorithms that were submitted, and approves or rejects them.", ForViewer.And(Give(
            [
                "review.edit@organization",
                "review.approve@organization",
            ]))),
        new(Role.WorkshopHost, "Opens workshops, gives seats in them and closes them.", ForViewer.And(Give(
            [
                "workshop.create@organization",
                "workshop.edit@own",
                "workshop.delete@own",
            ]))),
        new(Role.ModelUser, "Asks the models that its collaborations serve, and nothing else.", Give(
            [
                "collaboration.view@collaboration",
                "model.view@collaboration",
                "model.use@collaboration",
            ])),
    ];

    private static readonly FrozenDictionary<string, DefaultRole> ByName = All.ToFrozenDictionary(role => role.Role.Name, StringComparer.Ordinal);

    public static DefaultRole? Find(string name) => ByName.GetValueOrDefault(name);

    private static Rights Give(IEnumerable<string> rules) => Rights.Of(rules.Select(text => Rule.TryParse(text, out var rule)
        ? rule
        : throw new InvalidOperationException($"'{text}' is no rule of RuleTable.")));
}
