using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Containers;

/// <summary>
/// Sites that count on a partner's reviewers, and on no publisher: an image runs there from the approval on, and not a
/// moment longer than until it is taken back.
/// </summary>
internal sealed class ReviewDrill(World world, ImageAuthor author)
{
    public async Task RunAsync(CancellationToken stop)
    {
        var board = world.Sites[1];
        var reviewer = await world.HireAsync(board, "reviewer", "algorithm-reviewer");
        foreach (var site in world.Sites)
        {
            await site.Process!.DisposeAsync();
            await site.AskReviewersAsync(board.Organization, stop);
            await world.StartNodeAsync(site);
        }

        Assert.Contains("image-unreviewed", await AskAsync(), StringComparison.Ordinal);
        var submission = await world.Researcher.TypeAsync("store", "submit", author.Reference["oci:".Length..], "--collaboration", World.Collaboration,
            "--note", "the probe", "--insecure");
        await reviewer.TypeAsync("store", "approve", submission, "--comment", "It adds up one column.", "--insecure");

        Assert.Contains("\"sum\"", await AskAsync(), StringComparison.Ordinal);
        await StandsAsync(reviewer, submission, "approved");

        await reviewer.TypeAsync("store", "revoke", submission, "--comment", "It counts twice.");

        var answer = await AskAsync();
        Assert.Contains("image-rejected", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"sum\"", answer, StringComparison.Ordinal);
        await StandsAsync(reviewer, submission, "rejected");
        foreach (var site in world.Sites)
        {
            await site.Process!.StopAsync(stop);
        }
    }

    private async Task StandsAsync(VantageCommand reviewer, string submission, string state)
    {
        var standing = (await reviewer.AskAsync("store", "show", submission)).GetProperty("standing").EnumerateArray();
        Assert.Equal(state, standing.Single(s => s.GetProperty("organization").GetString() == world.Sites[1].Name).GetProperty("state").GetString());
    }

    /// <summary>All that the command says, whatever came of it.</summary>
    private async Task<string> AskAsync()
    {
        var (_, output, errors) = await world.Researcher.TryAsync("task", "run", "--algorithm", author.Reference, "--function", "partial",
            "--collaboration", World.Collaboration, "--data", "patients", "--args", """{"columns":["age"]}""", "--wait", "--json");
        return output + errors;
    }
}
