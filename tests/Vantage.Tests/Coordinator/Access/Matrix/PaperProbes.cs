using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Coordinator.Access.Matrix;

/// <summary>The algorithm store, charters, lists of revoked keys, grants: what people signed.</summary>
internal static class PaperProbes
{
    private static readonly byte[] Garbage = [1, 2, 3];

    public static IEnumerable<Probe> Of(MatrixWorld world) => [.. Fixed(), .. world.Circles.SelectMany(circle => OfCircle(circle.Id, circle.Thing, circle.Papers)),
        .. world.Houses.Select(house => Revoke(house.Id, house.Thing)), .. Never(world)];

    private static IEnumerable<Probe> Fixed()
    {
        var (submission, grant) = (SubmissionId.New(TimeProvider.System), GrantId.New(TimeProvider.System));
        yield return new(Routes.Revocations, "GET", Routes.Revocations, null, who => Law.Gate(who, "collaboration.view"));
        yield return new(Routes.NodeKeys, "PUT", Routes.NodeKeys, new RenewNodeKeys(Garbage, Garbage), who => Law.Gate(who, "run.execute"));
        yield return new(Routes.Grants, "GET", Routes.Grants, null, who => Law.People(who, "user.view"));
        yield return new(Routes.Grants + "/{id}", "PUT", $"{Routes.Grants}/{grant}", new GiveGrant(UserId.New(TimeProvider.System), "no.grant.x"),
            who => Law.People(who, "user.view"));
        yield return new(Routes.Algorithms, "GET", Routes.Algorithms, null, who => Law.People(who, "algorithm.view"));
        // Whoever belongs to no organization puts nothing before reviewers.
        yield return new(Routes.Algorithms + "/{id}", "PUT", $"{Routes.Algorithms}/{submission}", new SubmitAlgorithm("no.statement.x"),
            who => who.House is null ? Told.NotYou : Law.People(who, "algorithm.create"));
    }

    private static IEnumerable<Probe> OfCircle(CollaborationId id, Thing circle, MatrixPapers papers)
    {
        var (collaboration, store) = ($"{Routes.Collaborations}/{id}", $"{Routes.Algorithms}/{papers.Kept}");
        // Of the first of the two, to which the person belongs who put it there.
        var submitted = new Thing(circle.Circles[0], circle.Circles);
        Told Member(Somebody who, string permission) =>
            Law.People(who, permission) is Told.NotYou ? Told.NotYou : who.House is { } house && circle.Circles.Contains(house) ? Told.Through : Told.NoSuchThing;
        yield return new(Routes.Algorithms, "GET", $"{Routes.Algorithms}?collaboration={id}", null, who => Law.Touch(who, "algorithm.view", "algorithm.view", circle));
        yield return new(Routes.Algorithms + "/reviews", "GET", $"{Routes.Algorithms}/reviews?algorithm={Uri.EscapeDataString(papers.Algorithm.Text)}", null,
            who => Law.Gate(who, "algorithm.view"));
        yield return new(Routes.Algorithms + "/{id}", "GET", store, null, who => Law.Touch(who, "algorithm.view", "algorithm.view", submitted));
        yield return new(Routes.Algorithms + "/{id}", "DELETE", $"{Routes.Algorithms}/{papers.Spare}", null,
            who => Law.Touch(who, "algorithm.delete", "algorithm.view", submitted));
        yield return new(Routes.Algorithms + "/{id}/review", "PUT", store + "/review", new ReviewAlgorithm("no.review.x"), who => Member(who, "review.approve"));
        yield return new(Routes.Collaborations + "/{id}/store-rules", "GET", collaboration + "/store-rules", null,
            who => Law.Touch(who, "algorithm.view", "algorithm.view", circle));
        yield return new(Routes.Collaborations + "/{id}/store-rules", "PUT", collaboration + "/store-rules", new SetStoreRule(0, 0, []),
            who => Member(who, "organization.edit"));
        yield return new(Routes.Collaborations + "/{id}/dictionaries", "GET", collaboration + "/dictionaries", null,
            who => Law.Touch(who, "dataset.view", "dataset.view", circle));
        yield return new(Routes.Collaborations + "/{id}/dictionaries/{name}/{version}", "GET", collaboration + "/dictionaries/none/1", null,
            who => Law.People(who, "dataset.view") is Told.NotYou ? Told.NotYou : Told.NoSuchThing);
        yield return new(Routes.Collaborations + "/{id}/dictionaries", "PUT", collaboration + "/dictionaries", new PublishDictionary("no.statement.x"),
            who => Member(who, "dataset.create"));
        yield return new(Routes.Collaborations + "/{id}/charters", "GET", collaboration + "/charters", null,
            who => Law.Gate(who, "collaboration.view") is Told.NotYou ? Told.NotYou
                : Oracle.May(who, "collaboration.view", circle) ? Told.Through : Told.NoSuchThing);
        yield return new(Routes.Collaborations + "/{id}/charters", "POST", collaboration + "/charters", new AgreeToCharter(papers.Charter.Text, "no.consent.x"),
            who => Member(who, "organization.edit"));
        // Between two people who are not among the callers.
        yield return new(Routes.Grants + "/{id}", "DELETE", $"{Routes.Grants}/{papers.Given}", null,
            who => Law.People(who, "user.view") is Told.NotYou ? Told.NotYou : Told.NoSuchThing);
    }

    private static Probe Revoke(OrganizationId id, Thing house) => new(Routes.Organizations + "/{id}/revocations", "PUT", $"{Routes.Organizations}/{id}/revocations",
        new PublishRevocations("no.list.x"), who => Law.Touch(who, "organization.edit", "organization.view", house));

    private static IEnumerable<Probe> Never(MatrixWorld world)
    {
        var time = TimeProvider.System;
        var (submission, circle) = ($"{Routes.Algorithms}/{SubmissionId.New(time)}", $"{Routes.Collaborations}/{CollaborationId.New(time)}");
        Probe None(string route, string method, string path, object? body, string permission) =>
            new(route, method, path, body, who => Law.Touch(who, permission, permission, null));
        yield return None(Routes.Algorithms + "/{id}", "GET", submission, null, "algorithm.view");
        yield return None(Routes.Algorithms + "/{id}", "DELETE", submission, null, "algorithm.delete");
        yield return None(Routes.Algorithms + "/{id}/review", "PUT", submission + "/review", new ReviewAlgorithm("no.review.x"), "review.approve");
        yield return None(Routes.Collaborations + "/{id}/store-rules", "PUT", circle + "/store-rules", new SetStoreRule(1, 1, [world.Houses[0].Id]), "organization.edit");
        yield return None(Routes.Collaborations + "/{id}/dictionaries", "PUT", circle + "/dictionaries", new PublishDictionary("no.statement.x"), "dataset.create");
        yield return None(Routes.Organizations + "/{id}/revocations", "PUT", $"{Routes.Organizations}/{OrganizationId.New(time)}/revocations",
            new PublishRevocations("no.list.x"), "organization.edit");
        yield return None(Routes.Grants + "/{id}", "DELETE", $"{Routes.Grants}/{GrantId.New(time)}", null, "user.view");
    }
}
