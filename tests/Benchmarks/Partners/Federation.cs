using Vantage.Benchmarks.Processes;
using Vantage.Benchmarks.Wire;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Benchmarks.Partners;

/// <summary>One collaboration of four organizations: researchers at the first, nodes at the others in turn.</summary>
/// <param name="Collaboration">Theirs.</param>
/// <param name="Researchers">Who ask.</param>
/// <param name="Sites">Nodes that are asked and never claim: what is asked of them stays queued.</param>
/// <param name="Workers">Nodes that work off whatever they are asked.</param>
internal sealed record Federation(
    CollaborationId Collaboration, IReadOnlyList<Researcher> Researchers, IReadOnlyList<Site> Sites, IReadOnlyList<Site> Workers)
{
    private const int Hospitals = 3;

    public static async Task<Federation> FormAsync(RunningCoordinator coordinator, int researchers, int sites, int workers)
    {
        using var admin = new AdminApi(coordinator.Url, coordinator.AdminToken);
        var partners = new List<Partner>();
        for (var i = 0; i <= Hospitals; i++)
        {
            partners.Add(await Partner.FoundAsync(coordinator.Url, admin, i == 0 ? "University" : $"Hospital {i}"));
        }

        var collaboration = await admin.PostAsync<CreateCollaboration, Collaboration>(
            Routes.Collaborations, new("Bench", [.. partners.Select(partner => partner.Id)]));
        var people = new List<Researcher>();
        for (var i = 0; i < researchers; i++)
        {
            people.Add(await partners[0].HireAsync($"Researcher {i}"));
        }

        var nodes = new Site[sites + workers];
        await Parallel.ForAsync(0, nodes.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
            nodes[i] = await partners[1 + (i % Hospitals)].OpenAsync($"node {i}"));

        return new Federation(collaboration.Id, people, nodes[..sites], nodes[sites..]);
    }
}
