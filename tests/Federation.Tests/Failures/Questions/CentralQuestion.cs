using System.Text;
using Federation.Tests.Worlds;
using Vantage.Client;
using Vantage.Client.Tasks;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Statistics.Summaries;

namespace Federation.Tests.Failures.Questions;

/// <summary>A count of rows that a node puts together itself. It asks no other site, which may be dying of something else.</summary>
internal static class CentralQuestion
{
    public static TaskRequest Of(VantageClient client, CollaborationId collaboration, Site site) => new()
    {
        Collaboration = collaboration,
        Organizations = [OrganizationId.Parse(site.Organization, null)],
        Nodes = [NodeId.Parse(site.Node, null)],
        Algorithm = client.Algorithm("summary", Summary.Central.Name),
        Function = Summary.Central.Name,
        Arguments = Encoding.UTF8.GetBytes("""{"columns":["age"]}"""),
        Delegation = new DelegationRequest
        {
            Functions = [Summary.Partial.Name],
            Organizations = [OrganizationId.Parse(site.Organization, null)],
            Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "patients" }],
        },
    };

    /// <summary>The right number, and one round: a function that was begun anew found the one that it had asked.</summary>
    public static async Task VerifyAsync(VantageClient client, Question question, CancellationToken stop)
    {
        var answer = await client.DelegatedAnswerAsync(question.Task.Id, cancellationToken: stop);

        Assert.Equal(60, answer.Require()!.Value.GetProperty("rows").GetInt32());
        Assert.Equal([(0, RunOutcome.Succeeded), (1, RunOutcome.Succeeded)], answer.Receipts.Select(r => (r.Round, r.Outcome)));
    }
}
