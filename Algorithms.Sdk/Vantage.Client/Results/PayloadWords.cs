using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Json;

namespace Vantage.Client.Results;

/// <summary>Payload kinds in sentences.</summary>
internal static class PayloadWords
{
    public static string Of(PayloadKind kind) => kind switch
    {
        PayloadKind.Error => "an error's detail",
        PayloadKind.Input => "an input",
        _ => $"a {kind.ToExactName()}",
    };
}
