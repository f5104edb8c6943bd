using System.Text.Json;
using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Cryptography;

namespace Vantage.Client.Asking;

/// <summary>
/// One run of a central program over one fixed set of sites. An iterative fit must never see a site in one round and
/// miss it in the next: its number would be over nobody's rows. So where a site drops out and the asker takes fewer,
/// the attempt ends, and the program starts again over those that are left. What they answered before to the same
/// question is taken from there and not asked again: a program of one round costs nothing more.
/// </summary>
internal sealed class Attempt(IReadOnlyList<string> sites, IRounds finder, bool acceptMissing) : IFederation
{
    private readonly Dictionary<string, MissingSite> missing = [];
    private readonly Dictionary<(string, Digest), int> asked = [];

    public IReadOnlyList<string> Sites => sites;

    public IReadOnlyDictionary<string, MissingSite> Missing => missing;

    /// <summary>Whether the program has to start again over fewer sites.</summary>
    public bool IsBroken { get; private set; }

    public async Task<IReadOnlyList<SiteResult<TResult>>> RunAsync<TArgs, TResult>(Algorithm algorithm,
        PartialFunction<TArgs, TResult> function, TArgs arguments, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(arguments, function.Arguments);
        var question = (function.Name, Digest.Of(json));
        var time = asked[question] = asked.GetValueOrDefault(question) + 1;
        var runs = await finder.FindAsync(sites, function, json, question.Item2, time, cancellationToken);
        foreach (var gone in runs.Select(r => r.Missing).OfType<MissingSite>())
        {
            missing.TryAdd(gone.Site, gone);
        }

        // Where nobody answered there is nothing to start again with: the program shall see that for itself.
        if (acceptMissing && missing.Count > 0 && missing.Count < sites.Count)
        {
            IsBroken = true;
            throw new SitesDroppedException();
        }

        return [.. runs.Select(r => r.Result)];
    }
}

/// <summary>Leads out of a central program that has to start again.</summary>
internal sealed class SitesDroppedException() : Exception("Sites dropped out; the program starts again without them.");
