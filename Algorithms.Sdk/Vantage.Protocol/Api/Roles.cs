using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

/// <summary>
/// A role that an account has: one of those that every Coordinator knows, by its name, or an organization's own, by its
/// id (<c>rol_…</c>). <c>docs/permissions.md</c> says what each gives.
/// </summary>
[JsonConverter(typeof(RoleJsonConverter))]
public sealed record Role
{
    private Role(string name) => Name = name;

    /// <summary>Runs the Coordinator: organizations, collaborations, everyone's accounts. Reads no payload.</summary>
    public static Role Admin { get; } = new("admin");

    /// <summary>Like an organization's admin, and sees what is asked in its collaborations.</summary>
    public static Role CollaborationAdmin { get; } = new("collaboration-admin");

    /// <summary>Runs one organization: its users, roles, nodes and certificates.</summary>
    public static Role OrganizationAdmin { get; } = new("organization-admin");

    /// <summary>Asks questions in the collaborations of one organization.</summary>
    public static Role Researcher { get; } = new("researcher");

    /// <summary>Sees what concerns the organization and changes nothing.</summary>
    public static Role Viewer { get; } = new("viewer");

    /// <summary>Answers for the organization's data.</summary>
    public static Role DataSteward { get; } = new("data-steward");

    /// <summary>Reviews and approves algorithms.</summary>
    public static Role AlgorithmReviewer { get; } = new("algorithm-reviewer");

    /// <summary>Opens workshops and gives seats in them.</summary>
    public static Role WorkshopHost { get; } = new("workshop-host");

    /// <summary>Asks the models that are served.</summary>
    public static Role ModelUser { get; } = new("model-user");

    /// <summary>Those that every Coordinator knows, the widest first.</summary>
    public static IReadOnlyList<Role> Defaults { get; } =
        [Admin, CollaborationAdmin, OrganizationAdmin, Researcher, Viewer, DataSteward, AlgorithmReviewer, WorkshopHost, ModelUser];

    /// <summary>A default role's name, or the id of an organization's own.</summary>
    public string Name { get; }

    /// <summary>Null for a default role.</summary>
    [JsonIgnore]
    public RoleId? Custom => Id.TryParse(Name, out RoleId id) ? id : null;

    /// <summary>An organization's own role.</summary>
    public static Role Of(RoleId id) => new(id.ToString());

    /// <summary>Accepts a default role's name and a role's id, and nothing else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Role? role)
    {
        role = Defaults.FirstOrDefault(known => known.Name == text) ?? (Id.TryParse(text, out RoleId id) ? Of(id) : null);
        return role is not null;
    }

    /// <inheritdoc />
    public override string ToString() => Name;
}

/// <summary>Writes a role as its name or id; refuses anything else.</summary>
public sealed class RoleJsonConverter : JsonConverter<Role>
{
    /// <inheritdoc />
    public override Role Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Role.TryParse(reader.GetString(), out var role)
            ? role
            : throw new JsonException($"Expected a role: {string.Join(", ", Role.Defaults)}, or the id of an organization's own ('rol_…').");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Role value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}

/// <summary>A role and what it gives.</summary>
/// <param name="Role">What to write where a role is asked for.</param>
/// <param name="Name">For people.</param>
/// <param name="Organization">Whose it is; absent for those that every Coordinator knows.</param>
/// <param name="Rules">Such as <c>task.view@organization</c>.</param>
public sealed record RoleInfo(Role Role, string Name, string Description, OrganizationId? Organization, IReadOnlyList<string> Rules,
    DateTimeOffset? CreatedAt);

/// <summary>A new role of an organization.</summary>
/// <param name="Rules">Only rules that the maker has.</param>
/// <param name="Organization">Whose; absent for one's own.</param>
public sealed record CreateRole(string Name, string? Description, IReadOnlyList<string> Rules, OrganizationId? Organization = null);

/// <summary>Replaces all of a role. Whoever has the role has at once what it says now.</summary>
public sealed record EditRole(string Name, string? Description, IReadOnlyList<string> Rules);

/// <summary>All roles that an account is to have; those left out are taken away.</summary>
public sealed record GiveRoles(IReadOnlyList<Role> Roles);

/// <summary>Something that a role can give.</summary>
/// <param name="Permission">Such as <c>task.view</c>.</param>
/// <param name="Scopes">How far it can go: own, organization, collaboration, global.</param>
/// <param name="Lets">What whoever has it may do.</param>
public sealed record RuleInfo(string Permission, IReadOnlyList<string> Scopes, string Lets);
