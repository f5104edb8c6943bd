using System.Text;

namespace Vantage.NodeAgent.Policy.Presets;

/// <summary>Writes the lines that presets share.</summary>
internal sealed class PresetWriter
{
    private readonly StringBuilder text = new();

    public void Line(string line = "") => text.Append(line).Append('\n');

    public void Head(PolicyPreset preset, PresetChoice choice)
    {
        Line($"# {preset.Name}: {preset.Meaning}");
        Line("# Written by 'vantage node policy init'. Every line is yours to change; docs/policy.md explains each, and");
        Line("# 'vantage node policy explain' tries a request without running it. What no rule accepts is refused.");
        Line("version: 1");
        Line();
        if (choice.Processes || choice.Code is not null)
        {
            Line("# How code may run here; without it, not at all.");
            Line("runtime:");
        }

        if (choice.Processes)
        {
            Line("  # Without this sentence, algorithms do not run as processes of this machine.");
            Line($"  process: {NodePolicy.ProcessConsent}");
        }

        if (choice is { Processes: true, Code: null })
        {
            Line("  # A program may stay for the next calls of its job: many small questions then take milliseconds each.");
            Line("  warm: allow");
        }

        if (choice.Code is not null)
        {
            Line("  # Images run in containers without a network. 'require: [userns, runsc]' asks the machine for more.");
            Line("  docker: allow");
        }

        Line();
    }

    public void Publisher(PresetCode code)
    {
        Line("# Whose signatures count, and where.");
        Line("publishers:");
        Line($"  - name: {Quote(code.Publisher)}");
        Line($"    key: {Quote(code.Key)}");
        Line($"    repositories: [{string.Join(", ", code.Repositories.Select(Quote))}]");
        Line();
    }

    public void Who(PresetChoice choice)
    {
        List("collaborations", "    ", choice.Collaborations);
        Line("    # Whose people may ask. 'users:' beside it narrows it to some of them.");
        Line("    requesters:");
        List("organizations", "      ", choice.Organizations);
    }

    public void Readers(PresetChoice choice)
    {
        Line("    # Every one who could read a result has to belong to one of these.");
        Line("    recipients:");
        List("organizations", "      ", choice.Organizations);
    }

    public void Data(PresetChoice choice)
    {
        if (choice.Sources.Count == 0)
        {
            Line("    # node.yaml declares no source yet. Afterwards: '- source: ID' lines, each with 'columns: [a, b]' if not all may be used.");
            Line("    data: []");
            return;
        }

        Line("    # Whole sources. 'columns: [a, b]' below one allows these columns of it only: leave out what identifies people.");
        Line("    data:");
        foreach (var source in choice.Sources)
        {
            Line($"      - source: {Quote(source)}");
        }
    }

    public static string Quote(string word) => $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public override string ToString() => text.ToString();

    private void List(string key, string indent, IReadOnlyList<Named> items)
    {
        Line($"{indent}{key}:");
        foreach (var item in items)
        {
            // A name is a comment: what breaks a line would be a line of the policy.
            var name = item.Name is { } given ? "   # " + new string([.. given.Select(c => char.IsControl(c) ? ' ' : c)]) : "";
            Line($"{indent}  - {item.Id}{name}");
        }
    }
}
