namespace Vantage.NodeAgent.Disclosure.Memory.Desk;

/// <summary>What is remembered, for a person.</summary>
internal static class MemoryText
{
    public static void Write(TextWriter text, MemoryReply reply)
    {
        if (reply.Datasets.Count == 0)
        {
            text.WriteLine("No answer is remembered.");
        }

        foreach (var dataset in reply.Datasets)
        {
            text.WriteLine($"{dataset.Dataset}: {(dataset.Sets == 0 ? "no set of rows" : dataset.Sets == 1 ? "1 set of rows" : $"{dataset.Sets} sets of rows")}"
                + (dataset.First is { } first ? $", the first {first:u}, the last new one {dataset.Last:u}" : "")
                + (dataset.Tables == 0 ? "" : dataset.Tables == 1 ? ", 1 table" : $", {dataset.Tables} tables")
                + (dataset.ForgottenAt is { } at ? $", forgotten before {at:u}" : ""));
            foreach (var today in dataset.Today)
            {
                text.WriteLine($"  today {today.Organization}: {today.Answers} answers, {today.Bytes} bytes");
            }
        }
    }
}
