using System.Text;
using Vantage.Protocol.Api;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Dictionaries;

/// <summary>Members publish what their variables mean; the Coordinator can neither write nor change it.</summary>
public sealed class DictionaryTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task APublishedDictionary_IsReadByEveryMember_AndNobodyElse_AndNeverChanges()
    {
        var (mine, theirs, other) = (await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator), await Hospital.FoundAsync(coordinator));
        await mine.PublishRootAsync();
        var circle = (await coordinator.Admin.PostAsync<Collaboration>(
            Routes.Collaborations, new CreateCollaboration($"Study {Guid.CreateVersion7():N}", [mine.Id, theirs.Id]))).Id;
        var path = $"{Routes.Collaborations}/{circle}/dictionaries";
        var steward = await Person.HireAsync(coordinator, mine, Role.DataSteward);
        var researcher = await Person.HireAsync(coordinator, mine, Role.Researcher);
        var partner = await Person.HireAsync(coordinator, theirs, Role.Researcher);
        var stranger = await Person.HireAsync(coordinator, other, Role.OrganizationAdmin);

        var published = await steward.Http.PutAsync<PublishedDictionary>(path, Sign(steward, circle, "1.0", "number"));
        var again = await steward.Http.PutAsync<PublishedDictionary>(path, Sign(steward, circle, "1.0", "number"));
        var read = await partner.Http.GetAsync<PublishedDictionary>($"{path}/sepsis/1.0");
        var listed = (await partner.Http.GetAsync<Page<PublishedDictionary>>(path)).Items;

        Assert.Equal(published.Statement, again.Statement);
        Assert.Equal(published.Statement, read.Statement);
        Assert.Equal([(published.Dictionary, (string?)null)], listed.Select(d => (d.Dictionary, d.Statement)));
        Assert.Equal(ErrorCodes.Conflict, (await steward.Http.RefusedAsync(HttpMethod.Put, path, Sign(steward, circle, "1.0", "integer"))).Code);
        Assert.Equal(ErrorCodes.Forbidden, (await researcher.Http.RefusedAsync(HttpMethod.Put, path, Sign(researcher, circle, "1.1", "number"))).Code);
        Assert.Equal(ErrorCodes.SignatureInvalid, (await steward.Http.RefusedAsync(HttpMethod.Put, path, Sign(researcher, circle, "1.1", "number"))).Code);
        Assert.Equal(ErrorCodes.InvalidInput, (await steward.Http.RefusedAsync(HttpMethod.Put, path, Sign(steward, CollaborationId.New(TimeProvider.System), "1.1", "number"))).Code);
        Assert.Equal(ErrorCodes.NotFound, (await stranger.Http.RefusedAsync(HttpMethod.Get, $"{path}/sepsis/1.0", null)).Code);
        Assert.Equal(ErrorCodes.NotFound, (await partner.Http.RefusedAsync(HttpMethod.Get, $"{path}/sepsis/2.0", null)).Code);
    }

    private static PublishDictionary Sign(Person by, CollaborationId circle, string version, string type)
    {
        var text = $$"""{ "name": "sepsis", "version": "{{version}}", "fields": [{ "name": "age", "type": "{{type}}" }] }""";
        return new(SignedDictionary.Sign(new DictionaryStatement
        {
            V = 1, Collaboration = circle, Dictionary = DataDictionary.Read(Encoding.UTF8.GetBytes(text)).Ref, Text = text, IssuedAt = TimeProvider.System.GetUtcNow(),
        }, by.Signing, by.Chain));
    }
}
