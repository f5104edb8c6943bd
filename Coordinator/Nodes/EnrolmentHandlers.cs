using Npgsql;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Nodes;

/// <summary>
/// A new node hands in its certificate requests with its one-time code. The same node asking again with the same keys is
/// answered again, now with its certificates if there are any; anybody else with a used code gets what a made-up code
/// gets.
/// </summary>
internal sealed class EnrolmentHandlers(Database database)
{
    private static readonly Refusal Invalid = new(ErrorCodes.EnrolmentCodeInvalid,
        "This is no enrolment code that can be used: it was mistyped, used already or replaced. Ask your organization's admin for a "
        + "new one (vantage node invite).");

    private static readonly Refusal Expired = new(ErrorCodes.EnrolmentCodeExpired,
        "The enrolment code has expired. Ask your organization's admin for a new one (vantage node invite, with the same name).");

    public async Task<Answer<EnrolledNode>> EnrolAsync(EnrolNode ask, CancellationToken cancellationToken)
    {
        if (!EnrolmentCode.TryParse(ask.Code, out var code))
            return Invalid;
        if (!TryRead(ask, out var signing, out var encryption, out var broken))
            return broken;
        await using var unit = await database.BeginAsync(TenantScope.Nothing, cancellationToken);
        var used = await UseAsync(unit, code, signing, encryption, cancellationToken);
        switch (used)
        {
            case { Outcome: "enrolled", Enrolled: { } enrolled }:
                await unit.SetScopeAsync(TenantScope.Of(enrolled.Organization), cancellationToken);
                await unit.RecordAsync(enrolled.Node.ToString(), "node.enrol", enrolled.Node, cancellationToken, organization: enrolled.Organization);
                await unit.CommitAsync(cancellationToken);
                Failpoint.Pass("enrol.stored");
                return enrolled;
            case { Outcome: "used", Enrolled: { } before } when used.IsOf(signing, encryption):
                return before;
            case { Outcome: "expired" }:
                return Expired;
            default:
                return Invalid;
        }
    }

    /// <summary>Both requests have to prove that their sender holds the key, and the keys have to be two.</summary>
    private static bool TryRead(EnrolNode ask, out KeyRequest signing, out KeyRequest encryption, out Refusal broken)
    {
        (signing, encryption, broken) = (null!, null!, null!);
        try
        {
            signing = KeyRequest.Parse(ask.SigningRequest);
            encryption = KeyRequest.Parse(ask.EncryptionRequest);
        }
        catch (CertificateException e)
        {
            broken = new Refusal(ErrorCodes.CertificateInvalid, e.Message);
            return false;
        }

        var wrong = new List<(string, string)>();
        if (signing.Purpose != CertificatePurpose.Signing)
            wrong.Add(("signingRequest", "asks for a key of another purpose"));
        if (encryption.Purpose != CertificatePurpose.Encryption)
            wrong.Add(("encryptionRequest", "asks for a key of another purpose"));
        if (signing.KeyId == encryption.KeyId)
            wrong.Add(("encryptionRequest", "is for the signing key; a key has one purpose"));
        broken = wrong.Count > 0 ? Refusal.Invalid(wrong) : broken;
        return wrong.Count == 0;
    }

    private static async Task<Used> UseAsync(UnitOfWork unit, EnrolmentCode code, KeyRequest signing, KeyRequest encryption,
        CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand("SELECT * FROM use_enrolment_code($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter { Value = code.Hash });
        command.Parameters.Add(new NpgsqlParameter { Value = signing.Der.ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = encryption.Der.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        byte[]? Bytes(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
        var enrolled = reader.IsDBNull(1) ? null
            : new EnrolledNode(new NodeId(reader.GetGuid(1)), new OrganizationId(reader.GetGuid(2)), reader.GetString(3), Bytes(4), Bytes(7), Bytes(8));
        return new Used(reader.GetString(0), enrolled, Bytes(5), Bytes(6));
    }

    private sealed record Used(string Outcome, EnrolledNode? Enrolled, byte[]? SigningRequest, byte[]? EncryptionRequest)
    {
        /// <summary>A request is signed anew each time, hence the keys are compared.</summary>
        public bool IsOf(KeyRequest signing, KeyRequest encryption) =>
            SigningRequest is not null && EncryptionRequest is not null
            && KeyRequest.Parse(SigningRequest).KeyId == signing.KeyId && KeyRequest.Parse(EncryptionRequest).KeyId == encryption.KeyId;
    }
}
