using Vantage.Protocol.Envelopes;

namespace Vantage.Client.Results;

/// <summary>Payload kinds in routes and in sentences.</summary>
internal static class PayloadWords
{
    public static string Route(PayloadKind kind) => kind switch
    {
        PayloadKind.Input => "input",
        PayloadKind.Result => "result",
        PayloadKind.Error => "error",
        PayloadKind.Log => "log",
        PayloadKind.Dataset => "dataset",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Of(PayloadKind kind) => kind switch
    {
        PayloadKind.Error => "an error's detail",
        PayloadKind.Input => "an input",
        _ => $"a {Route(kind)}",
    };
}
