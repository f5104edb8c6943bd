using Vantage.Cli.Algorithms;
using Vantage.Cli.Demo;
using Vantage.Cli.Federations;
using Vantage.Cli.Sandboxes;
using Vantage.Cli.Sandboxes.Data;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;

namespace Vantage.Cli.CommandLine;

/// <summary>Which exit code an error's stable code ends a command with.</summary>
internal static class ExitCodeOf
{
    public static int Error(VantageException error) => ImageFailures.ExitCode(error.Code) ?? error.Code switch
    {
        UsageException.Code => ExitCodes.Usage,
        ErrorCodes.Unauthenticated or ErrorCodes.TokenExpired or ErrorCodes.Forbidden or ErrorCodes.SignInRefused
            or ErrorCodes.CodeNeeded or ErrorCodes.ConfirmationNeeded or ErrorCodes.CrossSite or ErrorCodes.AccountCodeInvalid or ErrorCodes.DelegationMissing
            or ErrorCodes.DelegationExceeded or ErrorCodes.SignOnInvalid or ErrorCodes.SignOnRefused => ExitCodes.NotAllowed,
        ErrorCodes.NotFound or ClientErrorCodes.NothingThere or ErrorCodes.PayloadExpired => ExitCodes.NotFound,
        ErrorCodes.PasskeyInvalid or ErrorCodes.InvalidInput or ErrorCodes.ManifestInvalid or ErrorCodes.TooLarge or ClientErrorCodes.RequestInvalid
            or ClientErrorCodes.InsecureUrl or FirstLook.Code => ExitCodes.Usage,
        ErrorCodes.Conflict or ErrorCodes.NameTaken or ErrorCodes.ManifestConflict or ErrorCodes.NodeNotCertified
            or ErrorCodes.RootMissing or ErrorCodes.QuotaExceeded or ErrorCodes.RunEnded or ErrorCodes.UploadClosed
            or ErrorCodes.MailOff or ErrorCodes.EnrolmentCodeExpired or ErrorCodes.EnrolmentCodeInvalid or ErrorCodes.NotYet
            or ClientErrorCodes.NoTargets or SandboxCommands.Exists => ExitCodes.Conflict,
        ErrorCodes.Unavailable or ErrorCodes.TooManyRequests or ErrorCodes.ProviderFailed or ClientErrorCodes.Unreachable
            or ClientErrorCodes.NotACoordinator or ClientErrorCodes.TlsUntrusted
            or ClientErrorCodes.ProxyRefused => ExitCodes.Unreachable,
        ClientErrorCodes.HomeInvalid or ClientErrorCodes.KeyMissing or ClientErrorCodes.KeyUnusable
            or ClientErrorCodes.AlgorithmUnknown or ProgramMissing => ExitCodes.Configuration,
        ClientErrorCodes.RootNotPinned or ClientErrorCodes.CertificateUntrusted or ClientErrorCodes.FingerprintMismatch
            or ClientErrorCodes.KeyRevoked or ClientErrorCodes.RevocationsOutdated
            or ClientErrorCodes.StatementUntrusted or ClientErrorCodes.ReceiptUntrusted or ClientErrorCodes.AuditBroken
            or ClientErrorCodes.CrateUntrusted
            or ClientErrorCodes.PayloadUnreadable or ErrorCodes.SignatureInvalid
            or ErrorCodes.CertificateInvalid => ExitCodes.Untrusted,
        // A charter that is not believed carries its own code, one for each reason.
        var code when code.StartsWith("charter-", StringComparison.Ordinal) => ExitCodes.Untrusted,
        ClientErrorCodes.TaskFailed or DemoCommand.Failed or LocalFederation.Failed => ExitCodes.Failed,
        _ => ExitCodes.Internal,
    };

    /// <summary>A program that this command starts is not installed beside it.</summary>
    public const string ProgramMissing = "program-missing";

    public static string Name(int exitCode) =>
        ExitCodes.Table.FirstOrDefault(row => row.Code == exitCode)?.Name ?? "error";
}
