using System.Text.Json;
using Vantage.Protocol.Api;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Coordinator.Access.Matrix;

/// <summary>How others sign in, and how oneself does.</summary>
internal static class AccountProbes
{
    /// <summary>Whose: as among the other probes, and one account that nobody works by.</summary>
    private static readonly string[] Telling = ["admin", "organization-admin", "researcher", "helpdesk", "none"];

    public static IEnumerable<Probe> Of(MatrixWorld world) =>
        [.. world.People.Where(person => Telling.Contains(person.Role)).SelectMany(person => Links(person.Id, person.Thing, person.Role)),
            .. world.Spares.SelectMany(spare => Spare(spare.Id, spare.Thing)), .. world.Houses.Select(house => Service(house.Id, house.Thing)),
            .. Own(), .. Never()];

    /// <summary>Not by its being one's own: a stolen token would sign its owner in otherwise.</summary>
    private static Told Administer(Somebody who, Thing person, string role) =>
        Law.People(who, "user.edit") is Told.NotYou ? Told.NotYou
        : Oracle.May(who, "user.edit", person with { Person = null })
            ? person.Person == who.Name || Oracle.Outdoes(who.Role, role) ? Told.Through : Told.NotYou
        : Oracle.May(who, "user.view", person) ? Told.NotYou : Told.NoSuchThing;

    private static IEnumerable<Probe> Links(UserId id, Thing person, string role)
    {
        var (route, path) = (Routes.Users + "/{id}/identities", $"{Routes.Users}/{id}/identities");
        yield return new(route, "GET", path, null, who => Administer(who, person, role));
        yield return new(route, "POST", path, new LinkIdentity("no-provider", "x"), who => Administer(who, person, role));
        // Whoever may is told that there is no such link.
        yield return new(route, "DELETE", path + "?provider=no-provider&subject=x", null,
            who => Administer(who, person, role) is var told && told == Told.Through ? Told.NoSuchThing : told);
        yield return new(Routes.Users + "/{id}/invitation", "POST", $"{Routes.Users}/{id}/invitation", new InviteUser(""), who => Administer(who, person, role));
    }

    private static IEnumerable<Probe> Spare(UserId id, Thing person)
    {
        var path = $"{Routes.Users}/{id}";
        Told Ask(Somebody who) => Administer(who, person, "researcher");
        yield return new(Routes.Users + "/{id}/disabled", "PUT", path + "/disabled", null, Ask);
        yield return new(Routes.Users + "/{id}/disabled", "DELETE", path + "/disabled", null, Ask);
        yield return new(Routes.Users + "/{id}/second-factor", "DELETE", path + "/second-factor", null, Ask);
        yield return new(Routes.Audit + "/people/{user}", "DELETE", $"{Routes.Audit}/people/{id}", null, who => Law.Touch(who, "user.delete", "user.view", person));
    }

    private static Probe Service(OrganizationId id, Thing house) => new(Routes.ServiceAccounts, "POST", Routes.ServiceAccounts,
        new CreateServiceAccount("", id, "", []), who => Law.Make(who, "user.create", Thing.Of(house.House)));

    /// <summary>What only the person in front of a screen may do is not for the tokens that all callers here have.</summary>
    private static IEnumerable<Probe> Own()
    {
        var nothing = JsonDocument.Parse("{}").RootElement;
        (string Method, string Path, object? Body)[] sessionOnly =
        [
            ("PUT", Routes.AccountEmail, new ChangeEmail("ada@example.org")),
            ("POST", Routes.AccountPassword, new ChangePassword("x", "y")),
            ("POST", Routes.AccountTotp, null),
            ("POST", Routes.AccountTotp + "/confirmation", new ConfirmTotp("000000")),
            ("DELETE", Routes.AccountTotp, null),
            ("POST", Routes.AccountRecoveryCodes, null),
            ("POST", Routes.AccountConfirmation, new ConfirmSession("x")),
            ("POST", Routes.AccountPasskeys + "/challenge", null),
            ("POST", Routes.AccountPasskeys, new AddPasskey("x", "x", nothing)),
            ("POST", Routes.AccountConfirmation + "/passkey", new PasskeySignIn("x", nothing)),
            ("POST", Routes.SignOut, null),
        ];
        foreach (var (method, path, body) in sessionOnly)
            yield return new(path, method, path, body, _ => Told.NotYou);
        yield return new(Routes.AccountPasskeys + "/{id}", "DELETE", Routes.AccountPasskeys + "/x", null, _ => Told.NotYou);
        yield return new(Routes.Account, "GET", Routes.Account, null, who => Law.People(who, "user.view"));
        yield return new(Routes.AccountPasskeys, "GET", Routes.AccountPasskeys, null, who => Law.People(who, "user.view"));
        yield return new(Routes.AccountConfirmation + "/passkey/challenge", "POST", Routes.AccountConfirmation + "/passkey/challenge", null,
            who => Law.People(who, "user.view"));
        yield return new(Routes.Audit + "/trail", "GET", Routes.Audit + "/trail", null, who => Law.Gate(who, "audit.view"));
        yield return new(Routes.Audit + "/hashes", "GET", Routes.Audit + "/hashes?at=x", null, who => Law.Gate(who, "audit.view"));
        yield return new(INodeHub.Path, "GET", INodeHub.Path, null, who => Law.Gate(who, "run.execute"));
    }

    private static IEnumerable<Probe> Never()
    {
        var nobody = UserId.New(TimeProvider.System);
        Probe None(string route, string method, string path, object? body, string permission) =>
            new(route, method, path, body, who => Law.Touch(who, permission, permission, null));
        yield return None(Routes.Users + "/{id}/identities", "GET", $"{Routes.Users}/{nobody}/identities", null, "user.edit");
        yield return None(Routes.Users + "/{id}/identities", "POST", $"{Routes.Users}/{nobody}/identities", new LinkIdentity("no-provider", "x"), "user.edit");
        yield return None(Routes.Users + "/{id}/invitation", "POST", $"{Routes.Users}/{nobody}/invitation", new InviteUser(""), "user.edit");
        yield return None(Routes.Users + "/{id}/disabled", "PUT", $"{Routes.Users}/{nobody}/disabled", null, "user.edit");
        yield return None(Routes.Users + "/{id}/disabled", "DELETE", $"{Routes.Users}/{nobody}/disabled", null, "user.edit");
        yield return None(Routes.Users + "/{id}/second-factor", "DELETE", $"{Routes.Users}/{nobody}/second-factor", null, "user.edit");
        yield return None(Routes.Audit + "/people/{user}", "DELETE", $"{Routes.Audit}/people/{nobody}", null, "user.delete");
    }
}
