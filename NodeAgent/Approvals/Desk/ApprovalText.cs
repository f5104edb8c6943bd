using System.Text;
using System.Text.Json;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Approvals.Desk;

/// <summary>What waits, for a person. Texts of the request are written as JSON, so that none of them can pass for a line of this.</summary>
internal static class ApprovalText
{
    /// <summary>Longer results are for a file.</summary>
    public const int LongestContent = 64 * 1024;

    public static void List(TextWriter text, IReadOnlyList<ApprovalView> waiting)
    {
        if (waiting.Count == 0)
        {
            text.WriteLine("Nothing waits for an answer.");
        }

        foreach (var view in waiting)
        {
            text.WriteLine($"{view.Run}  {view.Gate.ToExactName()}  until {view.Until:u}");
            text.WriteLine($"  {Person(view)} asks for {(view.Case is { } asked ? Quote(asked.Function) + " of " + asked.Algorithm : "?")}, rule '{view.Rule}'");
            if (view.Case?.Egress is { } places)
            {
                text.WriteLine($"  and reaches outside: {string.Join(", ", places.Select(place => place.Place))}");
            }
        }
    }

    public static void Show(TextWriter text, ApprovalView view, IReadOnlyDictionary<PayloadKind, byte[]> contents)
    {
        text.WriteLine($"run         {view.Run} of {view.Task}");
        text.WriteLine($"waits       {view.Gate.ToExactName()}, since {view.Since:u}, until {view.Until:u}");
        if (view.Case is not { } asked)
        {
            text.WriteLine("The node's disk no longer has what is asked as it was written. Deny it, and let it be asked again.");
            return;
        }

        text.WriteLine($"asker       {Person(view)}");
        if (asked.DelegateOrganization is { } asker)
        {
            text.WriteLine($"through     node {asked.Delegate} of {Named(view, asker.ToString())}");
        }

        foreach (var reader in asked.Recipients)
        {
            text.WriteLine($"for         {reader.Principal} of {Named(view, reader.Organization.ToString())}");
        }

        text.WriteLine($"purpose     {Quote(asked.Purpose)}, project {Quote(asked.ProjectCode)}, collaboration {asked.Collaboration}");
        text.WriteLine($"code        {asked.Algorithm}{(asked.Publisher is { } signer ? ", signed by " + Quote(signer) : "")}");
        text.WriteLine($"function    {Quote(asked.Function)}");
        text.WriteLine($"arguments   {asked.Arguments.GetRawText()}");
        foreach (var data in asked.Data)
        {
            text.WriteLine($"data        {data.Source}: {(data.Columns is null ? "all columns" : string.Join(", ", data.Columns.Select(Quote)))}");
        }

        foreach (var place in asked.Egress ?? [])
        {
            text.WriteLine($"reaches     {place.Place}, which it asks for as {Quote(place.Name)}");
        }

        text.WriteLine($"resources   {asked.Resources.Cpu} cores, {asked.Resources.MemoryMiB} MiB, {asked.Resources.TimeSeconds} s");
        text.WriteLine($"rule        '{view.Rule}' of policy {view.Policy}");
        text.WriteLine($"request     {asked.Manifest}, good until {asked.NotAfter:u}");
        foreach (var output in asked.Outputs)
        {
            Write(text, output, contents.GetValueOrDefault(output.Kind));
        }

        text.WriteLine();
        text.WriteLine($"To agree to exactly this:\n  vantage node approvals approve {view.Run} --digest {view.Subject} --dir …");
    }

    private static void Write(TextWriter text, CaseOutput output, byte[]? content)
    {
        var option = output.Kind == PayloadKind.Log ? "--log" : "--output";
        text.WriteLine($"{output.Kind.ToExactName(),-11} {output.Size} bytes, {output.Digest}");
        if (content is not null && IsReadable(content))
        {
            text.WriteLine("----------- all of it -----------");
            text.WriteLine(Encoding.UTF8.GetString(content).TrimEnd('\n'));
            text.WriteLine("---------------------------------");
        }
        else if (content is not null || output.Size > LongestContent)
        {
            text.WriteLine($"            {option} FILE writes it: it is too long to show, or no plain text");
        }
    }

    /// <summary>No character that moves a terminal's cursor: what is shown is what is there.</summary>
    private static bool IsReadable(byte[] content)
    {
        try
        {
            return !new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).Any(c => char.IsControl(c) && c is not '\n' and not '\t');
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static string Person(ApprovalView view) => view.Case is { } asked
        ? $"{(view.Person is { } name ? Quote(name) + " " : "")}({asked.User}) of {Named(view, asked.Organization.ToString())}"
        : view.Person is { } only ? Quote(only) : "somebody";

    private static string Named(ApprovalView view, string organization) =>
        view.Organizations.TryGetValue(organization, out var name) ? $"{Quote(name)} ({organization})" : organization;

    private static string Quote(string? text) => text is null ? "none" : JsonSerializer.Serialize(text, ApprovalJson.Default.String);
}
