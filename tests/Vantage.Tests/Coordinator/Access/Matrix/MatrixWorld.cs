using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;
using Vantage.Tests.Coordinator.Tasks;

namespace Vantage.Tests.Coordinator.Access.Matrix;

/// <summary>
/// Four organizations in two collaborations, with somebody of every role in two of them that never meet: north and south
/// work together, east and west do.
/// </summary>
internal sealed class MatrixWorld
{
    private readonly Dictionary<string, string[]> own = new()
    {
        ["helpdesk"] = ["user.view@organization", "user.edit@organization", "token.view@organization", "token.create@organization", "token.delete@organization"],
        ["machinist"] = ["node.view@organization", "node.create@organization", "node.edit@organization", "node.delete@organization"],
        ["lone-asker"] = ["collaboration.view@collaboration", "task.view@own", "task.create@collaboration", "task.cancel@own"],
    };

    /// <summary>Everybody who asks, with what they ask by.</summary>
    public List<(Somebody Who, Rest Http)> Callers { get; } = [];

    public List<(UserId Id, string Role, Thing Thing)> People { get; } = [];

    public List<(NodeId Id, Thing Thing)> Nodes { get; } = [];

    public List<(OrganizationId Id, Thing Thing)> Houses { get; } = [];

    public List<(CollaborationId Id, StudyId Study, Thing Thing, MatrixPapers Papers)> Circles { get; } = [];

    public List<(RoleId Id, string Name, string[] Rules, Thing Thing)> Roles { get; } = [];

    /// <summary>Asked: what is seen as a question. Ran: the organization that was asked.</summary>
    public List<(TaskId Id, RunId Run, JobId Job, CollaborationId Collaboration, Thing Asked, Thing Ran)> Tasks { get; } = [];

    /// <summary>Researchers by whose accounts nobody works: they may be disabled.</summary>
    public List<(UserId Id, Thing Thing)> Spares { get; } = [];

    public List<(TokenId Id, UserId Owner, string Role, Thing Thing)> Tokens { get; } = [];

    public static async Task<MatrixWorld> MakeAsync(RunningCoordinator coordinator)
    {
        var world = new MatrixWorld();
        var admin = await coordinator.Admin.GetAsync<Me>(Routes.Me);
        world.Callers.Add((new Somebody("admin", "admin", null, IsNode: false), coordinator.Admin));
        world.People.Add((admin.User, "admin", Thing.Of(null, "admin")));
        await world.PairAsync(coordinator, "north", "south");
        await world.PairAsync(coordinator, "east", "west");
        return world;
    }

    /// <summary>Every id of what is neither an organization's nor its partners'.</summary>
    public IEnumerable<string> ForeignTo(string house)
    {
        bool Foreign(Thing thing) => thing.House != house && !thing.Circles.Contains(house);
        bool Apart(string? other) => other is null || !Circles.Any(circle => circle.Thing.Circles.Contains(house) && circle.Thing.Circles.Contains(other));
        return
        [
            .. Houses.Where(one => Foreign(one.Thing)).Select(one => $"{one.Id}"),
            .. Circles.Where(one => Foreign(one.Thing)).SelectMany(one => new[] { $"{one.Id}", $"{one.Study}", $"{one.Papers.Kept}", $"{one.Papers.Spare}", $"{one.Papers.Given}" }),
            .. People.Where(one => Apart(one.Thing.House)).Select(one => $"{one.Id}"),
            .. Spares.Where(one => Apart(one.Thing.House)).Select(one => $"{one.Id}"),
            .. Nodes.Where(one => Apart(one.Thing.House)).Select(one => $"{one.Id}"),
            .. Roles.Where(one => Apart(one.Thing.House)).Select(one => $"{one.Id}"),
            .. Tokens.Where(one => Apart(one.Thing.House)).Select(one => $"{one.Id}"),
            .. Tasks.Where(one => Foreign(one.Asked)).SelectMany(one => new[] { $"{one.Id}", $"{one.Run}", $"{one.Job}" }),
        ];
    }

    private async Task PairAsync(RunningCoordinator coordinator, string one, string other)
    {
        var partners = await Partnership.FormAsync(coordinator);
        var circle = new[] { one, other };
        var study = await coordinator.Admin.PostAsync<Study>($"{Routes.Collaborations}/{partners.Collaboration}/studies",
            new CreateStudy("early", [partners.Asking.Id]));
        foreach (var (hospital, house, site) in new[] { (partners.Asking, one, partners.Sites[0]), (partners.Asked, other, partners.Sites[1]) })
        {
            Houses.Add((hospital.Id, new Thing(house, circle)));
            People.Add((hospital.AdminId, "organization-admin", Thing.Of(house, $"founder of {house}")));
            Nodes.Add((site.Node, Thing.Of(house, $"node of {house}")));
            Callers.Add((new Somebody($"node of {house}", "node", house, IsNode: true), await site.RestAsync()));
            var (spare, _, _) = await hospital.EnrolAsync("spare");
            Nodes.Add((spare, Thing.Of(house)));
            var (_, idle) = await hospital.HireAsync(Role.Researcher);
            Spares.Add((idle.User.Id, Thing.Of(house, $"idle of {house}")));
        }

        await HireAsync(coordinator, partners.Asking, one);
        var asker = Person(partners.Ada.Id, "researcher", one, "Ada");
        Callers.Add((new Somebody(asker.Thing.Person!, "researcher", one, IsNode: false), partners.Ada.Http));
        var guest = await Hosting.Person.HireAsync(coordinator, partners.Asked, Role.Researcher);
        var answered = Person(guest.Id, "researcher", other, "guest");
        Callers.Add((new Somebody(answered.Thing.Person!, "researcher", other, IsNode: false), guest.Http));
        var asked = await AskAsync(partners, partners.Ada, partners.Sites[1]);
        Circles.Add((partners.Collaboration, study.Id, new Thing(null, circle), await MatrixPapers.SignAsync(coordinator, partners, asked)));
        Note(asked, partners.Collaboration, new Thing(one, circle, asker.Thing.Person), new Thing(other, circle));
        Note(await AskAsync(partners, guest, partners.Sites[0]), partners.Collaboration, new Thing(other, circle, answered.Thing.Person), new Thing(one, circle));
    }

    /// <summary>One of each role, and a token of each that nobody uses.</summary>
    private async Task HireAsync(RunningCoordinator coordinator, Hospital hospital, string house)
    {
        foreach (var (name, rules) in own)
        {
            var made = await hospital.Admin.PostAsync<RoleInfo>(Routes.Roles, new CreateRole(name, null, rules));
            Roles.Add((made.Role.Custom!.Value, name, rules, Thing.Of(house)));
        }

        // In the second pair a few: it is there to be kept out of the first.
        var hired = house == "north" ? Oracle.RoleNames : ["organization-admin", "collaboration-admin", "helpdesk", "machinist", "lone-asker", "none"];
        foreach (var role in hired.Where(name => name is not ("admin" or "node")))
        {
            var first = role == "none" ? Role.Viewer
                : Role.TryParse(role, out var known) ? known
                : Role.Of(Roles.Single(made => made.Name == role && made.Thing.House == house).Id);
            var (http, user) = (default(Rest)!, default(CreatedUser)!);
            user = await coordinator.Admin.PostAsync<CreatedUser>(Routes.Users,
                new CreateUser($"Person {Guid.CreateVersion7():N}", "ada@example.org", hospital.Id, [first]));
            http = coordinator.With(user.Token.Secret);
            if (role == "none")
                await hospital.Admin.PutAsync<User>($"{Routes.Users}/{user.User.Id}/roles", new GiveRoles([]));
            var person = Person(user.User.Id, role, house, role);
            Callers.Add((new Somebody(person.Thing.Person!, role, house, IsNode: false), http));
            var spare = await coordinator.Admin.PostAsync<CreatedToken>(Routes.Tokens, new CreateToken("spare", 10, user.User.Id));
            Tokens.Add((spare.Token.Id, user.User.Id, role, person.Thing));
        }
    }

    private (UserId Id, string Role, Thing Thing) Person(UserId id, string role, string house, string name)
    {
        People.Add((id, role, Thing.Of(house, $"{name} of {house}")));
        return People[^1];
    }

    private static async Task<Question> AskAsync(Partnership partners, Hosting.Person signer, Site site)
    {
        var question = Question.Of(partners, signer, [site], manifest => manifest);
        await signer.Http.PutAsync<TaskView>(question.Path, question.Body);
        return question;
    }

    private void Note(Question question, CollaborationId collaboration, Thing asked, Thing ran) =>
        Tasks.Add((question.Id, question.Run, question.Manifest.Job, collaboration, asked, ran));
}
