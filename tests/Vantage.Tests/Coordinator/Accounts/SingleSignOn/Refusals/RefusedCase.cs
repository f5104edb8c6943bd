using Vantage.Protocol.Errors;

namespace Vantage.Tests.Coordinator.Accounts.SingleSignOn.Refusals;

/// <param name="Name">What somebody tries.</param>
/// <param name="Expected">The code of the refusal that has to come: one for another reason is no proof.</param>
/// <param name="Attempt">Tries it; the code of what came.</param>
internal sealed record RefusedCase(string Name, string Expected, Func<SignOnWorld, Task<string?>> Attempt)
{
    /// <summary>The provider did not answer as it has to; said to the program that waits.</summary>
    public const string ProvidersFault = "server_error";

    public static IReadOnlyList<RefusedCase> All { get; } =
        [.. LeavingCases.All, .. ReturningCases.All, .. OpeningCases.All, .. LyingProviderCases.All, .. PeopleCases.All, .. TokenCases.All, .. ServiceCases.All];

    /// <summary>A whole sign-on at a provider that answers so.</summary>
    public static RefusedCase Lie(string name, string path, Microsoft.AspNetCore.Http.RequestDelegate answer, string provider = "mock",
        string expected = ProvidersFault) => new(name, path.StartsWith('.') ? ErrorCodes.ProviderFailed : expected, async world =>
        {
            world.Mock.Script[path] = answer;
            return await new Journey(world, provider).GoAsync();
        });
}
