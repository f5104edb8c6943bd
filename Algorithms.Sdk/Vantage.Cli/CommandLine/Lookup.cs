using Vantage.Client;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.CommandLine;

/// <summary>People may write a name where a command wants an id, as long as only one thing has that name.</summary>
internal static class Lookup
{
    public static async Task<OrganizationId> OrganizationAsync(VantageClient client, string text,
        CancellationToken cancellationToken) =>
        Id.TryParse(text, out OrganizationId id)
            ? id
            : (await OneAsync(client.Organizations.ListAsync(cancellationToken), o =>
            o.Name, text, "organization", "org")).Id;

    public static async Task<UserId> UserAsync(VantageClient client, string text,
        CancellationToken cancellationToken) =>
        Id.TryParse(text, out UserId id)
            ? id
            : (await OneAsync(client.Users.ListAsync(cancellationToken), u => u.Name, text, "user", "user")).Id;

    public static async Task<CollaborationId> CollaborationAsync(VantageClient client, string text,
        CancellationToken cancellationToken) =>
        Id.TryParse(text, out CollaborationId id)
            ? id
            : (await OneAsync(client.Collaborations.ListAsync(cancellationToken), c => c.Name, text, "collaboration",
                "collaboration")).Id;

    public static async Task<NodeId> NodeAsync(VantageClient client, string text,
        CancellationToken cancellationToken) =>
        Id.TryParse(text, out NodeId id)
            ? id
            : (await OneAsync(client.Nodes.ListAsync(cancellationToken), n => n.Name, text, "node", "node")).Id;

    public static async Task<Study> StudyAsync(VantageClient client, CollaborationId collaboration, string text,
        CancellationToken cancellationToken) =>
        await OneAsync(client.Collaborations.ListStudiesAsync(collaboration, cancellationToken),
            s => Id.TryParse<StudyId>(text, out _) ? s.Id.ToString() : s.Name, text, "study",
            $"study list --collaboration {collaboration}", "");

    /// <summary>A default role by its name, an organization's own by id or name.</summary>
    public static async Task<Role> RoleAsync(VantageClient client, string text, CancellationToken cancellationToken) =>
        Role.TryParse(text, out var role)
            ? role
            : (await OneAsync(client.Roles.ListAsync(cancellationToken), r => r.Name, text, "role", "role")).Role;

    private static async Task<T> OneAsync<T>(IAsyncEnumerable<T> all, Func<T, string> name, string text, string kind,
        string noun, string verb = " list")
    {
        var found = new List<T>();
        await foreach (var item in all)
        {
            if (name(item) == text)
            {
                found.Add(item);
            }
        }

        return found switch
        {
            [var one] => one,
            [] => throw new VantageException(ErrorCodes.NotFound, $"There is no {kind} '{text}' that you can see.",
                $"See: vantage {noun}{verb}"),
            _ => throw UsageException.Because($"{found.Count} of kind {kind} are named '{text}'.",
                $"Give the id: vantage {noun}{verb}"),
        };
    }
}
