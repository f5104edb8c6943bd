using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Coordinator.Access.Matrix;

/// <summary>Every route, with everybody's things and with ids that were never minted.</summary>
internal static class Probes
{
    private static readonly byte[] Garbage = [1, 2, 3];

    /// <summary>Whose things are asked for: some that an admin outdoes, one that only another admin does, one that may nothing.</summary>
    private static readonly string[] Telling = ["admin", "organization-admin", "researcher", "helpdesk", "none"];

    private static readonly KeyId Unknown = KeyId.FromBytes(new byte[KeyId.Size]);

    private static readonly string[] Seeing = ["task.view", "run.view"];

    public static IEnumerable<Probe> Of(MatrixWorld world) =>
        [.. Fixed(), .. Users(world), .. Tokens(world), .. Roles(world), .. Houses(world), .. Circles(world), .. Nodes(world), .. Tasks(world), .. Never(),
            .. PaperProbes.Of(world), .. AccountProbes.Of(world)];

    private static IEnumerable<Probe> Fixed()
    {
        yield return Get(Routes.Me, who => Law.People(who, "user.view"));
        yield return Get(Routes.OpenApi, _ => Told.Through);
        yield return Get(Routes.Rules, who => Law.People(who, "role.view"));
        yield return Get(Routes.Audit, who => Law.People(who, "audit.view"));
        yield return Get(Routes.Users, who => Law.People(who, "user.view"));
        yield return Get(Routes.Roles, who => Law.People(who, "role.view"));
        yield return Get(Routes.Organizations, who => Law.People(who, "organization.view"));
        yield return Get(Routes.Collaborations, who => Law.People(who, "collaboration.view"));
        yield return Get(Routes.Nodes, who => Law.People(who, "node.view"));
        yield return Get(Routes.Tasks, who => Law.People(who, Seeing));
        yield return Get(Routes.AccountSessions, who => Law.People(who, "user.view"));
        yield return new(Routes.AccountSessions, "DELETE", Routes.AccountSessions, null, who => Law.People(who, "user.edit"));
        yield return new(Routes.Organizations + "/", "POST", Routes.Organizations, new CreateOrganization(""), who => Law.Make(who, "organization.create", Thing.Of(null)));
        yield return new(Routes.Collaborations + "/", "POST", Routes.Collaborations, new CreateCollaboration("", []),
            who => Law.Make(who, "collaboration.create", Thing.Of(null)));
        yield return new(INodeHub.Path + "/negotiate", "POST", INodeHub.Path + "/negotiate?negotiateVersion=1", null, who => Law.Gate(who, "run.execute"));
        yield return new(Routes.Roles + "/{role}", "GET", Routes.Roles + "/researcher", null, who => Law.People(who, "role.view"));
        yield return new(Routes.Tasks + "/{id}", "PUT", $"{Routes.Tasks}/{TaskId.New(TimeProvider.System)}", new SubmitTask("no.manifest.x", []),
            who => Law.Gate(who, "task.create"));
        yield return new(Routes.Uploads + "/{id}/parts/{number:int}", "PUT", $"{Routes.Uploads}/{UploadId.New(TimeProvider.System)}/parts/0", null,
            who => Law.Gate(who, "task.create", "run.execute"));
    }

    private static IEnumerable<Probe> Users(MatrixWorld world) => world.People.Where(person => Telling.Contains(person.Role)).SelectMany(person =>
    {
        var path = $"{Routes.Users}/{person.Id}";
        var probes = new List<Probe>
        {
            new(Routes.Users + "/{id}", "GET", path, null, who => Law.Touch(who, "user.view", "user.view", person.Thing)),
            new(Routes.Tokens, "GET", $"{Routes.Tokens}?user={person.Id}", null, who => Law.Touch(who, "token.view", "user.view", person.Thing)),
            new(Routes.Tokens, "POST", Routes.Tokens, new CreateToken("probe", 1, person.Id), who => Law.ActAs(who, "token.create", person.Thing, person.Role)),
            new(Routes.Users + "/{id}/roles", "PUT", path + "/roles", new GiveRoles(RolesOf(world, person.Role, person.Thing)),
                who => Law.Touch(who, "role.grant", "user.view", person.Thing with { Person = null }) is var told && told == Told.NoSuchThing
                    ? Law.Touch(who, "role.grant", "user.view", person.Thing) : told),
        };
        probes.Add(new(Routes.Users + "/{id}/devices/{key}", "DELETE", $"{path}/devices/{Unknown}", null,
            who => Law.Touch(who, "user.edit", "user.view", person.Thing) is Told.Through ? Told.NoSuchThing : Law.Touch(who, "user.edit", "user.view", person.Thing)));
        if (person.Role != "admin")
            probes.Add(new(Routes.Users + "/{id}/certificates", "PUT", path + "/certificates", new PublishCertificates(Garbage, Garbage),
                who => Law.ActAs(who, "user.edit", person.Thing, person.Role)));
        return probes;
    });

    private static IReadOnlyList<Role> RolesOf(MatrixWorld world, string role, Thing thing) => role == "none" ? []
        : Role.TryParse(role, out var known) ? [known]
        : [Role.Of(world.Roles.Single(made => made.Name == role && made.Thing.House == thing.House).Id)];

    private static IEnumerable<Probe> Tokens(MatrixWorld world) => world.Tokens.Where(token => Telling.Contains(token.Role)).SelectMany(token =>
    {
        var (route, path) = (Routes.Tokens + "/{id}", $"{Routes.Tokens}/{token.Id}");
        return new Probe[]
        {
            new(route, "GET", path, null, who => Law.Touch(who, "token.view", "user.view", token.Thing)),
            new(route + "/renew", "POST", path + "/renew", new RenewToken(5), who => Law.ActAs(who, "token.create", token.Thing, token.Role)),
            new(route + "/rotate", "POST", path + "/rotate", new RotateToken(), who => Law.ActAs(who, "token.create", token.Thing, token.Role)),
            new(route, "DELETE", path, null, who => Law.Touch(who, "token.delete", "user.view", token.Thing)),
        };
    });

    private static IEnumerable<Probe> Roles(MatrixWorld world) => world.Roles.SelectMany(role =>
    {
        var path = $"{Routes.Roles}/{role.Id}";
        return new Probe[]
        {
            new(Routes.Roles + "/{role}", "GET", path, null, who => Law.Touch(who, "role.view", "role.view", role.Thing)),
            new(Routes.Roles + "/{id}", "PUT", path, new EditRole(role.Name, null, role.Rules), who => Law.Touch(who, "role.edit", "role.view", role.Thing)),
            new(Routes.Roles + "/{id}", "DELETE", path, null, who => Law.Touch(who, "role.delete", "role.view", role.Thing)),
        };
    });

    private static IEnumerable<Probe> Houses(MatrixWorld world) => world.Houses.SelectMany(house =>
    {
        var path = $"{Routes.Organizations}/{house.Id}";
        var within = Thing.Of(house.Thing.House);
        return new Probe[]
        {
            new(Routes.Organizations + "/{id}", "GET", path, null, who => Law.Touch(who, "organization.view", "organization.view", house.Thing)),
            new(Routes.Organizations + "/{id}/root", "PUT", path + "/root", new PublishRoot(Garbage),
                who => Law.Touch(who, "organization.edit", "organization.view", house.Thing)),
            new(Routes.Users, "POST", Routes.Users, new CreateUser("", null, house.Id, [Role.Viewer]), who => Law.Make(who, "user.create", within)),
            new(Routes.Nodes + "/", "POST", Routes.Nodes, new InviteNode("", house.Id), who => Law.Make(who, "node.create", within)),
            new(Routes.Roles, "POST", Routes.Roles, new CreateRole("", null, [], house.Id), who => Law.Make(who, "role.create", within)),
        };
    });

    private static IEnumerable<Probe> Circles(MatrixWorld world) => world.Circles.SelectMany(circle =>
    {
        var (route, path) = (Routes.Collaborations + "/{id}", $"{Routes.Collaborations}/{circle.Id}");
        bool Member(Somebody who) => who.House is null ? who.Role == "admin" : circle.Thing.Circles.Contains(who.House);
        return new Probe[]
        {
            new(route, "GET", path, null, who => Law.Gate(who, "collaboration.view") is Told.NotYou ? Told.NotYou
                : Oracle.May(who, "collaboration.view", circle.Thing) ? Told.Through : Told.NoSuchThing),
            new(route + "/studies", "GET", path + "/studies", null, who => Law.Touch(who, "study.view", "study.view", circle.Thing)),
            new(route + "/studies/{study}", "GET", $"{path}/studies/{circle.Study}", null, who => Law.Touch(who, "study.view", "study.view", circle.Thing)),
            new(route + "/studies", "POST", path + "/studies", new CreateStudy("", []), who => Law.Touch(who, "study.create", "study.view", circle.Thing)),
            new(Routes.Events, "GET", $"{Routes.Events}?collaboration={circle.Id}", null,
                who => Law.People(who, Seeing) is Told.NotYou ? Told.NotYou : Member(who) ? Told.Through : Told.NoSuchThing),
            new(Routes.Uploads + "/{id}", "PUT", $"{Routes.Uploads}/{UploadId.New(TimeProvider.System)}",
                new StartUpload(circle.Id, Digest.OfText(path), 0), who => Law.Gate(who, "task.create", "run.execute")),
        };
    });

    private static IEnumerable<Probe> Nodes(MatrixWorld world) => world.Nodes.SelectMany(node =>
    {
        var (route, path) = (Routes.Nodes + "/{id}", $"{Routes.Nodes}/{node.Id}");
        var probes = new List<Probe>
        {
            new(route, "GET", path, null, who => Law.Touch(who, "node.view", "node.view", node.Thing)),
            new(route + "/certificates", "PUT", path + "/certificates", new PublishCertificates(Garbage, Garbage),
                who => Law.Touch(who, "node.edit", "node.view", node.Thing)),
        };
        if (node.Thing.Person is null)
            probes.Add(new(route, "DELETE", path, null, who => Law.Touch(who, "node.delete", "node.view", node.Thing)));
        return probes;
    });

    private static IEnumerable<Probe> Tasks(MatrixWorld world) => world.Tasks.SelectMany(task =>
    {
        Told See(Somebody who) => Law.Gate(who, Seeing) is Told.NotYou ? Told.NotYou : Law.Sees(who, task.Asked, task.Ran) ? Told.Through : Told.NoSuchThing;
        var (route, path, run) = (Routes.Tasks + "/{id}", $"{Routes.Tasks}/{task.Id}", $"{Routes.Runs}/{task.Run}");
        return new Probe[]
        {
            new(route, "GET", path, null, See),
            new(route, "GET", path + "?wait=0", null, See),
            new(Routes.Runs + "/{id}/evidence", "GET", run + "/evidence", null, See),
            new(Routes.Runs + "/{id}/payloads/{kind}", "GET", run + "/payloads/input", null,
                who => who.IsNode ? (who.House == task.Ran.House ? Told.Through : Told.NoSuchThing) : See(who)),
            new(route + "/cancel", "POST", path + "/cancel", null, who => Law.People(who, "task.cancel") is Told.NotYou ? Told.NotYou
                : See(who) is Told.NoSuchThing ? Told.NoSuchThing
                : Oracle.May(who, "task.cancel", task.Asked) ? Told.Through : Told.NotYou),
        };
    });

    /// <summary>Ids that nobody ever minted: whoever may ask at all is told the same as for somebody else's.</summary>
    private static IEnumerable<Probe> Never()
    {
        var time = TimeProvider.System;
        Probe None(string route, string method, string path, object? body, params string[] permissions) =>
            new(route, method, path, body, who => Law.Gate(who, permissions) is Told.NotYou ? Told.NotYou : Told.NoSuchThing);
        Probe NonePeople(string route, string method, string path, object? body, string permission) =>
            new(route, method, path, body, who => Law.Touch(who, permission, permission, null));
        var (user, token, role, node) = (UserId.New(time), TokenId.New(time), RoleId.New(time), NodeId.New(time));
        yield return NonePeople(Routes.Users + "/{id}", "GET", $"{Routes.Users}/{user}", null, "user.view");
        yield return NonePeople(Routes.Users + "/{id}/roles", "PUT", $"{Routes.Users}/{user}/roles", new GiveRoles([]), "role.grant");
        yield return NonePeople(Routes.Users + "/{id}/certificates", "PUT", $"{Routes.Users}/{user}/certificates", new PublishCertificates(Garbage, Garbage), "user.edit");
        yield return NonePeople(Routes.Users + "/{id}/devices/{key}", "DELETE", $"{Routes.Users}/{user}/devices/{Unknown}", null, "user.edit");
        yield return NonePeople(Routes.Tokens, "POST", Routes.Tokens, new CreateToken("probe", 1, user), "token.create");
        yield return NonePeople(Routes.Tokens, "GET", $"{Routes.Tokens}?user={user}", null, "token.view");
        yield return NonePeople(Routes.Tokens + "/{id}", "GET", $"{Routes.Tokens}/{token}", null, "token.view");
        yield return NonePeople(Routes.Tokens + "/{id}", "DELETE", $"{Routes.Tokens}/{token}", null, "token.delete");
        yield return NonePeople(Routes.Tokens + "/{id}/rotate", "POST", $"{Routes.Tokens}/{token}/rotate", new RotateToken(), "token.create");
        yield return NonePeople(Routes.Tokens + "/{id}/renew", "POST", $"{Routes.Tokens}/{token}/renew", new RenewToken(), "token.create");
        yield return NonePeople(Routes.Roles + "/{role}", "GET", $"{Routes.Roles}/{role}", null, "role.view");
        yield return NonePeople(Routes.Roles + "/{id}", "PUT", $"{Routes.Roles}/{role}", new EditRole("x", null, ["task.view@own"]), "role.edit");
        yield return NonePeople(Routes.Roles + "/{id}", "DELETE", $"{Routes.Roles}/{role}", null, "role.delete");
        yield return NonePeople(Routes.Organizations + "/{id}", "GET", $"{Routes.Organizations}/{OrganizationId.New(time)}", null, "organization.view");
        yield return NonePeople(Routes.Organizations + "/{id}/root", "PUT", $"{Routes.Organizations}/{OrganizationId.New(time)}/root", new PublishRoot(Garbage), "organization.edit");
        yield return None(Routes.Collaborations + "/{id}", "GET", $"{Routes.Collaborations}/{CollaborationId.New(time)}", null, "collaboration.view");
        yield return NonePeople(Routes.Nodes + "/{id}", "GET", $"{Routes.Nodes}/{node}", null, "node.view");
        yield return NonePeople(Routes.Nodes + "/{id}", "DELETE", $"{Routes.Nodes}/{node}", null, "node.delete");
        yield return NonePeople(Routes.Nodes + "/{id}/certificates", "PUT", $"{Routes.Nodes}/{node}/certificates", new PublishCertificates(Garbage, Garbage), "node.edit");
        yield return None(Routes.Tasks + "/{id}", "GET", $"{Routes.Tasks}/{TaskId.New(time)}", null, Seeing);
        yield return NonePeople(Routes.Tasks + "/{id}/cancel", "POST", $"{Routes.Tasks}/{TaskId.New(time)}/cancel", null, "task.cancel");
        yield return None(Routes.Runs + "/{id}/evidence", "GET", $"{Routes.Runs}/{RunId.New(time)}/evidence", null, Seeing);
        yield return None(Routes.Runs + "/{id}/payloads/{kind}", "GET", $"{Routes.Runs}/{RunId.New(time)}/payloads/result", null, Seeing);
        yield return None(Routes.Uploads + "/{id}", "GET", $"{Routes.Uploads}/{UploadId.New(time)}", null, "task.create", "run.execute");
        yield return NonePeople(Routes.AccountSessions + "/{id}", "DELETE", $"{Routes.AccountSessions}/{UserSessionId.New(time)}", null, "user.edit");
    }

    private static Probe Get(string route, Func<Somebody, Told> expected) => new(route, "GET", route, null, expected);
}
