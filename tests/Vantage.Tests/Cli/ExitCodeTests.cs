using System.Reflection;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.Cli;

public sealed class ExitCodeTests
{
    /// <summary>Codes that a person can't do anything about and nobody expects: they end as a bug.</summary>
    private static readonly string[] Unexpected =
    [
        ErrorCodes.Internal, ErrorCodes.MethodNotAllowed, ErrorCodes.UnsupportedMediaType, ErrorCodes.ProtocolVersion,
        ErrorCodes.StaleEpoch,
        ErrorCodes.ChallengeInvalid, ErrorCodes.PayloadMissing, ErrorCodes.PayloadDigestMismatch,
        ErrorCodes.RangeNotSatisfiable,
        ErrorCodes.UploadIncomplete,
    ];

    public static TheoryData<string> Codes => [.. new[] { typeof(ErrorCodes), typeof(ClientErrorCodes) }
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Select(constant => (string)constant.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void EveryCodeOfAnError_EndsACommandInOneOfTheTablesWays(string code)
    {
        var ends = ExitCodeOf.Error(new VantageException(code, "what"));

        Assert.Contains(ends, ExitCodes.Table.Select(row => row.Code));
        Assert.Equal(Unexpected.Contains(code), ends == ExitCodes.Internal);
    }
}
