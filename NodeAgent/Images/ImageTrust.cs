namespace Vantage.NodeAgent.Images;

/// <summary>Whose signatures count for a request: what the deciding rule of the policy says.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Publishers">Those that the rule names; none is nobody.</param>
internal sealed record ImageTrust(string Rule, IReadOnlyList<Publisher> Publishers);
