using Vantage.Cli.Printing;
using Vantage.Client.Crates;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Cli.Crates;

/// <summary>What a crate proves, for a person.</summary>
internal static class CrateText
{
    public static void Write(TextWriter text, VerifiedCrate crate, Func<OrganizationId, string> site)
    {
        Details.Write(text, ("task", crate.Task.ToString()), ("signed by", $"{crate.AskerName} ({crate.Asker})"),
            ("manifest", crate.Manifest.ToString()));
        foreach (var run in crate.Runs)
        {
            Details.Write(text, (Listing.OneLine(site(run.Organization)), run.Outcome is { } outcome
                ? outcome.ToExactName() + (run.Code is { } code ? $" ({code})" : "") + ", signed by its node"
                    + (run.Content is { } content ? $"; content {content}" : "")
                : "no receipt: nobody vouches for how it ended"));
        }
    }
}
