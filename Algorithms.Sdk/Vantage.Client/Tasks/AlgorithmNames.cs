using Vantage.Client.Errors;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Statements;

namespace Vantage.Client.Tasks;

/// <summary>What a name means, by a signed catalogue.</summary>
internal static class AlgorithmNames
{
    public static AlgorithmRef Resolve(CatalogueStatement catalogue, string name, string? function)
    {
        // Whoever writes out the digest has said it all.
        if (AlgorithmRef.TryParse(name, out var exact))
        {
            return exact;
        }

        var parts = name.Split('@', 2);
        var named = catalogue.Algorithms.Where(a =>
            a.Name == parts[0] && (parts.Length == 1 || a.Version == parts[1])).ToList();
        var found = named.MaxBy(a => Version.TryParse(a.Version.Contains('.', StringComparison.Ordinal) ? a.Version
            : a.Version + ".0",
            out var version) ? version : new Version(0, 0));
        if (found is null)
        {
            throw new VantageException(ClientErrorCodes.AlgorithmUnknown,
                $"Your organization's catalogue (serial {catalogue.Serial}) has no algorithm '{name}'. It has: "
                + $"{Names(catalogue)}.",
                "Check the spelling, or ask your admin for a new catalogue (vantage keys catalogue).");
        }

        return function is null || found.Functions.Contains(function)
            ? found.Ref
            : throw new VantageException(ClientErrorCodes.AlgorithmUnknown,
                $"{found.Name} {found.Version} has no function '{function}'. It has: "
                + $"{string.Join(", ", found.Functions)}.");
    }

    private static string Names(CatalogueStatement catalogue) =>
        string.Join(", ", catalogue.Algorithms.Select(a => $"{a.Name}@{a.Version}").Order(StringComparer.Ordinal));
}
