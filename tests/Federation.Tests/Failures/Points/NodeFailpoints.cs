using static Federation.Tests.Failures.Questions.QuestionKind;

namespace Federation.Tests.Failures.Points;

/// <summary>Every named step of a node, in the order in which a run passes them.</summary>
internal static class NodeFailpoints
{
    private const string Again = "The Coordinator sees in the next inventory that the node lacks the run and offers it again, with a new epoch.";
    private const string Anew = "The next life works on the run from its start, in an empty folder.";
    private const string Deliver = "The next life delivers what is sealed. The algorithm is not run again.";

    private const string Swept = "The next life removes what bears its name in the engine, containers and volumes, before it starts anything. " + Anew;

    private const string SetUpAgain = "Setup is run again";

    public static IReadOnlyList<FailpointCase> All { get; } =
    [
        new("setup.torn", Enrolling, "Half of a draft of the first file.", SetUpAgain + " and writes it anew.") { Torn = true },
        new("setup.keys", Enrolling, "The node's keys; the Coordinator does not know of them.", SetUpAgain + " with the same keys."),
        new("setup.enrolled", Enrolling, "The same; the Coordinator knows the keys, and the code is used up.", SetUpAgain + ": the same keys are answered again."),
        new("setup.saved", Enrolling, "The same, and who the node is.", SetUpAgain + " and finds everything done."),
        new("compact.drafted", Small, "The journal, and a shorter one under its draft's name.", "The draft is thrown away and made again.") { LongJournal = true },
        new("compact.renamed", Small, "The shorter journal, perhaps not its name.", "Either journal means the same.") { LongJournal = true },
        new("claim.received", Small, "Nothing at the node; the Coordinator counts the run as handed over.", Again),
        new("file.torn", Small, "Half of a draft of the claim.", Again) { Torn = true },
        new("file.drafted", Small, "A draft of the claim.", Again),
        new("file.renamed", Small, "The claim's file, perhaps not its name.", Again),
        new("claim.filed", Small, "The claim's file.", "Swept as a stray. " + Again),
        new("journal.torn", Small, "Half of the record 'claimed'.", "The half is cut off. " + Again) { Torn = true },
        new("journal.written", Small, "The record 'claimed', perhaps.", Anew),
        new("claim.recorded", Small, "The record 'claimed'.", Anew),
        new("work.begun", Small, "The record 'claimed'.", Anew),
        new("work.verified", Small, "The record 'claimed'.", Anew),
        new("work.fetched", Small, "The record 'claimed'.", Anew),
        new("work.admitted", Small, "The record 'claimed'.", Anew),
        new("work.prepared", Small, "The record 'claimed'; a snapshot of the data.", Anew),
        new("work.started", Small, "The same; the algorithm runs and has no mark yet.", "The orphan is found by its environment and ended. " + Anew) { MostExecutions = 2 },
        new("work.marked", Small, "The same; the algorithm runs.", "The orphan is found by its mark and ended. " + Anew) { MostExecutions = 2 },
        new("output.drafted", Large, "The whole output under its draft's name.", Anew) { MostExecutions = 2 },
        new("output.stored", Large, "The output.", Anew) { MostExecutions = 2 },
        new("work.finished", Small, "The output; the algorithm has ended.", Anew) { MostExecutions = 2 },
        new("seal.payload", Small, "The sealed result.", Anew) { MostExecutions = 2 },
        new("file.torn", Small, "The sealed result, half of a draft of the receipt.", Anew) { Torn = true, Nth = 2, MostExecutions = 2 },
        new("file.drafted", Small, "The sealed result, a draft of the receipt.", Anew) { Nth = 2, MostExecutions = 2 },
        new("file.renamed", Small, "The sealed result and the receipt, perhaps not its name.", Anew) { Nth = 2, MostExecutions = 2 },
        new("seal.receipt", Small, "The sealed result and the receipt.", Anew) { MostExecutions = 2 },
        new("journal.torn", Small, "Half of the record 'sealed'.", "The half is cut off. " + Anew) { Torn = true, Nth = 2, MostExecutions = 2 },
        new("journal.written", Small, "The record 'sealed', perhaps.", Deliver) { Nth = 2 },
        new("seal.recorded", Small, "The record 'sealed': from here on the algorithm never runs again.", Deliver),
        new("work.swept", Small, "The same; the plaintext is gone.", Deliver),
        new("deliver.begun", Small, "The record 'sealed'.", Deliver),
        new("upload.started", Large, "The Coordinator knows of the upload.", "The next life goes on with the same upload. " + Deliver),
        new("upload.part", Large, "One part is at the Coordinator.", "Only the other part is sent. " + Deliver),
        new("upload.part", Large, "Both parts are at the Coordinator.", "Nothing is sent again but the commit. " + Deliver) { Nth = 2 },
        new("upload.whole", Large, "The payload is at the Coordinator.", "Nothing is sent again but the commit. " + Deliver),
        new("commit.built", Small, "The record 'sealed'.", Deliver),
        new("commit.answered", Small, "The run has ended at the Coordinator.", "The commit is sent again, and answered as already done. " + Deliver),
        new("journal.torn", Small, "Half of the record 'acknowledged'.", "The half is cut off; the commit is sent again. " + Deliver) { Torn = true, Nth = 3, MostExecutions = 2 },
        new("journal.written", Small, "The record 'acknowledged', perhaps.", "Nothing is left to do.") { Nth = 3 },
        new("acknowledge.recorded", Small, "The record 'acknowledged'.", "Nothing is left to do."),
        new("hold.filed", Approved, "What would leave, sealed to the node's own key; nothing says so.", Anew) { MostExecutions = 2 },
        new("hold.recorded", Approved, "The record 'asked': from here on the algorithm never runs again for this handing.", "The question stands; nothing leaves until somebody answers."),
        new("answer.recorded", Approved, "The record 'answered'.", "What was shown is sealed for its recipients and delivered. The algorithm is not run again."),
        new("sweep.removed", Large, "The record 'acknowledged'; the run's files are gone.", "Swept again, then recorded."),
        new("sweep.recorded", Large, "The record 'swept'.", "Nothing is left to do."),
        new("drop.recorded", Cancelled, "The record 'dropped', after the Coordinator's order to stop.", "The folder is swept."),
        new("subtask.signed", AtNode, "The record 'claimed' of the central run.", Anew),
        new("subtask.sent", AtNode, "The same; the Coordinator has the subtask.", Anew + " Its function asks the same, and the answer is: that is asked already."),
        new("subtask.answered", AtNode, "The same; the sites have answered.", Anew + " Its function asks the same and is given the answers that are there."),
        new("relay.made", Contained, "The record 'claimed'; the engine has the container behind the run's doors.", Swept),
        new("relay.started", Contained, "The same; it runs.", Swept),
        new("container.made", Contained, "The same; the engine has the algorithm's container.", Swept),
        new("container.started", Contained, "The same; the algorithm runs, or has ended.", Swept) { MostExecutions = 2 },
        new("container.ended", Contained, "The output; the algorithm has ended.", Swept) { MostExecutions = 2 },
        new("container.removed", Contained, "The output; the engine has nothing left of the run.", Anew) { MostExecutions = 2 },
        new("forget.recorded", Short, "The record 'forgotten', after the manifest's end.", "Nothing is left to do."),
    ];
}
