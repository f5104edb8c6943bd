using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Cli.Charters;

/// <summary>What a draft says. What is left out stays as it was.</summary>
internal sealed class DraftOptions
{
    private readonly Option<string?> purpose = new("--purpose") { Description = "What the members work together for.", HelpName = "TEXT" };
    private readonly Option<DateTimeOffset?> until = new("--until") { Description = "When it ends, such as 2027-06-30.", HelpName = "TIME" };
    private readonly Option<int?> threshold = new("--threshold")
    {
        Description = "How many members have to sign the next version; more than half by default.",
        HelpName = "K",
    };

    private readonly Option<string[]> purposes = new("--allow-purpose")
    {
        Description = "Requests state one of these purposes; one for each.",
        HelpName = "TEXT",
    };

    private readonly Option<string[]> projects = new("--allow-project")
    {
        Description = "Requests state one of these project codes; one for each.",
        HelpName = "CODE",
    };

    private readonly Option<string[]> add = new("--add")
    {
        Description = "A new member, by the root certificate that its admin sent you.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> remove = new("--remove") { Description = "A member that leaves: its id or name.", HelpName = "ORGANIZATION" };

    public IEnumerable<Symbol> All => [purpose, until, threshold, purposes, projects, add, remove];

    public Charter First(Invocation call, Collaboration collaboration, DateTimeOffset now)
    {
        var pinned = call.Home.ReadPins(now).Roots;
        var members = collaboration.Members.Select(member => pinned.FirstOrDefault(root => root.Organization == member.Organization)
            ?? throw new VantageException(ClientErrorCodes.RootNotPinned, $"{member.Name} ({member.Organization}) is not pinned.",
                "A charter begins with roots that you have compared: vantage keys pin.")).ToList();
        members.AddRange(Added(call, members));
        return Said(call, new Charter
        {
            V = 1,
            Id = CharterId.New(call.Console.Time),
            Collaboration = collaboration.Id,
            Serial = 1,
            Purpose = call.Value(purpose) ?? throw UsageException.Because("--purpose is missing: what the members work together for."),
            Members = Members(members),
            Threshold = (members.Count / 2) + 1,
            Start = now,
            End = call.Value(until) ?? throw UsageException.Because("--until is missing: a charter says when it ends."),
            IssuedAt = now,
        });
    }

    public Charter Next(Invocation call, CharterText before, DateTimeOffset now)
    {
        var leaving = call.Value(remove) ?? [];
        if (leaving.FirstOrDefault(name => before.Roots.All(root => !Is(root, name))) is { } unknown)
        {
            throw UsageException.Because($"--remove {unknown} names no member.");
        }

        var members = before.Roots.Where(root => !leaving.Any(name => Is(root, name))).ToList();
        members.AddRange(Added(call, members));
        return Said(call, before.Content with
        {
            Serial = before.Content.Serial + 1,
            Previous = before.Digest,
            Members = Members(members),
            Threshold = Math.Min(before.Content.Threshold, members.Count),
            IssuedAt = now,
        });
    }

    private Charter Said(Invocation call, Charter charter) => charter with
    {
        Purpose = call.Value(purpose) ?? charter.Purpose,
        End = call.Value(until) ?? charter.End,
        Threshold = call.Value(threshold) ?? charter.Threshold,
        Purposes = call.Value(purposes) is { Length: > 0 } allowed ? allowed : charter.Purposes,
        ProjectCodes = call.Value(projects) is { Length: > 0 } codes ? codes : charter.ProjectCodes,
    };

    private IEnumerable<PinnedRoot> Added(Invocation call, IReadOnlyList<PinnedRoot> members) =>
        (call.Value(add) ?? []).Select(file => CharterDesk.Judge(() => PinnedRoot.Of(Certificate.FromPem(File.ReadAllText(file)))))
            .Where(root => members.All(member => member.Certificate.Hash != root.Certificate.Hash));

    private static bool Is(PinnedRoot root, string name) => root.Organization.ToString() == name || root.Name == name;

    private static IReadOnlyList<CharterMember> Members(IEnumerable<PinnedRoot> roots) =>
        [.. roots.Select(root => new CharterMember(root.Organization, root.Name, root.Certificate.Der.ToArray()))];
}
