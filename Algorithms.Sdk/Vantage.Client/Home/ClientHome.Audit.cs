using System.Text;
using System.Text.Json;
using Vantage.Client.Errors;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;

namespace Vantage.Client.Home;

/// <summary><c>audit.head</c>: what the Coordinator's audit trail was when it was last verified from here.</summary>
public sealed partial class ClientHome
{
    /// <summary>The newest head that was found good.</summary>
    public string AuditHeadPath => Path.Combine(Directory, "audit.head");

    /// <summary>Null if the trail was never verified from here.</summary>
    public AuditHead? ReadAuditHead()
    {
        try
        {
            return File.Exists(AuditHeadPath)
                ? TrailJson.ReadHead(Encoding.UTF8.GetBytes(File.ReadAllText(AuditHeadPath).Trim()))
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"{AuditHeadPath} can't be used: {e.Message}",
                "Find out why. Moving it away makes this home believe the next trail it sees.", e);
        }
    }

    /// <summary>Remembers a head that was found good.</summary>
    public void WriteAuditHead(AuditHead head) => Write(AuditHeadPath, Encoding.UTF8.GetString(TrailJson.Write(head)) + "\n");
}
