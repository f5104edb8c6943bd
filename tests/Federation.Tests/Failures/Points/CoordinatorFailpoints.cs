using static Federation.Tests.Failures.Questions.QuestionKind;

namespace Federation.Tests.Failures.Points;

/// <summary>Every named step of the Coordinator, in the order in which it starts and a task passes them.</summary>
internal static class CoordinatorFailpoints
{
    private const string Nodes = "The nodes connect again and say what they hold.";

    public static IReadOnlyList<FailpointCase> All { get; } =
    [
        new("database.started", None, "The embedded PostgreSQL runs.", "The next life finds it running and uses it."),
        new("database.migrated", None, "The schema is up to date.", "The next life finds nothing to migrate."),
        new("task.checked", Small, "Nothing.", "The client sends the same task again."),
        new("task.stored", Small, "Task and runs; nobody was told.", "The client sends it again and hears that it is stored; nodes hear of it in their next words. " + Nodes),
        new("upload.stored", Large, "The announcement of an upload.", "The sender announces it again, with the same id."),
        new("part.writing", Large, "The beginning of a part.", "The sender asks which parts are there, and sends this one again."),
        new("part.written", Large, "A part's bytes, and no record of them.", "The sender sends it again, over the same bytes."),
        new("part.stored", Large, "A part and its record.", "The sender goes on with the next part."),
        new("blob.checked", Large, "All parts but the record of the last.", "The last part is sent again, and the blob put together."),
        new("blob.renamed", Large, "The blob, perhaps not its name; no record.", "The sender asks again, and the blob is found where it is."),
        new("blob.stored", Large, "The blob; no record.", "The sender asks again, and the blob is found where it is."),
        new("upload.completed", Large, "The blob and its record.", "The sender hears that it is complete."),
        new("upload.completed", LongArguments, "Sealed arguments and their record.", "The client hears that they are complete."),
        new("claim.asked", Small, "Nothing.", "The node asks again. " + Nodes),
        new("claim.stored", Small, "The run belongs to the node, which does not know it.", "The run is missing from the node's inventory and is offered again, with a new epoch."),
        new("beat.stored", None, "A renewed lease and the node's reports.", "The node says it again. " + Nodes),
        new("reconcile.stored", None, "What follows from a node's inventory.", "The node says it again. " + Nodes),
        new("commit.checked", Small, "Nothing of the commit.", "The node commits again."),
        new("commit.stored", Small, "The run's end; the node does not know it.", "The node commits again and hears that it is done."),
        new("cancel.checked", Cancelled, "Nothing of the cancellation.", "The client cancels again."),
        new("cancel.stored", Cancelled, "The runs' end; the nodes do not know it.", "The client cancels again; the nodes hear of it in answer to their inventory."),
        new("sweep.stored", Expiring, "The runs' end by expiry; nobody was told.", "The nodes stop at the manifest's end by themselves, too."),
        new("audit.sealed", Small, "Nothing of the seal.", "The same entries are chained and signed again."),
        new("audit.stored", Small, "Entries chained and signed.", "The chain goes on after them."),
        new("enrol.stored", Enrolling, "A new node and its keys; the node does not know it.", "Setup is run again: the same keys are answered again."),
        new("retention.dropped", Aged, "The row of an old upload, perhaps not its bytes.", "The row goes with the next look."),
        new("retention.deleted", Aged, "The row of a payload past its retention, not its bytes.", "The row goes with the next look; the same bytes could be uploaded anew."),
        new("retention.stored", Aged, "Neither the payload nor its row; digest and receipt.", "Nothing is left to do."),
    ];
}
