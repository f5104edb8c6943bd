using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;
using Vantage.Protocol.Custody;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Signatures;

namespace Vantage.Cli.Keys.Custody;

/// <summary>Reads a backup, believing only who signed it.</summary>
internal static class BackupFile
{
    public static Verified<BackupStatement> Read(Invocation call, string path)
    {
        var root = call.Home.ReadRoot();
        try
        {
            return KeyBackup.Verify(File.ReadAllText(path).Trim(), new PinnedRoots([PinnedRoot.Of(root)]));
        }
        catch (TrustException e)
        {
            throw new VantageException(ClientErrorCodes.StatementUntrusted, $"{path} can't be used as a backup: {e.Message}",
                "It has to be of somebody of your own organization, unaltered.", e);
        }
    }
}
