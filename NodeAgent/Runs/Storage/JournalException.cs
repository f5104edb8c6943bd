namespace Vantage.NodeAgent.Runs.Storage;

/// <summary>The journal can't be trusted. The node stops rather than run something twice or lose something finished.</summary>
internal sealed class JournalException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    public static JournalException Damaged(string path, long at, Exception? inner = null) => new(
        $"The journal {path} is damaged at byte {at}: something that had been written whole was changed since. Nothing was "
        + "touched. Check the disk, then restore the state folder from a backup. Without one, set the file aside: the node "
        + "then forgets which runs it has finished, and could run one a second time if the Coordinator offered it again.",
        inner);

    public static JournalException Unusable(string path) => new(
        $"The journal {path} could not be flushed to disk, so nobody knows what it holds. The node stops; once the disk is "
        + "sound, start it again and it goes on from what is really there.");
}
