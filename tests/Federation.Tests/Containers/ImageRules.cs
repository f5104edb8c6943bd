using Federation.Tests.Worlds;

namespace Federation.Tests.Containers;

/// <summary>What a site's admin adds to the policy of a test, so that images may run.</summary>
internal static class ImageRules
{
    /// <param name="site">Whose policy.</param>
    /// <param name="publicKey">The publisher's.</param>
    /// <param name="place">The repositories that this publisher may sign for.</param>
    /// <param name="repositories">Those that the site's one rule accepts from then on.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="rule">A further line of the rule.</param>
    public static async Task AllowImagesAsync(
        this Site site, string publicKey, string place, IEnumerable<string> repositories, CancellationToken stop, string rule = "")
    {
        var policy = await File.ReadAllTextAsync(site.Policy, stop);
        await File.WriteAllTextAsync(site.Policy, policy
            .Replace("runtime:\n", $$"""
                publishers: [{ name: authors, key: {{publicKey}}, repositories: ["{{place}}"] }]
                runtime:
                  docker: allow

                """, StringComparison.Ordinal)
            .Replace("algorithms: [", $"publishers: [authors]\n    {rule}\n    algorithms: [{string.Concat(repositories.Select(repository => $"\"oci:{repository}\", "))}",
                StringComparison.Ordinal), stop);
    }

    /// <summary>From then on the rule counts on reviewers of an organization, and on no publisher.</summary>
    public static async Task AskReviewersAsync(this Site site, string organization, CancellationToken stop)
    {
        var policy = await File.ReadAllTextAsync(site.Policy, stop);
        await File.WriteAllTextAsync(site.Policy, policy
            .Replace("runtime:\n", $$"""
                reviewers: [{ name: board, organizations: [{{organization}}] }]
                runtime:

                """, StringComparison.Ordinal)
            .Replace("    publishers: [authors]\n", "    reviewers: [board]\n", StringComparison.Ordinal), stop);
    }
}
