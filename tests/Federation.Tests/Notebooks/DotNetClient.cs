using System.Text.Json;
using Vantage.Algorithms.Functions;
using Vantage.Client;
using Vantage.Client.Federation;
using Vantage.Client.Home;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Federation.Tests.Notebooks;

/// <summary>The same questions from a .NET program, as docs/researcher.md shows it.</summary>
internal sealed class DotNetClient(string home)
{
    /// <summary>The result as JSON: what the other languages are given.</summary>
    public async Task<JsonElement> RunAsync<TArgs, TResult>(
        string algorithm, CentralFunction<TArgs, TResult> central, TArgs arguments, CancellationToken cancellationToken)
    {
        var profile = new ProfileBook(home).CurrentHome();
        using var client = VantageClient.FromHome(profile);
        var answer = await client.RunAsync(algorithm, central, arguments, new WireFederationOptions
        {
            Collaboration = Id.Parse<CollaborationId>(profile.ReadProfile().Collaboration!),
            Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = profile.ReadProfile().Data!.Single() }],
        }, cancellationToken);
        return JsonSerializer.SerializeToElement(answer.Require(), central.Result);
    }
}
