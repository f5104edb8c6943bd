using System.Collections.Frozen;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Hosting;

/// <summary>Every code's status and title: the one file that maps refusals to HTTP.</summary>
internal static class ProblemTable
{
    public static FrozenDictionary<string, (int Status, string Title)> Rows { get; } =
        new Dictionary<string, (int, string)>
        {
            [ErrorCodes.Unauthenticated] = (401, "No valid token"),
            [ErrorCodes.TokenExpired] = (401, "The token has expired"),
            [ErrorCodes.Forbidden] = (403, "Not allowed"),
            [ErrorCodes.ConfirmationNeeded] = (403, "Confirm who you are"),
            [ErrorCodes.SignInRefused] = (401, "Not signed in"),
            [ErrorCodes.CodeNeeded] = (401, "A code is needed as well"),
            [ErrorCodes.AccountCodeInvalid] = (403, "Not a valid code"),
            [ErrorCodes.PasskeyInvalid] = (400, "Not a valid passkey"),
            [ErrorCodes.MailOff] = (501, "No mail is sent"),
            [ErrorCodes.CrossSite] = (403, "Asked by another site"),
            [ErrorCodes.NotFound] = (404, "Not found"),
            [ErrorCodes.InvalidInput] = (400, "The request breaks a rule"),
            [ErrorCodes.MethodNotAllowed] = (405, "No such method here"),
            [ErrorCodes.UnsupportedMediaType] = (415, "Not JSON"),
            [ErrorCodes.TooLarge] = (413, "Too large"),
            [ErrorCodes.TooManyRequests] = (429, "Too many requests"),
            [ErrorCodes.Conflict] = (409, "Conflict"),
            [ErrorCodes.NameTaken] = (409, "The name is taken"),
            [ErrorCodes.Internal] = (500, "Something broke in the Coordinator"),
            [ErrorCodes.Unavailable] = (503, "Not available at the moment"),
            [ErrorCodes.NotYet] = (501, "Not served yet"),

            [ErrorCodes.EnrolmentCodeInvalid] = (403, "Not a valid enrolment code"),
            [ErrorCodes.EnrolmentCodeExpired] = (403, "The enrolment code has expired"),
            [ErrorCodes.NodeNotCertified] = (403, "The node is not certified yet"),
            [ErrorCodes.ChallengeInvalid] = (403, "Not a valid sign-in"),
            [ErrorCodes.SignatureInvalid] = (400, "Not a valid signature"),
            [ErrorCodes.CertificateInvalid] = (400, "Not a valid certificate"),
            [ErrorCodes.RootMissing] = (409, "The organization has no root yet"),

            [ErrorCodes.SignOnInvalid] = (403, "No such sign-on"),
            [ErrorCodes.SignOnRefused] = (403, "Not signed in"),
            [ErrorCodes.ProviderFailed] = (502, "The identity provider failed"),
            [ErrorCodes.CharterRefused] = (400, "Not a charter that anybody would follow"),

            [ErrorCodes.ManifestInvalid] = (400, "Not a valid manifest"),
            [ErrorCodes.DelegationMissing] = (403, "No delegation"),
            [ErrorCodes.DelegationExceeded] = (403, "Beyond the delegation"),
            [ErrorCodes.ManifestConflict] = (409, "The id belongs to another manifest"),
            [ErrorCodes.PayloadMissing] = (409, "A payload is missing"),
            [ErrorCodes.PayloadDigestMismatch] = (400, "A payload's digest differs"),
            [ErrorCodes.RangeNotSatisfiable] = (416, "No such range"),
            [ErrorCodes.QuotaExceeded] = (409, "The quota is used up"),
            [ErrorCodes.PayloadExpired] = (410, "The payload is gone"),
            [ErrorCodes.UploadIncomplete] = (409, "The upload is not complete"),
            [ErrorCodes.UploadClosed] = (409, "The upload is closed"),

            [ErrorCodes.ProtocolVersion] = (400, "No common protocol version"),
            [ErrorCodes.StaleEpoch] = (409, "The run belongs to a later epoch"),
            [ErrorCodes.RunEnded] = (409, "The run has ended"),
        }.ToFrozenDictionary();
}
